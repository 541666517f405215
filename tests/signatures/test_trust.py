"""Whom we trust and when: expiry, revocation, foreign authorities, demonstration keys, weak keys."""

import contextlib
import socket
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from lxml import etree

from starostwo.signatures import demo_pki
from starostwo.signatures.facts import ClaimedPerson
from starostwo.signatures.keys import Pkcs12Key, SigningKey, open_key
from starostwo.signatures.rules.report import Indication, Qualification, SignatureReport, Verdict
from starostwo.signatures.trust import Trust, trust_from_folder
from starostwo.signatures.xades.signer import sign_enveloped
from starostwo.signatures.xades.trusted_profile import claimed_person
from tests.signatures.authority import START, authority, key_from
from tests.signatures.conftest import NOW

ISSUER = authority()
TRUST = ISSUER.trusted()
Look = Callable[..., SignatureReport]


def _signed(key: SigningKey, at: datetime = NOW, person: ClaimedPerson | None = None) -> bytes:
    return sign_enveloped(b"<pismo>Podanie</pismo>", key=key, at=at, person=person)


def _outcome(found: SignatureReport) -> tuple[Verdict, Indication, str]:
    return found.verdict, found.findings[0].indication, found.findings[0].subindication


def test_good_certificate(report: Look) -> None:
    found = report(_signed(key_from(ISSUER)), by=TRUST)
    assert _outcome(found) == (Verdict.GREEN, Indication.PASSED, "")
    assert found.findings[0].revocation == "sprawdzono na liście unieważnionych certyfikatów"


def test_foreign_certificate(report: Look) -> None:
    found = report(_signed(key_from(authority("Inny"))), by=TRUST)
    assert _outcome(found) == (Verdict.AMBER, Indication.INDETERMINATE, "NO_CERTIFICATE_CHAIN_FOUND")
    assert found.reason == "Certyfikat wydał podmiot spoza listy zaufanych wystawców."


def test_an_authority_of_the_same_name_is_still_foreign(report: Look) -> None:
    found = report(_signed(key_from(authority())), by=TRUST)
    assert found.verdict != Verdict.GREEN


@pytest.mark.parametrize(
    ("signed_at", "received_at", "verdict", "subindication", "why"),
    [
        (NOW, NOW, Verdict.GREEN, "", "signed and received in time"),
        (NOW, NOW + timedelta(days=30), Verdict.AMBER, "OUT_OF_BOUNDS_NO_POE", "received after expiry"),
        (NOW + timedelta(days=20), NOW + timedelta(days=30), Verdict.RED, "EXPIRED", "signed after expiry"),
        (NOW, START, Verdict.RED, "NOT_YET_VALID", "received before the certificate began"),
    ],
)
def test_life_of_the_certificate(
    signed_at: datetime, received_at: datetime, verdict: Verdict, subindication: str, why: str, report: Look
) -> None:
    key = key_from(ISSUER, start=NOW - timedelta(days=10), end=NOW + timedelta(days=10))
    found = report(_signed(key, signed_at), at=received_at, by=TRUST)
    assert (found.verdict, found.findings[0].subindication) == (verdict, subindication), why


@pytest.mark.parametrize(
    ("revoked_at", "subindication", "why"),
    [
        (NOW - timedelta(days=1), "REVOKED", "the signer's own time is after the revocation"),
        (NOW + timedelta(hours=1), "REVOKED_NO_POE", "revoked before it reached us, nothing proves the time"),
    ],
)
def test_revoked_certificate(revoked_at: datetime, subindication: str, why: str, report: Look) -> None:
    key = key_from(ISSUER)
    by = ISSUER.trusted(revoked={key.certificate.serial_number: revoked_at})
    found = report(_signed(key), at=NOW + timedelta(days=1), by=by)
    assert (found.verdict, found.findings[0].subindication) == (Verdict.RED, subindication), why


def test_without_a_revocation_list_nothing_is_green(report: Look) -> None:
    found = report(_signed(key_from(ISSUER)), by=replace(TRUST, crls=()))
    assert _outcome(found) == (Verdict.AMBER, Indication.INDETERMINATE, "TRY_LATER")
    assert found.findings[0].revocation == "nie sprawdzono"


def test_stale_revocation_list_is_none(report: Look) -> None:
    key = key_from(ISSUER)
    by = replace(TRUST, crls=(ISSUER.crl({}, until=NOW - timedelta(days=1)),))
    assert _outcome(report(_signed(key), by=by))[2] == "TRY_LATER"


def test_addresses_in_a_strangers_certificate_are_never_asked(report: Look) -> None:
    """A certificate can name any address as its revocation list; asking there would serve an attacker."""
    asked = []
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.2)
        key = key_from(ISSUER, asks_at=f"http://127.0.0.1:{listener.getsockname()[1]}/")
        found = report(_signed(replace(key, chain=())), by=replace(TRUST, crls=()))
        with contextlib.suppress(TimeoutError):
            asked.append(listener.accept())
    assert asked == []
    assert found.findings[0].subindication == "TRY_LATER"


