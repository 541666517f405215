"""Following the references of a signature to what was really signed."""

import binascii
import hmac
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from cryptography.hazmat.primitives import hashes
from lxml import etree

from starostwo.platform.canonical_xml import C14N, canonical
from starostwo.platform.safe_xml import parse
from starostwo.signatures.facts import BrokenSignature
from starostwo.signatures.rules.report import Scope
from starostwo.signatures.xades import transforms
from starostwo.signatures.xades.names import (
    BASE64,
    COUNTERSIGNED_TYPE,
    DIGESTS,
    MANIFEST_TYPE,
    NS,
    SIGNED_PROPERTIES_TYPE,
    XADES,
    ds,
)
from starostwo.signatures.xades.transforms import NodeSet

MAX_REFERENCES = 200
WHOLE = frozenset({"document", "file", "object", "countersigned"})


@dataclass(frozen=True)
class Document:
    """The parsed file that holds the signature, with its elements by Id and the files sent beside it."""

    tree: etree._ElementTree
    ids: Mapping[str, etree._Element]
    files: Mapping[str, bytes]


@dataclass(frozen=True)
class Signed:
    """One reference that holds: what kind of thing, which element, and its signed bytes."""

    kind: str
    scope: Scope
    octets: bytes
    target: etree._Element | None
    is_weak: bool


def follow(signature: etree._Element, document: Document) -> list[Signed]:
    """Check the digest of every reference, those of manifests included, and say what each covers."""
    references = signature.findall("ds:SignedInfo/ds:Reference", NS)
    if not 0 < len(references) <= MAX_REFERENCES:
        raise BrokenSignature("FORMAT_FAILURE", "podpis bez odwołań albo z ich nadmiarem")
    signed = [_check(reference, signature, document) for reference in references]
    for manifest in [each.target for each in signed if each.kind == "manifest" and each.target is not None]:
        entries = manifest.findall("ds:Reference", NS)
        if manifest.tag != ds("Manifest") or len(entries) > MAX_REFERENCES:
            raise BrokenSignature("FORMAT_FAILURE", "niepoprawny manifest")
        signed += [_check(entry, signature, document) for entry in entries]
    return signed


def _check(reference: etree._Element, signature: etree._Element, document: Document) -> Signed:
    data, name = _resolve(reference, document)
    steps = reference.findall("ds:Transforms/ds:Transform", NS)
    octets = transforms.apply(steps, data, signature=signature)
    if not digest_holds(reference, octets):
        raise BrokenSignature("HASH_FAILURE", name)
    target = data.node if isinstance(data, NodeSet) else None
    kind = _kind(reference, target, signature, document)
    scope = Scope(kind, name, whole=kind in WHOLE)
    return Signed(kind, scope, octets, target, _algorithm(reference).name == "sha1")


def _resolve(reference: etree._Element, document: Document) -> tuple[NodeSet | bytes, str]:
    uri = reference.get("URI")
    if uri is None:
        raise BrokenSignature("FORMAT_FAILURE", "odwołanie bez adresu")
    root = document.tree.getroot()
    if uri in {"", "#xpointer(/)"}:
        return NodeSet(root, True, uri != ""), _path(root)
    if uri.startswith("#"):
        identifier, with_comments = _fragment(uri[1:])
        if identifier not in document.ids:
            raise BrokenSignature("SIGNED_DATA_NOT_FOUND", uri)
        element = document.ids[identifier]
        return NodeSet(element, False, with_comments), _path(element)
    name = unquote(uri)
    if name not in document.files:
        raise BrokenSignature("SIGNED_DATA_NOT_FOUND", name)
    return document.files[name], name


def _fragment(fragment: str) -> tuple[str, bool]:
    for quote in ("'", '"'):
        opening, closing = f"xpointer(id({quote}", f"{quote}))"
        if fragment.startswith(opening) and fragment.endswith(closing):
            return fragment[len(opening) : -len(closing)], True
    return fragment, False


def _kind(
    reference: etree._Element, target: etree._Element | None, signature: etree._Element, document: Document
) -> str:
    kind = reference.get("Type", "")
    if kind == SIGNED_PROPERTIES_TYPE:
        return "properties"
    if kind == MANIFEST_TYPE:
        return "manifest"
    if target is None:
        return "file"
    if kind == COUNTERSIGNED_TYPE and _is_value_above(target, signature):
        return "countersigned"
    if target is signature.find("ds:KeyInfo", NS):
        return "key"
    if target is document.tree.getroot() and target is not signature:
        return "document"
    if target.tag.startswith(f"{{{XADES}}}"):
        return "property"
    return "object" if _is_enveloped_object(target, signature) else "element"


def _is_value_above(target: etree._Element, signature: etree._Element) -> bool:
    """Whether the target is the value of a signature that this counter-signature lies in."""
    above = list(signature.iterancestors(ds("Signature")))
    return target.tag == ds("SignatureValue") and target.getparent() in above


def _is_enveloped_object(target: etree._Element, signature: etree._Element) -> bool:
    """Whether the target is an Object of this signature, or the only content of one."""
    if target.tag == ds("Object"):
        return target.getparent() is signature
    parent = target.getparent()
    if parent is None or parent.tag != ds("Object") or parent.getparent() is not signature:
        return False
    texts = [parent.text or "", target.tail or ""]
    return len(parent) == 1 and not any(text.strip() for text in texts)


def payload(signed: Signed) -> bytes:
    """The signed bytes of one reference; an enveloping Object is taken off from its canonical form."""
    if signed.kind != "object" or signed.target is None or signed.target.tag != ds("Object"):
        return signed.octets
    if not signed.octets.lstrip().startswith(b"<"):
        return signed.octets
    wrapper = parse(signed.octets).getroot()
    if wrapper.tag != ds("Object"):
        return signed.octets
    if len(wrapper) == 1 and not (wrapper.text or "").strip() and not (wrapper[0].tail or "").strip():
        return canonical(wrapper[0], method=C14N)
    if len(wrapper) == 0:
        return _text_payload(wrapper)
    return signed.octets


def _text_payload(wrapper: etree._Element) -> bytes:
    text = (wrapper.text or "").encode()
    return _base64(text) if wrapper.get("Encoding") == BASE64 else text


def digest_holds(reference: etree._Element, octets: bytes) -> bool:
    """Whether the bytes have the digest that stands in the reference or in a manifest's entry."""
    digest = hashes.Hash(_algorithm(reference))
    digest.update(octets)
    expected = _base64((_one(reference, "DigestValue").text or "").encode())
    return hmac.compare_digest(digest.finalize(), expected)


def _algorithm(reference: etree._Element) -> hashes.HashAlgorithm:
    name = _one(reference, "DigestMethod").get("Algorithm", "")
    if name not in DIGESTS:
        raise BrokenSignature("FORMAT_FAILURE", f"nieznany skrót {name}")
    return DIGESTS[name]


def _base64(text: bytes) -> bytes:
    try:
        return b64decode(b"".join(text.split()), validate=True)
    except binascii.Error as error:
        raise BrokenSignature("FORMAT_FAILURE", "niepoprawne dane base64") from error


def _one(parent: etree._Element, name: str) -> etree._Element:
    found = parent.findall(f"ds:{name}", NS)
    if len(found) != 1:
        raise BrokenSignature("FORMAT_FAILURE", f"{name} nie występuje dokładnie raz")
    return found[0]


def _path(element: etree._Element) -> str:
    names = [etree.QName(each).localname for each in (element, *element.iterancestors())]
    return "/" + "/".join(reversed(names))
