"""The person named in a podpis zaufany: a XAdES by the ministry's seal with the person in the claimed role.

Both shapes in use are read. The claim alone proves nothing: the seal's certificate decides.
Law: ustawa o informatyzacji art. 3 pkt 14a, art. 20ae.
"""

from lxml import etree

from starostwo.signatures.facts import ClaimedPerson
from starostwo.signatures.xades.names import NS

PZ = "http://crd.gov.pl/xml/schematy/podpis_zaufany/"
PPZP = "http://crd.gov.pl/xml/schematy/ppzp/"
PERSON = "http://crd.gov.pl/xml/schematy/osoba/2009/03/06/"
ROLES = (
    "xades:SignedSignatureProperties/xades:SignerRole/xades:ClaimedRoles/xades:ClaimedRole",
    "xades:SignedSignatureProperties/xades:SignerRoleV2/xades:ClaimedRoles/xades:ClaimedRole",
)


def claimed_person(signed_properties: etree._Element) -> ClaimedPerson | None:
    """Return the person of the first claimed role that has one of the two known shapes."""
    for role in (role for path in ROLES for role in signed_properties.findall(path, NS)):
        natural = role.find(f".//{{{PZ}}}NaturalPerson")
        if natural is not None:
            return ClaimedPerson(
                _text(natural, PZ, "FirstName"),
                _text(natural, PZ, "CurrentFamilyName"),
                _text(natural, PZ, "PersonalIdentifier"),
            )
        profile = role.find(f".//{{{PPZP}}}DaneZPOsobyFizycznej")
        if profile is not None:
            return ClaimedPerson(
                _text(profile, PERSON, "Imie"),
                _text(profile, PERSON, "Nazwisko"),
                _text(profile, PERSON, "PESEL"),
            )
    return None


def _text(parent: etree._Element, namespace: str, name: str) -> str:
    return (parent.findtext(f"{{{namespace}}}{name}") or "").strip()
