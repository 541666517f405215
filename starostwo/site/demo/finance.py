"""The books of the demonstration: the office as unit and the budget of the county, from January to today.

Everything is posted through the services, by seed; suppliers, contracts and amounts are invented.
"""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from random import Random

from django.utils.timezone import localdate

from starostwo.ledger.models import (
    Account,
    Book,
    Contract,
    Counterparty,
    FiscalYear,
    Journal,
    Settlement,
    Voucher,
)
from starostwo.ledger.models.books import LAST_MONTH
from starostwo.ledger.rules.classification import position
from starostwo.ledger.rules.vouchers import Entry, NewVoucher
from starostwo.ledger.services import books, contracts, drafts, year_end
from starostwo.ledger.services.dictionaries import classify, load_dictionaries
from starostwo.ledger.services.parties import FIELDS, save_party
from starostwo.ledger.services.posting import post
from starostwo.office.actor import Actor, actor_for
from starostwo.site.demo import plan
from starostwo.site.demo.debts import fill_debts
from starostwo.site.demo.people import Cast

TREASURER, CHIEF, ACCOUNTANT = "m.zareba", "g.ksiega", "k.saldo"
MILLION = 1_000_000_00
PLAN = {  # position: plan of the year in grosze, all invented
    "750.75020.4010": 14 * MILLION, "750.75020.4110": 24 * MILLION // 10, "750.75020.4120": 3 * MILLION // 10,
    "750.75020.4210": 6 * MILLION // 10, "750.75020.4260": 9 * MILLION // 10, "750.75020.4300": 2 * MILLION,
    "750.75020.4360": MILLION // 2, "750.75020.4700": MILLION // 2, "600.60014.4270": 3 * MILLION,
    "600.60014.4300": 5 * MILLION, "600.60014.6050": 8 * MILLION, "710.71012.4300": MILLION,
}  # fmt: skip
SUPPLIERS = (
    ("Drukarnia Bzura sp. z o.o.", "525025927", "750.75020.4210"),
    ("Energia Łódzka S.A.", "727019183", "750.75020.4260"),
    ("Drogi i Mosty Ozorków sp. z o.o.", "732100455", "600.60014.4270"),
    ("Zieleń Przydrożna Anna Kos", "732016633", "600.60014.4300"),
    ("Telekom Mazowsze sp. z o.o.", "521301723", "750.75020.4360"),
    ("Geodezja Zgierz s.c.", "732099814", "710.71012.4300"),
    ("Czyste Biuro sp. z o.o.", "726255418", "750.75020.4300"),
    ("Szkolenia Samorządowe Wiedza", "947197320", "750.75020.4700"),
    ("Budowa Mostów Północ S.A.", "725197740", "600.60014.6050"),
)
WEIGHTS = (6, 5, 7, 2, 3, 4, 5, 6, 7)
FEES = ("756.75618.0420", "756.75618.0650", "756.75618.0490", "750.75020.0690")
WAGES = 1_050_000_00
SERVICE = {"757.75702.8110": 1_500_000_00}


@dataclass(frozen=True)
class Ground:
    """What the vouchers of the year stand on."""

    year: FiscalYear
    accounts: dict[str, int]
    journals: dict[str, Journal]
    by: Actor
    contracts: dict[str, Contract]
    now: datetime
    today: date

    def position(self, typed: str, kind: str = "W") -> int:
        return classify(position(typed), year=self.year.year, kind=kind).pk


def fill_books(cast: Cast, *, now: datetime, seed: int, after: FiscalYear | None = None) -> None:
    """Open both books and post the year so far; `after` is the year before, when that was worked."""
    today, chance = localdate(now), Random(seed)  # noqa: S311 - a demonstration by seed
    treasurer, chief, accountant = (
        actor_for(cast.staff[name], today=today) for name in (TREASURER, CHIEF, ACCOUNTANT)
    )
    if after is None:
        unit = open_books(today.year, actor=treasurer, now=now)
    else:
        unit = books.open_year(after.book, today.year, actor=treasurer, now=now)
    budget = _open("POWIAT", "Powiat Zgierski (budżet)", Book.Kind.BUDGET, today.year, treasurer, now)
    income = dict.fromkeys(FEES, 3 * MILLION)
    for year in (unit, budget):
        plan.adopt(year, PLAN, income, treasurer=treasurer, now=now)
        plan.shift(year, treasurer=treasurer, today=today, now=now)
    suppliers = [supplier(*said[:2], actor=accountant, now=now) for said in SUPPLIERS]
    nips = {party.name: party.nip for party in suppliers}
    signed = plan.sign_contracts(
        unit, nips=nips, accountant=accountant, treasurer=treasurer, today=today, now=now
    )
    ground = ground_of(unit, by=accountant, now=now, contracts=signed)
    if after is None:
        open_balances(ground)
    else:
        close_and_carry(after, chief=chief, now=now)
    for month in range(1, today.month + 1):
        _play_month(ground, month, suppliers, chance)
    for month in range(today.month - 1):
        books.set_month(unit, month, state="CLOSED", actor=chief, now=now)
    plan.refunds(unit, accountant=accountant, today=today, now=now)
    plan.tell_budget(budget, treasurer=treasurer, today=today, now=now)
    contracts.note_paid(unit, actor=accountant, today=today.replace(day=1), now=now)
    for year in (unit, budget):
        plan.raise_by(year, SERVICE, on=today, number=f"XL/310/{today.year}", treasurer=treasurer, now=now)
    fill_debts(budget, treasurer=treasurer, accountant=accountant, now=now)
    _leave_drafts(ground, suppliers)


