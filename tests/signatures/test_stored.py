"""What is kept: reports made once, keys of people, and the panel that an official reads."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction
from django.template.loader import render_to_string

from starostwo.signatures import api
from starostwo.signatures.demo_pki import DemoPki
from starostwo.signatures.keys import KeyRef, SigningKey
from starostwo.signatures.models import StoredReport
from starostwo.signatures.queries import reports_for, staff_keys
from starostwo.signatures.rules.report import SignatureReport, Verdict
from starostwo.signatures.services import assign_key, store_report, withdraw_keys
from starostwo.signatures.verification import pesel_hash
from starostwo.signatures.xades.signer import sign_enveloped
from tests.signatures.conftest import NOW

Look = Callable[..., SignatureReport]
pytestmark = pytest.mark.django_db


@pytest.fixture
def found(seal: SigningKey, report: Look) -> SignatureReport:
    return report(sign_enveloped(b"<pismo>Podanie</pismo>", key=seal, at=NOW))


def test_report_comes_back_as_it_was(found: SignatureReport) -> None:
    store_report(found.content_sha256, found)
    assert reports_for([found.content_sha256]) == {found.content_sha256: found}
    assert reports_for(["0" * 64]) == {}


def test_reports_are_read_in_one_query(found: SignatureReport, django_assert_num_queries: Callable) -> None:  # type: ignore[type-arg]
    store_report(found.content_sha256, found)
    with django_assert_num_queries(1):
        reports_for([found.content_sha256, "0" * 64])


def test_later_check_never_overwrites(found: SignatureReport, report: Look) -> None:
    store_report(found.content_sha256, found)
    store_report(found.content_sha256, report(b"<pismo/>"))
    assert reports_for([found.content_sha256])[found.content_sha256].verdict == Verdict.GREEN
    store_report(found.content_sha256, report(b"<pismo/>"), about="records.letter:7")
    again = reports_for([found.content_sha256], about="records.letter:7")
    assert again[found.content_sha256].verdict == Verdict.NONE


@pytest.mark.parametrize(
    "statement",
    ["UPDATE signatures_storedreport SET verdict = 'green'", "DELETE FROM signatures_storedreport"],
)
def test_database_refuses_to_change_a_report(statement: str, report: Look) -> None:
    store_report("a" * 64, report(b"<pismo/>"))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert StoredReport.objects.get().verdict == "none"


def test_no_readable_pesel_is_stored(installation: DemoPki) -> None:
    signed = api.sign_xml(b"<pismo/>", key=installation.people[2], at=NOW)
    report = api.verify(signed, name="a.xml", at=NOW)
    api.store_report(report.content_sha256, report)
    stored = StoredReport.objects.get()
    assert "44051401359" not in str(stored.report)
    assert stored.report["findings"][0]["pesel_hash"] == pesel_hash("44051401359")
    assert pesel_hash("44051401359") != pesel_hash("44051401358")
    assert pesel_hash("") == ""


def test_keys_of_a_person() -> None:
    old, new = KeyRef("pkcs12", "/a", "stary"), KeyRef("pkcs11", "/b", "nowy")
    for key in (old, new, new):
        assign_key(7, key, now=NOW)
    assert staff_keys(7) == [new, old]
    assert staff_keys(8) == []
    assert withdraw_keys(7, now=NOW) == 2
    assert staff_keys(7) == []


def _panel(report: SignatureReport) -> str:
    return " ".join(render_to_string("signatures/panel.html", {"report": report}).split())


def test_panel_of_a_test_signature_says_test(found: SignatureReport) -> None:
    html = _panel(found)
    assert "ważny" in html
    assert "TEST: kwalifikowana pieczęć elektroniczna" in html
    assert "Nie ma on mocy prawnej." in html
    assert "23 listopada 2026" in html


def test_panel_of_a_changed_document_says_why(seal: SigningKey, report: Look) -> None:
    signed = sign_enveloped(b"<pismo>Podanie</pismo>", key=seal, at=NOW).replace(b"Podanie", b"podanie")
    html = _panel(report(signed))
    assert "nieważny" in html
    assert "Dokument został zmieniony po podpisaniu." in html


def test_panel_shows_hostile_names_as_text(found: SignatureReport, report: Look) -> None:
    assert "&lt;script&gt;" in _panel(report(b"<a/>").__class__(**{**found.__dict__, "reason": "<script>"}))


def test_panel_of_an_unsigned_file(report: Look) -> None:
    html = _panel(report(b"<pismo/>"))
    assert "brak podpisu" in html
    assert "TEST" not in html


def test_the_door_is_narrow() -> None:
    assert len(api.__all__) <= 20
