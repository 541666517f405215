"""The bank and the cash desk of the demonstration: transfers in each state, a statement, a day in cash."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from starostwo.ledger.api import settlements
from starostwo.ledger.models import Book
from starostwo.office.actor import Actor, actor_for
from starostwo.site.demo.finance import ACCOUNTANT, CHIEF, TREASURER
from starostwo.site.demo.people import Cast
from starostwo.treasury.models import BankAccount, BankOperation, PaymentOrder
from starostwo.treasury.rules.payment_white_list import THRESHOLD
from starostwo.treasury.services import bank_accounts, cash, claims, payment_files, payments, statements
from starostwo.treasury.services.statement_posting import post_statement

PREPARED, APPROVED, SENT, FOUND = 6, 5, 4, 2
BEGINNING = 850_000_00
REDUCED = 2
CLAIMS = (  # invented: who, for what, how much, days from the first of the month to the term
    ("Sklep Pod Kasztanem Anna Lis", "czynsz za lokal, ul. Sadowa 8", 1_845_00, 0),
    ("Jan Wrona", "czynsz za garaż", 240_00, 1),
    ("Zakład Szewski Kopyto", "dzierżawa gruntu", 610_00, 40),
)


def fill_bank(cast: Cast, *, now: datetime) -> None:
    """Pay some of what the office owes this month, read a statement, spend a day at the cash desk."""
    today = localdate(now)
    chief, treasurer, clerk = (
        actor_for(cast.staff[name], today=today) for name in (CHIEF, TREASURER, ACCOUNTANT)
    )
    book = Book.objects.get(code="URZAD")
    account = bank_accounts.name_account(
        book.pk,
        bank_accounts.NewAccount(
            number=checked("000077770000000012345678"), name="Rachunek bieżący starostwa",
            owner_name="Starostwo Powiatowe w Zgierzu", owner_address="ul. Sadowa 6a, 95-100 Zgierz",
            account_out="130-2", account_in="130-1",
        ),
        actor=treasurer, now=now,
    )  # fmt: skip
    orders = _orders(account, clerk, now)
    for person in (chief, treasurer):
        payments.approve([one.pk for one in orders[:APPROVED]], actor=person, today=today, now=now)
    if orders:
        sent = [one.pk for one in orders[:SENT]]
        payment_files.export(account, sent, actor=clerk, today=today, now=now)
    _statements(account, orders[:FOUND], clerk, now)
    _day_in_cash(book, treasurer, clerk, now)
    _claims(book, clerk, now)


def _orders(account: BankAccount, clerk: Actor, now: datetime) -> list[PaymentOrder]:
    """Transfers for the first debts of the month, each to an invented account."""
    today = localdate(now)
    owed = settlements.open_of(account.book, settlements.PAYABLE).order_by("due_on", "pk")
    chosen = [one.pk for one in owed if one.left <= THRESHOLD][:PREPARED]  # type: ignore[attr-defined]
    if not chosen:
        return []
    made = payments.propose(account, chosen, pay_on=today + timedelta(days=2), actor=clerk, now=now)
    return [
        payments.change(
            one.pk,
            payments.Content(
                payee_account=checked(f"0000666600000000{one.counterparty_id:08d}"),
                payee_name=one.payee_name, title=one.title,
                amount=one.amount, pay_on=one.pay_on, position=str(one.classification or ""),
            ),
            actor=clerk, now=now,
        )
        for one in made
    ]  # fmt: skip


def _statements(account: BankAccount, paid: list[PaymentOrder], clerk: Actor, now: datetime) -> None:
    """One statement with transfers of ours is posted; the next waits with money that nobody knows."""
    moved = [(-one.amount, one.reference, one.title) for one in paid] + [(12_000, "", "wpłata od mieszkańca")]
    first, balance = mt940(account, 1, BEGINNING, moved, now)
    [done] = statements.take(account, first, "wyciag-1.sta", actor=clerk, now=now)
    post_statement(done.pk, actor=clerk, now=now)
    second, _ = mt940(
        account, 2, balance,
        [(5_400, "", "opłata komunikacyjna, Jan Wrona"), (-1_500, "", "PROWIZJA ZA PRZELEWY")], now,
    )  # fmt: skip
    statements.take(account, second, "wyciag-2.sta", actor=clerk, now=now)
    fee = BankOperation.objects.get(statement__number__startswith="2/", amount__lt=0)
    said = statements.Decision(ledger_account="402", position="750.75020.4300", learn_title="prowizja")
    statements.decide(fee.pk, said, actor=clerk, now=now)


def mt940(
    account: BankAccount, number: int, opening: int, moved: list[tuple[int, str, str]], now: datetime
) -> tuple[bytes, int]:
    """A statement as a bank would send it, and its closing balance."""
    day, balance = localdate(now), opening
    text = f":20:ST{number}\n:25:PL{account.number}\n:28C:{number}/{day.year}\n"
    text += f":60F:C{day:%y%m%d}PLN{_said(opening)}\n"
    for position, (amount, ours, title) in enumerate(moved):
        balance += amount
        text += f":61:{day:%y%m%d}{day:%m%d}{'C' if amount > 0 else 'D'}{_said(abs(amount))}NTRF{ours}"
        text += f"//BR{number}{position:04d}\n:86:020^00PRZELEW^20{title[:65]}^32Druga strona\n"
    return f"{text}:62F:C{day:%y%m%d}PLN{_said(balance)}\n-\n".encode("cp1250"), balance


def _said(grosze: int) -> str:
    return f"{grosze // 100},{grosze % 100:02d}"


def _day_in_cash(book: Book, treasurer: Actor, clerk: Actor, now: datetime) -> None:
    today = localdate(now)
    desk = cash.open_desk(book.pk, "Kasa główna", actor=treasurer, today=today, now=now)
    cash.receive_forms(desk.pk, cash.NewForms("KP bloczek", "A", 1, 100), actor=clerk, today=today, now=now)
    report = cash.open_report(desk.pk, actor=clerk, today=today, now=now)
    for kind, amount, title in (
        ("KP", 200_000, "zasilenie kasy z banku"),
        ("KW", 50_000, "odprowadzenie do banku"),
    ):
        slip = cash.NewSlip(kind, amount, "Bank", title, ledger_account="141")
        cash.add_slip(report.pk, slip, actor=clerk, now=now)
    cash.close_report(report.pk, counted=150_000, actor=clerk, now=now)
    later = cash.open_report(desk.pk, actor=clerk, today=today, now=now)
    cash.add_slip(
        later.pk, cash.NewSlip("KP", 4_000, "Jan Wrona", "odpis dokumentu", ledger_account="720",
                               position="750.75020.0690"),
        actor=clerk, now=now,
    )  # fmt: skip


def _claims(book: Book, clerk: Actor, now: datetime) -> None:
    """Rents and fees: one overdue, one reduced, one not due yet."""
    today = localdate(now)
    first = today.replace(day=1)
    for number, (name, text, amount, days) in enumerate(CLAIMS, start=1):
        said = claims.NewClaim(
            settlements.Known(name), f"GN/{number}/{today.year}", amount, first, first + timedelta(days=days),
            "700.70005.0750", text,
        )  # fmt: skip
        made = claims.assess(book.pk, said, actor=clerk, now=now)
        if number == REDUCED:
            claims.reduce(
                made, amount // 2, book_id=book.pk, reason="decyzja o umorzeniu FN.3120.1 (wymyślona)",
                actor=clerk, today=today, now=now,
            )  # fmt: skip


def checked(body: str) -> str:
    """The two digits that check 24 others, before them."""
    return f"{98 - int(body + '252100') % 97:02d}{body}"
