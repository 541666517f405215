"""What the demonstration's KSeF says of an invoice that it keeps: its line in a list, its receipt."""

import base64
import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import escape

from starostwo.treasury.rules import fa3

UPO = "http://upo.schematy.mf.gov.pl/KSeF/v4-3"


@dataclass
class Kept:
    """An invoice that has its number."""

    ksef_number: str
    xml: bytes
    invoice: fa3.Invoice
    stored_at: datetime
    session: str = ""


def metadata(kept: Kept) -> dict[str, Any]:
    invoice, at = kept.invoice, written(kept.stored_at)
    return {
        "ksefNumber": kept.ksef_number,
        "invoiceNumber": invoice.number,
        "issueDate": invoice.issued_on.isoformat(),
        "invoicingDate": at,
        "acquisitionDate": at,
        "permanentStorageDate": at,
        "seller": {"nip": invoice.seller.nip, "name": invoice.seller.name},
        "buyer": {"identifier": {"type": "Nip", "value": invoice.buyer.nip}, "name": invoice.buyer.name},
        "netAmount": invoice.net / 100,
        "grossAmount": invoice.gross / 100,
        "vatAmount": invoice.vat / 100,
        "currency": invoice.currency,
        "invoicingMode": "Online",
        "invoiceType": {"KOR_ZAL": "KorZal", "KOR_ROZ": "KorRoz"}.get(
            invoice.kind, invoice.kind.capitalize()
        ),
        "formCode": {"systemCode": "FA (3)", "schemaVersion": "1-0E", "value": "FA"},
        "isSelfInvoicing": False,
        "hasAttachment": False,
        "invoiceHash": digest(kept.xml),
    }


def upo(kept: Kept, opened_at: datetime) -> bytes:
    """The receipt; the names of its elements are known from memory of version 4-3."""
    invoice = kept.invoice
    rows = {
        "NipSprzedawcy": invoice.seller.nip,
        "NumerKSeFDokumentu": kept.ksef_number,
        "NumerFaktury": invoice.number,
        "DataWystawieniaFaktury": invoice.issued_on.isoformat(),
        "DataPrzeslaniaDokumentu": written(opened_at),
        "DataNadaniaNumeruKSeF": written(kept.stored_at),
        "SkrotDokumentu": digest(kept.xml),
        "TrybWysylki": "Online",
    }
    inside = "".join(f"<{name}>{escape(value)}</{name}>" for name, value in rows.items())
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><Potwierdzenie xmlns="{UPO}">'
        "<NazwaPodmiotuPrzyjmujacego>Ministerstwo Finansów (TEST)</NazwaPodmiotuPrzyjmujacego>"
        f"<NumerReferencyjnySesji>{kept.session}</NumerReferencyjnySesji>"
        f"<Dokument>{inside}</Dokument></Potwierdzenie>"
    ).encode()


def digest(content: bytes) -> str:
    """SHA-256 as KSeF writes it."""
    return base64.b64encode(hashlib.sha256(content).digest()).decode()


def written(moment: datetime) -> str:
    """A moment as KSeF writes it."""
    return moment.astimezone(UTC).isoformat()
