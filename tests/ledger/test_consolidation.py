"""The consolidated balance sheet: the mapping is whole, exclusions balance, parts open."""

import csv
from collections import Counter
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction

from starostwo import ledger as package
from starostwo.ledger import testing as ledger
from starostwo.ledger.models import BalanceExclusion, FiscalYear, Report, ReportUnit
from starostwo.ledger.queries.consolidation import parts_behind
from starostwo.ledger.queries.reports import filled, form_for, forms
from starostwo.ledger.queries.reports_checks import checked
from starostwo.ledger.queries.reports_saved import rows_of, state_of_units
from starostwo.ledger.report_sheets import read_sheet
from starostwo.ledger.rules.reports_consolidated import (
    Excluded,
    NotAnExclusion,
    added_up,
    check_exclusion,
    consolidated,
    leaves,
    too_much,
)
from starostwo.ledger.rules.reports_files import NotAReport, as_xml
from starostwo.ledger.rules.vouchers import Entry
from starostwo.ledger.services import consolidation as services
from starostwo.ledger.services import reports
from starostwo.ledger.testing import NOW

SK, OP, WB, JOINED = (form_for(slug, 2026, 12) for slug in ("bilans-sk", "bilans-op", "bilans-wb", "bilans"))
CHART = Path(package.__file__).parent / "data" / "chart_budget.csv"
END = "koniec"
HOSPITAL = {("A.II", END): 900_00, ("B.II", END): 60_00, ("P.A.I", END): 700_00, ("P.A.V", END): -20_00,
            ("P.B.III.1", END): 280_00}  # fmt: skip
CLAIM = Excluded("CLAIMS", END, "B.II.1", "P.D.II.1", 50_00)


@pytest.mark.parametrize("source", [JOINED, WB, OP], ids=["Bilans", "Bilans-WB", "Bilans-OP"])
def test_each_row_of_each_balance_sheet_is_added_once(source) -> None:  # type: ignore[no-untyped-def]
    mapped = Counter(part for row in SK.rows for part in row.adds if part[0] == source.code)
    assert mapped == Counter((source.code, row.symbol) for row in source.rows if not row.total_of)


def test_a_side_is_added_to_the_same_side() -> None:
    assets = set(leaves(SK, "AKTYWA"))
    for row in SK.rows:
        for code, symbol in row.adds:
            form = next(form for form in forms() if form.code == code)
            assert (row.symbol in assets) == (symbol in leaves(form, "AKTYWA")), (row.symbol, code, symbol)


def test_each_account_of_the_budget_stands_in_its_balance_sheet() -> None:
    with CHART.open() as file:
        accounts = [row["number"] for row in csv.DictReader(file) if row["kind"] == "BALANCE"]
    for number in accounts:
        measures = sorted(term.measure for row in WB.rows for term in row.terms if term.accounts.fit(number))
        assert measures in (["balance"], ["credit-balance", "debit-balance"]), number


WRONG = [
    ("an unknown kind", Excluded("X", END, "B.II.1", "P.D.II.1", 1)),
    ("no amount", Excluded("CLAIMS", END, "B.II.1", "P.D.II.1", 0)),
    ("an amount below zero", Excluded("CLAIMS", END, "B.II.1", "P.D.II.1", -1)),
    ("an unknown column", Excluded("CLAIMS", "x", "B.II.1", "P.D.II.1", 1)),
    ("a sum instead of a row", Excluded("CLAIMS", END, "B.II", "P.D.II.1", 1)),
    ("assets on both sides", Excluded("CLAIMS", END, "B.II.1", "B.II.1", 1)),
    ("shares against debts", Excluded("SHARES", END, "A.IV", "P.D.II.1", 1)),
]


@pytest.mark.parametrize(("why", "one"), WRONG, ids=[why for why, _ in WRONG])
def test_what_cannot_be_taken_off_both_sides_is_refused(why: str, one: Excluded) -> None:
    with pytest.raises(NotAnExclusion):
        check_exclusion(SK, one)


