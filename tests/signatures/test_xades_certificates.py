"""Which certificate signed, and whom a podpis zaufany names: read from the element, without a signature."""

from base64 import b64encode
from hashlib import sha256

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from starostwo.platform.safe_xml import parse
from starostwo.signatures.facts import BrokenSignature, ClaimedPerson
from starostwo.signatures.xades.certificates import certificates_of, signing_certificate
from starostwo.signatures.xades.trusted_profile import PERSON, PPZP, PZ, claimed_person
from tests.signatures import forge
from tests.signatures.authority import authority, key_from

ISSUER = authority()
JAN = key_from(ISSUER).certificate
EWA = key_from(ISSUER, name="Ewa Lis").certificate


def told(certificate: x509.Certificate) -> str:
    return b64encode(certificate.public_bytes(Encoding.DER)).decode()


def signature_with(*certificates: str) -> etree._Element:
    inside = "".join(f"<ds:X509Certificate>{one}</ds:X509Certificate>" for one in certificates)
    return parse(
        f'<ds:Signature xmlns:ds="{forge.DS}"><ds:KeyInfo><ds:X509Data>{inside}</ds:X509Data></ds:KeyInfo>'
        "</ds:Signature>".encode()
    ).getroot()


def test_all_certificates_are_read_in_their_order() -> None:
    broken = "\n".join([told(JAN)[:64], told(JAN)[64:]])
    assert certificates_of(signature_with(broken, told(EWA))) == (JAN, EWA)


@pytest.mark.parametrize(
    ("count", "subindication"),
    [(0, "NO_SIGNING_CERTIFICATE_FOUND"), (1, ""), (20, ""), (21, "FORMAT_FAILURE")],
)
def test_how_many_certificates_a_signature_may_bring(count: int, subindication: str) -> None:
    signature = signature_with(*[told(JAN)] * count)
    if subindication:
        with pytest.raises(BrokenSignature) as broken:
            certificates_of(signature)
        assert broken.value.subindication == subindication
    else:
        assert certificates_of(signature) == (JAN,) * count


@pytest.mark.parametrize("content", ["", "AAAA"])
def test_what_is_no_certificate_is_a_wrong_value(content: str) -> None:
    """The verifier tells a ValueError as a wrong format."""
    with pytest.raises(ValueError, match="parsing"):
        certificates_of(signature_with(content))


DIGEST = b64encode(sha256(JAN.public_bytes(Encoding.DER)).digest()).decode()
BY_DIGEST = (
    f'<xades:CertDigest><ds:DigestMethod Algorithm="{forge.SHA256}"/>'
    f"<ds:DigestValue>{DIGEST}</ds:DigestValue></xades:CertDigest>"
)


def by_serial(number: int) -> str:
    return f"<xades:IssuerSerial><ds:X509SerialNumber> {number}\n</ds:X509SerialNumber></xades:IssuerSerial>"


def properties(inside: str) -> etree._Element:
    names = f'xmlns:xades="{forge.XADES}" xmlns:ds="{forge.DS}"'
    signed = f"<xades:SignedSignatureProperties>{inside}</xades:SignedSignatureProperties>"
    return parse(f"<xades:SignedProperties {names}>{signed}</xades:SignedProperties>".encode()).getroot()


def naming(cert: str, kind: str = "SigningCertificate") -> etree._Element:
    return properties(f"<xades:{kind}><xades:Cert>{cert}</xades:Cert></xades:{kind}>")


@pytest.mark.parametrize(
    ("named", "why"),
    [
        (naming(BY_DIGEST, "SigningCertificateV2"), "by its digest, in the newer form"),
        (naming(BY_DIGEST), "and in the older"),
        (naming(BY_DIGEST + by_serial(JAN.serial_number)), "with its number as well"),
    ],
)
def test_the_certificate_that_is_named_signed(named: etree._Element, why: str) -> None:
    assert signing_certificate((EWA, JAN), named) == JAN, why


def test_without_properties_the_first_certificate_signed() -> None:
    assert signing_certificate((EWA, JAN), None) == EWA


