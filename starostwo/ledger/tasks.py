"""What the worker does for the books each night."""

import logging

from django.utils.timezone import now
from procrastinate.contrib.django import app

from starostwo.ledger.services import proving

log = logging.getLogger(__name__)


@app.periodic(cron="50 1 * * *")
@app.task(name="ledger.prove", queueing_lock="ledger.prove")
def prove(timestamp: int) -> None:
    """Prove the books and keep what was found."""
    faults = proving.prove()
    proving.note_faults(faults, now=now())
    for fault in faults:
        log.error("księgi %s %s: %s", fault.book, fault.year, fault.text)
