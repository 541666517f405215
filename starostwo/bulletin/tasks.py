"""What the worker does for the bulletin: publishes each night and compares the files."""

import logging

from django.utils.timezone import localdate, now
from procrastinate.contrib.django import app

from starostwo.bulletin import services

log = logging.getLogger(__name__)


@app.periodic(cron="10 4 * * *")
@app.task(name="bulletin.publish", queueing_lock="bulletin.publish")
def publish(timestamp: int) -> None:
    """Renew the pages each night, so that the order of settling is of yesterday at the oldest."""
    services.publish(actor="system", now=now(), today=localdate())


@app.periodic(cron="40 * * * *")
@app.task(name="bulletin.compare", queueing_lock="bulletin.compare")
def compare(timestamp: int) -> None:
    """Say in the log when a published file was changed behind the bulletin's back."""
    for address in services.changed_pages():
        log.error("Strona BIP %s różni się od opublikowanej", address)