def ground_of(
    year: FiscalYear, *, by: Actor, now: datetime, contracts: dict[str, Contract] | None = None
) -> Ground:
    """The accounts and journals of a year, its contracts, and who posts."""
    journals = Journal.objects.filter(fiscal_year=year).select_related("fiscal_year__book")
    return Ground(
        year=year,
        accounts=dict(Account.objects.filter(fiscal_year=year).values_list("number", "pk")),
        journals={row.code: row for row in journals},
        by=by, contracts=contracts or {}, now=now, today=localdate(now),
    )  # fmt: skip


def open_books(year: int, *, actor: Actor, now: datetime) -> FiscalYear:
    """Open the book of the office with its first year."""
    load_dictionaries()
    return _open("URZAD", "Starostwo Powiatowe w Zgierzu", Book.Kind.UNIT, year, actor, now)


def close_and_carry(year: FiscalYear, *, chief: Actor, now: datetime) -> None:
    """Carry the balances into the next year and close this one for good.

    Law: u.o.r. art. 5 ust. 1, art. 12 ust. 2 and 5.
    """
    year_end.carry_over(year, actor=chief, now=now)
    for month in range(LAST_MONTH + 1):
        books.set_month(year, month, state="CLOSED", actor=chief, now=now)
    books.close_year(year, actor=chief, now=now)


def _open(code: str, name: str, kind: str, year: int, actor: Actor, now: datetime) -> FiscalYear:
    book = books.open_book(books.NewBook(code, name, kind, "FN", "472057715"), actor=actor, now=now)
    return books.open_year(book, year, actor=actor, now=now)


def supplier(name: str, nine: str, *, actor: Actor, now: datetime) -> Counterparty:
    """The supplier of that NIP, written down if he is not there yet."""
    nip = with_check_digit(nine)
    said = dict.fromkeys(FIELDS, "") | {
        "name": name, "nip": nip, "street": "ul. Przykładowa 1", "postcode": "95-100", "town": "Zgierz",
    }  # fmt: skip
    return Counterparty.objects.filter(nip=nip).first() or save_party(None, said, actor=actor, now=now)


def with_check_digit(nine: str) -> str:
    """A NIP with its check digit; nine digits that have none are moved by one."""
    digit = sum(int(d) * w for d, w in zip(nine, WEIGHTS, strict=True)) % 11
    return f"{nine}{digit}" if digit < 10 else with_check_digit(f"{int(nine) + 1:09d}")


def open_balances(ground: Ground) -> None:
    """The opening of the first year of the book."""
    begins = date(ground.year.year, 1, 1)
    opening = [
        Entry(ground.accounts["011"], debit=38 * MILLION), Entry(ground.accounts["013"], debit=3 * MILLION),
        Entry(ground.accounts["071"], credit=17 * MILLION), Entry(ground.accounts["072"], credit=3 * MILLION),
        Entry(ground.accounts["800"], credit=21 * MILLION),
    ]  # fmt: skip
    first = NewVoucher("BO", "Bilans otwarcia", begins, begins, opening, 0)
    post(ground.journals["BO"], [first], actor=ground.by, now=ground.now)


def _play_month(ground: Ground, month: int, suppliers: list[Counterparty], chance: Random) -> None:
    """One month: money from the budget, invoices and their payments, wages, fees that residents paid."""
    last = ground.today.day if month == ground.today.month else monthrange(ground.year.year, month)[1]
    on = date(ground.year.year, month, min(last, 5))
    bought = list(_purchases(ground, month, last, suppliers, chance))
    _post(ground, "FZ", month, [voucher for voucher, _ in bought])
    money = _note(ground, "WB", on, "Środki na wydatki z budżetu powiatu", [
        Entry(ground.accounts["130-0"], debit=2 * MILLION), Entry(ground.accounts["223"], credit=2 * MILLION),
    ])  # fmt: skip
    _post(
        ground,
        "WB",
        month,
        [money, *(payment for _, payment in bought if payment), *_receipts(ground, on, chance)],
    )
    if last >= 28:
        _post(ground, "LP", month, [_wages(ground, on.replace(day=28))])


