"""Reading invoices: the list, one with its history, its original, and the proposal of its posting."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from starostwo.files import api as files
from starostwo.ledger import api as ledger
from starostwo.office.api import Actor
from starostwo.platform.safe_xml import parse
from starostwo.screens.api import TimelineEntry
from starostwo.treasury import invoice_access as access
from starostwo.treasury.models import Invoice, InvoiceStep, KsefPosition
from starostwo.treasury.rules import fa3, fa3_outline
from starostwo.treasury.rules.invoice_path import State
from starostwo.treasury.rules.invoice_posting import Row, proposed

NEWEST = ("-received_at", "-id")
MINE = "moje"
SHOWN = 6
CHECKED_NOW = (State.SUBSTANCE, State.FORMAL, State.CHIEF)


def listed(actor: Actor, *, state: str, words: str) -> QuerySet[Invoice]:
    """The invoices that the person sees, in a state or waiting for him, cut down by words."""
    rows = access.visible_invoices(actor).select_related("unit", "checker")
    if state == MINE:
        rows = rows.filter(access.waits_for(actor))
    elif state:
        rows = rows.filter(state=state)
    if words:
        is_nip = Q(seller_nip=words.replace("-", "").replace(" ", ""))
        rows = rows.filter(
            Q(number__icontains=words) | Q(seller_name__icontains=words) | is_nip | Q(ksef_number=words)
        )
    return rows


def waiting_for(actor: Actor) -> list[Invoice]:
    """The invoices that wait for this person's word, also in the place of the absent, the oldest first."""
    if not actor.is_staff:
        return []
    rows = Invoice.objects.filter(access.waits_for(actor)).select_related("unit")
    return list(rows.order_by("received_at", "id")[:SHOWN])


def one(invoice_id: int, *, actor: Actor) -> Invoice | None:
    """One invoice that the person may see."""
    rows = access.visible_invoices(actor).select_related("unit__book", "checker", "blob", "voucher__journal")
    return rows.filter(pk=invoice_id).first()


def history(invoice: Invoice) -> list[TimelineEntry]:
    """What was done with the invoice, the newest first."""
    rows = InvoiceStep.objects.filter(invoice=invoice).order_by("-id")
    return [
        TimelineEntry(
            title=f"{row.get_what_display()} ({row.get_stage_display()})"
            if row.what in (InvoiceStep.What.ACCEPTED, InvoiceStep.What.RETURNED)
            else row.get_what_display(),
            at=row.at,
            by=f"{row.by_name}, w zastępstwie: {row.in_place_of}" if row.in_place_of else row.by_name,
            body=row.remark,
        )
        for row in rows
    ]


def content_of(invoice: Invoice) -> bytes:
    """The original as it came; empty for an invoice without one."""
    if invoice.blob is None:
        return b""
    with files.open_blob(invoice.blob.sha256) as file:
        return file.read()


def outline_of(invoice: Invoice) -> tuple[fa3_outline.Section, ...]:
    """Every field of an invoice of KSeF; nothing for others and for what cannot be read."""
    if invoice.source != Invoice.Source.KSEF or not invoice.kind:
        return ()
    return fa3_outline.outline(parse(content_of(invoice)).getroot())


def position_of(nip: str) -> KsefPosition | None:
    """How far KSeF was read."""
    return KsefPosition.objects.filter(nip=nip).first()


@dataclass(frozen=True)
class Proposal:
    """What the posting form shows first, and whence it comes."""

    rows: list[Row]
    contracts: list[Any]
    contract: int | None
    learned_from: int


def proposal_of(invoice: Invoice) -> Proposal:
    """The rows learned from earlier vouchers, and the contract that the invoice names or the only one."""
    if invoice.unit is None:
        return Proposal([], [], None, 0)
    book = invoice.unit.book
    past = ledger.purchases.past_purchases(book, invoice.seller_nip)
    rows = [[Row(each.account, each.position, each.amount) for each in voucher] for voucher in past]
    contracts = list(ledger.purchases.contracts_of(book, invoice.seller_nip, on=invoice.issued_on))
    named = _contract_numbers(invoice) if contracts else ()
    wanted = [each for each in contracts if each.document_number in named] or contracts
    return Proposal(
        proposed(rows, invoice.gross), contracts, wanted[0].pk if len(wanted) == 1 else None, len(past)
    )


def _contract_numbers(invoice: Invoice) -> tuple[str, ...]:
    if invoice.source != Invoice.Source.KSEF or not invoice.kind:
        return ()
    return fa3.of(parse(content_of(invoice)).getroot()).contracts


def counts(actor: Actor) -> Mapping[str, int]:
    """How many wait for this person's check; at most what one list shows."""
    mine = listed(actor, state=MINE, words="")[:51]
    return {MINE: len(mine.values_list("pk", flat=True))}


def usual_due(invoice: Invoice) -> date:
    """The due date of the invoice, else the day it came."""
    return invoice.due_on or invoice.received_at.date()
