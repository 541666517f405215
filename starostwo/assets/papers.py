"""Documents of assets on paper."""

from collections.abc import Sequence
from pathlib import Path

from django.utils.timezone import localtime

from starostwo.assets.models import Document, DocumentLine
from starostwo.office import api as office
from starostwo.platform.money import zloty
from starostwo.platform.typesetting import typeset

TEMPLATE = Path(__file__).parent / "typeset" / "document.typ"
TITLES = {
    "BO": "Bilans otwarcia składników majątku", "OT": "Przyjęcie do używania",
    "ZW": "Zmiana wartości", "MT": "Zmiana miejsca użytkowania",
    "PT": "Protokół zdawczo-odbiorczy", "LT": "Likwidacja", "AM": "Odpis umorzeniowy",
}  # fmt: skip
SIGNERS = {
    "OT": ("Przyjmujący", "Osoba odpowiedzialna", "Zatwierdzający"),
    "MT": ("Przekazujący", "Przyjmujący", "Prowadzący ewidencję"),
    "PT": ("Przekazujący", "Przyjmujący", "Zatwierdzający"),
    "LT": ("Komisja likwidacyjna", "Zatwierdzający", "Księgowość"),
}
USUAL = ("Prowadzący ewidencję", "Księgowość")


def document_pdf(document: Document, lines: Sequence[DocumentLine], *, event: str) -> bytes:
    """The document with its lines and places for signatures."""
    shown = office.office()
    values = {
        "title": TITLES[document.kind], "number": str(document), "office": shown.name if shown else "",
        "day": f"{document.happened_on:%d.%m.%Y}", "event": event, "text": document.text,
        "other_side": document.other_side, "by": document.posted_by_name,
        "posted": f"{localtime(document.posted_at):%d.%m.%Y}",
        "columns": ["Lp.", "Numer", "Nazwa", *_columns(document.kind)],
        "rows": [
            [str(line.position), line.asset.number, line.asset.name, *_cells(document.kind, line)]
            for line in lines
        ],
        "value": zloty(sum(line.value_change for line in lines)),
        "written_off": zloty(sum(line.written_off_change for line in lines)),
        "moves": document.kind == "MT", "enters": document.kind in ("OT", "BO"),
        "signers": list(SIGNERS.get(document.kind, USUAL)),
    }  # fmt: skip
    return typeset(TEMPLATE, values, at=document.posted_at)


def _columns(kind: str) -> list[str]:
    if kind == "MT":
        return ["Skąd", "Dokąd", "Odpowiada"]
    if kind in ("OT", "BO"):
        return ["KŚT, stawka", "Miejsce, osoba", "Wartość, umorzenie"]
    return ["KŚT", "Zmiana wartości", "Zmiana umorzenia"]


def _cells(kind: str, line: DocumentLine) -> list[str]:
    asset = line.asset
    if kind == "MT":
        return [
            str(line.place_from or ""), str(line.place_to or ""),
            line.keeper_to.name if line.keeper_to else "",
        ]  # fmt: skip
    if kind in ("OT", "BO"):
        who = f"\n{line.keeper_to.name}" if line.keeper_to else ""
        rate = f", {asset.rate / 100:g} %".replace(".", ",") if asset.rate else ""
        rate += f"\n{asset.get_method_display()}" if asset.method_ground else ""
        return [
            f"{asset.kst_code}{rate}", f"{line.place_to or ''}{who}",
            f"{zloty(line.value_change)}\n{zloty(line.written_off_change)}",
        ]  # fmt: skip
    return [asset.kst_code, zloty(line.value_change), zloty(line.written_off_change)]
