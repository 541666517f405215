"""Our own strict verifier of XML signatures: structure, digests, value and signed properties.

It says nothing about trust in the certificate; that is asked afterwards, alike for every form.
"""

import binascii
from base64 import b64decode
from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from cryptography import x509
from lxml import etree

from starostwo.platform.canonical_xml import C14N, UnknownCanonicalization, canonical
from starostwo.platform.safe_xml import UnsafeXml, by_id, parse
from starostwo.signatures.facts import BrokenSignature, SignatureFacts, TimestampClaim
from starostwo.signatures.rules.report import Scope
from starostwo.signatures.xades import references, transforms
from starostwo.signatures.xades.certificates import certificates_of, signing_certificate
from starostwo.signatures.xades.names import ASIC, NS, SIGNED_PROPERTIES_TYPE, ds, xades
from starostwo.signatures.xades.references import Document, Signed
from starostwo.signatures.xades.trusted_profile import claimed_person
from starostwo.signatures.xades.value import is_weak, verify_value

FORM = "XAdES"
MAX_SIGNATURES = 50
WARSAW = ZoneInfo("Europe/Warsaw")
DATA = frozenset({"document", "file", "object", "element"})
CONTAINERS = frozenset({ds("Signature"), f"{{{ASIC}}}XAdESSignatures"})
FORMAT_ERRORS = (
    UnsafeXml,
    UnknownCanonicalization,
    etree.LxmlError,
    ValueError,
    binascii.Error,
    RecursionError,
)


def verify(content: bytes, files: Mapping[str, bytes]) -> list[SignatureFacts]:
    """Return what holds of each signature in the file, in document order."""
    try:
        tree = parse(content)
        document = Document(tree, by_id(tree), files)
    except UnsafeXml as error:
        return [SignatureFacts(FORM, "FORMAT_FAILURE", str(error))]
    signatures = list(tree.iter(ds("Signature")))
    if len(signatures) > MAX_SIGNATURES:
        return [SignatureFacts(FORM, "FORMAT_FAILURE", "zbyt wiele podpisów")]
    return [_facts(signature, document) for signature in signatures]


def _facts(signature: etree._Element, document: Document) -> SignatureFacts:
    """Any failure of one signature is told with as much as is known of its signer."""
    known: tuple[x509.Certificate, ...] = ()
    try:
        _check_structure(signature)
        known = certificates_of(signature)
        return _checked(signature, document, known)
    except BrokenSignature as broken:
        return _broken(broken.subindication, broken.detail, known)
    except FORMAT_ERRORS as error:
        return _broken("FORMAT_FAILURE", str(error), known)


def _broken(subindication: str, detail: str, known: tuple[x509.Certificate, ...]) -> SignatureFacts:
    first = known[0] if known else None
    return SignatureFacts(FORM, subindication, detail, certificate=first, other_certificates=known[1:])


def _checked(
    signature: etree._Element, document: Document, known: tuple[x509.Certificate, ...]
) -> SignatureFacts:
    properties = _signed_properties(signature)
    certificate = signing_certificate(known, properties)
    verify_value(signature, _signed_info(signature), certificate)
    signed = references.follow(signature, document)
    if properties is not None:
        _require_reference(signature, properties, signed)
    return SignatureFacts(
        form=FORM,
        certificate=certificate,
        other_certificates=tuple(each for each in known if each is not certificate),
        claimed_at=_signing_time(properties),
        timestamps=_timestamps(signature),
        scopes=_scopes(signature, document, signed),
        payloads={each.scope.name: references.payload(each) for each in signed if each.kind in DATA},
        is_weak=is_weak(signature, certificate) or any(each.is_weak for each in signed),
        is_bare=properties is None,
        person=claimed_person(properties) if properties is not None else None,
    )


def _check_structure(signature: etree._Element) -> None:
    """SignedInfo, SignatureValue, KeyInfo, Objects: once each, in this order, and nothing else."""
    tags = [child.tag for child in signature.iterchildren(etree.Element)]
    objects = len(tags) - 3
    if tags != [ds("SignedInfo"), ds("SignatureValue"), ds("KeyInfo"), *[ds("Object")] * max(objects, 0)]:
        if ds("KeyInfo") not in tags:
            raise BrokenSignature("NO_SIGNING_CERTIFICATE_FOUND", "brak KeyInfo")
        raise BrokenSignature("FORMAT_FAILURE", "niedozwolona budowa podpisu")


