"""Canonical bytes of a document or of one element, with chosen elements left out."""

import copy
from collections.abc import Collection

from lxml import etree

C14N = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
C14N11 = "http://www.w3.org/2006/12/xml-c14n11"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
COMMENTS = {C14N + "#WithComments", C14N11 + "#WithComments", EXCLUSIVE + "WithComments"}
METHODS = frozenset({C14N, C14N11, EXCLUSIVE} | COMMENTS)
XML = "http://www.w3.org/XML/1998/namespace"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


class UnknownCanonicalization(Exception):
    """The method is not one of those that a signature may use."""


def canonical(
    node: etree._Element,
    *,
    method: str,
    whole_document: bool = False,
    with_comments: bool = True,
    leave_out: Collection[etree._Element] = (),
    prefixes: Collection[str] = (),
) -> bytes:
    """Return the canonical form of `node`, or of the whole document that it is the root of."""
    if method not in METHODS:
        raise UnknownCanonicalization(method)
    exclusive = method.startswith(EXCLUSIVE)
    inherited = {} if exclusive else _inherited(node, method)
    if leave_out:
        node = _pruned_copy(node, leave_out)
    return etree.tostring(
        node.getroottree() if whole_document else _alone(node, inherited),
        method="c14n",
        exclusive=exclusive,
        with_comments=with_comments and method in COMMENTS,
        inclusive_ns_prefixes=list(prefixes),
    )


def _alone(node: etree._Element, inherited: dict[str, str]) -> etree._ElementTree:
    """The node as the root of a document of its own, with all name spaces that it stood in.

    Canonicalized where it stands, lxml would repeat name spaces deeper down and take in what
    surrounds a root; written out and read again it does neither.
    """
    root = etree.fromstring(etree.tostring(node, encoding="UTF-8", with_tail=False), _PARSER)
    for name, value in inherited.items():
        root.set(name, value)
    return root.getroottree()


def _inherited(node: etree._Element, method: str) -> dict[str, str]:
    """The xml: attributes of left-out ancestors that inclusive canonicalization passes down."""
    attributes: dict[str, str] = {}
    for ancestor in node.iterancestors():
        for name, value in ancestor.attrib.items():
            if str(name).startswith(f"{{{XML}}}"):
                attributes.setdefault(str(name), str(value))
    if method.startswith(C14N11):
        attributes.pop(f"{{{XML}}}id", None)
        if f"{{{XML}}}base" in attributes:
            raise UnknownCanonicalization("xml:base powyżej podpisanego elementu")
    return {name: value for name, value in attributes.items() if name not in node.attrib}


def _pruned_copy(node: etree._Element, leave_out: Collection[etree._Element]) -> etree._Element:
    """Copy the document without these elements but with the text behind each; return the copy of the node."""
    root = node.getroottree().getroot()
    duplicate = copy.deepcopy(root.getroottree()).getroot()
    positions = {element: index for index, element in enumerate(root.iter())}
    copies = list(duplicate.iter())
    for element in leave_out:
        _remove_keeping_tail(copies[positions[element]])
    return copies[positions[node]]


def _remove_keeping_tail(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is None:
        raise UnknownCanonicalization("podpis nie może pominąć całego dokumentu")
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
        element.tail = None
    parent.remove(element)
