"""Service: the resident's opening makes a sealed receipt once, and the term runs from it by itself."""

import subprocess
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from lxml import etree

from starostwo.audit import api as audit
from starostwo.files import api as files
from starostwo.office import testing as office
from starostwo.records.models import Delivery, Dispatch
from starostwo.records.queries.document import case_papers
from starostwo.records.rules.document_kinds import Kind
from starostwo.records.services.cases import close_case
from starostwo.records.services.delivery import (
    CannotRecord,
    CannotServe,
    NotYours,
    open_delivery,
    record_receipt,
)
from starostwo.records.services.dispatch import dispatch_document
from starostwo.records.testing import TODAY, at, make_case
from tests.records.document_makers import make_sent, make_signed

pytestmark = pytest.mark.django_db
OPENED = at(date(2026, 3, 14), 20)
NS = {"pos": "http://crd.gov.pl/xml/schematy/UPO/2008/05/09/"}


def open_it(row: Dispatch, *, by: str = "piotr") -> Delivery:
    return open_delivery(row.pk, actor=office.actor(getattr(office, by)(), today=TODAY), now=OPENED)


@pytest.mark.law("k.p.a. art. 129 par. 2")
def test_opening_serves_the_letter_and_starts_the_appeal_term() -> None:
    delivery = open_it(make_sent())

    assert (delivery.served_on, delivery.proof) == (date(2026, 3, 14), "UPD")
    assert (delivery.term_until, delivery.term_days, delivery.remedy) == (date(2026, 3, 30), 14, "APPEAL")
    assert delivery.is_basis_verified is False
    assert delivery.identity == "Piotr Wrona (konto idp-test-piotr)"


@pytest.mark.law("ustawa o informatyzacji art. 3 pkt 20")
@pytest.mark.law("k.p.a. art. 46 par. 1")
def test_the_receipt_is_sealed_and_names_who_took_what_when(tmp_path: Path) -> None:
    row = make_sent()
    delivery = open_it(row)
    assert delivery.receipt is not None
    xml = files.open_blob(delivery.receipt.sha256).read()
    (tmp_path / "upd.xml").write_bytes(xml)
    anchor = settings.KEYS_DIR / "trust/qualified/test-root.pem"

    checked = subprocess.run(
        ["xmlsec1", "--verify", "--trusted-pem", str(anchor), str(tmp_path / "upd.xml")],
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stderr
    upd = etree.fromstring(xml).find("pos:UPD", NS)
    assert upd is not None
    assert upd.findtext("pos:DataOdbioru", namespaces=NS) == "2026-03-14T20:30:00+01:00"
    assert upd.findtext("pos:IdentyfikatorDokumentu", namespaces=NS) == row.document.mark
    assert upd.findtext("pos:IdentyfikatorSprawy", namespaces=NS) == row.document.case.mark
    additions = [element.text for element in upd.findall("pos:InformacjaUzupelniajaca", NS)]
    assert "Piotr Wrona (konto idp-test-piotr)" in additions


def test_opening_again_gives_the_same_receipt() -> None:
    row = make_sent()

    first, second = open_it(row), open_it(row)

    assert first == second
    assert Delivery.objects.count() == 1
    assert [entry.verb for entry in audit.history(str(row.document.case))].count("open_letter") == 1


@pytest.mark.parametrize("person", ["maria", "anna", "ewa"])
def test_nobody_else_opens_the_letter(person: str) -> None:
    row = make_sent()

    with pytest.raises(NotYours):
        open_it(row, by=person)

    assert not Delivery.objects.exists()


def test_without_the_seal_the_letter_stays_unopened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    row = make_sent()
    monkeypatch.setattr(settings, "KEYS_DIR", tmp_path)

    with pytest.raises(CannotServe, match="pieczęci"):
        open_it(row)

    assert not Delivery.objects.exists()


def test_a_plain_letter_starts_no_term() -> None:
    delivery = open_it(make_sent(kind=Kind.LETTER))

    assert (delivery.remedy, delivery.term_until) == ("NONE", None)


def test_a_letter_is_opened_also_after_the_case_was_closed() -> None:
    row = make_sent()
    close_case(
        row.document.case_id, actor=office.actor(office.anna(), today=TODAY), today=TODAY, now=at(TODAY, 17)
    )

    assert open_it(row).term_until == date(2026, 3, 30)


def test_the_case_shows_the_running_term() -> None:
    row = make_sent()
    open_it(row)

    papers = case_papers(row.document.case, actor=office.actor(office.anna(), today=TODAY))

    assert [one.delivery.term_until for one in papers.terms if one.delivery] == [date(2026, 3, 30)]


def test_the_database_keeps_the_proof_of_service() -> None:
    delivery = open_it(make_sent())

    for change in (
        lambda: Delivery.objects.filter(pk=delivery.pk).update(served_on=TODAY),
        lambda: Delivery.objects.filter(pk=delivery.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def on_paper() -> Dispatch:
    document = make_signed(case=make_case())
    [row] = dispatch_document(document.pk, actor=office.actor(office.clerk(), today=TODAY), now=at(TODAY, 16))
    return row


def record(row: Dispatch, served_on: date, *, by: str = "clerk", who: str = "dorosły domownik") -> Delivery:
    person = office.actor(getattr(office, by)(), today=TODAY)
    return record_receipt(row.pk, actor=person, served_on=served_on, received_by=who, now=OPENED)


def test_a_paper_receipt_starts_the_term_too() -> None:
    delivery = record(on_paper(), TODAY + timedelta(days=3))

    assert (delivery.proof, delivery.term_until) == ("RECEIPT", date(2026, 3, 27))


@pytest.mark.parametrize(
    ("days", "by", "who", "why"),
    [
        (-1, "clerk", "adresat", "before it was sent"),
        (5, "clerk", "adresat", "in the future"),
        (2, "clerk", " ", "nobody took it"),
        (2, "jan", "adresat", "a stranger"),
    ],
)
def test_a_wrong_receipt_is_refused(days: int, by: str, who: str, why: str) -> None:
    row = on_paper()

    with pytest.raises(CannotRecord):
        record(row, TODAY + timedelta(days=days), by=by, who=who)

    assert not Delivery.objects.exists(), why


def test_a_receipt_is_entered_once_and_only_for_paper() -> None:
    row = on_paper()
    record(row, TODAY)

    with pytest.raises(CannotRecord, match="już odnotowane"):
        record(row, TODAY)
    with pytest.raises(CannotRecord):
        record(make_sent(case=row.document.case if row.account_id else None), TODAY)
