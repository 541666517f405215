"""The plan of the demonstration: acts, contracts, leave above the plan, a refund, units in the budget."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.timezone import localdate

from starostwo.ledger.models import Account, Classification, Contract, FiscalYear
from starostwo.ledger.queries.accounts import journal_of
from starostwo.ledger.rules.classification import position
from starostwo.ledger.rules.plan import written
from starostwo.ledger.rules.purity import SPENDING, refund_entries
from starostwo.ledger.rules.vouchers import Entry, NewVoucher
from starostwo.ledger.services import bridge, contracts, overcommitments, plan_versions
from starostwo.ledger.services.dictionaries import classify
from starostwo.ledger.services.posting import post
from starostwo.office.actor import Actor

SHIFTS = (  # number, month and day, what for, lines of spending
    ("112/2026", (4, 9), "Przesunięcie na remont mostu w Ozorkowie",
     "600.60014.4300 -400000,00\n600.60014.4270 400000,00"),
    ("187/2026", (9, 17), "Więcej na energię, mniej na druki",
     "750.75020.4210 -50000,00\n750.75020.4260 50000,00"),
)  # fmt: skip
CONTRACTS = (  # supplier, subject, month and day, years, position, value
    ("Czyste Biuro sp. z o.o.", "Sprzątanie budynków", (1, 15), 3, "750.75020.4300", 270_000_00),
    ("Telekom Mazowsze sp. z o.o.", "Usługi telefoniczne", (2, 3), 2, "750.75020.4360", 170_000_00),
    ("Zieleń Przydrożna Anna Kos", "Koszenie poboczy", (4, 20), 1, "600.60014.4300", 640_000_00),
    ("Budowa Mostów Północ S.A.", "Przebudowa mostu", (5, 11), 2, "600.60014.6050", 9_600_000_00),
    ("Geodezja Zgierz s.c.", "Modernizacja ewidencji gruntów", (6, 1), 1, "710.71012.4300", 210_000_00),
)


def adopt(
    year: FiscalYear,
    spending: Mapping[str, int],
    income: Mapping[str, int],
    *,
    treasurer: Actor,
    now: datetime,
) -> None:
    """The first plan of a year: the budget resolution of the December before."""
    said = {"D": income, "W": spending}
    content = {
        "act": "COUNCIL", "act_number": f"XX/120/{year.year - 1}", "act_on": f"30.12.{year.year - 1}",
        "text": f"Uchwała budżetowa na {year.year} rok",
    }  # fmt: skip
    for kind, plan in said.items():
        content[f"lines_{kind}"] = "\n".join(f"{where} {written(amount)}" for where, amount in plan.items())
        content[f"said_{kind}"] = written(sum(plan.values()))
    _approve(year, content, treasurer, now)


def shift(year: FiscalYear, *, treasurer: Actor, today: date, now: datetime) -> None:
    """Acts of the board that moved the plan since, and one that is still being typed."""
    for number, (month, day), text, lines in SHIFTS:
        content = {
            "act": "BOARD", "act_number": number, "act_on": f"{day}.{month:02d}.{year.year}", "text": text,
            "lines_W": lines, "said_W": "0",
        }  # fmt: skip
        if date(year.year, month, day) <= today:
            _approve(year, content, treasurer, now)
    unfinished = {
        "act": "BOARD", "act_number": "214/2026", "act_on": f"{today:%d.%m.%Y}",
        "text": "Szkolenia, kwoty do uzgodnienia", "said_W": "0",
        "lines_W": "750.75020.4700 15000,00\n750.75020.4300 -12000,00",
    }  # fmt: skip
    plan_versions.save_draft(year, unfinished, draft=None, actor=treasurer, now=now)


def raise_by(
    year: FiscalYear, spending: Mapping[str, int], *, on: date, number: str, treasurer: Actor, now: datetime
) -> None:
    """An act of the council that gives positions of spending more."""
    content = {
        "act": "COUNCIL", "act_number": number, "act_on": f"{on:%d.%m.%Y}", "text": "Zwiększenie wydatków",
        "lines_W": "\n".join(f"{where} {written(amount)}" for where, amount in spending.items()),
        "said_W": written(sum(spending.values())),
    }  # fmt: skip
    _approve(year, content, treasurer, now)


def _approve(year: FiscalYear, content: Mapping[str, str], treasurer: Actor, now: datetime) -> None:
    draft = plan_versions.save_draft(year, content, draft=None, actor=treasurer, now=now)
    plan_versions.approve(draft, actor=treasurer, today=localdate(now), now=now)


def sign_contracts(
    year: FiscalYear,
    *,
    nips: Mapping[str, str],
    accountant: Actor,
    treasurer: Actor,
    today: date,
    now: datetime,
) -> dict[str, Contract]:
    """Contracts of the year in the register; by the name of the supplier; and leave above the plan."""
    made = {}
    for number, (name, subject, (month, day), years, where, amount) in enumerate(CONTRACTS, start=1):
        signed_on = date(year.year, month, day)
        if signed_on > today:
            continue
        parts = [f"{year.year + ahead} {where} {written(amount // years)}" for ahead in range(years)]
        content = {
            "document_number": f"FN.273.{number}.{year.year}", "name": name,
            "nip": nips[name], "subject": subject,
            "signed_on": f"{signed_on:%d.%m.%Y}", "starts_on": f"{signed_on:%d.%m.%Y}", "place": "Zgierz",
            "ends_on": f"31.12.{year.year + years - 1}", "amount": written(amount),
            "parts": "\n".join(parts),
        }  # fmt: skip
        draft = contracts.save_draft(year.book, content, draft=None, actor=accountant, now=now)
        made[name] = contracts.register(draft, actor=accountant, today=today, now=now)
    _leave_draft(year, accountant, today, now)
    overcommitments.allow_above_plan(
        year, position("750.75020.4700"), amount=12_000_00, actor=treasurer, now=now,
        reason="Szkolenie z nowych przepisów, umowa przed zmianą planu; zarząd zmieni plan w tym miesiącu",
    )  # fmt: skip
    return made


def _leave_draft(year: FiscalYear, accountant: Actor, today: date, now: datetime) -> None:
    """A contract that is still being agreed: its parts do not come to its value yet."""
    content = {
        "book": year.book.code, "document_number": f"FN.273.9.{year.year}", "name": "Szkolenia Samorządowe",
        "subject": "Cykl szkoleń", "signed_on": f"{today:%d.%m.%Y}", "starts_on": f"{today:%d.%m.%Y}",
        "amount": "24000,00", "parts": f"{year.year} 750.75020.4700 12000,00",
    }  # fmt: skip
    contracts.save_draft(year.book, content, draft=None, actor=accountant, now=now)


def refunds(year: FiscalYear, *, accountant: Actor, today: date, now: datetime) -> None:
    """Two refunds of spending: one with its technical entry, one without, which the checker finds."""
    accounts = dict(Account.objects.filter(fiscal_year=year).values_list("number", "pk"))
    row = classify(position("750.75020.4300"), year=year.year, kind=Classification.Kind.SPENDING).pk
    pure = refund_entries(
        accounts[SPENDING], of=SPENDING, amount=450_00, against=Entry(accounts["402"], credit=450_00),
        classification=row,
    )  # fmt: skip
    impure = [
        Entry(accounts[SPENDING], debit=120_00, classification=row),
        Entry(accounts["402"], credit=120_00),
    ]
    day = today.replace(day=min(today.day, 20))
    said = (("Zwrot za niewykonaną usługę", pure), ("Zwrot nadpłaty za druki", impure))
    vouchers = [NewVoucher("WB", text, day, day, list(entries), day.month) for text, entries in said]
    post(journal_of(year, "WB"), vouchers, actor=accountant, now=now)


def tell_budget(budget: FiscalYear, *, treasurer: Actor, today: date, now: datetime) -> None:
    """What the unit reported until the month before last stands in the budget; the last one waits."""
    if today.month > 2:
        bridge.enter_units(budget, until=today.month - 2, actor=treasurer, now=now)
