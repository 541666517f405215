"""What the county of the demonstration may collect, from contracts to letters, and what was paid of it."""

from contextlib import suppress
from datetime import date, datetime, timedelta
from random import Random

from django.utils.timezone import localdate

from starostwo.ledger.api import settlements
from starostwo.ledger.models import Book
from starostwo.office.actor import Actor, actor_for
from starostwo.office.models import Account
from starostwo.site.demo.bank import checked, mt940
from starostwo.site.demo.deposits import fill_deposits
from starostwo.site.demo.finance import ACCOUNTANT, CHIEF, TREASURER
from starostwo.site.demo.people import Cast
from starostwo.treasury.models import BankAccount, BankStatement, Claim
from starostwo.treasury.queries.reminders import debtors
from starostwo.treasury.rules.enforcement import Move
from starostwo.treasury.rules.reminders import Kind
from starostwo.treasury.rules.state_income import deadline_for
from starostwo.treasury.services import (
    bank_accounts,
    claims,
    enforcement,
    income_contracts,
    reliefs,
    reminders,
    remittances,
    statements,
)
from starostwo.treasury.services.statement_posting import post_statement

STREETS = ("ul. Polna", "ul. Leśna", "ul. Rzeczna", "ul. Dębowa", "ul. Parkowa", "ul. Zielona")
OWNERS = (
    "Spółdzielnia Mieszkaniowa Bzura", "Hurtownia Kołodziej sp. z o.o.", "Zakład Szewski Kopyto",
    "Sklep Pod Kasztanem Anna Lis", "Warsztat Kowalik", "Piekarnia Żytnia", "Ogródki Działkowe Malwa",
)  # fmt: skip
KINDS = (  # kind, position, of the State, rhythm, month and day of the term, least and largest fee
    ("USUFRUCT", "700.70005.0550", True, "YEAR", 3, 31, 180_00, 4_200_00),
    ("USUFRUCT", "700.70005.0550", False, "YEAR", 3, 31, 200_00, 2_600_00),
    ("MANAGEMENT", "700.70005.0470", True, "YEAR", 3, 31, 900_00, 6_000_00),
    ("CONVERSION", "700.70005.0760", True, "YEAR", 3, 31, 150_00, 900_00),
    ("LEASE", "700.70005.0750", False, "MONTH", None, 10, 240_00, 1_900_00),
)
OF_A_KIND, REMINDED = 7, 2
CLASS = "321"
TAX_OFFICE = "Naczelnik Urzędu Skarbowego w Zgierzu"
PAID, PAID_KINDS = 6, ("USUFRUCT", "MANAGEMENT")


def fill_receivables(cast: Cast, *, now: datetime, seed: int) -> None:
    """Register contracts and assess what is due; residents of the demonstration are among the debtors."""
    today, chance = localdate(now), Random(seed)  # noqa: S311 - a demonstration by seed
    clerk = actor_for(cast.staff[ACCOUNTANT], today=today)
    book = Book.objects.get(code="URZAD")
    _contracts(book, list(cast.residents.values()), clerk, chance, now)
    for kind in ("USUFRUCT", "MANAGEMENT"):
        _assess(book, kind, today.year, None, clerk, now)
    for month in {max(1, today.month - 1), today.month}:
        _assess(book, "LEASE", today.year, month, clerk, now)
    _penalties(book, list(cast.residents.values()), clerk, now)
    _titles(book, clerk, actor_for(cast.staff[CHIEF], today=today), now)
    _decisions(book, clerk, now)
    _paid(book, clerk, now)
    _pass_on(cast, clerk, now)
    fill_deposits(book, clerk, now=now)
    for kind in Kind:
        _remind(book, kind, clerk, now)


def _contracts(book: Book, residents: list[Account], clerk: Actor, chance: Random, now: datetime) -> None:
    people = [settlements.Known(one) for one in OWNERS]
    people += [_known(one) for one in residents]
    for number in range(OF_A_KIND * len(KINDS)):
        kind, position, of_state, rhythm, month, day, least, most = KINDS[number % len(KINDS)]
        signed = date(2004 + number % 18, 1 + number % 12, 5)
        place = f"działka {chance.randint(2, 99)}/{chance.randint(1, 9)}, {STREETS[number % len(STREETS)]}"
        said = income_contracts.NewContract(
            kind=kind, basis="DECISION" if kind == "MANAGEMENT" else "CONTRACT",
            number=f"GN.684{number % len(KINDS)}.{number + 1}.{signed.year}", signed_on=signed,
            debtor=people[number % len(people)], subject=place, rhythm=rhythm, due_month=month, due_day=day,
            starts_on=signed, position=position, amount=chance.randint(least, most) // 100 * 100,
            interest="DELAY", of_state=of_state,
        )  # fmt: skip
        income_contracts.register(book.pk, said, actor=clerk, now=now)


def _known(resident: Account) -> settlements.Known:
    return settlements.Known(f"{resident.given_name} {resident.family_name}", pesel=resident.pesel or "")


def _assess(book: Book, kind: str, year: int, month: int | None, clerk: Actor, now: datetime) -> None:
    batch = income_contracts.Batch(kind, year, month)
    income_contracts.assess_period(book.pk, batch, actor=clerk, today=localdate(now), now=now)


