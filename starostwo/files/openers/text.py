"""Taking the text out of a file for the search index, up to a limit of signs."""

import zipfile
from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import BinaryIO

from lxml import etree
from pypdf import PdfReader

from starostwo.files.openers.markup import safe_parser
from starostwo.files.openers.plain import decode
from starostwo.files.rules import kinds

MOST_SIGNS = 1_000_000
MOST_XML = 100 << 20
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OPEN_DOCUMENT_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SOURCES = {
    kinds.DOCX: ("word/document.xml", (f"{WORD}p",)),
    kinds.XLSX: ("xl/*s*.xml", (f"{SHEET}si", f"{SHEET}is")),
    kinds.ODT: ("content.xml", (f"{OPEN_DOCUMENT_TEXT}p", f"{OPEN_DOCUMENT_TEXT}h")),
    kinds.ODS: ("content.xml", (f"{OPEN_DOCUMENT_TEXT}p",)),
}


def text_of(file: BinaryIO, media_type: str) -> str:
    """Return the text of the file, '' for kinds that have none."""
    parts: list[str] = []
    length = 0
    for part in _parts(file, media_type):
        parts.append(part)
        length += len(part) + 1
        if length > MOST_SIGNS:
            break
    return "\n".join(parts)[:MOST_SIGNS].replace("\0", " ").strip()


def _parts(file: BinaryIO, media_type: str) -> Iterator[str]:
    if media_type == kinds.PDF:
        for page in PdfReader(file).pages:
            yield page.extract_text()
    elif media_type == kinds.XML:
        root = etree.parse(file, safe_parser()).getroot()
        yield from (str(piece).strip() for piece in root.itertext(etree.Element) if piece.strip())
    elif media_type == kinds.TEXT:
        yield decode(file.read(4 * MOST_SIGNS))
    elif media_type in SOURCES:
        yield from _office_parts(file, *SOURCES[media_type])


def _office_parts(file: BinaryIO, members: str, paragraphs: tuple[str, ...]) -> Iterator[str]:
    """The paragraphs of the members whose name fits: in a workbook shared strings and those of its sheets."""
    with zipfile.ZipFile(file) as archive:
        for member in archive.infolist():
            if not fnmatchcase(member.filename, members) or member.file_size > MOST_XML:
                continue
            with archive.open(member) as content:
                root = etree.parse(content, safe_parser()).getroot()
            for paragraph in root.iter(*paragraphs):
                text = "".join(map(str, paragraph.itertext(etree.Element)))
                if text.strip():
                    yield text