def _signed_info(signature: etree._Element) -> bytes:
    signed_info = signature.find("ds:SignedInfo", NS)
    assert signed_info is not None  # noqa: S101 -- the structure was checked
    methods = signed_info.findall("ds:CanonicalizationMethod", NS)
    if len(methods) != 1:
        raise BrokenSignature("FORMAT_FAILURE", "brak metody kanonikalizacji")
    method, prefixes = transforms.method_and_prefixes(methods[0])
    return canonical(signed_info, method=method, prefixes=prefixes)


def _signed_properties(signature: etree._Element) -> etree._Element | None:
    """The one SignedProperties in an Object of this very signature; None for a bare signature."""
    own = signature.findall("ds:Object/xades:QualifyingProperties/xades:SignedProperties", NS)
    nested = {
        each for inner in signature.iter(ds("Signature")) if inner is not signature for each in inner.iter()
    }
    anywhere = [each for each in signature.iter(xades("SignedProperties")) if each not in nested]
    if not anywhere:
        return None
    if len(own) != 1 or anywhere != own:
        raise BrokenSignature("FORMAT_FAILURE", "właściwości podpisu nie leżą w podpisie")
    holder = own[0].getparent()
    if holder is None or not signature.get("Id") or holder.get("Target") != f"#{signature.get('Id')}":
        raise BrokenSignature("FORMAT_FAILURE", "właściwości dotyczą innego podpisu")
    return own[0]


def _require_reference(signature: etree._Element, properties: etree._Element, signed: list[Signed]) -> None:
    """The properties must be signed themselves, by one reference of their own type, unfiltered."""
    referring = [each for each in signed if each.kind == "properties"]
    if len(referring) != 1 or referring[0].target is not properties:
        raise BrokenSignature("FORMAT_FAILURE", "właściwości podpisu nie są podpisane")
    path = f"ds:SignedInfo/ds:Reference[@Type='{SIGNED_PROPERTIES_TYPE}']/ds:Transforms/ds:Transform"
    for transform in signature.findall(path, NS):
        transforms.method_and_prefixes(transform)


def _scopes(signature: etree._Element, document: Document, signed: list[Signed]) -> tuple[Scope, ...]:
    """What is covered; a document around the signature that is left out stands as not covered."""
    scopes = [each.scope for each in signed if each.kind in DATA | {"countersigned"}]
    root = document.tree.getroot()
    covers_document = any(each.kind in {"document", "countersigned"} for each in signed)
    if root.tag not in CONTAINERS and not covers_document and all(scope.whole for scope in scopes):
        scopes.append(Scope("document", f"/{etree.QName(root).localname}", whole=False))
    covered = {each.target for each in signed if each.kind == "object"}
    if root is signature:
        scopes += _uncovered_objects(signature, covered)
    return tuple(scopes)


def _uncovered_objects(signature: etree._Element, covered: set[etree._Element | None]) -> list[Scope]:
    """The Objects that nothing covers, by their place; properties and manifests are no documents."""
    return [
        Scope("object", f"/Signature/Object[{place}]", whole=False)
        for place, each in enumerate(signature.findall("ds:Object", NS), 1)
        if each not in covered
        and each.find("xades:QualifyingProperties", NS) is None
        and each.find("ds:Manifest", NS) is None
        and not any(child in covered for child in each)
    ]


def _signing_time(properties: etree._Element | None) -> datetime | None:
    if properties is None:
        return None
    text = properties.findtext("xades:SignedSignatureProperties/xades:SigningTime", None, NS)
    moment = datetime.fromisoformat(text.strip()) if text else None
    return moment.replace(tzinfo=WARSAW) if moment and moment.tzinfo is None else moment


def _timestamps(signature: etree._Element) -> tuple[TimestampClaim, ...]:
    path = "ds:Object/xades:QualifyingProperties/xades:UnsignedProperties/xades:UnsignedSignatureProperties"
    value = signature.find("ds:SignatureValue", NS)
    claims = []
    for stamp in signature.findall(f"{path}/xades:SignatureTimeStamp", NS):
        method = stamp.find("ds:CanonicalizationMethod", NS)
        name, prefixes = transforms.method_and_prefixes(method) if method is not None else (C14N, [])
        token = b64decode("".join((stamp.findtext("xades:EncapsulatedTimeStamp", "", NS)).split()))
        if value is not None and token:
            claims.append(TimestampClaim(token, canonical(value, method=name, prefixes=prefixes)))
    return tuple(claims)
