"""The jobs of invoices: reading KSeF, sending sales to it, where this installation speaks with it."""

import logging

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from starostwo.treasury.ksef_channel import KsefFault, KsefRefusal, conversation, is_configured
from starostwo.treasury.queries.sales import waits_for_ksef
from starostwo.treasury.services.ksef_inbox import pull
from starostwo.treasury.services.ksef_sending import send_and_ask

log = logging.getLogger(__name__)


@app.periodic(cron="*/15 * * * *")
@app.task(name="treasury.pull_ksef", queueing_lock="treasury.pull_ksef")
def pull_ksef(timestamp: int) -> None:
    """Take new purchase invoices; a fault is kept with the position and tried again next time."""
    if not is_configured():
        return
    try:
        with conversation() as channel:
            pull(channel, nip=settings.KSEF_NIP, now=timezone.now())
    except (KsefFault, KsefRefusal) as fault:
        log.warning("KSeF: %s", fault)


@app.periodic(cron="*/5 * * * *")
@app.task(name="treasury.send_to_ksef", queueing_lock="treasury.send_to_ksef")
def send_to_ksef(timestamp: int) -> None:
    """Send sales that wait and ask about those that were sent."""
    if not is_configured() or not waits_for_ksef():
        return
    try:
        with conversation() as channel:
            send_and_ask(channel, now=timezone.now())
    except (KsefFault, KsefRefusal) as fault:
        log.warning("KSeF: %s", fault)
