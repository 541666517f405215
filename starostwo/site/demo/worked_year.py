"""A whole year of the office's books, by seed and through the services: `starostwo demo --stage year`.

The year before the present one is worked from its opening to its closing; its balances open the present year.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from random import Random
from typing import NamedTuple

from django.db import connection
from django.utils.timezone import localdate

from starostwo.ledger.models import Counterparty, FiscalYear
from starostwo.ledger.rules.classification import position
from starostwo.ledger.rules.plan import written
from starostwo.ledger.rules.vouchers import CLOSING, Entry, NewVoucher
from starostwo.ledger.services import contracts, year_end
from starostwo.ledger.services.dictionaries import classify
from starostwo.ledger.services.posting import post
from starostwo.office.actor import Actor, actor_for
from starostwo.site.demo import plan
from starostwo.site.demo.finance import (
    ACCOUNTANT,
    CHIEF,
    FEES,
    MILLION,
    PLAN,
    SUPPLIERS,
    TREASURER,
    Ground,
    ground_of,
    open_balances,
    open_books,
    supplier,
)
from starostwo.site.demo.people import Cast
from starostwo.site.demo.worked_vouchers import (
    COMMITTED_PERCENT,
    MONTHS,
    Script,
    Volume,
    commitments,
    fees,
    funds,
    pay_lists,
    purchases,
)

AT_ONCE = 300
RESIDENTS = 40
INCOME = 3 * MILLION
INSURER = ("Zakład Ubezpieczeń Społecznych (próbny)", "521301722")
MORE = {"750.75020.4300": 400_000_00, "600.60014.4270": 900_000_00}
Tell = Callable[[str], None]

BANK = """
SELECT a.number, l.classification_id, sum(l.debit - l.credit)
FROM ledger_line l JOIN ledger_voucher v ON v.id = l.voucher_id JOIN ledger_account a ON a.id = l.account_id
WHERE v.fiscal_year_id = %s AND a.number IN ('130-0', '130-1', '130-2', '222', '223')
GROUP BY 1, 2 HAVING sum(l.debit - l.credit) <> 0 ORDER BY 1, 2
"""


def work_last_year(cast: Cast, *, now: datetime, seed: int, vouchers: int, tell: Tell) -> FiscalYear:
    """Open the office's books a year earlier, work that year up to its result."""
    today = localdate(now)
    treasurer, chief, accountant = (
        actor_for(cast.staff[name], today=today) for name in (TREASURER, CHIEF, ACCOUNTANT)
    )
    year = open_books(today.year - 1, actor=treasurer, now=now)
    ground = ground_of(year, by=accountant, now=now)
    work_year(ground, Heads(treasurer, chief), seed=seed, vouchers=vouchers, tell=tell)
    return year


class Heads(NamedTuple):
    """Who approves acts of the plan, and who closes the year."""

    treasurer: Actor
    chief: Actor


def work_year(ground: Ground, heads: Heads, *, seed: int, vouchers: int, tell: Tell) -> None:
    """Post about so many vouchers from the acts of the plan and the opening to the result of the year."""
    year, now = ground.year, ground.now
    plan.adopt(year, PLAN, dict.fromkeys(FEES, INCOME), treasurer=heads.treasurer, now=now)
    open_balances(ground)
    script = _script(ground, vouchers, Random(seed))  # noqa: S311 - a demonstration by seed
    _post(ground, "PL", list(commitments(script)))
    for month in range(1, MONTHS + 1):
        count = _work_month(script, month)
        if month == MONTHS // 2:
            on = date(year.year, 6, 25)
            plan.raise_by(
                year, MORE, on=on, number=f"XXV/160/{year.year}", treasurer=heads.treasurer, now=now
            )
        tell(f"rok {year.year}, miesiąc {month} z {MONTHS}: {count} dowodów")
    contracts.note_paid(year, actor=ground.by, today=date(year.year, 12, 31), now=now)
    _settle_with_budget(script)
    year_end.close_result(year, actor=heads.chief, now=now)


def _script(ground: Ground, vouchers: int, chance: Random) -> Script:
    year = ground.year.year
    suppliers = [supplier(*said[:2], actor=ground.by, now=ground.now) for said in SUPPLIERS]
    return Script(
        ground=ground,
        volume=Volume.of(vouchers),
        suppliers=suppliers,
        contracts=_contracts(ground, suppliers),
        residents=_residents(),
        insurer=supplier(*INSURER, actor=ground.by, now=ground.now),
        spending={typed: classify(position(typed), year=year, kind="W").pk for typed in PLAN},
        income={typed: classify(position(typed), year=year, kind="D").pk for typed in FEES},
        chance=chance,
    )