def test_rows_are_added_and_exclusions_taken_off_both_sides() -> None:
    check_exclusion(SK, CLAIM)
    hospital = added_up(OP, HOSPITAL)
    units = added_up(JOINED, {("B.II.1", END): 70_00, ("P.D.II.4", END): 70_00})
    told = [("Bilans-OP", hospital), ("Bilans", units)]
    before, after = consolidated(SK, told, ()), consolidated(SK, told, [CLAIM])
    was, is_now = ({row.key: row.cells[END] for row in rows} for rows in (before, after))

    assert (was["B.II.1"], was["P.D.II.1"], was["P.A.III"]) == (130_00, 350_00, -20_00)
    assert (was["AKTYWA"], was["PASYWA"]) == (1030_00, 1030_00)
    changed = {key: was[key] - value for key, value in is_now.items() if was[key] != value}
    assert changed == dict.fromkeys(
        ["B.II.1", "B.II", "B", "AKTYWA", "P.D.II.1", "P.D.II", "P.D", "PASYWA"], 50_00
    )
    assert too_much(SK, before, after) == []
    more = consolidated(SK, told, [Excluded("CLAIMS", END, "B.II.1", "P.D.II.1", 131_00)])
    assert [one.row for one in too_much(SK, before, more)] == ["B.II.1"]


SHEET = "Bilans szpitala;;\nwiersz;poczatek;koniec\nA.II;0;900,00\nSuma aktywów;0;900,00\nP.A.V;-1,50;\n"


def test_a_sheet_is_read_by_symbol_or_title() -> None:
    assert read_sheet(SHEET.encode(), OP) == {
        ("A.II", "poczatek"): 0, ("A.II", END): 900_00, ("P.A.V", "poczatek"): -1_50, ("P.A.V", END): 0,
    }  # fmt: skip


BAD = [
    ("no head", "A.II;1;2"), ("an unknown row", "wiersz;koniec\nX.9;1"),
    ("a row twice", "wiersz;koniec\nB.I;1\nB.I;1"),
    ("no amounts", "wiersz;uwagi\nB.I;1"), ("words", "wiersz;koniec\nB.I;sto"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "text"), BAD, ids=[why for why, _ in BAD])
def test_a_sheet_that_is_no_balance_sheet_is_refused(why: str, text: str) -> None:
    with pytest.raises(NotAReport):
        read_sheet(text.encode(), OP)


@pytest.fixture
def year() -> FiscalYear:
    return ledger.make_year()


def hospital() -> ReportUnit:
    return reports.add_unit("Szpital Powiatowy", "100000017", "HOSPITAL", actor=ledger.treasurer(), now=NOW)


def all_but_the_hospital(year: FiscalYear) -> None:
    """The unit owes the hospital 50 zł and has approved; the budget has approved; the units are joined."""
    boss, party = ledger.treasurer(), ledger.supplier().pk
    owed = [Entry(ledger.account(year, "401"), debit=50_00),
            Entry(ledger.account(year, "240"), credit=50_00, counterparty=party)]  # fmt: skip
    ledger.posted(year, ledger.voucher(owed))
    budget = ledger.make_year("POWIAT", kind="BUDGET")
    has, surplus = ledger.account(budget, "133"), ledger.account(budget, "962")
    ledger.posted(budget, ledger.voucher([Entry(has, debit=8_00), Entry(surplus, credit=8_00)]))
    for form, one in ((JOINED, year), (WB, budget)):
        found = checked(form, one, 12, filled(form, one, 12))
        assert not [finding for finding in found if finding.level == "ERROR"]
        reports.approve(form, one, 12, remark="próba", actor=boss, now=NOW)
    reports.join(JOINED, 2026, 12, remark="próba", actor=boss, now=NOW)


def exclude(one: Excluded = CLAIM) -> BalanceExclusion:
    told = services.NewExclusion(one, "szpital i starostwo", "FV 1/2026")
    return services.exclude(2026, told, actor=ledger.treasurer(), now=NOW)


