"""What is read of strangers' XML, and what is refused before a parser acts on it."""

import pytest
from lxml import etree

from starostwo.platform.safe_xml import UnsafeXml, by_id, parse


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"<!DOCTYPE a><a/>", "a bare one"),
        (
            b'<?xml version="1.0"?><!-- c --><!DOCTYPE a [<!ENTITY e "x">]><a b="&e;">&e;</a>',
            "with an entity",
        ),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', "from elsewhere"),
        ("<!DOCTYPE a><a/>".encode("utf-16"), "in another encoding"),
        (b"<!DOCTYPE a [<!ENTITY e 'x'>", "though what follows is no XML"),
    ],
)
def test_a_doctype_is_refused_before_the_document_is_read(content: bytes, why: str) -> None:
    with pytest.raises(UnsafeXml, match=r"\(DOCTYPE\)"):
        parse(content)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "nothing"),
        (b"<?xml version='1.0'?><!-- c -->", "no root"),
        (b"<a>", "no end"),
        (b"<a/><!DOCTYPE a>", "a DOCTYPE behind the root"),
        (b"<a>&e;</a>", "an entity that nobody defined"),
        (b"<a b='&e;'/>", "nor in an attribute"),
        (b"<?xml version='1.0' encoding='x-none'?><a/>", "an encoding that nobody knows"),
        (b"<a/>\x00", "a zero byte"),
        (b"<a>" * 300 + b"</a>" * 300, "nested too deep"),
    ],
)
def test_what_is_not_plain_xml_is_refused(content: bytes, why: str) -> None:
    with pytest.raises(UnsafeXml, match="nie jest poprawnym"):
        parse(content)


def test_everything_is_kept_as_it_was_written() -> None:
    content = b"<?p q?><!-- c --><a>x<![CDATA[y<z]]><!-- d --><?r s?>&lt;</a>"
    assert etree.tostring(parse(content)) == content
    assert etree.tostring(parse(b"<a>" * 200 + b"x" + b"</a>" * 200)).count(b"<a>") == 200


def test_elements_are_found_by_each_name_of_an_id() -> None:
    tree = parse(b'<r id="a"><x ID="b"/><x Id="c" name="n"/><x xml:id="d"/><x Id="e" id="e"/></r>')
    assert {name: element.tag for name, element in by_id(tree).items()} == dict.fromkeys("bcde", "x") | {
        "a": "r"
    }


@pytest.mark.parametrize("second", ['<x Id="a"/>', '<x id="a"/>', '<x><y xml:id="a"/></x>'])
def test_equal_ids_are_refused_whatever_they_are_called(second: str) -> None:
    with pytest.raises(UnsafeXml, match="powtarza"):
        by_id(parse(f'<r Id="r"><x Id="a"/>{second}</r>'.encode()))
