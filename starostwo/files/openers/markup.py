"""Opening XML: well formed, without a document type, without entities, nothing fetched."""

from typing import BinaryIO
from xml.parsers import expat

from lxml import etree

from starostwo.files.rules.problems import Problem

CHUNK = 1 << 20


class HasDocumentType(Exception):
    """The XML declares a document type, so it could declare entities too."""


def inspect_xml(file: BinaryIO) -> set[Problem]:
    """Return what speaks against the XML. The document type is seen before anything of it is carried out."""
    try:
        _refuse_document_type(file)
        file.seek(0)
        etree.parse(file, safe_parser())
    except HasDocumentType:
        return {Problem.XML_DTD}
    except etree.XMLSyntaxError as error:
        return {Problem.TOO_LARGE if "XML_PARSE_HUGE" in str(error) else Problem.XML_BROKEN}
    except (expat.ExpatError, ValueError, LookupError):
        return {Problem.XML_BROKEN}
    return set()


def safe_parser() -> etree.XMLParser:
    """A parser that fetches nothing, replaces no entity and keeps libxml2's own limits."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _refuse_document_type(file: BinaryIO) -> None:
    def refuse(*_: object) -> None:
        raise HasDocumentType

    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    while chunk := file.read(CHUNK):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)