@pytest.mark.parametrize(
    ("named", "subindication", "detail"),
    [
        (properties(""), "SIG_CONSTRAINTS_FAILURE", "podpis nie wskazuje certyfikatu"),
        (naming(BY_DIGEST + by_serial(EWA.serial_number)), "SIG_CONSTRAINTS_FAILURE", "wskazuje inny"),
        (naming(BY_DIGEST + by_serial(JAN.serial_number + 1)), "SIG_CONSTRAINTS_FAILURE", "wskazuje inny"),
        (naming(BY_DIGEST.replace(DIGEST, "AAAA" + DIGEST[4:])), "SIG_CONSTRAINTS_FAILURE", "wskazuje inny"),
        (naming(BY_DIGEST.replace(DIGEST, "")), "SIG_CONSTRAINTS_FAILURE", "wskazuje inny"),
        (naming(BY_DIGEST.replace(forge.SHA256, "urn:md5")), "FORMAT_FAILURE", "nieznany skrót urn:md5"),
        (naming(""), "FORMAT_FAILURE", "nieznany skrót "),
    ],
)
def test_a_certificate_that_is_not_named_did_not_sign(
    named: etree._Element, subindication: str, detail: str
) -> None:
    with pytest.raises(BrokenSignature, match=detail) as broken:
        signing_certificate((EWA, JAN), named)
    assert broken.value.subindication == subindication


# The person in the claimed role

NATURAL = (
    f'<p:Signature xmlns:p="{PZ}"><p:NaturalPerson><p:FirstName> Anna </p:FirstName>'
    "<p:CurrentFamilyName>Nowak</p:CurrentFamilyName><p:PersonalIdentifier>44051401359</p:PersonalIdentifier>"
    "</p:NaturalPerson></p:Signature>"
)
PROFILE = (
    f'<z:PodpisZP xmlns:z="{PPZP}" xmlns:o="{PERSON}"><z:DaneZP><z:DaneZPOsobyFizycznej>'
    "<o:Nazwisko>Wrona</o:Nazwisko><o:Imie>Piotr</o:Imie><o:PESEL>80010112340</o:PESEL>"
    "</z:DaneZPOsobyFizycznej></z:DaneZP></z:PodpisZP>"
)
ANNA = ClaimedPerson("Anna", "Nowak", "44051401359")
PIOTR = ClaimedPerson("Piotr", "Wrona", "80010112340")


def role(inside: str, kind: str = "SignerRole") -> str:
    claimed = f"<xades:ClaimedRoles><xades:ClaimedRole>{inside}</xades:ClaimedRole></xades:ClaimedRoles>"
    return f"<xades:{kind}>{claimed}</xades:{kind}>"


@pytest.mark.law("ustawa o informatyzacji art. 20ae")
@pytest.mark.parametrize(
    ("inside", "person", "why"),
    [
        (role(NATURAL), ANNA, "the newer shape"),
        (role(NATURAL, "SignerRoleV2"), ANNA, "in the newer role"),
        (role(PROFILE), PIOTR, "the older shape"),
        (role(PROFILE, "SignerRoleV2"), PIOTR, "in the newer role"),
        (role("kierownik") + role(PROFILE, "SignerRoleV2"), PIOTR, "a role of another kind stands before"),
        (role(PROFILE) + role(NATURAL, "SignerRoleV2"), PIOTR, "the first of two"),
        (role(NATURAL.replace("PersonalIdentifier", "Inny")), ClaimedPerson("Anna", "Nowak", ""), "no PESEL"),
        (role(PROFILE.replace(">Piotr<", "><")), ClaimedPerson("", "Wrona", "80010112340"), "no first name"),
        (role(NATURAL.replace(PZ, "urn:obcy")), None, "another name space"),
        (role("kierownik"), None, "no person"),
        ("", None, "no role"),
    ],
)
def test_the_person_whom_the_seal_names(inside: str, person: ClaimedPerson | None, why: str) -> None:
    assert claimed_person(properties(inside)) == person, why
