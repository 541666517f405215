"""The way of an invoice through the office: to a unit, to be checked, accepted, returned, refused.

Law: ufp art. 44, 53, 54; u.o.r. art. 21 ust. 1 pkt 6.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO

from django.db import transaction
from django.utils.timezone import localdate

from starostwo.audit import api as audit
from starostwo.files import api as files
from starostwo.office import api as office
from starostwo.office.api import Actor
from starostwo.treasury import invoice_access as access
from starostwo.treasury.models import Invoice, InvoiceStep, InvoiceUnit
from starostwo.treasury.rules.invoice_path import (
    OPEN,
    State,
    after_accepting,
    after_returning,
    needs_another_person,
)
from starostwo.treasury.services.ksef_inbox import same_invoice

What = InvoiceStep.What
LARGEST_SCAN = 30 * 1024 * 1024


class NoSuchInvoice(Exception):
    """There is none that the person may see."""


class NotYours(Exception):
    """The invoice waits for somebody else, or stands elsewhere by now."""


class NeedsReason(Exception):
    """Sending back and refusing say why."""


class NeedsAnotherPerson(Exception):
    """Whoever checked the invoice formally does not approve it too."""


class IsThere(Exception):
    """The same invoice of the same seller is on the list; `args[0]` is its row."""


class NoSuchChecker(Exception):
    """Nobody of that account works in the office."""


@transaction.atomic
def route_to(invoice_id: int, unit_id: int, *, actor: Actor, now: datetime) -> Invoice:
    """Give an invoice to a unit, or to another one before anybody checked it."""
    invoice = locked(invoice_id, actor)
    unit = InvoiceUnit.objects.filter(pk=unit_id).first()
    if unit is None or invoice.state not in (State.QUEUE, State.NEW) or not access.may_route(actor):
        raise NotYours
    invoice.unit, invoice.routed_why = unit, "wskazano ręcznie"
    return _move(invoice, State.NEW, What.ROUTED, actor, now, remark=unit.name)


@transaction.atomic
def send(invoice_id: int, checker_id: int, *, remark: str, actor: Actor, now: datetime) -> Invoice:
    """Give the invoice to whoever can say that it was delivered as ordered."""
    invoice = locked(invoice_id, actor)
    if invoice.state != State.NEW or invoice.unit is None or not access.may_enter(actor, invoice.unit):
        raise NotYours
    person = office.person(checker_id, on=localdate(now))
    if person is None or not person.unit:
        raise NoSuchChecker(checker_id)
    invoice.checker_id = checker_id
    said = f"{person.name}. {remark}".strip() if remark else person.name
    return _move(invoice, State.SUBSTANCE, What.SENT, actor, now, remark=said)


@transaction.atomic
def accept(invoice_id: int, *, remark: str, actor: Actor, now: datetime) -> Invoice:
    """Say that the check of this stage found the invoice right."""
    invoice = locked(invoice_id, actor)
    after = after_accepting(invoice.state)
    if after is None or not access.decides(actor, invoice):
        raise NotYours
    if needs_another_person(invoice.state, formal_by=_formal_by(invoice), asks=actor.audit_name):
        raise NeedsAnotherPerson
    return _move(invoice, after, What.ACCEPTED, actor, now, remark=remark)


@transaction.atomic
def give_back(invoice_id: int, *, remark: str, actor: Actor, now: datetime) -> Invoice:
    """Send the invoice back one stage, and say why."""
    invoice = locked(invoice_id, actor)
    after = after_returning(invoice.state)
    if after is None or not access.decides(actor, invoice):
        raise NotYours
    if not remark.strip():
        raise NeedsReason
    return _move(invoice, after, What.RETURNED, actor, now, remark=remark)


@transaction.atomic
def reject(invoice_id: int, *, remark: str, actor: Actor, now: datetime) -> Invoice:
    """Take an invoice that is not ours off the path; it stays on the list with the reason."""
    invoice = locked(invoice_id, actor)
    is_ours = access.may_enter(actor, invoice.unit) if invoice.unit else access.may_route(actor)
    if invoice.state not in OPEN or not is_ours:
        raise NotYours
    if not remark.strip():
        raise NeedsReason
    return _move(invoice, State.REJECTED, What.REJECTED, actor, now, remark=remark)


@dataclass(frozen=True)
class Scan:
    """A file that was brought along."""

    content: BinaryIO
    name: str


@dataclass(frozen=True)
class ByHand:
    """An invoice on paper or from an e-mail, as it was typed; amounts in grosze."""

    source: str
    unit_id: int
    number: str
    kind: str
    issued_on: date
    due_on: date
    seller_nip: str
    seller_name: str
    rates: Mapping[str, tuple[int, int]]
    seller_account: str = ""
    text: str = ""
    sold_on: date | None = None


def enter_by_hand(said: ByHand, scan: Scan | None, *, actor: Actor, now: datetime) -> Invoice:
    """Put an invoice on the list that did not come through KSeF."""
    unit = access.units_of(actor).select_related("book").filter(pk=said.unit_id).first()
    if unit is None or not access.may_enter(actor, unit):
        raise NotYours
    if (twin := same_invoice(said.seller_nip, said.number, said.kind)) is not None:
        raise IsThere(twin)
    blob = files.put(scan.content, name=scan.name, limit=LARGEST_SCAN) if scan else None
    with transaction.atomic():
        invoice = Invoice.objects.create(
            source=said.source, state=State.NEW, number=said.number, kind=said.kind, issued_on=said.issued_on,
            due_on=said.due_on, sold_on=said.sold_on, seller_nip=said.seller_nip,
            seller_name=said.seller_name,
            seller_account=said.seller_account, text=said.text, unit=unit, received_at=now, blob=blob,
            rates={rate: list(amounts) for rate, amounts in said.rates.items()},
            gross=sum(net + vat for net, vat in said.rates.values()), sha256=blob.sha256 if blob else "",
        )  # fmt: skip
        remember(invoice, What.ENTERED, actor, now, stage=State.NEW)
    return invoice


def locked(invoice_id: int, actor: Actor) -> Invoice:
    """The invoice, for this transaction alone; one that the person may not see does not exist."""
    seen = access.visible_invoices(actor).filter(pk=invoice_id).values("pk")
    found = Invoice.objects.select_for_update().filter(pk__in=seen).first()
    if found is None:
        raise NoSuchInvoice(invoice_id)
    if found.unit_id is not None:
        found.unit = InvoiceUnit.objects.select_related("book").get(pk=found.unit_id)
    return found


def _move(
    invoice: Invoice, after: str, what: str, actor: Actor, now: datetime, *, remark: str = ""
) -> Invoice:
    stage = invoice.state
    lent = access.in_place_of(actor, invoice) if what in (What.ACCEPTED, What.RETURNED) else ("", "")
    invoice.state = after
    invoice.save(update_fields=["state", "unit", "routed_why", "checker"])
    remember(invoice, what, actor, now, stage=stage, remark=remark, lent=lent)
    return invoice


def remember(
    invoice: Invoice, what: str, actor: Actor, now: datetime, *, stage: str, remark: str = "",
    lent: tuple[str, str] = ("", ""),
) -> None:  # fmt: skip
    """One step in the history of the invoice and one line of the audit."""
    InvoiceStep.objects.create(
        invoice=invoice, what=what, stage=stage, at=now, by=actor.audit_name, by_name=actor.name,
        in_place_of=lent[1], remark=remark.strip()[:500],
    )  # fmt: skip
    said: dict[str, Any] = {"stage": stage, "state": invoice.state}
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb=what.lower(),
        thing=f"treasury.invoice:{invoice.pk}",
        in_place_of=lent[0] or None, payload=said | ({"remark": remark} if remark else {}), at=now,
    )  # fmt: skip


def _formal_by(invoice: Invoice) -> str:
    """Who accepted the invoice formally last."""
    rows = InvoiceStep.objects.filter(invoice=invoice, what=What.ACCEPTED, stage=State.FORMAL)
    return rows.order_by("-id").values_list("by", flat=True).first() or ""
