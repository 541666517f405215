"""A sales invoice on paper: one PDF with its lines, sums and the QR codes of KSeF."""

from datetime import datetime
from pathlib import Path

import zxingcpp

from starostwo.platform.money import zloty
from starostwo.platform.typesetting import typeset
from starostwo.treasury.ksef_codes import code_one, code_two
from starostwo.treasury.models import SaleInvoice
from starostwo.treasury.rules import fa3
from starostwo.treasury.services.sales import content_of, lines_of

TEMPLATE = Path(__file__).with_name("sale.typ")


def codes_of(sale: SaleInvoice, nip: str) -> list[tuple[str, str]]:
    """The codes that have to stand on the invoice now: the label below each, and its address.

    Code I says the number of KSeF, or OFFLINE while there is none; an offline one carries code II too.
    """
    first = code_one(nip=nip, issued_on=sale.issued_on, sha256=sale.sha256)
    found = [(sale.ksef_number or "OFFLINE", first)]
    if sale.mode == SaleInvoice.Mode.OFFLINE24 and not sale.ksef_number:
        found.append(("CERTYFIKAT", code_two(nip=nip, sha256=sale.sha256)))
    return found


def sale_pdf(sale: SaleInvoice, *, at: datetime) -> bytes:
    """The page to print or to send."""
    read, _ = fa3.read(content_of(sale))
    values = {
        "number": sale.number,
        "title": "Faktura korygująca" if sale.corrects_id else "Faktura",
        "corrects": ", ".join(read.corrects),
        "issued_on": f"{sale.issued_on:%d.%m.%Y}",
        "sold_on": f"{sale.sold_on:%d.%m.%Y}" if sale.sold_on else "",
        "due_on": f"{sale.due_on:%d.%m.%Y}" if sale.due_on else "",
        "account": read.account,
        "parties": [
            ["Sprzedawca", read.seller.name, f"NIP {read.seller.nip}", read.seller.address],
            ["Nabywca", read.buyer.name, read.buyer.nip and f"NIP {read.buyer.nip}", read.buyer.address],
        ],
        "lines": [
            [line.name, f"{line.quantity.normalize():f} {line.unit}".replace(".", ","), zloty(line.price),
             zloty(line.net), line.rate]
            for line in lines_of(sale)
        ],
        "sums": [[rate, zloty(int(net)), zloty(int(tax))] for rate, (net, tax) in sale.rates.items()],
        "gross": zloty(sale.gross),
        "codes": [[label, drawn(address)] for label, address in codes_of(sale, read.seller.nip)],
    }  # fmt: skip
    return typeset(TEMPLATE, values, at=at)


def drawn(text: str) -> str:
    """A QR code as an SVG file."""
    made: str = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode).to_svg(add_quiet_zones=True)
    return made[made.index("<svg") :]
