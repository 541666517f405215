"""The canonical bytes of documents and elements, where a signature is left out, and what is inherited."""

import pytest

from starostwo.platform.canonical_xml import (
    C14N,
    C14N11,
    EXCLUSIVE,
    METHODS,
    UnknownCanonicalization,
    canonical,
)
from starostwo.platform.safe_xml import parse

BEHIND_AND_BEFORE = b"<?p q?><!-- a --><r><!-- b --><x/></r><!-- c -->"


@pytest.mark.parametrize(
    ("content", "expected", "why"),
    [
        ("<r>a<b/>c<S/>d</r>", "<r>a<b></b>cd</r>", "the text behind joins the text behind the one before"),
        ("<r>a<b/><S/>d</r>", "<r>a<b></b>d</r>", "or stands there alone"),
        ("<r>a<S/>d</r>", "<r>ad</r>", "the first child's joins the parent's text"),
        ("<r><S/>d</r>", "<r>d</r>", "or is the parent's only one"),
        ("<r>a<S/></r>", "<r>a</r>", "nothing behind"),
        ("<r>a<S/>b<S/>c<b/>d</r>", "<r>abc<b></b>d</r>", "two of them"),
        ("<r>a<!-- k -->b<S/>c</r>", "<r>abc</r>", "behind a comment"),
        ("<r><b><S/>c</b>d</r>", "<r><b>c</b>d</r>", "deeper"),
    ],
)
def test_what_is_left_out_leaves_the_text_behind_it(content: str, expected: str, why: str) -> None:
    root = parse(content.encode()).getroot()
    left = frozenset(root.iter("S"))
    assert canonical(root, method=C14N, leave_out=left).decode() == expected, why
    assert [each.tag for each in root.iter("S")] == ["S"] * len(left), "the document itself is not touched"


def test_the_whole_document_cannot_be_left_out() -> None:
    root = parse(b"<r/>").getroot()
    with pytest.raises(UnknownCanonicalization):
        canonical(root, method=C14N, leave_out=[root])


@pytest.mark.parametrize("method", ["", "http://www.w3.org/TR/1999/REC-xslt-19991116", f"{EXCLUSIVE}x"])
def test_an_unknown_method_is_refused(method: str) -> None:
    with pytest.raises(UnknownCanonicalization):
        canonical(parse(b"<r/>").getroot(), method=method)


@pytest.mark.parametrize(
    ("method", "whole", "asked", "expected"),
    [
        (C14N, False, True, b"<r><x></x></r>"),
        (C14N, True, True, b"<?p q?>\n<r><x></x></r>"),
        (f"{C14N}#WithComments", False, True, b"<r><!-- b --><x></x></r>"),
        (f"{C14N}#WithComments", False, False, b"<r><x></x></r>"),
        (f"{C14N11}#WithComments", True, True, b"<?p q?>\n<!-- a -->\n<r><!-- b --><x></x></r>\n<!-- c -->"),
        (f"{EXCLUSIVE}WithComments", True, False, b"<?p q?>\n<r><x></x></r>"),
    ],
)
def test_comments_and_what_surrounds_the_root(method: str, whole: bool, asked: bool, expected: bytes) -> None:
    root = parse(BEHIND_AND_BEFORE).getroot()
    assert canonical(root, method=method, whole_document=whole, with_comments=asked) == expected


def test_comments_are_kept_where_nobody_says_otherwise() -> None:
    root = parse(BEHIND_AND_BEFORE).getroot()
    assert canonical(root, method=f"{C14N}#WithComments") == b"<r><!-- b --><x></x></r>"


@pytest.mark.parametrize(
    ("prefixes", "expected"),
    [
        ([], b'<a:x xmlns:a="urn:a"></a:x>'),
        (["u"], b'<a:x xmlns:a="urn:a" xmlns:u="urn:u"></a:x>'),
        (["nobody", "u"], b'<a:x xmlns:a="urn:a" xmlns:u="urn:u"></a:x>'),
    ],
)
def test_exclusive_form_keeps_the_prefixes_that_are_named(prefixes: list[str], expected: bytes) -> None:
    root = parse(b'<r xmlns="urn:d" xmlns:a="urn:a" xmlns:u="urn:u"><a:x/></r>').getroot()
    assert canonical(root[0], method=EXCLUSIVE, prefixes=prefixes) == expected


@pytest.mark.parametrize(
    ("method", "inherited"), [(C14N, ' xml:lang="en" xml:space="preserve"'), (EXCLUSIVE, ' xml:lang="en"')]
)
def test_the_nearest_attribute_of_xml_counts(method: str, inherited: str) -> None:
    root = parse(b'<r xml:lang="pl" xml:space="default"><s xml:space="preserve"><x xml:lang="en"/></s></r>')
    assert canonical(root.getroot()[0][0], method=method).decode() == f"<x{inherited}></x>"


@pytest.mark.parametrize("method", sorted(METHODS))
def test_text_is_the_same_however_it_was_written(method: str) -> None:
    written = parse(b'<r>x<![CDATA[y<z]]>&#x17c;<b  a="1"   /></r>').getroot()
    assert canonical(written, method=method).decode() == '<r>xy&lt;zż<b a="1"></b></r>'


NESTED = b"""<r xmlns="urn:d" xmlns:a="urn:a" xmlns:u="urn:u" xml:lang="pl" xml:id="r1">\
<a:x Id="q" xml:space="preserve">
 <a:y><a:z xmlns:a="urn:a" xmlns:b="urn:a"><b:w a:k="1"/>t<!-- c --></a:z></a:y></a:x>tail</r>"""


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        (
            C14N,
            b'<a:x xmlns="urn:d" xmlns:a="urn:a" xmlns:u="urn:u" Id="q" xml:id="r1" xml:lang="pl" '
            b'xml:space="preserve">\n <a:y><a:z xmlns:b="urn:a"><b:w a:k="1"></b:w>t</a:z></a:y></a:x>',
        ),
        (
            C14N11,
            b'<a:x xmlns="urn:d" xmlns:a="urn:a" xmlns:u="urn:u" Id="q" xml:lang="pl" '
            b'xml:space="preserve">\n <a:y><a:z xmlns:b="urn:a"><b:w a:k="1"></b:w>t</a:z></a:y></a:x>',
        ),
        (
            EXCLUSIVE,
            b'<a:x xmlns:a="urn:a" Id="q" xml:space="preserve">\n <a:y><a:z><b:w xmlns:b="urn:a" a:k="1">'
            b"</b:w>t</a:z></a:y></a:x>",
        ),
    ],
)
def test_canonical_form_of_an_element(method: str, expected: bytes) -> None:
    assert canonical(parse(NESTED).getroot()[0], method=method) == expected


def test_inherited_base_address_is_refused_under_canonical_xml_11() -> None:
    root = parse(b'<r xml:base="urn:x"><a/></r>').getroot()
    with pytest.raises(UnknownCanonicalization):
        canonical(root[0], method=C14N11)
