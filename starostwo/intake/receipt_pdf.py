"""The receipt as a page to read and print: PDF/A-2a with PDF/UA-1, the same bytes for the same receipt."""

from pathlib import Path
from typing import Any

from django.utils.timezone import localtime
from lxml import etree

from starostwo.intake.models import Upo
from starostwo.office import api as office
from starostwo.platform.typesetting import typeset

TEMPLATE = Path(__file__).with_name("receipt.typ")
NO_IDENTIFIER = "BRAK"
HASH_OF_FILE = "SHA-256 pliku "
LABELS = {
    "IdentyfikatorPoswiadczenia": "Identyfikator poświadczenia",
    "DataDoreczenia": "Data i godzina wpływu",
    "DataWytworzeniaPoswiadczenia": "Data i godzina wytworzenia",
    "IdentyfikatorDokumentu": "Identyfikator dokumentu",
}


def receipt_pdf(upo: Upo) -> bytes:
    """Return the receipt as a PDF."""
    return typeset(TEMPLATE, _values(upo), at=upo.made_at)


def _values(upo: Upo) -> dict[str, Any]:
    body = etree.fromstring(bytes(upo.xml))[0]
    here = office.office()
    rows: list[tuple[str, str]] = []
    files: list[tuple[str, str]] = []
    for element in body:
        name = etree.QName(element).localname
        kind = element.get("TypInformacjiUzupelniajacej", "")
        if kind.startswith(HASH_OF_FILE):
            files.append((kind.removeprefix(HASH_OF_FILE), element.text or ""))
        elif kind:
            rows.append((kind, element.text or ""))
        elif len(element):
            said = [child.text or "" for child in element if child.get("TypIdentyfikatora") != NO_IDENTIFIER]
            rows.append((name, ", ".join(said)))
        else:
            rows.append((LABELS.get(name, name), _shown(name, element.text or "", upo)))
    return {
        "identifier": upo.identifier,
        "is_demo": bool(here and here.is_demo),
        "rows": rows,
        "files": files,
        "sha256": upo.sha256,
    }


def _shown(name: str, text: str, upo: Upo) -> str:
    return f"{localtime(upo.made_at):%d.%m.%Y, %H:%M:%S}" if name.startswith("Data") else text
