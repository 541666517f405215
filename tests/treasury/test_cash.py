"""The cash desk: never below zero, numbers without gaps, a closed report counted, posted and kept."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from starostwo.ledger import testing as ledger
from starostwo.ledger.models import FiscalYear, Line, Voucher
from starostwo.ledger.testing import NOW, TODAY
from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.treasury.models import CashDesk, CashReport, CashSlip, StrictForm
from starostwo.treasury.services import cash

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk() -> CashDesk:
    office.make_office()
    year: FiscalYear = ledger.make_year()
    ledger.accountant()
    return cash.open_desk(year.book_id, "Kasa główna", actor=ledger.treasurer(), today=TODAY, now=NOW)


@pytest.fixture
def report(desk: CashDesk) -> CashReport:
    return cash.open_report(desk.pk, actor=ledger.accountant(), today=TODAY, now=NOW)


def slip(report: CashReport, kind: str = "KP", amount: int = 100_00, **said: Any) -> CashSlip:
    new = {"person": "Jan Kos", "title": "zasilenie", "ledger_account": "141"} | said
    return cash.add_slip(report.pk, cash.NewSlip(kind, amount, **new), actor=ledger.accountant(), now=NOW)


def close(report: CashReport, counted: int) -> CashReport:
    return cash.close_report(report.pk, counted=counted, actor=ledger.accountant(), now=NOW)


@pytest.mark.law("u.o.r. art. 24 ust. 5 pkt 3")
def test_slips_are_numbered_by_kind_and_the_report_is_posted_as_one_voucher(report: CashReport) -> None:
    slips = [slip(report), slip(report, amount=50_00), slip(report, "KW", 30_00, title="do banku")]
    assert [(one.kind, one.number) for one in slips] == [("KP", 1), ("KP", 2), ("KW", 1)]
    closed = close(report, 120_00)
    voucher = Voucher.objects.get(pk=closed.voucher_id)
    assert (voucher.kind, voucher.external_number) == ("RK", "1/2026")
    lines = Line.objects.filter(voucher=voucher, account__number="101").values_list("debit", "credit")
    assert [sum(side) for side in zip(*lines, strict=True)] == [150_00, 30_00]


def test_the_desk_never_gives_what_it_has_not(report: CashReport) -> None:
    slip(report, amount=20_00)
    with pytest.raises(cash.Wrong) as refused:
        slip(report, "KW", 20_01)
    assert refused.value.field == "amount"
    assert CashSlip.objects.count() == 1
    assert slip(report, "KW", 20_00).number == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        CashDesk.objects.update(balance=-1)


def test_the_count_must_agree(report: CashReport) -> None:
    slip(report)
    with pytest.raises(cash.DoesNotCount) as difference:
        close(report, 99_00)
    assert difference.value.args == (-1_00,)
    report.refresh_from_db()
    assert report.closed_at is None
    assert Voucher.objects.count() == 0


def test_one_report_is_open_and_the_next_begins_with_what_lies_there(
    desk: CashDesk, report: CashReport
) -> None:
    slip(report)
    with pytest.raises(cash.ReportIsOpen):
        cash.open_report(desk.pk, actor=ledger.accountant(), today=TODAY, now=NOW)
    close(report, 100_00)
    second = cash.open_report(desk.pk, actor=ledger.accountant(), today=TODAY, now=NOW)
    assert (second.number, second.opening) == (2, 100_00)
    with pytest.raises(cash.ReportIsClosed):
        slip(report)


def test_the_database_keeps_reports_and_slips(report: CashReport) -> None:
    made = slip(report)
    for change in ({"amount": 1}, {"title": "x"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            CashSlip.objects.filter(pk=made.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        CashReport.objects.filter(pk=report.pk).update(closed_at=NOW, closing=1, counted=1)
    close(report, 100_00)
    with pytest.raises(DatabaseError), transaction.atomic():
        CashReport.objects.filter(pk=report.pk).update(opening=5)
    said = {
        name: getattr(made, name) for name in ("desk_id", "amount", "person", "title", "made_at", "made_by")
    }
    with pytest.raises(DatabaseError), transaction.atomic():
        CashSlip.objects.create(report=report, kind="KP", year=2026, number=9, ledger_account="141", **said)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"amount": 0}, "amount"),
        ({"ledger_account": ""}, "ledger_account"),
        ({"ledger_account": "999-9"}, "ledger_account"),
        ({"position": "x"}, "position"),
        ({"settlement": 999_999}, "settlement"),
    ],
)
def test_a_wrong_slip_is_refused_and_takes_no_number(
    report: CashReport, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(cash.Wrong) as refused:
        slip(report, **said)
    assert refused.value.field == field
    assert slip(report).number == 1


def test_forms_of_strict_account_are_entered_once_and_given_out_once(desk: CashDesk) -> None:
    block = cash.NewForms("KP bloczek", "A", 1, 100)
    actor = ledger.accountant()
    made = cash.receive_forms(desk.pk, block, actor=actor, today=TODAY, now=NOW)
    with pytest.raises(cash.NumbersOverlap):
        cash.receive_forms(
            desk.pk, cash.NewForms("KP bloczek", "A", 100, 199), actor=actor, today=TODAY, now=NOW
        )
    cash.give_forms(made.pk, "Jan Kos", actor=actor, today=TODAY, now=NOW)
    with pytest.raises(cash.NoSuchDesk):
        cash.give_forms(made.pk, "Ewa Lis", actor=actor, today=TODAY, now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        StrictForm.objects.update(given_to="Ewa Lis")
    with pytest.raises(DatabaseError), transaction.atomic():
        StrictForm.objects.all().delete()


def clerk() -> Client:
    return office.client_of(Account.objects.get(login="k.saldo"))


def test_a_day_at_the_cash_desk_on_the_screen(desk: CashDesk) -> None:
    client = clerk()
    address = client.post(f"/urzad/kasa/{desk.pk}/")["Location"]
    said = {"kind": "KP", "amount": "100,00", "person": "Bank", "title": "zasilenie", "ledger_account": "141"}
    wrong = client.post(address, said | {"kind": "KW"})
    assert wrong.status_code == 422
    assert "W kasie nie ma tyle pieniędzy" in wrong.content.decode()
    assert 'value="zasilenie"' in wrong.content.decode()
    assert client.post(address, said).status_code == 302
    miscounted = client.post(f"{address}zamkniecie/", {"zamkniecie-counted": "90,00"})
    assert "Kasa nie zgadza się z raportem" in miscounted.content.decode()
    assert 'value="90,00"' in miscounted.content.decode()
    assert client.post(f"{address}zamkniecie/", {"zamkniecie-counted": "100,00"}).status_code == 302
    assert "zamknięty" in client.get(address).content.decode()
    pdf = client.get(f"{address}raport.pdf")
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")


def test_what_the_books_refuse_leaves_the_report_open(report: CashReport) -> None:
    slip(report, ledger_account="720")
    address = f"/urzad/kasa/raporty/{report.pk}/zamkniecie/"
    page = clerk().post(address, {"zamkniecie-counted": "100,00"})
    assert page.status_code == 422
    assert "Raport jest nadal otwarty" in page.content.decode()
    assert CashReport.objects.get().closed_at is None


def test_forms_of_strict_account_on_the_screen(desk: CashDesk) -> None:
    client, address = clerk(), f"/urzad/kasa/{desk.pk}/druki/"
    said = {"name": "KP bloczek", "series": "A", "first": "50", "last": "1"}
    assert client.post(address, said).status_code == 422
    assert client.post(address, said | {"last": "99"}).status_code == 302
    block = StrictForm.objects.get()
    client.post(f"/urzad/kasa/druki/{block.pk}/wydanie/", {"to": "Jan Kos"})
    assert "Jan Kos" in client.get(address).content.decode()


def test_strangers_see_no_cash(report: CashReport, django_assert_num_queries: Any) -> None:
    stranger = office.client_of(office.make_staff("a.nowak", "Anna Nowak"))
    for address in ("/urzad/kasa/", f"/urzad/kasa/{report.desk_id}/", f"/urzad/kasa/raporty/{report.pk}/"):
        assert stranger.get(address).status_code == 404
    client = clerk()
    client.get("/urzad/kasa/")
    with django_assert_num_queries(7):
        client.get(f"/urzad/kasa/{report.desk_id}/")
