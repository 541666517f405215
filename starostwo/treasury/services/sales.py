"""Issuing sales invoices: numbered without gaps, written as FA(3), checked by the schema, kept for ever.

Law: ustawa o VAT art. 106e ust. 1 pkt 2 (a consecutive number), art. 106j (corrections).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import transaction

from starostwo.audit import api as audit
from starostwo.files import api as files
from starostwo.office.api import Actor
from starostwo.treasury import invoice_access as access
from starostwo.treasury.ksef_codes import can_go_offline
from starostwo.treasury.models import InvoiceUnit, SaleInvoice, SaleSeries
from starostwo.treasury.rules import fa3
from starostwo.treasury.rules.fa3 import Party
from starostwo.treasury.rules.fa3_writing import Corrected, Line, Sale, gross, totals, write

LARGEST = 1024 * 1024
SALES, CORRECTIONS = "FS", "FK"


class MayNotSell(Exception):
    """The person does not keep the books of that unit."""


class NotAValidSale(Exception):
    """The invoice would not be valid; `args[0]` says what the schema holds against it."""


class NothingChanges(Exception):
    """A correction says something else than the invoice does."""


class NoOffline(Exception):
    """Without the certificate of KSeF nothing can be issued in the mode offline24."""


@dataclass(frozen=True)
class NewSale:
    """What is sold, to whom, how it is paid."""

    unit_id: int
    buyer: Party
    lines: Sequence[Line]
    sold_on: date | None = None
    due_on: date | None = None
    exempt_by: str = ""
    account: str = ""
    offline: bool = False


@transaction.atomic
def issue(said: NewSale, *, actor: Actor, today: date, now: datetime) -> SaleInvoice:
    """Issue an invoice; it is sent by the next round of the worker."""
    unit = access.units_of(actor).select_related("book").filter(pk=said.unit_id).first()
    if unit is None or not access.may_sell(actor, unit):
        raise MayNotSell
    return _issue(unit, said, SALES, None, "", actor=actor, today=today, now=now)


@transaction.atomic
def correct(
    sale_id: int, lines: Sequence[Line], *, reason: str, offline: bool = False, actor: Actor, today: date,
    now: datetime,
) -> SaleInvoice:  # fmt: skip
    """Issue a correction: the lines as they should have been; what the last one said counts as before."""
    sale = access.visible_sales(actor).select_related("unit__book").filter(pk=sale_id).first()
    if sale is None or not access.may_sell(actor, sale.unit):
        raise MayNotSell
    before = lines_of(last_of(sale))
    if list(lines) == before:
        raise NothingChanges
    xml = content_of(sale)
    read, _ = fa3.read(xml)
    said = NewSale(
        unit_id=sale.unit_id, buyer=read.buyer, lines=lines, sold_on=sale.sold_on, due_on=sale.due_on,
        account=read.account, offline=offline, exempt_by=_exempt_by(xml),
    )  # fmt: skip
    return _issue(sale.unit, said, CORRECTIONS, sale, reason, actor=actor, today=today, now=now)


def _issue(
    unit: InvoiceUnit, said: NewSale, code: str, corrects: SaleInvoice | None, reason: str, *,
    actor: Actor, today: date, now: datetime,
) -> SaleInvoice:  # fmt: skip
    if said.offline and not can_go_offline():
        raise NoOffline
    series = _next(unit, code, today)
    sale = Sale(
        number=f"{series.code}/{series.last}/{series.year}", issued_on=today, made_at=now,
        seller=_seller(unit), buyer=said.buyer, lines=said.lines, sold_on=said.sold_on, due_on=said.due_on,
        account=said.account, exempt_by=said.exempt_by,
        third=_third(unit), corrects=_corrected(corrects, reason) if corrects else None,
    )  # fmt: skip
    content = write(sale)
    try:
        fa3.read(content)
    except fa3.NotAnInvoice as error:
        raise NotAValidSale(str(error)) from error
    rates = totals(sale)
    blob = files.put(content, name="faktura.xml", limit=LARGEST)
    kept = SaleInvoice.objects.create(
        series=series, position=series.last, number=sale.number, unit=unit, issued_on=today, issued_at=now,
        issued_by=actor.name, sold_on=said.sold_on, due_on=said.due_on, buyer_nip=said.buyer.nip,
        buyer_name=said.buyer.name, gross=gross(rates),
        rates={rate: list(sums) for rate, sums in rates.items()},
        lines=[_as_json(line) for line in said.lines], blob=blob, sha256=blob.sha256, corrects=corrects,
        mode=SaleInvoice.Mode.OFFLINE24 if said.offline else SaleInvoice.Mode.ONLINE,
    )  # fmt: skip
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb="issue", thing=f"treasury.sale:{kept.pk}", at=now,
        payload={"number": kept.number, "sha256": kept.sha256},
    )  # fmt: skip
    return kept


def _next(unit: InvoiceUnit, code: str, today: date) -> SaleSeries:
    """The series with its next number, held until the invoice is kept or nothing is."""
    name = f"{code}/{unit.code}"
    SaleSeries.objects.get_or_create(code=name, year=today.year, defaults={"unit": unit})
    series = SaleSeries.objects.select_for_update().get(code=name, year=today.year)
    series.last += 1
    series.save(update_fields=["last"])
    return series


def last_of(sale: SaleInvoice) -> SaleInvoice:
    """The last correction of an invoice that KSeF did not refuse, or the invoice itself."""
    rows = SaleInvoice.objects.filter(corrects=sale).exclude(state=SaleInvoice.State.REFUSED)
    return rows.order_by("-id").first() or sale


def lines_of(sale: SaleInvoice) -> list[Line]:
    """The lines as they were issued."""
    return [Line(**{**line, "quantity": Decimal(line["quantity"])}) for line in sale.lines]


def content_of(sale: SaleInvoice) -> bytes:
    """The XML as it was issued."""
    with files.open_blob(sale.sha256) as file:
        return file.read()


def _as_json(line: Line) -> dict[str, Any]:
    return {
        "name": line.name, "quantity": str(line.quantity), "unit": line.unit, "price": line.price,
        "rate": line.rate,
    }  # fmt: skip


def _seller(unit: InvoiceUnit) -> Party:
    """The county is the one taxpayer, whichever unit sells.

    Law: ustawa z 5.09.2016 o szczególnych zasadach rozliczeń (one taxpayer), from memory.
    """
    return Party(name=settings.KSEF_NAME, nip=settings.KSEF_NIP, address=settings.KSEF_ADDRESS)


def _third(unit: InvoiceUnit) -> list[Party]:
    """A subordinate unit issues as Podmiot3 with role 7."""
    if unit.is_office or not unit.idwew:
        return []
    return [Party(name=unit.name, idwew=unit.idwew, address=unit.address, role=7)]


def _corrected(sale: SaleInvoice, reason: str) -> Corrected:
    return Corrected(sale.number, sale.issued_on, sale.ksef_number or "", lines_of(last_of(sale)), reason)


def _exempt_by(content: bytes) -> str:
    _, tree = fa3.read(content)
    return str(tree.findtext(".//f:P_19A", default="", namespaces=fa3.NS))
