"""The jobs of invoices: reading KSeF every quarter of an hour, where this installation speaks with it."""

import logging

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from starostwo.treasury.ksef_channel import KsefFault, KsefRefusal, conversation, is_configured
from starostwo.treasury.services.ksef_inbox import pull

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
