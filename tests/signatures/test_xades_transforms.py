"""Which transforms a reference may use and what each does; the functions themselves, without a signature."""

from base64 import b64encode

import pytest
from lxml import etree

from starostwo.platform.canonical_xml import C14N, EXCLUSIVE
from starostwo.platform.safe_xml import parse
from starostwo.signatures.facts import BrokenSignature
from starostwo.signatures.xades.transforms import NodeSet, apply, method_and_prefixes
from tests.signatures import forge

COMMENTS = f'<ds:Transform Algorithm="{C14N}#WithComments"/>'
DECODED = f'<ds:Transform Algorithm="{forge.DS}base64"/>'
XPATH = "http://www.w3.org/TR/1999/REC-xpath-19991116"
FILTER2 = "http://www.w3.org/2002/06/xmldsig-filter2"
NOT_SIGNED = "not(ancestor-or-self::ds:Signature)"
HERE = "here()/ancestor::ds:Signature[1]"
INCLUSIVE = f'<e:InclusiveNamespaces xmlns:e="{EXCLUSIVE}" PrefixList="n  u"/>'
DOCUMENT = (
    f'<pismo xmlns:ds="{forge.DS}">a<ds:Signature><ds:Object/></ds:Signature>b<tresc/>'
    "<ds:Signature/>c</pismo>"
)
WITHOUT_FIRST = f'<pismo xmlns:ds="{forge.DS}">ab<tresc></tresc><ds:Signature></ds:Signature>c</pismo>'
WITHOUT_BOTH = f'<pismo xmlns:ds="{forge.DS}">ab<tresc></tresc>c</pismo>'


def elements(transforms: str) -> list[etree._Element]:
    return list(parse(f'<t xmlns:ds="{forge.DS}">{transforms}</t>'.encode()).getroot())


def applied(transforms: str, *, to: str = "", document: str = DOCUMENT) -> str:
    """What the transforms make of the document, or of the element of this path, for its first signature."""
    root = parse(document.encode()).getroot()
    signature = next(root.iter(f"{{{forge.DS}}}Signature"), root)
    node = root.find(to, {"ds": forge.DS}) if to else root
    assert node is not None
    return apply(elements(transforms), NodeSet(node, not to, True), signature=signature).decode()


def refusal(transforms: str, **where: str) -> str:
    with pytest.raises(BrokenSignature) as broken:
        applied(transforms, **where)
    assert broken.value.subindication == "FORMAT_FAILURE"
    return broken.value.detail


@pytest.mark.parametrize(
    ("transforms", "expected", "why"),
    [
        (forge.ENVELOPED, WITHOUT_FIRST, "this signature alone"),
        (forge.filter2(HERE), WITHOUT_FIRST, "the same by a filter"),
        (
            forge.filter2(" here()/ancestor::ds:Signature[1] "),
            WITHOUT_FIRST,
            "with space",
        ),
        (forge.xpath(NOT_SIGNED), WITHOUT_BOTH, "all of them"),
        (forge.filter2("//ds:Signature"), WITHOUT_BOTH, "all by a filter"),
        (forge.ENVELOPED + forge.filter2("/descendant::ds:Signature"), WITHOUT_BOTH, "one, then all"),
    ],
)
def test_what_leaves_signatures_out(transforms: str, expected: str, why: str) -> None:
    assert applied(transforms) == expected, why


def test_two_filters_in_one_transform_both_count() -> None:
    two = (
        forge.filter2(HERE).replace("</ds:Transform>", "") + forge.filter2("//ds:Signature").partition(">")[2]
    )
    assert applied(two) == WITHOUT_BOTH


@pytest.mark.parametrize(("count", "is_refused"), [(6, False), (7, True)])
def test_how_many_transforms_a_reference_may_have(count: int, is_refused: bool) -> None:
    if is_refused:
        assert refusal(forge.CANONICAL * count) == "zbyt wiele przekształceń"
    else:
        assert applied(forge.CANONICAL * count, document="<a/>") == "<a></a>"


@pytest.mark.parametrize("place", ["tresc", "ds:Signature", "ds:Signature/ds:Object"])
def test_a_signature_is_enveloped_only_by_what_it_lies_in(place: str) -> None:
    assert refusal(forge.ENVELOPED, to=place) == "podpis nie leży w podpisanym elemencie"


