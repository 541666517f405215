"""Invoices of the demonstration: from KSeF at every stage, on paper, sales, shares of tax; all invented."""

import secrets
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from django.conf import settings
from django.utils.timezone import localdate

from starostwo.ledger.models import Book
from starostwo.ledger.services import books
from starostwo.office.actor import Actor, actor_for
from starostwo.platform.workdays import next_working_day
from starostwo.site.demo.finance import ACCOUNTANT, CHIEF, SUPPLIERS, TREASURER, with_check_digit
from starostwo.site.demo.people import Cast
from starostwo.treasury.models import Invoice, InvoiceUnit, VatShare
from starostwo.treasury.queries.invoices import proposal_of
from starostwo.treasury.rules.fa3 import ROLE_UNIT_RECIPIENT, Party
from starostwo.treasury.rules.fa3_writing import Line, Sale, write
from starostwo.treasury.rules.ksef_number import crc8
from starostwo.treasury.services import invoice_path as path
from starostwo.treasury.services import invoice_posting as posting
from starostwo.treasury.services import invoice_units, sale_posting, sales
from starostwo.treasury.services.ksef_inbox import take_in

CHECKERS = ("c.droga", "a.nowak", "w.kania", "v.budka")
BOUGHT = (
    "Druk formularzy wniosków", "Energia elektryczna, ul. Sadowa 6a", "Naprawa nawierzchni drogi 5101E",
    "Koszenie poboczy dróg powiatowych", "Usługi telekomunikacyjne", "Mapy do celów projektowych",
    "Sprzątanie budynku", "Szkolenie z postępowania administracyjnego", "Przebudowa mostu w Kolonii",
)  # fmt: skip
STAGES = ("NEW", "SUBSTANCE", "SUBSTANCE", "FORMAL", "CHIEF", "APPROVED", "POSTED", "POSTED", "REJECTED")
COUNT = 27
ACCOUNT = "61109010140000071219812874"
SOLD = (
    ("Najem sali konferencyjnej", "4", "godz.", 120_00, "23"),
    ("Najem lokalu biurowego", "1", "mies.", 1850_00, "23"),
    ("Refaktura energii", "312.5", "kWh", 98, "23"),
)


@dataclass(frozen=True)
class Ground:
    """Who acts and when."""

    treasurer: Actor
    accountant: Actor
    chief: Actor
    checkers: tuple[Actor, ...]
    now: datetime
    today: date


def fill_invoices(cast: Cast, *, now: datetime, seed: int) -> None:
    """Units, purchases at every stage, a few sales that the worker will send."""
    today, chance = localdate(now), Random(seed)  # noqa: S311 - a demonstration by seed
    treasurer, accountant, chief, *checkers = (
        actor_for(cast.staff[name], today=today) for name in (TREASURER, ACCOUNTANT, CHIEF, *CHECKERS)
    )
    ground = Ground(treasurer, accountant, chief, tuple(checkers), now, today)
    office, care = _units(ground)
    for number in range(COUNT):
        _purchase(ground, number, care if number % 9 == 4 else office, chance)
    _odd_ones(ground)
    _by_hand(ground, office)
    made = [
        sales.issue(
            sales.NewSale(
                unit_id=office.pk, buyer=_buyer(), lines=[Line(name, Decimal(quantity), unit, price, rate)],
                sold_on=today, due_on=today + timedelta(days=14), account=ACCOUNT,
            ),
            actor=ground.accountant, today=today, now=now,
        )
        for name, quantity, unit, price, rate in SOLD
    ]  # fmt: skip
    said = sale_posting.Posting("700.70005.0750", today)
    sale_posting.post_sale(made[0].pk, said, actor=ground.accountant, now=now)


def supplied(
    number: int, *, today: date, at: datetime, third: tuple[Party, ...] = (), jst: bool = False
) -> bytes:
    """An invoice of one of the suppliers for the county."""
    which = number % len(SUPPLIERS)
    name, nine, _ = SUPPLIERS[which]
    seller = Party(name=name, nip=with_check_digit(nine), address="ul. Przykładowa 1, 95-100 Zgierz")
    buyer = Party(name=settings.KSEF_NAME, nip=settings.KSEF_NIP, address=settings.KSEF_ADDRESS)
    return write(
        Sale(
            number=f"{today:%m}/{210 + number}/{today.year}", issued_on=today, made_at=at, seller=seller,
            buyer=buyer, lines=[Line(BOUGHT[which], Decimal(1), "szt.", 480_00 + 137_31 * number, "23")],
            sold_on=today, due_on=next_working_day(today + timedelta(days=14)), account=ACCOUNT, third=third,
            concerns_subunit=jst,
        )
    )  # fmt: skip