def _purchases(
    ground: Ground, month: int, last: int, suppliers: list[Counterparty], chance: Random
) -> Iterator[tuple[NewVoucher, NewVoucher | None]]:
    for number in range(12):
        which = chance.randrange(len(suppliers))
        party, typed = suppliers[which], SUPPLIERS[which][2]
        amount = chance.randint(300_00, 9_000_00) * (25 if typed.endswith("6050") else 1)
        day = date(ground.year.year, month, min(last, 2 + 2 * number))
        name = f"FV {month:02d}/{100 + 7 * number}/{ground.year.year}"
        debt = Settlement.objects.create(
            book=ground.year.book, counterparty=party, side=Settlement.Side.PAYABLE, document_number=name,
            issued_on=day, due_on=date(day.year, month, monthrange(day.year, month)[1]),
        )  # fmt: skip
        row, cost = ground.position(typed), cost_of(typed)
        bound = ground.contracts.get(party.name)
        to_pay = Entry(
            ground.accounts["201"],
            credit=amount,
            classification=row,
            counterparty=party.pk,
            settlement=debt.pk,
            contract=bound.pk if bound and bound.signed_on <= day else None,
        )
        bought = Entry(ground.accounts[cost], debit=amount, classification=row, counterparty=party.pk)
        bill = _note(ground, "FZ", day, f"{party.name}: {name}", [bought, to_pay], name)
        paid = [
            replace(to_pay, debit=amount, credit=0),
            replace(to_pay, account=ground.accounts["130-2"], settlement=None),
        ]
        is_paid = month < ground.today.month or number < 4
        yield bill, _note(ground, "WB", day, f"Zapłata {name}", paid, name) if is_paid else None


def cost_of(typed: str) -> str:
    """Investments go to 080, materials to 401, services to 402."""
    return {"6050": "080", "4210": "401", "4260": "401"}.get(typed[-4:], "402")


def _receipts(ground: Ground, on: date, chance: Random) -> Iterator[NewVoucher]:
    for typed in FEES:
        amount, row = chance.randint(40_000_00, 260_000_00), ground.position(typed, "D")
        yield _note(ground, "WB", on, "Wpływy z opłat według wyciągu", [
            Entry(ground.accounts["130-1"], debit=amount, classification=row),
            Entry(ground.accounts["720"], credit=amount, classification=row),
        ])  # fmt: skip


def _wages(ground: Ground, on: date) -> NewVoucher:
    pay, dues = ground.position("750.75020.4010"), ground.position("750.75020.4110")
    insurance = WAGES * 17 // 100
    return _note(ground, "LP", on, "Lista płac pracowników starostwa", [
        Entry(ground.accounts["404"], debit=WAGES, classification=pay),
        Entry(ground.accounts["405"], debit=insurance, classification=dues),
        Entry(ground.accounts["130-2"], credit=WAGES, classification=pay),
        Entry(ground.accounts["130-2"], credit=insurance, classification=dues),
    ], f"LP/{on.month}")  # fmt: skip


def _note(
    ground: Ground, kind: str, on: date, text: str, entries: list[Entry], external_number: str = ""
) -> NewVoucher:
    return NewVoucher(kind, text, on, on, entries, on.month, external_number)


def _post(ground: Ground, code: str, month: int, vouchers: list[NewVoucher]) -> None:
    post(ground.journals[code], vouchers, actor=ground.by, now=ground.now)


def _leave_drafts(ground: Ground, suppliers: list[Counterparty]) -> None:
    """Two vouchers that the accountant has not finished."""
    day = f"{ground.today:%d.%m.%Y}"
    for text, party, amount in (
        ("Papier i tonery", suppliers[0], "1230,00"),
        ("Faktura bez opisu", suppliers[6], ""),
    ):
        lines = [
            {"account": "401", "position": "750.75020.4210", "debit": amount},
            {"account": "201", "position": "750.75020.4210", "party": f"#{party.pk}", "credit": amount},
        ]
        content = {
            "kind": Voucher.Kind.PURCHASE.value,
            "text": text,
            "issued_on": day,
            "operation_on": day,
            "lines": lines,
        }
        drafts.begin(ground.journals["FZ"], actor=ground.by, now=ground.now, content=content)