def _residents() -> list[Counterparty]:
    """People who owe fees; they have no PESEL, because they are invented."""
    return Counterparty.objects.bulk_create(
        Counterparty(name=f"Płatnik Próbny {number}", folded=f"platnik probny {number}")
        for number in range(1, RESIDENTS + 1)
    )


def _work_month(script: Script, month: int) -> int:
    bills, payments = purchases(script, month)
    told, paid = fees(script, month)
    lists, transfers = pay_lists(script, month)
    statement = sorted([*funds(script, month), *payments, *paid, *transfers], key=lambda v: v.operation_on)
    batches = (("FZ", bills), ("PK", told), ("LP", lists), ("WB", statement))
    for code, vouchers in batches:
        _post(script.ground, code, vouchers)
    return sum(len(vouchers) for _, vouchers in batches)


def _contracts(ground: Ground, suppliers: Sequence[Counterparty]) -> list[int]:
    """A contract for the year with each supplier, over most of the plan of his position."""
    year, on = ground.year.year, date(ground.year.year, 1, 4)
    made = []
    for number, (party, (_, _, typed)) in enumerate(zip(suppliers, SUPPLIERS, strict=True), start=1):
        amount = written(PLAN[typed] * COMMITTED_PERCENT // 100)
        content = {
            "document_number": f"FN.273.{number}.{year}", "name": party.name, "nip": party.nip,
            "subject": f"Dostawy i usługi w roku {year}", "place": "Zgierz",
            "signed_on": f"{on:%d.%m.%Y}", "starts_on": f"{on:%d.%m.%Y}", "ends_on": f"31.12.{year}",
            "amount": amount, "parts": f"{year} {typed} {amount}",
        }  # fmt: skip
        draft = contracts.save_draft(ground.year.book, content, draft=None, actor=ground.by, now=ground.now)
        signed = contracts.register(draft, actor=ground.by, today=ground.today, now=ground.now)
        made.append(signed.pk)
    return made


def _settle_with_budget(script: Script) -> None:
    """Income goes to the budget, unused money back; parts of the bank meet, 222 and 223 end in 800.

    Law: rozp. MRiF 13.09.2017 zał. 3 (accounts 130, 222, 223, 800); from memory.
    """
    ground, last = script.ground, date(script.ground.year.year, 12, 31)
    nets = _nets(ground)
    income = sum(net for (number, _), net in nets.items() if number == "130-1")
    unused = sum(net for (number, _), net in nets.items() if number in ("130-0", "130-2"))
    _post(ground, "WB", [
        script.voucher("WB", last, "Dochody odprowadzone do budżetu powiatu", [
            script.entry("222", debit=income), script.entry("130-0", credit=income)]),
        script.voucher("WB", last, "Zwrot niewykorzystanych środków", [
            script.entry("223", debit=unused), script.entry("130-0", credit=unused)]),
    ])  # fmt: skip
    nets = _nets(ground)
    parts = [_against(script, number, row, net) for (number, row), net in nets.items() if number[:3] == "130"]
    ends = [_against(script, number, row, net) for (number, row), net in nets.items() if number[:2] == "22"]
    fund = sum(net for (number, _), net in nets.items() if number[:2] == "22")
    text = "Przeksięgowanie na koniec roku"
    _post(ground, "ZR", [
        NewVoucher("PK", f"{text}: rachunek bieżący", last, last, parts, CLOSING),
        NewVoucher("PK", f"{text}: rozliczenie z budżetem", last, last,
                   [*ends, _against(script, "800", None, -fund)], CLOSING),
    ])  # fmt: skip


def _against(script: Script, number: str, row: int | None, net: int) -> Entry:
    """The entry that takes a balance away."""
    return script.entry(number, debit=max(-net, 0), credit=max(net, 0), of=row)


def _nets(ground: Ground) -> dict[tuple[str, int | None], int]:
    with connection.cursor() as cursor:
        cursor.execute(BANK, [ground.year.pk])
        return {(number, row): int(net) for number, row, net in cursor.fetchall()}


def _post(ground: Ground, code: str, vouchers: Sequence[NewVoucher]) -> None:
    for start in range(0, len(vouchers), AT_ONCE):
        post(ground.journals[code], vouchers[start : start + AT_ONCE], actor=ground.by, now=ground.now)
