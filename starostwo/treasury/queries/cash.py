"""What the screens of the cash desk show."""

from django.db.models import QuerySet

from starostwo.ledger import api as ledger
from starostwo.ledger.api import settlements
from starostwo.office.api import Actor
from starostwo.treasury.models import CashDesk, CashReport, CashSlip, StrictForm

MOST_DEBTS = 300


def desks(actor: Actor) -> QuerySet[CashDesk]:
    """The desks of the books that the person sees."""
    rows = CashDesk.objects.filter(book__in=ledger.visible_books(actor))
    return rows.select_related("book").order_by("name")


def reports(desk: CashDesk) -> QuerySet[CashReport]:
    """The reports of a desk."""
    return CashReport.objects.filter(desk=desk)


def report_of(report_id: int, *, actor: Actor) -> CashReport | None:
    """One report with its desk."""
    rows = CashReport.objects.filter(pk=report_id, desk__book__in=ledger.visible_books(actor))
    return rows.select_related("desk__book").first()


def slips(report: CashReport) -> list[CashSlip]:
    """The slips of a report in their order."""
    rows = CashSlip.objects.filter(report=report).select_related("settlement", "classification")
    return list(rows.order_by("pk"))


def strict_forms(desk: CashDesk) -> QuerySet[StrictForm]:
    """The register of forms of a desk, those not given out first."""
    return StrictForm.objects.filter(desk=desk).order_by("given_on", "-id")[:500]


def debts(book: object) -> list[tuple[str, str]]:
    """The open settlements that cash may settle, as choices; claims first."""
    found = []
    for side in (settlements.RECEIVABLE, settlements.PAYABLE):
        rows = settlements.open_of(book, side).order_by("due_on", "pk")[:MOST_DEBTS]  # type: ignore[arg-type]
        found += [(str(one.pk), f"{one.document_number}, {one.counterparty.name}") for one in rows]
    return found