def _units(ground: Ground) -> tuple[InvoiceUnit, InvoiceUnit]:
    book = Book.objects.get(code="URZAD")
    care = books.open_book(
        books.NewBook("PCPR", "Powiatowe Centrum Pomocy Rodzinie", Book.Kind.UNIT, book.unit_symbol, ""),
        actor=ground.treasurer, now=ground.now,
    )  # fmt: skip
    books.open_year(care, ground.today.year, actor=ground.treasurer, now=ground.now)
    office = _unit(ground, "URZAD", book, "00001", is_office=True)
    other = _unit(ground, "PCPR", care, "00012")
    for unit, pre, proportion in ((office, 7, 88), (other, 2, 35)):
        for kind, percent in ((VatShare.Kind.PRE, pre), (VatShare.Kind.PROPORTION, proportion)):
            invoice_units.set_share(
                unit.pk, kind=kind, percent=percent, valid_from=date(ground.today.year, 1, 1),
                source="zarządzenie skarbnika (wymyślone)", actor=ground.treasurer, now=ground.now,
            )  # fmt: skip
    return office, other


def _unit(ground: Ground, code: str, book: Book, digits: str, *, is_office: bool = False) -> InvoiceUnit:
    said = invoice_units.NewUnit(
        code=code, name=book.name, book_id=book.pk, idwew=f"{settings.KSEF_NIP}-{digits}",
        is_office=is_office, address=settings.KSEF_ADDRESS,
    )  # fmt: skip
    return invoice_units.open_unit(said, actor=ground.treasurer, now=ground.now)


def _purchase(ground: Ground, number: int, unit: InvoiceUnit, chance: Random) -> None:
    day = ground.today - timedelta(days=chance.randint(0, min(20, ground.today.day - 1)))
    at = ground.now - timedelta(hours=5 * (COUNT - number))
    third = () if unit.is_office else (Party(name=unit.name, idwew=unit.idwew, role=ROLE_UNIT_RECIPIENT),)
    content = supplied(number, today=day, at=at, third=third, jst=not unit.is_office)
    invoice = take_in(content, ksef_number=_number(content, day), now=at)
    if invoice is not None:
        _lead(ground, invoice, STAGES[number % len(STAGES)], ground.checkers[number % len(CHECKERS)], at)


def _lead(ground: Ground, invoice: Invoice, stage: str, checker: Actor, at: datetime) -> None:
    """Take the invoice along its path up to the stage."""
    if stage == "REJECTED":
        path.reject(invoice.pk, remark="zamówienie anulowano", actor=ground.accountant, now=at)
        return
    if stage == "NEW":
        return
    path.send(invoice.pk, checker.account_id, remark="", actor=ground.accountant, now=at)
    if stage == "SUBSTANCE":
        return
    path.accept(invoice.pk, remark="odebrano bez uwag", actor=checker, now=at + timedelta(hours=1))
    for after, actor in (("FORMAL", ground.accountant), ("CHIEF", ground.chief)):
        if stage == after:
            return
        path.accept(invoice.pk, remark="", actor=actor, now=at + timedelta(hours=2))
    if stage == "POSTED":
        _post(ground, invoice)


def _post(ground: Ground, invoice: Invoice) -> None:
    """As earlier ones of the supplier; what nothing is known of stays approved."""
    row = Invoice.objects.select_related("unit__book", "blob").get(pk=invoice.pk)
    proposal = proposal_of(row)
    if not proposal.rows:
        return
    said = posting.Posting(
        rows=[replace(each) for each in proposal.rows], due_on=row.due_on or ground.today,
        operation_on=row.issued_on, text=f"{row.seller_name}: {row.text}",
    )  # fmt: skip
    posting.post_invoice(row.pk, said, actor=ground.accountant, now=ground.now)


def _odd_ones(ground: Ground) -> None:
    """One for an unknown unit, one that cannot be read."""
    school = Party(name="Zespół Szkół nr 7", idwew=f"{settings.KSEF_NIP}-00077", role=ROLE_UNIT_RECIPIENT)
    lost = supplied(40, today=ground.today, at=ground.now, third=(school,), jst=True)
    take_in(lost, ksef_number=_number(lost, ground.today), now=ground.now)
    broken = supplied(41, today=ground.today, at=ground.now).replace(b"P_15>", b"P_16X>")
    take_in(broken, ksef_number=_number(broken, ground.today), now=ground.now)


def _by_hand(ground: Ground, office: InvoiceUnit) -> None:
    said = path.ByHand(
        source=Invoice.Source.PAPER, unit_id=office.pk, number="R/17", kind="", issued_on=ground.today,
        due_on=ground.today + timedelta(days=7), seller_nip="", seller_name="Jan Klucz, dorabianie kluczy",
        text="Klucze do kancelarii", rates={"zw": (84_00, 0)},
    )  # fmt: skip
    path.enter_by_hand(said, None, actor=ground.accountant, now=ground.now)


def _buyer() -> Party:
    name, nine, _ = SUPPLIERS[7]
    return Party(name=name, nip=with_check_digit(nine), address="ul. Przykładowa 1, 95-100 Zgierz")


def _number(content: bytes, day: date) -> str:
    """A number in the form of KSeF; the demonstration's KSeF does not know it."""
    head = f"{with_check_digit(SUPPLIERS[0][1])}-{day:%Y%m%d}-{secrets.token_hex(6).upper()}"
    return f"{head}-{crc8(head)}"
