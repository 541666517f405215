"""Changes in the fund by their titles: as a table of vouchers, and from a year that was worked."""

import pytest

from starostwo.ledger import testing as ledger
from starostwo.ledger.models import FiscalYear
from starostwo.ledger.queries.balances import trial_balance
from starostwo.ledger.queries.reports import filled, form_for
from starostwo.ledger.queries.reports_entries import entries_of
from starostwo.ledger.rules.fund import FundLine, changes
from starostwo.ledger.rules.vouchers import Entry
from starostwo.ledger.services.chart import SaidAccount, add_account
from starostwo.ledger.testing import NOW
from tests.ledger.test_worked_year import plain, year

__all__ = ["year"]
Legs = list[tuple[str, int]]

VOUCHERS: list[tuple[str, Legs, bool, dict[str, int]]] = [
    ("spending that was done", [("223", 70), ("800", -70)], False, {"1.2": 70}),
    ("income that was handed over", [("800", 30), ("222", -30)], False, {"2.2": 30}),
    ("both in one voucher", [("223", 70), ("222", -30), ("800", -40)], False, {"1.2": 70, "2.2": 30}),
    ("spending that was too much, in red", [("223", -5), ("800", 5)], True, {"1.2": -5}),
    ("the profit of the year before", [("860", 9), ("800", -9)], False, {"1.1": 9}),
    ("its loss", [("800", 9), ("860", -9)], False, {"2.1": 9}),
    ("what was invested", [("810", 50), ("800", -50)], False, {"1.4": 50}),
    ("the same taken back in red", [("810", -50), ("800", 50)], True, {"1.4": -50}),
    ("subsidies and investments at the end of the year", [("800", 80), ("810", -80)], False, {"2.4": 80}),
    ("an asset given away, less what was written off", [("071", 80), ("800", 20), ("011", -100)], False,
     {"2.6": 20}),
    ("an asset that came for nothing", [("011", 60), ("800", -60)], False, {"1.6": 60}),
    ("a revaluation, marked", [("011", 7), ("800-1-5", -7)], False, {"1.5": 7}),
    ("a revaluation down, marked", [("800-2-5", 7), ("011", -7)], False, {"2.5": 7}),
    ("something else", [("240", 3), ("800", -3)], False, {"1.10": 3}),
    ("something else down", [("800", 3), ("240", -3)], False, {"2.9": 3}),
    ("the result closes beside subsidies", [("720", 90), ("401", -60), ("860", -30), ("800", 8), ("810", -8)],
     False, {"2.4": 8}),
]  # fmt: skip


@pytest.mark.law("rozp. MRiF 13.09.2017 zał. 11")
@pytest.mark.parametrize(("why", "legs", "is_red", "titles"), VOUCHERS, ids=[why for why, *_ in VOUCHERS])
def test_titles(why: str, legs: Legs, is_red: bool, titles: dict[str, int]) -> None:
    found: dict[str, int] = {}
    for one in changes(FundLine(n, 1, is_red, number, net) for n, (number, net) in enumerate(legs)):
        found[one.title] = found.get(one.title, 0) + one.amount

    assert found == titles
    grown = sum(amount if title[0] == "1" else -amount for title, amount in found.items())
    assert grown == -sum(net for number, net in legs if number.startswith("800"))


@pytest.mark.law("rozp. MRiF 13.09.2017 zał. 11")
def test_the_statement_of_a_worked_year_names_the_titles_and_opens_to_their_entries(year: FiscalYear) -> None:
    form = form_for("zzwf", year.year, 12)
    rows = {row.key: row.cells["biezacy"] for row in filled(form, year, 12)}

    spent = sum(plain(year, "l.credit", "a.number = '130-2'").values())
    earned = sum(plain(year, "l.debit", "a.number = '130-1'").values())
    assert (rows["I.1.2"], rows["I.2.2"]) == (spent, earned)
    assert rows["I.1"] == sum(value for key, value in rows.items() if key.startswith("I.1."))
    fund = next(row for row in trial_balance(year, 13) if row.number == "800")
    assert rows["II"] == fund.total_credit - fund.total_debit
    assert rows["II"] == rows["I"] + rows["I.1"] - rows["I.2"]

    column = form.column("biezacy")
    assert column is not None
    lines = list(entries_of(form, year, 12, "I.1.2", column))
    assert {line.account.number for line in lines} == {"223"}
    assert sum(line.debit - line.credit for line in lines) == spent


@pytest.mark.django_db
def test_what_accounts_cannot_tell_is_marked_by_a_sub_account() -> None:
    year, treasurer = ledger.make_year(), ledger.treasurer()
    marked = add_account(
        year, SaidAccount("800-1-5", "Aktualizacja wyceny", "BALANCE"), actor=treasurer, now=NOW
    )
    ledger.posted(
        year,
        ledger.voucher([Entry(ledger.account(year, "011"), debit=700), Entry(marked.pk, credit=700)]),
    )
    rows = {row.key: row.cells for row in filled(form_for("zzwf", 2026, 12), year, 12)}

    assert rows["I.1.5"]["biezacy"] == rows["II"]["biezacy"] == 700
