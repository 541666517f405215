"""Reading XML that strangers sent: once, without DTD, entities, outside addresses or equal Ids."""

from collections import Counter
from xml.parsers import expat

from lxml import etree

ID_NAMES = frozenset({"id", "ID", "Id", "{http://www.w3.org/XML/1998/namespace}id"})


class UnsafeXml(Exception):
    """The bytes are not well-formed XML, or they use what no office document needs."""


def parse(content: bytes) -> etree._ElementTree:
    """Return the tree of a document that is safe to read; nesting ends at the 256 levels that lxml allows."""
    _refuse_doctype(content)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=False,
        remove_pis=False,
        strip_cdata=False,
    )
    try:
        tree = etree.ElementTree(etree.fromstring(content, parser))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnsafeXml("plik nie jest poprawnym dokumentem XML") from error
    if tree.docinfo.internalDTD is not None:
        raise UnsafeXml("dokument zawiera definicję typu")
    return tree


def by_id(tree: etree._ElementTree) -> dict[str, etree._Element]:
    """Return the elements by their Id; two equal Ids make every reference ambiguous and are refused."""
    found: dict[str, etree._Element] = {}
    seen: Counter[str] = Counter()
    for element in tree.iter(etree.Element):
        for value in {element.attrib[name] for name in ID_NAMES if name in element.attrib}:
            seen[str(value)] += 1
            found[str(value)] = element
    if any(count > 1 for count in seen.values()):
        raise UnsafeXml("w dokumencie powtarza się identyfikator elementu")
    return found


class _Doctype(Exception):
    pass


class _RootReached(Exception):
    pass


def _refuse_doctype(content: bytes) -> None:
    """Stop at a DOCTYPE before any parser acts on it; the prolog alone is read."""
    prolog = expat.ParserCreate()
    prolog.StartDoctypeDeclHandler = _raise_doctype
    prolog.StartElementHandler = _raise_root
    try:
        prolog.Parse(content, True)
    except _RootReached:
        return
    except _Doctype:
        raise UnsafeXml("dokument zawiera definicję typu (DOCTYPE)") from None
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise UnsafeXml("plik nie jest poprawnym dokumentem XML") from error


def _raise_doctype(*_: object) -> None:
    raise _Doctype


def _raise_root(*_: object) -> None:
    raise _RootReached
