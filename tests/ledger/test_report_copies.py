"""The signed copy of an approved report: in a case of records, signed by its chief, once, unchangeable."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from starostwo.audit import api as audit
from starostwo.ledger import testing as ledger
from starostwo.ledger.models import Report, ReportCopy
from starostwo.ledger.queries.reports import form_for
from starostwo.ledger.services import reports
from starostwo.ledger.testing import NOW, TODAY
from starostwo.office import testing as office
from starostwo.office.api import Right
from starostwo.records import testing as records
from starostwo.records.services.cases import open_case
from starostwo.signatures import api as signatures
from tests.ledger.test_report_screens import client, spend
from tests.records.document_makers import give_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def report() -> Report:
    office.make_office()
    office.make_staff(
        "h.bilans", "Halina Bilans", unit=ledger.UNIT, title="główna księgowa",
        rights=[Right.CHIEF_ACCOUNTANT, Right.KEEP_BOOKS, Right.HANDLE],
    )  # fmt: skip
    year = ledger.make_year()
    ledger.plan(year, amount=1000_00)
    spend(year)
    return reports.approve(
        form_for("rb-28s", 2026, 11), year, 11, remark="tak", actor=ledger.chief(), now=NOW
    )


def case_of_chief() -> str:
    records.make_plan()
    chief = ledger.chief()
    give_key(office.Account.objects.get(pk=chief.account_id), on=TODAY)
    case = open_case(
        None, actor=chief, class_symbol="6621", title="Sprawozdania", has_term=False, today=TODAY, now=NOW
    )
    return case.mark


@pytest.mark.law("u.o.r. art. 73 ust. 1")
def test_the_chief_signs_a_report_into_a_case_and_its_page_leads_there(report: Report) -> None:
    mark = case_of_chief()
    chief, page = client("h.bilans"), reverse("ledger:report_saved", args=[report.pk])
    address = reverse("ledger:report_copy", args=[report.pk])
    assert address in chief.get(page).content.decode()

    chief.post(address, {"mark": mark})

    copy = ReportCopy.objects.get(report=report)
    assert copy.mark.startswith(mark)
    shown = chief.get(page).content.decode()
    assert copy.mark in shown
    link = reverse("records:document", args=[int(copy.document.partition(":")[2])])
    assert link in shown
    assert copy.mark in chief.get(link).content.decode()
    pdf = b"".join(chief.get(f"{link}plik/").streaming_content)  # type: ignore[attr-defined]
    told = signatures.verify(pdf, name="rb.pdf", at=NOW)
    assert told.verdict not in ("none", "red")
    assert "Halina Bilans" in told.signer
    assert [line.verb for line in audit.history(f"ledger.report:{report.pk}")] == ["approve", "file_copy"]

    assert chief.get(address).status_code == 404
    with pytest.raises(DatabaseError), transaction.atomic():
        ReportCopy.objects.update(mark="inny")
    ledger.treasurer()
    others = client("w.skarb").get(page).content.decode()
    assert copy.mark in others
    assert link not in others


def test_without_a_case_of_hers_or_a_key_nothing_is_signed(report: Report) -> None:
    chief = client("h.bilans")
    address = reverse("ledger:report_copy", args=[report.pk])
    refused = chief.post(address, {"mark": "FK.303.9.2026"})
    assert refused.status_code == 422
    assert "FK.303.9.2026" in refused.content.decode()
    assert "Nie prowadzisz otwartej sprawy" in refused.content.decode()

    records.make_plan()
    case = open_case(
        None, actor=ledger.chief(), class_symbol="6621", title="Sprawozdania", has_term=False, today=TODAY,
        now=NOW,
    )  # fmt: skip
    refused = chief.post(address, {"mark": case.mark})
    assert (refused.status_code, "Nie masz klucza" in refused.content.decode()) == (422, True)
    ledger.accountant()
    assert client("k.saldo").get(address).status_code == 404
    assert ReportCopy.objects.count() == 0