def test_weak_rsa_key(report: Look) -> None:
    found = report(_signed(key_from(ISSUER, rsa_bits=1024)), by=TRUST)
    assert _outcome(found) == (Verdict.AMBER, Indication.INDETERMINATE, "CRYPTO_CONSTRAINTS_FAILURE_NO_POE")


def test_certificate_for_another_purpose(report: Look) -> None:
    found = report(_signed(key_from(ISSUER, signs=False)), by=TRUST)
    assert found.findings[0].subindication == "CHAIN_CONSTRAINTS_FAILURE"


def test_an_anchor_for_time_stamps_signs_no_letters(report: Look) -> None:
    found = report(_signed(key_from(ISSUER)), by=ISSUER.trusted(kind="tsa"))
    assert found.findings[0].subindication == "NO_CERTIFICATE_CHAIN_FOUND"


def test_demonstration_is_red_in_a_real_installation(
    report: Look, demo: demo_pki.DemoPki, trust: Trust
) -> None:
    """Even where somebody put the demonstration's authority among the anchors."""
    signed = _signed(open_key(demo.people[2], accepts_demo=True))
    found = report(signed, by=replace(trust, accepts_demo=False))
    assert _outcome(found) == (Verdict.RED, Indication.FAILED, "TEST_CERTIFICATE")
    assert found.is_test


def test_demonstration_anchor_is_not_read_in_a_real_installation(
    folder: Path, demo: demo_pki.DemoPki
) -> None:
    real = trust_from_folder(folder / "trust", accepts_demo=False)
    assert all(anchors == () for anchors in real.anchors.values())


@pytest.mark.law("eIDAS art. 3")
def test_staff_of_the_demonstration(report: Look, demo: demo_pki.DemoPki) -> None:
    finding = report(_signed(open_key(demo.people[1], accepts_demo=True))).findings[0]
    assert (finding.signer, finding.qualification, finding.is_test) == (
        "Anna Nowak",
        Qualification.QES,
        True,
    )
    assert finding.kind == "TEST: kwalifikowany podpis elektroniczny"
    assert finding.issuer.startswith("TEST ")


def test_pesel_of_the_certificate_is_found(report: Look, demo: demo_pki.DemoPki) -> None:
    finding = report(_signed(open_key(demo.people[2], accepts_demo=True))).findings[0]
    assert (finding.signer, finding.pesel) == ("Piotr Wrona", "44051401359")


CLAIM = ClaimedPerson("Jan", "Kos", "02070803628")


@pytest.mark.law("ustawa o informatyzacji art. 3 pkt 14a")
def test_podpis_zaufany_names_the_person(report: Look, demo: demo_pki.DemoPki) -> None:
    signed = _signed(open_key(demo.trusted_profile, accepts_demo=True), person=CLAIM)
    found = report(signed)
    finding = found.findings[0]
    assert found.verdict == Verdict.GREEN
    assert (finding.qualification, finding.signer, finding.pesel) == (
        Qualification.TRUSTED_PROFILE,
        "Jan Kos",
        "02070803628",
    )


@pytest.mark.law("eIDAS art. 3")
def test_the_same_claim_under_another_seal_is_worthless(report: Look, seal: SigningKey) -> None:
    finding = report(_signed(seal, person=CLAIM)).findings[0]
    assert (finding.signer, finding.pesel) == ("TEST Pieczęć Starostwa Powiatowego", "")
    assert finding.qualification == Qualification.QESEAL


def test_the_newer_shape_of_podpis_zaufany() -> None:
    from_register = (
        b'<xades:ClaimedRole><pp:PodpisZP xmlns:pp="http://crd.gov.pl/xml/schematy/ppzp/" '
        b'xmlns:os="http://crd.gov.pl/xml/schematy/osoba/2009/03/06/"><pp:DaneZP><pp:DaneZPOsobyFizycznej>'
        b"<os:Nazwisko>Kos</os:Nazwisko><os:Imie>Jan</os:Imie><os:PESEL>02070803628</os:PESEL>"
        b"</pp:DaneZPOsobyFizycznej></pp:DaneZP></pp:PodpisZP></xades:ClaimedRole>"
    )
    role = b"<xades:SignerRole><xades:ClaimedRoles>%s</xades:ClaimedRoles></xades:SignerRole>" % from_register
    properties = etree.fromstring(
        b'<xades:SignedProperties xmlns:xades="http://uri.etsi.org/01903/v1.3.2#">'
        b"<xades:SignedSignatureProperties>%s</xades:SignedSignatureProperties></xades:SignedProperties>"
        % role
    )
    assert claimed_person(properties) == CLAIM


def test_pinned_seal_expires_too(report: Look) -> None:
    key: Pkcs12Key = key_from(ISSUER, end=NOW + timedelta(days=1))
    pinned = Trust({"trusted_profile": (key.certificate,)}, ())
    assert report(_signed(key, person=CLAIM), by=pinned).verdict == Verdict.GREEN
    early = report(_signed(key, person=CLAIM), at=START - timedelta(days=2), by=pinned)
    assert early.findings[0].subindication == "NOT_YET_VALID"
    late = report(_signed(key, person=CLAIM), at=NOW + timedelta(days=2), by=pinned)
    assert late.findings[0].subindication == "OUT_OF_BOUNDS_NO_POE"
