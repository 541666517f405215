"""Verbs of service: the resident opens a letter and the receipt (UPD) is made, or paper comes back signed.

Law: k.p.a. art. 39 par. 1 and art. 46 par. 1 (who receives confirms it), ustawa o informatyzacji art. 3
pkt 20 (official receipt), k.p.a. art. 129 par. 2, 141 par. 2, 64 par. 2 (terms that run from service).
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from starostwo.files import api as files
from starostwo.office.api import Actor
from starostwo.records import document_access
from starostwo.records.models import Delivery, Dispatch, SignedFile
from starostwo.records.queries.document_paper import letterhead
from starostwo.records.rules.delivery import Remedy, term_after_service
from starostwo.records.services.document_drafts import write_act
from starostwo.records.services.information import note_served
from starostwo.signatures import api as signatures

LIMIT = 5_000_000


class NotYours(Exception):
    """There is no such letter on this person's account."""


class CannotServe(Exception):
    """The receipt cannot be sealed now; the letter stays unopened."""


class CannotRecord(Exception):
    """The receipt of a paper letter cannot be entered: wrong letter, wrong day, or entered already."""


@transaction.atomic
def open_delivery(dispatch_id: int, *, actor: Actor, now: datetime) -> Delivery:
    """Serve a letter by opening it: the first time makes the receipt, later times return it."""
    mine = document_access.dispatches_of_resident(actor.account_id).filter(pk=dispatch_id)
    row = mine.select_for_update(of=("self",)).select_related("document__case").first()
    if row is None:
        raise NotYours("Nie ma takiego pisma na Twoim koncie.")
    if found := Delivery.objects.filter(dispatch=row).first():
        return found
    served_on = localdate(now)
    receipt = files.put(_receipt(row, actor=actor, now=now), name=f"{row.number}.xml", limit=LIMIT)
    signatures.queue_stamp(receipt.sha256, now=now)
    delivery = Delivery.objects.create(
        dispatch=row,
        proof=Delivery.Proof.UPD,
        served_on=served_on,
        recorded_at=now,
        recorded_by_id=actor.account_id,
        identity=_identity(actor),
        receipt=receipt,
        **_term(row, served_on),
    )
    _write("open_letter", delivery, actor=actor, now=now)
    note_served(row.document, served_on=served_on, actor=actor, now=now)
    return delivery


@transaction.atomic
def record_receipt(
    dispatch_id: int, *, actor: Actor, served_on: date, received_by: str, now: datetime
) -> Delivery:
    """Enter the return receipt of a letter that was sent on paper."""
    visible = document_access.visible_dispatches(actor).filter(pk=dispatch_id)
    row = visible.select_for_update(of=("self",)).select_related("document__case").first()
    if (
        row is None
        or row.channel != Dispatch.Channel.PAPER
        or not document_access.may_dispatch(actor, row.document)
    ):
        raise CannotRecord("Nie ma takiej przesyłki papierowej.")
    if not row.sent_on <= served_on <= localdate(now):
        raise CannotRecord("Dzień doręczenia musi leżeć między dniem wysłania a dniem dzisiejszym.")
    if not received_by.strip():
        raise CannotRecord("Wpisz, kto odebrał przesyłkę.")
    if Delivery.objects.filter(dispatch=row).exists():
        raise CannotRecord("Doręczenie tej przesyłki jest już odnotowane.")
    delivery = Delivery.objects.create(
        dispatch=row,
        proof=Delivery.Proof.RECEIPT,
        served_on=served_on,
        recorded_at=now,
        recorded_by_id=actor.account_id,
        identity=received_by.strip(),
        **_term(row, served_on),
    )
    _write("record_receipt", delivery, actor=actor, now=now)
    note_served(row.document, served_on=served_on, actor=actor, now=now)
    return delivery


def _term(row: Dispatch, served_on: date) -> dict[str, Any]:
    """The term that this service starts, as columns."""
    document = row.document
    term = term_after_service(Remedy(document.remedy), served_on=served_on, answer_days=document.answer_days)
    if term is None:
        return {"remedy": Remedy.NONE.value}
    return {
        "remedy": term.remedy.value,
        "term_days": term.days,
        "term_until": term.until,
        "term_basis": term.basis,
        "is_basis_verified": term.is_verified,
    }


def _receipt(row: Dispatch, *, actor: Actor, now: datetime) -> bytes:
    """The receipt of service under the office's seal."""
    head = letterhead()
    document = row.document
    upd = signatures.Upd(
        identifier=f"UPD-{row.number}-{row.year}",
        issuer=signatures.Party(head.name or "urząd", head.esp_address or "brak", "ESP"),
        addressee=signatures.Party(row.addressee_name, actor.login, "KONTO"),
        received_at=now,
        made_at=now,
        document_id=document.mark,
        case_id=document.case.mark,
        additions=[
            ("Odbierający", _identity(actor)),
            ("Numer w rejestrze przesyłek wychodzących", str(row)),
            ("Skrót SHA-256 doręczonego pliku", SignedFile.objects.get(document=document).sha256),
        ],
    )
    try:
        return signatures.seal_xml(signatures.build_upd(upd), at=now)
    except signatures.CannotSign as refusal:
        raise CannotServe(f"Pisma nie można teraz odebrać: {refusal}") from refusal


def _identity(actor: Actor) -> str:
    return f"{actor.name} (konto {actor.login})"


def _write(verb: str, delivery: Delivery, *, actor: Actor, now: datetime) -> None:
    until = delivery.term_until.isoformat() if delivery.term_until else ""
    write_act(
        verb,
        delivery.dispatch.document,
        actor=actor,
        now=now,
        payload={
            "sent": str(delivery.dispatch),
            "served_on": delivery.served_on.isoformat(),
            "identity": delivery.identity,
            "term_until": until,
        },
    )
