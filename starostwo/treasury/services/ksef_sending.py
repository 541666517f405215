"""Sending sales to KSeF and asking what became of them; a fault is noted and everything is tried again.

What was sent and got lost on the way is a duplicate for KSeF: then the one that it has counts, if it is ours.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import connection, transaction

from starostwo.audit import api as audit
from starostwo.files import api as files
from starostwo.treasury.ksef_channel import Ksef, KsefFault, KsefRefusal, Sent, Standing
from starostwo.treasury.models import SaleInvoice
from starostwo.treasury.services.sales import content_of

State, Mode = SaleInvoice.State, SaleInvoice.Mode
AT_ONCE = 100
LARGEST_UPO = 1024 * 1024
PROGRAM, PROGRAM_NAME = "program:ksef", "KSeF"
LOCK = "treasury.ksef.sending"


def send_and_ask(ksef: Ksef, *, now: datetime) -> int:
    """Send what waits, then ask about what was sent; return how many reached their end."""
    with _only_one() as is_mine:
        if not is_mine:
            return 0
        for mode in (Mode.ONLINE, Mode.OFFLINE24):
            _send(ksef, mode)
        return ask_about_sent(ksef, now=now)


def _send(ksef: Ksef, mode: str) -> None:
    waiting = list(SaleInvoice.objects.filter(state=State.ISSUED, mode=mode).order_by("id")[:AT_ONCE])
    if not waiting:
        return
    try:
        sent = ksef.send([content_of(sale) for sale in waiting], offline=mode == Mode.OFFLINE24)
    except (KsefFault, KsefRefusal) as fault:
        SaleInvoice.objects.filter(pk__in=[sale.pk for sale in waiting]).update(fault=str(fault)[:300])
        raise
    for sale, where in zip(waiting, sent, strict=True):
        sale.state, sale.session, sale.reference, sale.fault = State.SENT, where.session, where.reference, ""
        sale.save(update_fields=["state", "session", "reference", "fault"])


def ask_about_sent(ksef: Ksef, *, now: datetime) -> int:
    """Keep the number and the receipt of what was accepted, the reason of what was refused."""
    ended = 0
    for sale in SaleInvoice.objects.filter(state=State.SENT).order_by("id")[:AT_ONCE]:
        found = ksef.standing(Sent(sale.session, sale.reference))
        if not found.is_final:
            continue
        if found.ksef_number and _is_ours(ksef, sale, found):
            _accept(sale, found, ksef.upo(found.session, found.ksef_number), now)
        else:
            _refuse(sale, found.refusal, now)
        ended += 1
    return ended


def _is_ours(ksef: Ksef, sale: SaleInvoice, found: Standing) -> bool:
    """A duplicate is ours when KSeF holds the very same bytes."""
    if not found.refusal:
        return True
    return hashlib.sha256(ksef.invoice(found.ksef_number)).hexdigest() == sale.sha256


def _accept(sale: SaleInvoice, found: Standing, receipt: bytes, now: datetime) -> None:
    blob = files.put(receipt, name="upo.xml", limit=LARGEST_UPO)
    with transaction.atomic():
        sale.state, sale.ksef_number, sale.session, sale.upo = (
            State.ACCEPTED,
            found.ksef_number,
            found.session,
            blob,
        )
        sale.save(update_fields=["state", "ksef_number", "session", "upo"])
        _note(sale, "accept", now, ksef=found.ksef_number, upo=blob.sha256)


@transaction.atomic
def _refuse(sale: SaleInvoice, why: str, now: datetime) -> None:
    sale.state, sale.fault = State.REFUSED, why[:300]
    sale.save(update_fields=["state", "fault"])
    _note(sale, "refuse", now, why=why)


def _note(sale: SaleInvoice, verb: str, now: datetime, **said: str) -> None:
    audit.record(
        actor=PROGRAM,
        actor_name=PROGRAM_NAME,
        verb=verb,
        thing=f"treasury.sale:{sale.pk}",
        payload=said,
        at=now,
    )


@contextmanager
def _only_one() -> Iterator[bool]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [LOCK])
        is_mine = bool(cursor.fetchone()[0])
    try:
        yield is_mine
    finally:
        if is_mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [LOCK])
