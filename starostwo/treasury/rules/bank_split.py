"""The title of a split payment (MPP): /VAT/230,00/IDC/5260250274/INV/FV 1/TXT/za co.

Law: ustawa o VAT art. 108a ust. 3 (what the message of a split payment names), from memory. The limits of the
parts are those of the banks' message, from memory as well: 35 characters for the invoice, 33 for words.
"""

import re
from dataclasses import dataclass

LONGEST_INVOICE, LONGEST_TEXT, LONGEST_AMOUNT = 35, 33, 13
OBLIGATORY_ABOVE = 15_000_00  # grosze, gross amount of an invoice with goods of annex 15; from memory
SHAPE = re.compile(r"/VAT/(\d{1,10}),(\d{2})/IDC/([^/]{1,14})/INV/(.{1,35}?)(?:/TXT/(.{0,33}))?", re.S)


@dataclass(frozen=True)
class SplitTitle:
    """What the title says: VAT in grosze, the supplier's NIP, the invoice, free words."""

    vat: int
    nip: str
    invoice: str
    text: str = ""


class NotASplitTitle(ValueError):
    """A part is missing or does not fit; the text names the part: vat, nip, invoice, text."""


def split_title(said: SplitTitle) -> str:
    """Write the title; nothing is cut silently but free words."""
    amount = f"{said.vat // 100},{said.vat % 100:02d}"
    if said.vat < 0 or len(amount) > LONGEST_AMOUNT:
        raise NotASplitTitle("vat")
    if not re.fullmatch(r"\d{10}", said.nip):
        raise NotASplitTitle("nip")
    invoice, text = " ".join(said.invoice.split()), " ".join(said.text.split())
    if not 0 < len(invoice) <= LONGEST_INVOICE or "/TXT/" in invoice:
        raise NotASplitTitle("invoice")
    words = f"/TXT/{text[:LONGEST_TEXT].rstrip()}" if text else ""
    return f"/VAT/{amount}/IDC/{said.nip}/INV/{invoice}{words}"


def read_split_title(title: str) -> SplitTitle | None:
    """Read such a title from a statement; banks break it with spaces and line ends. None when it is none."""
    found = SHAPE.fullmatch(title.replace("\r", "").replace("\n", "").strip())
    if found is None:
        return None
    whole, rest, nip, invoice, text = found.groups()
    return SplitTitle(int(whole) * 100 + int(rest), nip.strip(), invoice.strip(), (text or "").strip())
