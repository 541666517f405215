"""Debt of the demonstration: a loan and bonds from earlier years, a borrowing of this one, a guarantee.

Everything is invented; opening balances come by a voucher, the rest through the register and its proposals.
"""

from datetime import date, datetime

from django.utils.timezone import localdate

from starostwo.ledger.models import Account, DebtInstalment, DebtInstrument, FiscalYear, Journal
from starostwo.ledger.rules.vouchers import Entry, NewVoucher
from starostwo.ledger.services import debts, drafts
from starostwo.ledger.services.posting import post
from starostwo.ledger.settlements import Known
from starostwo.office.actor import Actor

MILLION = 1_000_000_00
OLD = (  # kind, number, lender, group, for what, left at the opening, instalments a year, how many years on
    ("LOAN", "KR/2/2021", "Bank Spółdzielczy Próbny", "BANK", "przebudowa dróg powiatowych", 12 * MILLION, 6),
    ("BOND", "OB/1/2022", "Agent Emisji Próbny S.A.", "BANK", "hala sportowa w Ozorkowie", 8 * MILLION, 4),
)
NEW = ("BORROWING", "WFOŚ/7", "Fundusz Ochrony Środowiska (próbny)", "GOV4", "termomodernizacja szkoły")
GUARANTEE = ("GUARANTEE", "POR/1", "Bank Spółdzielczy Próbny", "BANK", "kredyt szpitala na tomograf")
FIGURES = {  # year back: current income, spending, service of debt, property sold, in thousands of złote
    7: (98_400, 91_700, 610, 240), 6: (102_900, 96_100, 580, 510), 5: (109_300, 102_400, 720, 130),
    4: (117_800, 111_900, 1_050, 90), 3: (126_500, 121_000, 1_310, 320), 2: (137_100, 129_800, 1_260, 180),
    1: (146_900, 139_500, 1_090, 75), 0: (154_200, 147_800, 980, 400), -1: (158_000, 151_000, 900, 0),
    -2: (162_000, 154_600, 760, 0), -3: (166_400, 158_700, 610, 0),
}  # fmt: skip


def fill_debts(budget: FiscalYear, *, treasurer: Actor, accountant: Actor, now: datetime) -> None:
    """Register four titles, open two of them, draw one, pay what fell due, and keep the figures of years."""
    today, year = localdate(now), budget.year
    old = [_old(budget, said, treasurer, now) for said in OLD]
    _open(budget, old, accountant, now)
    new = _register(budget, (*NEW[:1], f"{NEW[1]}/{year}", *NEW[2:]), _even(year, 2 * MILLION, 5, 60_000_00),
                    date(year, 1, 4), 2 * MILLION, treasurer, now)  # fmt: skip
    debts.draw(new.pk, 2 * MILLION, on=date(year, 1, 4), actor=treasurer, now=now)
    calm = _even(year, MILLION, 4, 0)
    _register(budget, (*GUARANTEE[:1], f"{GUARANTEE[1]}/{year}", *GUARANTEE[2:]), calm, date(year, 1, 4),
              MILLION, treasurer, now)  # fmt: skip
    for debt in old:
        for row in DebtInstalment.objects.filter(instrument=debt, due_on__lte=today).order_by("due_on"):
            for move in debts.repay(row.pk, on=row.due_on, unit_code="URZAD", actor=treasurer, now=now):
                if move.kind == "REPAYMENT":  # interest stays with the accountants of the unit
                    drafts.post_draft(move.draft_id or 0, actor=accountant, now=now)
    for move in new.moves.all():
        drafts.post_draft(move.draft_id or 0, actor=accountant, now=now)
    for back, (income, spending, service, sold) in FIGURES.items():
        said = {
            "current_income": income * 100_000, "programme_income": 0, "current_spending": spending * 100_000,
            "programme_spending": 0, "debt_service": service * 100_000, "property_income": sold * 100_000,
        }  # fmt: skip
        source = "Rb-NDS (wymyślone)" if back > 0 else "WPF (wymyślone)"
        debts.set_year(budget.book_id, year - back, said, source, actor=treasurer, now=now)


def _old(
    budget: FiscalYear, said: tuple[str, str, str, str, str, int, int], by: Actor, now: datetime
) -> DebtInstrument:
    *words, amount, years = said
    signed_on, schedule = date(int(words[1][-4:]), 5, 10), _even(budget.year, amount, years, amount // 25)
    return _register(budget, words, schedule, signed_on, amount, by, now)


def _register(
    budget: FiscalYear, words: tuple[str, ...] | list[str], schedule: str, signed_on: date, amount: int,
    by: Actor, now: datetime,
) -> DebtInstrument:  # fmt: skip
    kind, number, lender, sector, subject = words
    said = debts.NewDebt(kind, number, Known(lender), sector, subject, signed_on, amount, schedule)
    return debts.register(budget.book_id, said, actor=by, now=now)


def _even(since: int, amount: int, years: int, interest: int) -> str:
    """The same principal each year in September, with interest that falls."""
    part = amount // years
    return "\n".join(
        f"30.09.{since + number} {(part if number < years - 1 else amount - part * (years - 1)) // 100},00 "
        f"{interest * (years - number) // years // 100},00"
        for number in range(years)
    )


def _open(budget: FiscalYear, old: list[DebtInstrument], by: Actor, now: datetime) -> None:
    """What was owed at the opening of the year: 134 and 260 against 960."""
    first, accounts = (
        date(budget.year, 1, 1),
        dict(Account.objects.filter(fiscal_year=budget).values_list("number", "pk")),
    )
    entries = [
        Entry(accounts["134" if debt.kind == "LOAN" else "260"], credit=debt.amount,
              counterparty=debt.counterparty_id, settlement=debt.settlement_id)
        for debt in old
    ]  # fmt: skip
    entries.append(Entry(accounts["960"], debit=sum(debt.amount for debt in old)))
    journal = Journal.objects.select_related("fiscal_year__book").get(fiscal_year=budget, code="BO")
    opening = NewVoucher("BO", "Bilans otwarcia: zobowiązania finansowe", first, first, entries, 0)
    post(journal, [opening], actor=by, now=now)