@pytest.mark.parametrize(
    "filter_", [forge.ENVELOPED, forge.xpath(NOT_SIGNED), forge.filter2("//ds:Signature")]
)
def test_a_filter_is_for_documents_not_for_bytes(filter_: str) -> None:
    assert refusal(forge.CANONICAL + filter_) == "przekształcenie nie dotyczy dokumentu XML"


def _xpath(inside: str, name: str = XPATH) -> str:
    return f'<ds:Transform Algorithm="{name}">{inside}</ds:Transform>'


@pytest.mark.parametrize(
    ("transform", "why"),
    [
        (_xpath(""), "no expression"),
        (_xpath("<ds:XPath/>"), "an empty one"),
        (_xpath(f"<ds:XPath>{NOT_SIGNED}</ds:XPath>" * 2), "two"),
        (_xpath(f"<ds:Inne>{NOT_SIGNED}</ds:Inne>"), "in another element"),
        (_xpath(f"<ds:XPath>{NOT_SIGNED}<ds:Inne/></ds:XPath>"), "with an element inside"),
        (_xpath(f"<ds:XPath>{NOT_SIGNED}<!-- or true() --></ds:XPath>"), "with a comment inside"),
        (forge.xpath(NOT_SIGNED, namespace="urn:obcy"), "the prefix stands for something else"),
        (forge.xpath("not(ancestor-or-self::x:Signature)"), "the prefix stands for nothing"),
        (forge.xpath("true()"), "another expression"),
        (forge.filter2("//ds:Signature", "intersect"), "another operation"),
        (forge.filter2("", "subtract"), "an empty filter"),
        (forge.filter2("//pismo"), "a filter of something else"),
        (_xpath(f'<ds:XPath Filter="subtract">{HERE}</ds:XPath>', FILTER2), "of another name space"),
        (forge.filter2(HERE).replace(f'xmlns:ds="{forge.DS}"', 'xmlns:ds="urn:obcy"'), "another Signature"),
    ],
)
def test_any_other_filter_is_refused(transform: str, why: str) -> None:
    assert refusal(transform) == "niedozwolony filtr XPath", why


@pytest.mark.parametrize(
    ("method", "child", "expected"),
    [
        (EXCLUSIVE, INCLUSIVE, (EXCLUSIVE, ["n", "u"])),
        (f"{EXCLUSIVE}WithComments", INCLUSIVE, (f"{EXCLUSIVE}WithComments", ["n", "u"])),
        (EXCLUSIVE, "<!-- c -->", (EXCLUSIVE, [])),
        (C14N, "", (C14N, [])),
        (C14N, INCLUSIVE, "nieznany parametr kanonikalizacji"),
        (EXCLUSIVE, "<ds:Inne/>", "nieznany parametr kanonikalizacji"),
        (C14N, "<ds:Inne/>", "nieznany parametr kanonikalizacji"),
        ("urn:inna", "", "niedozwolone przekształcenie urn:inna"),
        ("", "", "niedozwolone przekształcenie "),
    ],
)
def test_a_canonicalization_and_its_prefixes(
    method: str, child: str, expected: tuple[str, list[str]] | str
) -> None:
    [element] = elements(f'<ds:Transform Algorithm="{method}">{child}</ds:Transform>')
    if isinstance(expected, str):
        with pytest.raises(BrokenSignature, match=expected):
            method_and_prefixes(element)
    else:
        assert method_and_prefixes(element) == expected


def test_bytes_are_read_again_as_a_whole_document() -> None:
    inner = b"<?p q?><!-- c --><a><!-- d --></a>"
    document = f"<pismo>{b64encode(inner).decode()}</pismo>"
    assert applied(DECODED, document=document) == inner.decode()
    assert applied(DECODED + COMMENTS, document=document) == "<?p q?>\n<!-- c -->\n<a><!-- d --></a>"
    assert applied(DECODED + forge.CANONICAL, document=document) == "<?p q?>\n<a></a>"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("YWJj\n ZGVm", "abcdef"),
        ("YW<b>Jj</b><!-- x -->", "abc"),
        ("YWJj!", ""),
        ("YWJ", ""),
    ],
)
def test_only_good_base64_is_decoded(content: str, expected: str) -> None:
    document = f"<pismo>{content}</pismo>"
    if expected:
        assert applied(DECODED, document=document) == expected
    else:
        assert refusal(DECODED, document=document) == "niepoprawne dane base64"
