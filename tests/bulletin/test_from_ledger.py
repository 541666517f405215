"""Reports of the ledger in the bulletin: pulled by an editor, approved by another, each number once."""

from pathlib import Path

import pytest
from django.urls import reverse

from starostwo.bulletin.access import NotAnEditor
from starostwo.bulletin.models import Item, Version
from starostwo.bulletin.services import approval
from starostwo.bulletin.services.from_ledger import CannotPull, offered, pull
from starostwo.ledger import testing as ledger
from starostwo.ledger.models import FiscalYear, Report
from starostwo.ledger.queries.reports import form_for
from starostwo.ledger.rules.vouchers import Entry
from starostwo.ledger.services import reports
from starostwo.office import testing as office
from tests.bulletin.makers import NOW, TODAY, a_section, editor, second_editor


def spend(year: FiscalYear, amount: int) -> None:
    place = ledger.spending().pk
    ledger.posted(
        year,
        ledger.voucher(
            [
                Entry(ledger.account(year, "402"), debit=amount),
                Entry(ledger.account(year, "130-2"), credit=amount, classification=place),
            ]
        ),
    )


def approved(year: FiscalYear) -> Report:
    form = form_for("rb-28s", 2026, 11)
    return reports.approve(form, year, 11, remark="bez umów", actor=ledger.chief(), now=NOW)


@pytest.fixture
def year(bulletin: Path) -> FiscalYear:
    found = ledger.make_year()
    ledger.plan(found, amount=1000_00)
    spend(found, 400_00)
    return found


@pytest.mark.law("ufp art. 37")
def test_an_approved_report_is_pulled_published_and_its_correction_too(year: FiscalYear) -> None:
    assert offered() == []
    report = approved(year)
    section = a_section("budzet", "Budżet i sprawozdania")
    version = pull(report.hash, actor=editor(), now=NOW, today=TODAY)
    assert offered() == []
    item = approval.approve(version.pk, actor=second_editor(), seen=version.sha256, now=NOW).item

    item.refresh_from_db()
    assert (item.state, item.section, item.kind) == (Item.State.PUBLISHED, section, "sprawozdanie")
    assert version.fields["hash"] == report.hash
    assert "750.75020.1500.4300 | 1 000,00 zł" in version.text.replace("\u00a0", " ")

    spend(year, 100_00)
    again = approved(year)
    assert [one.hash for one in offered()] == [again.hash]
    with pytest.raises(CannotPull):
        pull(report.hash, actor=editor(), now=NOW, today=TODAY)


def test_only_editors_pull(year: FiscalYear) -> None:
    report = approved(year)
    a_section("budzet", "Budżet i sprawozdania")
    with pytest.raises(NotAnEditor):
        pull(report.hash, actor=office.actor(office.anna()), now=NOW, today=TODAY)
    assert office.client_of(office.anna()).get(reverse("bulletin:reports")).status_code == 404
    assert Version.objects.count() == 0


def test_the_page_of_editors_hands_a_report_over(year: FiscalYear) -> None:
    report = approved(year)
    a_section("budzet", "Budżet i sprawozdania")
    client = office.client_of(office.Account.objects.get(pk=editor().account_id))
    address = reverse("bulletin:reports")

    assert report.hash in client.get(address).content.decode()
    answer = client.post(address, {"report": report.hash}, follow=True)
    assert "Przekazano do zatwierdzenia" in answer.content.decode()
    assert client.post(address, {"report": report.hash}).status_code == 404
    assert Version.objects.get().state == Version.State.SUBMITTED
