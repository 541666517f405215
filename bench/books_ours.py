"""`python -m bench.books_ours write SECONDS LINES | read TIMES`: our books, through the services."""

import logging
import sys
from collections.abc import Sequence
from datetime import date
from itertools import islice

import django

django.setup()

from django.utils import timezone  # noqa: E402  models are there only after setup

from bench.books_shape import BATCH, LINES_OF_A_LARGE_ONE, MONTHS, Legs, Voucher, answer, asked, counted  # noqa: E402
from bench.books_shape import large_ones as large  # noqa: E402
from starostwo.ledger.models import Account, Book, Counterparty, FiscalYear, Line, Settlement  # noqa: E402
from starostwo.ledger.queries.balances import card, trial_balance  # noqa: E402
from starostwo.ledger.queries.reports import filled, form_for  # noqa: E402
from starostwo.ledger.rules.classification import position  # noqa: E402
from starostwo.ledger.rules.vouchers import Entry, NewVoucher  # noqa: E402
from starostwo.ledger.services import books  # noqa: E402
from starostwo.ledger.services.dictionaries import classify, load_dictionaries  # noqa: E402
from starostwo.ledger.services.plan import change_limit  # noqa: E402
from starostwo.ledger.services.posting import post  # noqa: E402
from starostwo.office.actor import Actor, actor_for  # noqa: E402
from starostwo.office.models import Account as Person  # noqa: E402
from starostwo.platform.paging import keyset_page  # noqa: E402
from starostwo.site.demo.finance import ACCOUNTANT, PLAN, TREASURER, Ground, ground_of  # noqa: E402

CODE = "POMIAR"
YEAR = 2026
ENOUGH = 10**15
PARTIES, DEBTS = 300, 5_000


class Ours:
    """A book of a unit with its plan, suppliers, and bills of theirs whose terms fall through the year."""

    def __init__(self) -> None:
        now = timezone.localtime()
        keeper, treasurer = _person(ACCOUNTANT), _person(TREASURER)
        load_dictionaries()
        book = books.open_book(
            books.NewBook(CODE, "Jednostka do pomiarów", Book.Kind.UNIT, "FN"), actor=treasurer, now=now
        )
        self.ground: Ground = ground_of(
            books.open_year(book, YEAR, actor=treasurer, now=now), by=keeper, now=now
        )
        self.debts = [(debt.pk, debt.counterparty_id) for debt in _debts(book)]
        self.positions = [classify(position(typed), year=YEAR, kind="W") for typed in PLAN]
        for row in self.positions:
            change_limit(self.ground.year, row, plan_by=ENOUGH)
        self.turn = 0

    def post(self, vouchers: Sequence[Voucher]) -> None:
        """Into the books, all in one transaction."""
        post(
            self.ground.journals["PK"],
            [self._voucher(*said) for said in vouchers],
            actor=self.ground.by,
            now=self.ground.now,
        )

    def _voucher(self, month: int, legs: Legs) -> NewVoucher:
        self.turn += 1
        on = date(YEAR, month, 1 + self.turn % 28)
        row = self.positions[self.turn % len(self.positions)].pk
        debt, party = self.debts[self.turn % len(self.debts)]
        entries = [
            Entry(self.ground.accounts[number], debit=debit, credit=credit, classification=row,
                  counterparty=party, settlement=debt if number == "201" else None)
            for number, debit, credit in legs
        ]  # fmt: skip
        return NewVoucher("PK", f"Zapis do pomiarów {self.turn}", on, on, entries, month)


def write(seconds: float, lines: int) -> dict[str, dict[str, float]]:
    """Vouchers one by one, in batches, then batches of collective ones until the books hold so many lines."""
    ours = Ours()
    found = {
        "one": counted(ours.post, size=1, seconds=seconds),
        "batch": counted(ours.post, size=BATCH, seconds=seconds),
    }
    missing, source = max(lines - Line.objects.count(), 0), large()
    while missing > 0:
        count = min(BATCH, -(-missing // LINES_OF_A_LARGE_ONE))
        ours.post(list(islice(source, count)))
        missing -= count * LINES_OF_A_LARGE_ONE
    return found


def read(times: int) -> dict[str, dict[str, float]]:
    """The trial balance of the year, its report of spending, the first page of the card with most entries."""
    year = FiscalYear.objects.get(book__code=CODE)
    account = Account.objects.get(fiscal_year=year, number="201")
    report = form_for("rb-28s", YEAR, 12)
    return {
        "trial": asked(lambda: trial_balance(year, 12), times=times),
        "report": asked(lambda: filled(report, year, 12), times=times),
        "card": asked(lambda: keyset_page(card(account.pk), key=("-id",), cursor=None), times=times),
        "lines": {"count": Line.objects.count()},
    }


def _debts(book: Book) -> list[Settlement]:
    parties = Counterparty.objects.bulk_create(
        Counterparty(name=f"Kontrahent {number}", folded=f"kontrahent {number}") for number in range(PARTIES)
    )
    return Settlement.objects.bulk_create(
        Settlement(
            book=book, counterparty=parties[number % PARTIES], side=Settlement.Side.PAYABLE,
            document_number=f"FV {number}", issued_on=date(YEAR, 1, 2),
            due_on=date(YEAR, 1 + number % MONTHS, 16),
        )
        for number in range(DEBTS)
    )  # fmt: skip


def _person(login: str) -> Actor:
    return actor_for(Person.objects.get(login=login), today=timezone.localdate())


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    if sys.argv[1] == "write":
        answer(write(float(sys.argv[2]), int(sys.argv[3])))
    else:
        answer(read(int(sys.argv[2])))
