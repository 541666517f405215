"""Approved reports: frozen with a hash, corrected by a new number, collected from units, joined, exported."""

from pathlib import Path

import pytest
from django.db import DatabaseError, transaction

from starostwo.ledger import testing as ledger
from starostwo.ledger.models import Account, FiscalYear, Report, ReportUnit
from starostwo.ledger.queries.reports import filled, form_for, forms
from starostwo.ledger.queries.reports_saved import rows_of, state_of_units
from starostwo.ledger.rules.reports_files import (
    LARGEST,
    NotAReport,
    as_xml,
    check_template,
    fill_template,
    read_file,
)
from starostwo.ledger.rules.vouchers import Entry
from starostwo.ledger.services import reports
from starostwo.ledger.testing import NOW

pytestmark = pytest.mark.django_db

EMPTY = Path(__file__).with_name("data") / "bestia_rb28s_pusty.xml"
NOVEMBER = 11


@pytest.fixture
def year() -> FiscalYear:
    found = ledger.make_year()
    ledger.plan(found, amount=1000_00)
    spend(found, 400_00, planned=1000_00)
    return found


def spend(year: FiscalYear, amount: int, *, planned: int = 0) -> None:
    place = ledger.spending().pk
    off = [Entry(ledger.account(year, "998"), credit=amount, classification=place)]
    if planned:
        off.append(Entry(ledger.account(year, "980"), debit=planned, classification=place))
    paid = [
        Entry(ledger.account(year, "402"), debit=amount),
        Entry(ledger.account(year, "130-2"), credit=amount, classification=place),
    ]
    ledger.posted(year, ledger.voucher(off), ledger.voucher(paid))


def approve(year: FiscalYear, slug: str = "rb-28s", remark: str = "") -> Report:
    form = form_for(slug, 2026, NOVEMBER)
    return reports.approve(form, year, NOVEMBER, remark=remark, actor=ledger.chief(), now=NOW)


