"""The kinds of files that the office takes in, known by content; the name only has to agree.

The list follows annex 2 of the National Interoperability Framework (KRI), as far as our strict openers go.
"""

import re
from dataclasses import dataclass

PDF = "application/pdf"
XML = "application/xml"
PNG = "image/png"
JPEG = "image/jpeg"
TIFF = "image/tiff"
ZIP = "application/zip"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
ASICE = "application/vnd.etsi.asic-e+zip"
ASICS = "application/vnd.etsi.asic-s+zip"
P7S = "application/pkcs7-signature"
TEXT = "text/plain"
UNKNOWN = "application/octet-stream"


@dataclass(frozen=True)
class Kind:
    """One kind of file: its media type, its label, and the endings that its name may have."""

    media_type: str
    label: str
    extensions: tuple[str, ...]


KINDS = (
    Kind(PDF, "PDF", ("pdf",)),
    Kind(XML, "XML", ("xml", "xades")),
    Kind(PNG, "obraz PNG", ("png",)),
    Kind(JPEG, "obraz JPEG", ("jpg", "jpeg")),
    Kind(TIFF, "obraz TIFF", ("tif", "tiff")),
    Kind(ZIP, "archiwum ZIP", ("zip",)),
    Kind(DOCX, "dokument Word", ("docx",)),
    Kind(XLSX, "arkusz Excel", ("xlsx",)),
    Kind(ODT, "dokument ODT", ("odt",)),
    Kind(ODS, "arkusz ODS", ("ods",)),
    Kind(ASICE, "kontener podpisu ASiC-E", ("asice", "sce")),
    Kind(ASICS, "kontener podpisu ASiC-S", ("asics", "scs")),
    Kind(P7S, "podpis CAdES", ("p7s", "p7m", "sig")),
    Kind(TEXT, "tekst", ("txt", "csv")),
)
KIND_OF = {kind.media_type: kind for kind in KINDS}
ALLOWED_EXTENSIONS = frozenset(extension for kind in KINDS for extension in kind.extensions)
ZIP_FAMILY = frozenset({ZIP, DOCX, XLSX, ODT, ODS, ASICE, ASICS})
SHOWN_IN_BROWSER = frozenset({PDF, PNG, JPEG, TEXT})

HEADS = (
    (b"%PDF-", PDF),
    (b"PK\x03\x04", ZIP),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"II*\x00", TIFF),
    (b"MM\x00*", TIFF),
    (b"-----BEGIN PKCS7-----", P7S),
    (b"-----BEGIN CMS-----", P7S),
)
SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
XML_START = re.compile(rb"\A(?:\xef\xbb\xbf)?\s*<(?:\?xml\b|!--|!DOCTYPE\b|[A-Za-z_:])")
UTF16_XML_START = re.compile(rb"\A(?:\xff\xfe<\x00|\xfe\xff\x00<)")
HTML_START = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*<(?:!doctype\s+html|html|head|body|script|svg)\b", re.IGNORECASE
)


def extension_of(name: str) -> str:
    """Return the ending of a file name in lower case, '' where it has none."""
    stem, dot, extension = name.strip().lower().rpartition(".")
    return extension if dot and stem else ""


def family_of(head: bytes) -> str:
    """Return the media type that the first bytes promise; a ZIP's members are looked at later."""
    for start, media_type in HEADS:
        if head.startswith(start):
            return media_type
    if head[:1] == b"\x30" and SIGNED_DATA in head[:30]:
        return P7S
    if HTML_START.match(head):
        return UNKNOWN
    if XML_START.match(head) or UTF16_XML_START.match(head):
        return XML
    return UNKNOWN if b"\0" in head and head[:2] not in (b"\xff\xfe", b"\xfe\xff") else TEXT


def likely_type(head: bytes, name: str) -> str:
    """Return the media type of a file of our own making, by its first bytes and its name."""
    family = family_of(head)
    named = next((kind.media_type for kind in KINDS if extension_of(name) in kind.extensions), None)
    if family == ZIP and named in ZIP_FAMILY:
        return named
    return family