@pytest.mark.django_db
def test_the_consolidated_balance_sheet_adds_all_without_what_is_mutual(year: FiscalYear) -> None:
    boss, unit = ledger.treasurer(), hospital()
    all_but_the_hospital(year)
    exclusion = exclude()
    with pytest.raises(reports.NotAllSent) as refused:
        services.consolidate(2026, actor=boss, now=NOW)
    assert refused.value.missing == ["Szpital Powiatowy (Bilans-OP)"]
    sent = services.enter(OP, unit, 2026, HOSPITAL, actor=boss, now=NOW)
    made = services.consolidate(2026, actor=boss, now=NOW)

    cells = {row.key: row.cells[END] for row in rows_of(made)}
    assert (cells["AKTYWA"], cells["PASYWA"]) == (918_00, 918_00)
    assert (cells["B.II.1"], cells["B.III"], cells["P.D.II.1"], cells["P.A.III"]) == (
        10_00,
        8_00,
        280_00,
        -62_00,
    )
    assert (made.form, made.origin, made.correction, made.hash) == (
        "Bilans-SK",
        "JOINT",
        0,
        reports.digest(made),
    )
    [kept] = [one for one in made.sources if "exclusion" in one]
    assert (kept["exclusion"], kept["amount"], kept["reason"], kept["by"]) == (
        exclusion.pk, 50_00, "FV 1/2026", boss.name,
    )  # fmt: skip
    behind = [(one.report.pk, one.title[:6], one.cells) for one in parts_behind(boss, made, SK, "B.II")]
    assert behind == [(sent.pk, "B.II. ", (0, 60_00))]


@pytest.mark.django_db
def test_a_correction_of_a_part_and_a_withdrawn_exclusion_make_the_next_number(year: FiscalYear) -> None:
    boss, unit = ledger.treasurer(), hospital()
    all_but_the_hospital(year)
    exclusion = exclude()
    services.enter(OP, unit, 2026, HOSPITAL, actor=boss, now=NOW)
    services.consolidate(2026, actor=boss, now=NOW)
    with pytest.raises(reports.NothingChanged):
        services.consolidate(2026, actor=boss, now=NOW)
    corrected = services.enter(
        OP, unit, 2026, HOSPITAL | {("B.I", END): 1_00, ("P.A.I", END): 701_00}, actor=boss, now=NOW
    )
    services.withdraw(exclusion, actor=boss, now=NOW)
    second = services.consolidate(2026, actor=boss, now=NOW)

    assert (corrected.correction, second.correction) == (1, 1)
    assert {row.key: row.cells[END] for row in rows_of(second)}["AKTYWA"] == 969_00
    assert not [one for one in second.sources if "exclusion" in one]
    with pytest.raises(services.AlreadyWithdrawn):
        services.withdraw(exclusion, actor=boss, now=NOW)
    for change in ({"amount": 1}, {"withdrawn_at": None, "withdrawn_by_name": ""}):
        with pytest.raises(DatabaseError), transaction.atomic():
            BalanceExclusion.objects.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        BalanceExclusion.objects.all().delete()


@pytest.mark.django_db
def test_what_does_not_balance_or_is_not_ones_own_is_refused(year: FiscalYear) -> None:
    boss, unit = ledger.treasurer(), hospital()
    with pytest.raises(reports.HasErrors) as refused:
        services.enter(OP, unit, 2026, HOSPITAL | {("B.I", END): 1_00}, actor=boss, now=NOW)
    assert "Aktywa nie równają się pasywom" in refused.value.findings[0].text
    with pytest.raises(reports.NotThatMonth):
        services.enter(JOINED, unit, 2026, {}, actor=boss, now=NOW)
    rows = added_up(JOINED, {})
    content = as_xml(
        JOINED, regon=unit.regon, unit="", year=2026, month=12, correction=0, digest="", rows=rows
    )
    with pytest.raises(reports.NotThatMonth):
        reports.upload(content, actor=boss, now=NOW)
    for other in (ledger.chief(), ledger.accountant()):
        with pytest.raises(reports.MayNotReport):
            services.enter(OP, unit, 2026, HOSPITAL, actor=other, now=NOW)
        with pytest.raises(reports.MayNotReport):
            services.exclude(2026, services.NewExclusion(CLAIM, "a", "b"), actor=other, now=NOW)
        with pytest.raises(reports.MayNotReport):
            services.consolidate(2026, actor=other, now=NOW)
    with pytest.raises(NotAnExclusion):
        services.exclude(2026, services.NewExclusion(CLAIM, "a", " "), actor=boss, now=NOW)
    assert (Report.objects.count(), BalanceExclusion.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_a_hospital_owes_its_own_balance_sheet_and_no_other_report(year: FiscalYear) -> None:
    hospital()
    names = {form.code: [state.name for state in state_of_units(form, 2026, 12)] for form in (OP, JOINED)}
    assert names == {"Bilans-OP": ["Szpital Powiatowy"], "Bilans": ["Starostwo Powiatowe"]}
    assert "Szpital Powiatowy" not in [
        one.name for one in state_of_units(form_for("rb-28s", 2026, 11), 2026, 11)
    ]