def _penalties(book: Book, residents: list[Account], clerk: Actor, now: datetime) -> None:
    """Decisions on fees and fines of this autumn."""
    today = localdate(now)
    for number, one in enumerate(residents[:4], start=1):
        issued = max(today - timedelta(days=40 + number), today.replace(month=1, day=1))
        ground = claims.Ground(
            kind="PENALTY", interest="TAX", basis="DECISION", number=f"KM.5410.{number}.{today.year}",
            on=issued,
        )  # fmt: skip
        said = claims.NewClaim(
            _known(one), f"KM/{number}/{today.year}", number * 250_00, issued,
            issued + timedelta(days=14), "756.75618.0570", "kara za niezgłoszenie nabycia pojazdu", ground,
        )  # fmt: skip
        claims.assess(book.pk, said, actor=clerk, now=now)


def _titles(book: Book, clerk: Actor, chief: Actor, now: datetime) -> None:
    """Two debtors did not obey a reminder of a fortnight ago: one title is sent, one waits to be signed."""
    today = localdate(now)
    before = today - timedelta(days=15)
    chosen = [one.party.pk for one in debtors(book, Kind.REMINDER, before)[:2]]
    if not chosen:
        return
    batch = reminders.Batch(Kind.REMINDER, chosen, CLASS)
    made = [
        enforcement.prepare(
            book.pk, enforcement.NewTitle(one.pk, before + timedelta(days=3), TAX_OFFICE), actor=clerk,
            today=today, now=now,
        )
        for one in reminders.remind(book.pk, batch, actor=clerk, today=before, now=now)
    ]  # fmt: skip
    enforcement.sign(made[0].pk, actor=chief, now=now)
    enforcement.move(made[0].pk, Move.SEND, reason="", actor=clerk, now=now)


def _decisions(book: Book, clerk: Actor, now: datetime) -> None:
    """One claim let go in part, one divided into instalments, one put off."""
    today = localdate(now)
    rows = Claim.objects.filter(book=book, kind="USUFRUCT", settlement__due_on__lt=today).order_by("id")
    said = (
        ("REMISSION", "trudna sytuacja rodziny", 100_00, None, 1),
        ("INSTALMENTS", "choroba dłużnika", 0, today + timedelta(days=3), 6),
        ("DEFERRAL", "oczekiwanie na dotację", 0, today + timedelta(days=90), 1),
    )
    for number, (row, (kind, reason, amount, first_on, count)) in enumerate(zip(rows, said, strict=False)):
        reliefs.decide(
            row.settlement_id,
            reliefs.Decision(
                kind, f"FN.323.{number + 1}.{today.year}", today, reason, amount, first_on, count
            ),
            book_id=book.pk, actor=clerk, today=today, now=now,
        )  # fmt: skip


def _remind(book: Book, kind: Kind, clerk: Actor, now: datetime) -> None:
    """Some of the debtors have got a letter; the rest waits for the next batch."""
    today = localdate(now)
    chosen = [one.party.pk for one in debtors(book, kind, today)[:REMINDED]]
    if chosen:
        reminders.remind(book.pk, reminders.Batch(kind, chosen, CLASS), actor=clerk, today=today, now=now)


def _paid(book: Book, clerk: Actor, now: datetime) -> None:
    """Some debtors have paid by transfers that name their documents; the statement is posted."""
    account = BankAccount.objects.get(book=book)
    last = BankStatement.objects.filter(bank_account=account).latest("id")
    rows = settlements.open_of(book, settlements.RECEIVABLE).filter(
        pk__in=Claim.objects.filter(book=book, kind__in=PAID_KINDS).values("settlement")
    )
    moved = [(one.left, "", f"{one.document_number} opłata") for one in rows.order_by("pk")[:PAID]]  # type: ignore[attr-defined]
    day = now - timedelta(days=max(0, (localdate(now) - deadline_for(localdate(now)).until).days))
    file, _ = mt940(account, 3, last.closing, moved, day)
    [taken] = statements.take(account, file, "wyciag-3.sta", actor=clerk, now=now)
    post_statement(taken.pk, actor=clerk, now=now)


def _pass_on(cast: Cast, clerk: Actor, now: datetime) -> None:
    """The budget has an account of its own, from which income of the State Treasury goes to the voivode."""
    today, budget = localdate(now), Book.objects.get(code="POWIAT")
    new = bank_accounts.NewAccount(
        number=checked("000077770000000098765432"), name="Rachunek budżetu powiatu",
        owner_name="Powiat Zgierski", owner_address="ul. Sadowa 6a, 95-100 Zgierz", account_out="133",
        account_in="133",
    )  # fmt: skip
    treasurer = actor_for(cast.staff[TREASURER], today=today)
    account = bank_accounts.name_account(budget.pk, new, actor=treasurer, now=now)
    payee = remittances.Payee(
        "Łódzki Urząd Wojewódzki (wymyślony rachunek)", checked("000066660000000011112222")
    )
    if deadline_for(today).until.year == today.year:
        with suppress(remittances.NothingToPassOn):
            remittances.pass_on(account, payee, actor=clerk, today=today, now=now)
