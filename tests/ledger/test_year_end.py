"""A year ends: the result is closed, balances open the next year, later only the difference."""

from datetime import date

import pytest

from starostwo.ledger import settlements
from starostwo.ledger import testing as ledger
from starostwo.ledger.models import Classification, FiscalYear, Line, Settlement, SettlementSum, Voucher
from starostwo.ledger.queries.balances import gaps, trial_balance
from starostwo.ledger.rules.closing import budget_closes_into, closes_into
from starostwo.ledger.rules.vouchers import Entry
from starostwo.ledger.services import posting, year_end
from starostwo.ledger.testing import NOW, account, owed, spending, supplier, voucher

DAY = date(2026, 12, 30)


@pytest.mark.law("rozp. MRiF 13.09.2017 zał. 3")
@pytest.mark.parametrize(
    ("number", "target", "why"),
    [
        ("401", "860", "costs make the result"),
        ("720", "860", "so does income"),
        ("761", "860", "and other operating costs"),
        ("740", "800", "subsidies for investments go to the fund"),
        ("810", "800", "as what was spent on them"),
        ("201", "", "settlements stay"),
        ("130-2", "", "the bank is closed by transfers, not by the result"),
    ],
)
def test_where_a_unit_closes_its_accounts(number: str, target: str, why: str) -> None:
    assert closes_into(number) == target, why


@pytest.mark.parametrize(("number", "target"), [("901", "961"), ("902", "961"), ("133", "")])
def test_where_the_budget_closes_its_accounts(number: str, target: str) -> None:
    assert budget_closes_into(number) == target


@pytest.fixture
def year(db: None) -> FiscalYear:
    return ledger.make_year()


def bought(year: FiscalYear, amount: int, number: str = "FV 1/2026") -> None:
    said = {"classification": spending().pk, "counterparty": supplier().pk}
    debt = owed(year, number)
    entries = [
        Entry(account(year, "401"), debit=amount, **said),  # type: ignore[arg-type]
        Entry(account(year, "201"), credit=amount, settlement=debt.pk, **said),  # type: ignore[arg-type]
    ]
    ledger.posted(year, voucher(entries, month=12, issued_on=DAY, operation_on=DAY), into="FZ")


def closing(year: FiscalYear) -> dict[str, int]:
    """Debit less credit of each account at the end of the year, without those that are even."""
    found = {row.number: row.total_debit - row.total_credit for row in trial_balance(year, 13)}
    return {number: net for number, net in found.items() if net}


def opening(year: FiscalYear) -> dict[str, int]:
    return {row.number: row.opening_debit - row.opening_credit for row in trial_balance(year, 0)}


@pytest.mark.law("u.o.r. art. 5 ust. 1")
def test_the_opening_is_the_closing_of_the_year_before(year: FiscalYear) -> None:
    chief, after = ledger.chief(), ledger.make_year(year=2027)
    bought(year, 700_00)

    year_end.close_result(year, actor=chief, now=NOW)
    year_end.carry_over(year, actor=chief, now=NOW)

    assert closing(year) == {"201": -700_00, "860": 700_00}
    assert opening(after) == {"201": -700_00, "860": 700_00}
    line = Line.objects.select_related("classification", "settlement").get(
        account__fiscal_year=after, account__number="201"
    )
    assert (line.classification.year, line.settlement.document_number) == (2027, "FV 1/2026")  # type: ignore[union-attr]
    assert line.counterparty_id == supplier().pk
    assert SettlementSum.objects.get(settlement=line.settlement).credit == 700_00
    assert gaps(after) == []


def test_a_carried_debt_is_paid_under_its_own_position_of_the_new_year(year: FiscalYear) -> None:
    chief = ledger.chief()
    ledger.make_year(year=2027)
    places = {"750.75020.4300": "FV 1/2026", "750.75020.4210": "FV 2/2026"}
    for typed, number in places.items():
        row, debt = spending(typed), owed(year, number)
        entries = [
            Entry(account(year, "401"), debit=100),
            Entry(account(year, "201"), credit=100, settlement=debt.pk, counterparty=supplier().pk,
                  classification=row.pk),
        ]  # fmt: skip
        ledger.posted(year, voucher(entries, month=12, issued_on=DAY, operation_on=DAY), into="FZ")
    year_end.close_result(year, actor=chief, now=NOW)
    year_end.carry_over(year, actor=chief, now=NOW)

    debts = list(Settlement.objects.filter(document_number__in=places.values()))
    found = settlements.positions([debt.pk for debt in debts])

    of = {row.pk: (row.year, str(row)) for row in Classification.objects.all()}
    under = {debt.document_number: [of[pk] for pk in found[debt.pk]] for debt in debts}
    assert under == {number: [(2027, typed)] for typed, number in places.items()}


@pytest.mark.law("u.o.r. art. 5 ust. 1")
def test_the_opening_is_opened_again_with_the_difference_alone(year: FiscalYear) -> None:
    chief, after = ledger.chief(), ledger.make_year(year=2027)
    bought(year, 700_00)
    year_end.close_result(year, actor=chief, now=NOW)
    year_end.carry_over(year, actor=chief, now=NOW)
    bought(year, 50_00, "FV 2/2026")
    year_end.close_result(year, actor=chief, now=NOW)

    year_end.carry_over(year, actor=chief, now=NOW)

    assert opening(after) == closing(year) == {"201": -750_00, "860": 750_00}
    assert list(Voucher.objects.filter(kind="BP").order_by("id").values_list("total", flat=True)) == [
        700_00,
        50_00,
    ]
    with pytest.raises(year_end.NothingToDo):
        year_end.carry_over(year, actor=chief, now=NOW)
    with pytest.raises(year_end.NothingToDo):
        year_end.close_result(year, actor=chief, now=NOW)


def test_there_is_no_opening_without_the_next_year(year: FiscalYear) -> None:
    bought(year, 700_00)

    with pytest.raises(year_end.NextYearIsMissing):
        year_end.carry_over(year, actor=ledger.chief(), now=NOW)


def test_only_the_chief_enters_the_closing(year: FiscalYear) -> None:
    bought(year, 700_00)

    with pytest.raises(posting.MayNotPost):
        year_end.close_result(year, actor=ledger.accountant(), now=NOW)

    assert closing(year) == {"201": -700_00, "401": 700_00}
