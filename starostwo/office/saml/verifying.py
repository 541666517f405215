"""Whether one element is signed by one of the node's pinned certificates, and by nothing weaker.

One form alone is taken: a signature that is the element's own child, covers that very element by its ID,
and uses exclusive canonical form, SHA-256 and ECDSA on P-256. What is signed is handed out as read from the
canonical bytes, so nothing that the signature does not cover can be read by mistake.
"""

import hmac
from collections.abc import Collection, Sequence
from datetime import datetime
from hashlib import sha256

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree

from starostwo.office.saml.elements import attribute, octets, one, perhaps
from starostwo.office.saml.names import DIGEST, ECDSA_SHA256, ENVELOPED, q
from starostwo.office.vouched import NotBelieved
from starostwo.platform.canonical_xml import EXCLUSIVE, canonical
from starostwo.platform.safe_xml import parse


def signed(element: etree._Element, *, pinned: Sequence[x509.Certificate], at: datetime) -> etree._Element:
    """Return the element as its signature covers it; refuse when it is not signed or by somebody else."""
    signature, info = one(element, "ds:Signature"), one(element, "ds:Signature/ds:SignedInfo")
    if [child.tag for child in info] != [
        q("ds:CanonicalizationMethod"),
        q("ds:SignatureMethod"),
        q("ds:Reference"),
    ]:
        raise NotBelieved("signature: other than one method and one reference")
    method, algorithm, reference = info
    _expect(method, EXCLUSIVE)
    _expect(algorithm, ECDSA_SHA256)
    covered = _covered(element, signature, reference)
    _check_value(
        octets(one(signature, "ds:SignatureValue")),
        _canonical(info, method),
        _candidates(signature, pinned, at),
    )
    return parse(covered).getroot()


def _covered(element: etree._Element, signature: etree._Element, reference: etree._Element) -> bytes:
    """The canonical bytes of the element without the signature, whose digest the reference must carry."""
    if reference.get("URI") != f"#{attribute(element, 'ID')}":
        raise NotBelieved("signature: covers another element")
    transforms = list(one(reference, "ds:Transforms"))
    if [entry.get("Algorithm") for entry in transforms] != [ENVELOPED, EXCLUSIVE]:
        raise NotBelieved("signature: other transforms")
    _expect(one(reference, "ds:DigestMethod"), DIGEST)
    covered = _canonical(element, transforms[1], leave_out=[signature])
    if not hmac.compare_digest(sha256(covered).digest(), octets(one(reference, "ds:DigestValue"))):
        raise NotBelieved("signature: the content was changed")
    return covered


def _candidates(
    signature: etree._Element, pinned: Sequence[x509.Certificate], at: datetime
) -> list[x509.Certificate]:
    """The pinned certificates that are valid now; where the signature names one, that one alone."""
    valid = [entry for entry in pinned if entry.not_valid_before_utc <= at <= entry.not_valid_after_utc]
    named = perhaps(signature, "ds:KeyInfo/ds:X509Data/ds:X509Certificate")
    if named is not None:
        valid = [entry for entry in valid if entry.public_bytes(Encoding.DER) == octets(named)]
    if not valid:
        raise NotBelieved("signature: by no pinned certificate that is valid now")
    return valid


def _check_value(value: bytes, info: bytes, candidates: Collection[x509.Certificate]) -> None:
    if len(value) != 64:
        raise NotBelieved("signature: not a value of P-256")
    der = encode_dss_signature(int.from_bytes(value[:32]), int.from_bytes(value[32:]))
    for certificate in candidates:
        key = certificate.public_key()
        if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
            continue
        try:
            key.verify(der, info, ec.ECDSA(SHA256()))
        except InvalidSignature:
            continue
        return
    raise NotBelieved("signature: made with another key")


def _expect(element: etree._Element, algorithm: str) -> None:
    if element.get("Algorithm") != algorithm:
        raise NotBelieved(f"signature: {etree.QName(element).localname} is not allowed")


def _canonical(
    element: etree._Element, method: etree._Element, leave_out: Collection[etree._Element] = ()
) -> bytes:
    try:
        return canonical(element, method=EXCLUSIVE, leave_out=leave_out, prefixes=_prefixes(method))
    except etree.C14NError:  # a relative name space has no canonical form
        raise NotBelieved("signature: what it covers has no canonical form") from None


def _prefixes(method: etree._Element) -> list[str]:
    """The name spaces that exclusive form keeps though nothing visible uses them."""
    inclusive = perhaps(method, "ec:InclusiveNamespaces")
    return inclusive.get("PrefixList", "").split() if inclusive is not None else []
