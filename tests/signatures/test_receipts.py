"""UPO and UPD: valid against the schema, sealed once, byte-stable, and checked by xmlsec1."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from django.conf import LazySettings
from lxml import etree

from starostwo.signatures.demo_pki import DemoPki
from starostwo.signatures.keys import CannotSign
from starostwo.signatures.receipts import (
    NAMESPACE,
    SCHEMA,
    NotAReceipt,
    Party,
    Upd,
    Upo,
    build_upd,
    build_upo,
)
from starostwo.signatures.rules.report import Qualification, SignatureReport, Verdict
from starostwo.signatures.signing import seal_xml
from tests.signatures import forge
from tests.signatures.conftest import NOW

OFFICE = Party("Starostwo Powiatowe w Zgierzu", "/powiat-zgierski/skrytka", "ESP")
PIOTR = Party("Piotr Wrona & Synowie <sp. z o.o.>", "44051401359", "PESEL")
UPO = Upo(
    "UPO/1/2026", OFFICE, PIOTR, NOW, NOW, "RPW/1/2026", [("SHA-256", "ab" * 32), ("nazwa pliku", "Ł.pdf")]
)
UPD = Upd("UPD/1/2026", OFFICE, PIOTR, NOW, NOW, "OR.1431.7.2026.1", case_id="OR.1431.7.2026")
Look = Callable[..., SignatureReport]


def _names(xml: bytes) -> list[str]:
    return [etree.QName(child).localname for child in etree.fromstring(xml)[0]]


@pytest.mark.law("ustawa o informatyzacji art. 3 pkt 20")
@pytest.mark.law("rozp. PRM 14.09.2011 par. 11-13")
def test_upo_says_who_what_and_when_in_the_order_of_the_form() -> None:
    xml = build_upo(UPO)
    root = etree.fromstring(xml)
    assert _names(xml) == [
        "IdentyfikatorPoswiadczenia",
        "Adresat",
        "Nadawca",
        "DataDoreczenia",
        "DataWytworzeniaPoswiadczenia",
        "IdentyfikatorDokumentu",
        "InformacjaUzupelniajaca",
        "InformacjaUzupelniajaca",
    ]
    assert root.findtext(f".//{{{NAMESPACE}}}Nadawca/{{{NAMESPACE}}}Nazwa") == PIOTR.name
    assert root.findtext(f".//{{{NAMESPACE}}}DataDoreczenia") == "2026-11-23T09:00:00+00:00"
    assert root.find(f".//{{{NAMESPACE}}}IdentyfikatorPodmiotu").attrib == {"TypIdentyfikatora": "ESP"}


@pytest.mark.law("ustawa o informatyzacji art. 3 pkt 20")
@pytest.mark.law("rozp. PRM 14.09.2011 par. 11-13")
def test_upd_says_who_took_which_letter_and_when() -> None:
    assert _names(build_upd(UPD)) == [
        "IdentyfikatorPoswiadczenia",
        "PodmiotWystawiajacyPoswiadczenie",
        "Adresat",
        "DataOdbioru",
        "DataUtworzeniaPoswiadczenia",
        "IdentyfikatorSprawy",
        "IdentyfikatorDokumentu",
    ]
    assert "IdentyfikatorSprawy" not in _names(build_upd(replace(UPD, case_id="")))


@pytest.mark.parametrize("xml", [build_upo(UPO), build_upd(UPD)])
def test_sealed_receipt_is_valid_and_holds(xml: bytes, installation: DemoPki, report: Look) -> None:
    sealed = seal_xml(xml, at=NOW)
    etree.XMLSchema(etree.parse(SCHEMA)).assertValid(etree.fromstring(sealed))
    found = report(sealed)
    assert forge.xmlsec_accepts(sealed)
    assert (found.verdict, found.findings[0].level) == (Verdict.GREEN, "B-B")
    assert found.findings[0].qualification == Qualification.QESEAL
    assert found.signer == "TEST Pieczęć Starostwa Powiatowego"
    assert found.payload is not None
    assert etree.tostring(etree.fromstring(found.payload), method="c14n") == etree.tostring(
        etree.fromstring(xml), method="c14n"
    )


@pytest.mark.parametrize(
    ("before", "after"), [(b"RPW/1/2026", b"RPW/2/2026"), (b"09:00:00", b"08:00:00"), (b"Piotr", b"Pioter")]
)
def test_later_change_of_a_receipt_is_found(
    before: bytes, after: bytes, installation: DemoPki, report: Look
) -> None:
    sealed = seal_xml(build_upo(UPO), at=NOW)
    changed = sealed.replace(before, after, 1)
    assert changed != sealed
    assert report(changed).verdict == Verdict.RED
    assert not forge.xmlsec_accepts(changed)


@pytest.mark.parametrize(
    ("upo", "why"),
    [
        (replace(UPO, document_id=""), "no document"),
        (replace(UPO, identifier=""), "no identifier"),
        (replace(UPO, sender=replace(PIOTR, name="")), "nobody sent it"),
        (replace(UPO, delivered_at=datetime(2026, 1, 1)), "a moment without zone"),  # noqa: DTZ001
        (replace(UPO, document_id="a\x00b"), "a forbidden character"),
    ],
)
def test_incomplete_receipt_is_never_made(upo: Upo, why: str) -> None:
    with pytest.raises(NotAReceipt):
        build_upo(upo)


def test_the_same_facts_give_the_same_bytes() -> None:
    assert build_upo(UPO) == build_upo(UPO)


def test_schema_is_marked_as_reconstructed() -> None:
    assert "ODTWORZONY" in SCHEMA.read_text()


def test_without_a_seal_there_is_no_receipt(settings: LazySettings, tmp_path: object) -> None:
    settings.KEYS_DIR = tmp_path
    with pytest.raises(CannotSign, match="pieczęci"):
        seal_xml(build_upo(UPO), at=NOW)


def test_real_installation_never_seals_with_the_demonstration_key(
    installation: DemoPki, settings: LazySettings
) -> None:
    settings.DEMO = False
    with pytest.raises(CannotSign, match="demonstracyjnej"):
        seal_xml(build_upo(UPO), at=NOW)


def test_document_with_an_entity_is_not_sealed(installation: DemoPki) -> None:
    with pytest.raises(CannotSign, match="DOCTYPE"):
        seal_xml(b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', at=NOW)


def test_sealing_keeps_up_with_a_busy_day(installation: DemoPki) -> None:
    """A hundred receipts a second on one busy core are far above a county's peak of some four."""
    seal_xml(build_upo(UPO), at=NOW)
    start = time.process_time()
    for number in range(200):
        seal_xml(build_upo(replace(UPO, document_id=f"RPW/{number + 1}/2026")), at=NOW)
    assert time.process_time() - start < 2
