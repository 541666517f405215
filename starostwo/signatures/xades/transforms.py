"""The few transforms that a reference may use; any other makes the signature unverifiable.

Allowed: enveloped signature, canonical XML (1.0, 1.1, exclusive), base64, the one XPath that Polish
signing programs write, and XPath Filter 2 'subtract' of signatures.
"""

import binascii
import re
from base64 import b64decode
from dataclasses import dataclass

from lxml import etree

from starostwo.platform.canonical_xml import C14N, EXCLUSIVE, METHODS, canonical
from starostwo.platform.safe_xml import parse
from starostwo.signatures.facts import BrokenSignature
from starostwo.signatures.xades.names import BASE64, ENVELOPED, XPATH, XPATH_FILTER2, ds

MAX_TRANSFORMS = 6
NOT_A_SIGNATURE = re.compile(r"not\(\s*ancestor-or-self\s*::\s*([A-Za-z_][\w.-]*)\s*:\s*Signature\s*\)")
ALL_SIGNATURES = re.compile(r"(?:/descendant::|//)([A-Za-z_][\w.-]*):Signature")
THIS_SIGNATURE = re.compile(r"here\(\)/ancestor::([A-Za-z_][\w.-]*):Signature\[1\]")


@dataclass(frozen=True)
class NodeSet:
    """A part of a document: a node with all below it, less some signatures."""

    node: etree._Element
    whole_document: bool
    with_comments: bool
    left_out: frozenset[etree._Element] = frozenset()

    def without(self, signatures: frozenset[etree._Element]) -> "NodeSet":
        """The same part with further signatures left out."""
        return NodeSet(self.node, self.whole_document, self.with_comments, self.left_out | signatures)


def apply(transforms: list[etree._Element], data: NodeSet | bytes, *, signature: etree._Element) -> bytes:
    """Return the bytes to be digested."""
    if len(transforms) > MAX_TRANSFORMS:
        raise BrokenSignature("FORMAT_FAILURE", "zbyt wiele przekształceń")
    for transform in transforms:
        data = _step(transform, data, signature)
    return _canonical(data, C14N, []) if isinstance(data, NodeSet) else data


def method_and_prefixes(element: etree._Element) -> tuple[str, list[str]]:
    """Read a canonicalization method with the prefixes that exclusive canonicalization keeps."""
    method = str(element.get("Algorithm", ""))
    prefixes: list[str] = []
    for child in element.iterchildren(etree.Element):
        if child.tag != f"{{{EXCLUSIVE}}}InclusiveNamespaces" or not method.startswith(EXCLUSIVE):
            raise BrokenSignature("FORMAT_FAILURE", "nieznany parametr kanonikalizacji")
        prefixes = str(child.get("PrefixList", "")).split()
    if method not in METHODS:
        raise BrokenSignature("FORMAT_FAILURE", f"niedozwolone przekształcenie {method}")
    return method, prefixes


def _step(transform: etree._Element, data: NodeSet | bytes, signature: etree._Element) -> NodeSet | bytes:
    algorithm = transform.get("Algorithm", "")
    if algorithm == BASE64:
        return _decoded(data)
    if algorithm in {ENVELOPED, XPATH, XPATH_FILTER2}:
        if not isinstance(data, NodeSet):
            raise BrokenSignature("FORMAT_FAILURE", "przekształcenie nie dotyczy dokumentu XML")
        return _less_signatures(transform, data, signature)
    method, prefixes = method_and_prefixes(transform)
    part = data if isinstance(data, NodeSet) else NodeSet(parse(data).getroot(), True, True)
    return _canonical(part, method, prefixes)


def _less_signatures(transform: etree._Element, data: NodeSet, signature: etree._Element) -> NodeSet:
    algorithm = transform.get("Algorithm")
    if algorithm == ENVELOPED:
        if data.node not in signature.iterancestors():
            raise BrokenSignature("FORMAT_FAILURE", "podpis nie leży w podpisanym elemencie")
        return data.without(frozenset({signature}))
    if algorithm == XPATH:
        return data.without(_by_xpath(transform, data))
    for xpath in transform.iterchildren(etree.Element):
        data = data.without(_by_filter2(xpath, data, signature))
    return data


def _by_xpath(transform: etree._Element, data: NodeSet) -> frozenset[etree._Element]:
    children = list(transform.iterchildren(etree.Element))
    if len(children) != 1 or children[0].tag != ds("XPath"):
        raise BrokenSignature("FORMAT_FAILURE", "niedozwolony filtr XPath")
    _refuse_unless_signature(NOT_A_SIGNATURE, children[0])
    return _signatures_in(data.node)


def _by_filter2(xpath: etree._Element, data: NodeSet, signature: etree._Element) -> frozenset[etree._Element]:
    if xpath.tag != f"{{{XPATH_FILTER2}}}XPath" or xpath.get("Filter") != "subtract":
        raise BrokenSignature("FORMAT_FAILURE", "niedozwolony filtr XPath")
    if THIS_SIGNATURE.fullmatch("".join((xpath.text or "").split())):
        _refuse_unless_signature(THIS_SIGNATURE, xpath)
        return frozenset({signature})
    _refuse_unless_signature(ALL_SIGNATURES, xpath)
    return _signatures_in(data.node)


def _refuse_unless_signature(pattern: re.Pattern[str], xpath: etree._Element) -> None:
    """The prefix is free, the namespace that it stands for is not."""
    match = pattern.fullmatch((xpath.text or "").strip())
    if match is None or len(xpath) or ds("Signature") != f"{{{xpath.nsmap.get(match[1])}}}Signature":
        raise BrokenSignature("FORMAT_FAILURE", "niedozwolony filtr XPath")


def _signatures_in(node: etree._Element) -> frozenset[etree._Element]:
    return frozenset(node.iter(ds("Signature")))


def _decoded(data: NodeSet | bytes) -> bytes:
    if isinstance(data, NodeSet):
        data = str(data.node.xpath("string()")).encode()
    try:
        return b64decode(b"".join(data.split()), validate=True)
    except binascii.Error as error:
        raise BrokenSignature("FORMAT_FAILURE", "niepoprawne dane base64") from error


def _canonical(part: NodeSet, method: str, prefixes: list[str]) -> bytes:
    return canonical(
        part.node,
        method=method,
        whole_document=part.whole_document,
        with_comments=part.with_comments,
        leave_out=part.left_out,
        prefixes=prefixes,
    )
