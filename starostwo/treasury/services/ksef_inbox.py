"""The inbox of KSeF: one puller a taxpayer takes what is new, keeps each original, routes it to its unit.

Law: ustawa o VAT art. 106na ust. 3 (an invoice is received when KSeF gives it its number).
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction

from starostwo.audit import api as audit
from starostwo.files import api as files
from starostwo.treasury.ksef_channel import Ksef, KsefBusy, KsefFault, KsefRefusal
from starostwo.treasury.models import Invoice, InvoiceStep, InvoiceUnit, KsefPosition
from starostwo.treasury.rules import fa3
from starostwo.treasury.rules.invoice_routing import Place, route

PROGRAM, PROGRAM_NAME = "program:ksef", "KSeF"
LARGEST = 4 * 1024 * 1024
AT_FIRST = timedelta(days=90)
LONGEST_WINDOW = timedelta(days=95)  # KSeF takes a range of 100 days
AT_ONCE = 60  # KSeF gives 64 an hour


@dataclass(frozen=True)
class Pulled:
    """What one round brought: how many came, whether all there was."""

    came: int
    is_complete: bool


def pull(ksef: Ksef, *, nip: str, now: datetime, at_once: int = AT_ONCE) -> Pulled | None:
    """Take what is new since the kept position; None where another puller of this NIP is at work.

    The position moves only when nothing before it can be missing. A fault is noted and told.
    """
    with _only_one(nip) as is_mine:
        if not is_mine:
            return None
        kept, _ = KsefPosition.objects.get_or_create(nip=nip, defaults={"reached_at": now - AT_FIRST})
        if kept.waits_until and kept.waits_until > now:
            return Pulled(0, is_complete=False)
        try:
            pulled, reached = _take_window(ksef, kept.reached_at, now, at_once)
        except (KsefFault, KsefRefusal) as fault:
            wait = now + timedelta(seconds=fault.seconds) if isinstance(fault, KsefBusy) else None
            _note(nip, asked_at=now, fault=str(fault)[:300], waits_until=wait)
            raise
        _note(nip, asked_at=now, fault="", waits_until=None, reached_at=max(reached, kept.reached_at))
        return pulled


def _take_window(ksef: Ksef, since: datetime, now: datetime, at_once: int) -> tuple[Pulled, datetime]:
    until = min(now, since + LONGEST_WINDOW)
    came, page, reached = 0, 0, since
    places = places_of_units()
    while True:
        listing = ksef.listing(since, until, page=page)
        wanted = [one.ksef_number for one in listing.invoices]
        known = set(Invoice.objects.filter(ksef_number__in=wanted).values_list("ksef_number", flat=True))
        for one in listing.invoices:
            if one.ksef_number not in known:
                if came >= at_once:
                    return Pulled(came, is_complete=False), reached
                take_in(ksef.invoice(one.ksef_number), ksef_number=one.ksef_number, now=now, places=places)
                came += 1
            reached = max(reached, one.stored_at)
        if not listing.has_more:
            break
        page += 1
    if not listing.is_truncated:
        reached = max(reached, min(until, listing.complete_to or reached))
    return Pulled(came, is_complete=not listing.is_truncated and until == now), reached


def take_in(
    content: bytes, *, ksef_number: str, now: datetime, places: list[Place] | None = None
) -> Invoice | None:
    """Keep an invoice of KSeF with its original and route it; None when it is here already.

    What cannot be read is kept too, for a person to look at.
    """
    digest = hashlib.sha256(content).hexdigest()
    if Invoice.objects.filter(ksef_number=ksef_number).exists():
        return None
    if Invoice.objects.filter(source=Invoice.Source.KSEF, blob__sha256=digest).exists():
        return None
    blob = files.put(content, name=f"{ksef_number}.xml", limit=LARGEST)
    said = _said(content, ksef_number, now, places)
    try:
        with transaction.atomic():
            invoice = Invoice.objects.create(
                source=Invoice.Source.KSEF, ksef_number=ksef_number, sha256=digest, blob=blob,
                received_at=now, **said,
            )  # fmt: skip
            _remember(invoice, now)
    except IntegrityError:
        if Invoice.objects.filter(ksef_number=ksef_number).exists():
            return None
        raise
    return invoice


def places_of_units() -> list[Place]:
    """The units that receive invoices, as the routing knows them."""
    rows = InvoiceUnit.objects.order_by("id").values_list("id", "nip", "idwew", "is_office")
    return [Place(*row) for row in rows]


def _said(content: bytes, ksef_number: str, now: datetime, places: list[Place] | None) -> dict[str, Any]:
    try:
        read, _ = fa3.read(content)
    except fa3.NotAnInvoice as reason:
        return {
            "state": Invoice.State.BROKEN, "number": ksef_number, "issued_on": now.date(), "gross": 0,
            "seller_name": "nie odczytano", "problem": str(reason)[:500],
        }  # fmt: skip
    way = route(read, places if places is not None else places_of_units())
    said = columns(read) | {
        "state": Invoice.State.NEW if way.unit else Invoice.State.QUEUE,
        "unit_id": way.unit,
        "routed_why": way.why,
    }
    twin = same_invoice(read.seller.nip, read.number, read.kind)
    if twin is not None:
        said |= {
            "state": Invoice.State.BROKEN,
            "problem": f"taka faktura już jest na liście (pozycja {twin})",
        }
    return said


def columns(read: fa3.Invoice) -> dict[str, Any]:
    """What the list keeps of an invoice that was read."""
    return {
        "kind": read.kind,
        "number": read.number,
        "issued_on": read.issued_on,
        "sold_on": read.sold_on,
        "due_on": read.due_on,
        "seller_nip": read.seller.nip,
        "seller_name": read.seller.name,
        "seller_account": read.account,
        "text": read.text,
        "currency": read.currency,
        "gross": read.gross,
        "rates": {rate: list(amounts) for rate, amounts in read.rates.items()},
        "corrects_number": next(iter(read.corrects), ""),
    }


def same_invoice(nip: str, number: str, kind: str) -> int | None:
    """The row of the same invoice of the same seller; None where there is none."""
    if not nip:
        return None
    rows = Invoice.objects.filter(seller_nip=nip, number=number, kind=kind)
    return (
        rows.exclude(state__in=[Invoice.State.REJECTED, Invoice.State.BROKEN])
        .values_list("pk", flat=True)
        .first()
    )


def _remember(invoice: Invoice, now: datetime) -> None:
    remark = invoice.problem or invoice.routed_why
    InvoiceStep.objects.create(
        invoice=invoice, what=InvoiceStep.What.ARRIVED, stage=invoice.state, at=now, by=PROGRAM,
        by_name=PROGRAM_NAME, remark=remark[:500],
    )  # fmt: skip
    audit.record(
        actor=PROGRAM, actor_name=PROGRAM_NAME, verb="receive", thing=f"treasury.invoice:{invoice.pk}",
        at=now,
        payload={"ksef": invoice.ksef_number, "sha256": invoice.sha256},
    )  # fmt: skip


@contextmanager
def _only_one(nip: str) -> Iterator[bool]:
    """Hold the lock of the taxpayer's puller; it goes with the connection when the process dies."""
    key = [f"treasury.ksef:{nip}"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", key)
        is_mine = bool(cursor.fetchone()[0])
    try:
        yield is_mine
    finally:
        if is_mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", key)


def _note(nip: str, **said: Any) -> None:
    KsefPosition.objects.filter(nip=nip).update(**said)
