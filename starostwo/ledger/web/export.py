"""A year of a book as a file: plain text that other accounting programs read, streamed."""

from collections.abc import Iterator
from datetime import date

from django.http import StreamingHttpResponse
from django.views.decorators.http import require_safe

from starostwo.ledger.models import FiscalYear, Voucher
from starostwo.ledger.queries import reading
from starostwo.ledger.rules.plain_text import PlainEntry, PlainVoucher, opened, transaction
from starostwo.ledger.web.books import SEERS
from starostwo.ledger.web.seen import year_or_404
from starostwo.office.api import ActorRequest, staff


@staff(*SEERS)
@require_safe
def plain(request: ActorRequest, year_id: int) -> StreamingHttpResponse:
    """All vouchers of the year in the order of posting."""
    year = year_or_404(request, year_id)
    answer = StreamingHttpResponse(_text(year), content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{year.book.code}-{year.year}.beancount"'
    return answer


def _text(year: FiscalYear) -> Iterator[str]:
    yield from opened((account.number for account in reading.accounts(year)), date(year.year, 1, 1))
    for row, lines in reading.whole_year(year):
        entries = tuple(
            PlainEntry(
                line.account.number, line.debit - line.credit, str(line.classification or ""),
                line.account.kind == "OFF_BALANCE",
            )
            for line in lines
        )  # fmt: skip
        link = f"{row.journal.code}.{row.number}"
        yield transaction(PlainVoucher(_day(row, year.year), link, row.text, entries))


def _day(row: Voucher, year: int) -> date:
    """The day of the operation, kept within the month in which it is entered."""
    first = date(year, min(max(row.month, 1), 12), 1)
    return row.operation_on if row.operation_on >= first else first