@pytest.mark.law("u.o.r. art. 24 ust. 2")
def test_an_approved_report_is_frozen_with_its_hash(year: FiscalYear) -> None:
    report = approve(year)
    spend(year, 100_00)

    kept = Report.objects.get(pk=report.pk)
    assert [row.cells for row in rows_of(kept)] == [{"PL": 1000_00, "ZA": 400_00, "WW": 400_00}]
    assert (kept.correction, kept.made_by_name) == (0, "Halina Bilans")
    assert kept.hash == reports.digest(kept)
    for change in ({"remark": "inne"}, {"content": {}}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Report.objects.filter(pk=report.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        Report.objects.filter(pk=report.pk).delete()
    assert Report.objects.get(pk=report.pk).hash == kept.hash


def test_a_correction_is_a_new_number_and_only_when_something_changed(year: FiscalYear) -> None:
    first = approve(year)
    with pytest.raises(reports.NothingChanged):
        approve(year)
    spend(year, 100_00)
    second = approve(year)

    assert [first.correction, second.correction] == [0, 1]
    assert Report.objects.count() == 2


def test_warnings_want_a_remark_and_others_may_not(year: FiscalYear) -> None:
    spend(year, 100_00, planned=5)
    with pytest.raises(reports.NeedsRemark):
        approve(year)
    with pytest.raises(reports.MayNotReport):
        reports.approve(
            form_for("rb-28s", 2026, NOVEMBER), year, NOVEMBER, actor=ledger.accountant(), now=NOW
        )
    with pytest.raises(reports.NotThatMonth):
        reports.approve(form_for("rb-st", 2026, NOVEMBER), year, NOVEMBER, actor=ledger.chief(), now=NOW)
    assert Report.objects.count() == 0


def test_errors_block(year: FiscalYear) -> None:
    ledger.posted(year, ledger.voucher([Entry(ledger.account(year, "101"), debit=5),
                                        Entry(ledger.account(year, "800"), credit=5)]))  # fmt: skip
    form = form_for("bilans", 2026, 12)
    ledger.posted(year, ledger.voucher([Entry(ledger.account(year, "136"), debit=5),
                                        Entry(ledger.account(year, "135"), credit=5)]))  # fmt: skip
    assert reports.approve(form, year, 12, remark="próba", actor=ledger.chief(), now=NOW).correction == 0
    wrong = read_file(sent("5260250274", 100_00, 200_00), forms())
    assert wrong[0].rows[0].cells["WW"] == 200_00
    ReportUnit.objects.create(name="Zarząd Dróg Powiatowych", regon="5260250274")
    with pytest.raises(reports.HasErrors) as refused:
        reports.upload(sent("5260250274", 100_00, 200_00), remark="x", actor=ledger.treasurer(), now=NOW)
    assert "wyższe niż plan" in refused.value.findings[0].text


def test_what_units_owe_each_other_is_excluded_from_the_joint_balance_sheet(year: FiscalYear) -> None:
    form, boss = form_for("bilans", 2026, 12), ledger.treasurer()
    for number in ("976-B-BII4", "976-B-PDII5"):
        Account.objects.create(
            fiscal_year=year, number=number, name="wyłączenie", kind="OFF_BALANCE", source="L"
        )
    owed, claimed = ledger.account(year, "240"), ledger.account(year, "234")
    party = ledger.supplier().pk
    note = [Entry(claimed, debit=50_00, counterparty=party), Entry(owed, credit=50_00, counterparty=party)]
    ledger.posted(year, ledger.voucher(note))
    reports.approve(form, year, 12, remark="próba", actor=boss, now=NOW)
    before = rows_of(reports.join(form, 2026, 12, remark="próba", actor=boss, now=NOW))

    half = [Entry(ledger.account(year, "976-B-BII4"), debit=50_00)]
    ledger.posted(year, ledger.voucher(half))
    with pytest.raises(reports.HasErrors):
        reports.join(form, 2026, 12, remark="próba", actor=boss, now=NOW)
    ledger.posted(year, ledger.voucher([Entry(ledger.account(year, "976-B-PDII5"), credit=50_00)]))
    joint = reports.join(form, 2026, 12, remark="próba", actor=boss, now=NOW)

    was, is_now = ({row.key: row.cells["koniec"] for row in rows} for rows in (before, rows_of(joint)))
    changed = {key: was[key] - value for key, value in is_now.items() if was[key] != value}
    assert changed == dict.fromkeys(
        ["B", "B.II", "B.II.4", "AKTYWA", "P.D", "P.D.II", "P.D.II.5", "PASYWA"], 50_00
    )
    assert {"excluded": "B.II.4", "amount": 50_00} in joint.sources


def sent(regon: str, plan: int, paid: int) -> bytes:
    position = (
        "<Pozycje><Pozycja><Dzial>600</Dzial><Rozdzial>60014</Rozdzial><Grupa>1500</Grupa>"
        f"<Paragraf>430</Paragraf><P4>0</P4><PL>{plan / 100:.2f}</PL><ZA>{paid / 100:.2f}</ZA>"
        f"<WW>{paid / 100:.2f}</WW></Pozycja></Pozycje>"
    )
    empty = EMPTY.read_bytes().replace(b"472057715", regon.encode())
    return empty.replace(b"<Pozycje/>", position.encode())


@pytest.mark.law("u.o.r. art. 24 ust. 4")
def test_an_empty_report_of_bestia_is_filled_and_read_back(year: FiscalYear) -> None:
    form = form_for("rb-28s", 2026, NOVEMBER)
    rows = filled(form, year, NOVEMBER)
    written = fill_template(EMPTY.read_bytes(), form, 2026, NOVEMBER, rows)
    [read] = read_file(written, forms())

    assert (read.regon, read.form, read.year, read.month) == ("472057715", "Rb-28S", 2026, NOVEMBER)
    assert [(row.key, row.cells) for row in read.rows] == [(row.key, row.cells) for row in rows]
    assert b"<Nazwa>Starostwo Powiatowe</Nazwa>" in written
    assert fill_template(written, form, 2026, NOVEMBER, rows) == written


@pytest.mark.parametrize("form", forms(), ids=[form.code for form in forms()])
def test_our_xml_is_read_back(year: FiscalYear, form) -> None:  # type: ignore[no-untyped-def]
    month = form.months[-1]
    rows = filled(form, year, month)
    written = as_xml(
        form, regon="472057715", unit="Starostwo", year=2026, month=month, correction=0, digest="", rows=rows
    )
    [read] = read_file(written, forms())

    assert (read.form, read.regon, read.month) == (form.code, "472057715", month)
    assert {row.key: dict(row.cells) for row in read.rows} == {row.key: dict(row.cells) for row in rows}


BAD = [
    ("not XML", b"plik"),
    ("an entity", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
    ("no report", b"<PaczkaSprawozdan><Jednostki/></PaczkaSprawozdan>"),
    ("too large", b"<a>" + b" " * LARGEST + b"</a>"),
    ("an amount in words", sent("1", 1, 1).replace(b"<PL>0.01", b"<PL>sto")),
    ("a position twice", sent("1", 1, 1).replace(
        b"</Pozycje>", sent("1", 1, 1).split(b"<Pozycje>")[1].split(b"</Pozycje>")[0] + b"</Pozycje>")),
    ("a symbol with letters", sent("1", 1, 1).replace(b"60014", b"abcde")),
]  # fmt: skip


@pytest.mark.parametrize(("why", "content"), BAD, ids=[why for why, _ in BAD])
def test_what_is_no_report_is_refused(why: str, content: bytes) -> None:
    with pytest.raises(NotAReport):
        read_file(content, forms())
    with pytest.raises(NotAReport):
        check_template(content if why != "no report" else b"<a/>", form_for("rb-27s", 2026, 1))


def test_reports_of_units_are_collected_corrected_and_joined(year: FiscalYear) -> None:
    form = form_for("rb-28s", 2026, NOVEMBER)
    boss = ledger.treasurer()
    with pytest.raises(reports.NoSuchUnit):
        reports.upload(sent("1", 500_00, 200_00), actor=boss, now=NOW)
    reports.add_unit("Zarząd Dróg Powiatowych", "5260250274", actor=boss, now=NOW)
    with pytest.raises(reports.UnitIsThere):
        reports.add_unit("Drugi", "5260250274", actor=boss, now=NOW)
    approve(year)
    with pytest.raises(reports.NotAllSent) as missing:
        reports.join(form, 2026, NOVEMBER, actor=boss, now=NOW)
    assert missing.value.missing == ["Zarząd Dróg Powiatowych"]

    [first] = reports.upload(sent("5260250274", 500_00, 200_00), actor=boss, now=NOW)
    joint = reports.join(form, 2026, NOVEMBER, actor=boss, now=NOW)
    [second] = reports.upload(sent("5260250274", 500_00, 300_00), actor=boss, now=NOW)
    again = reports.join(form, 2026, NOVEMBER, actor=boss, now=NOW)

    assert [first.correction, second.correction, joint.correction, again.correction] == [0, 1, 0, 1]
    assert {row.key: row.cells["WW"] for row in rows_of(joint)} == {
        "600.60014.4300": 200_00, "750.75020.4300": 400_00,
    }  # fmt: skip
    assert {row.key: row.cells["WW"] for row in rows_of(again)}["600.60014.4300"] == 300_00
    assert [(one.name, one.report.correction if one.report else None)
            for one in state_of_units(form, 2026, NOVEMBER)] == [
        ("Starostwo Powiatowe", 0), ("Zarząd Dróg Powiatowych", 1),
    ]  # fmt: skip
    with pytest.raises(reports.MayNotReport):
        reports.join(form, 2026, NOVEMBER, actor=ledger.chief(), now=NOW)
