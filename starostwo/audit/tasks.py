"""The daily anchor of the history."""

import logging

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from procrastinate.contrib.django import app

from starostwo.audit.anchors import anchor
from starostwo.platform import jobs

log = logging.getLogger(__name__)


@app.periodic(cron="10 2 * * *")
@app.task(name="audit.anchor_history", queueing_lock="audit.anchor_history", retry=jobs.RETRIES)
def anchor_history(timestamp: int) -> None:
    """Anchor the history each night; with a time stamp where a time stamp service is named."""
    stamp = import_string(settings.HISTORY_STAMP) if settings.TSA_URL else None
    made = anchor(stamp=stamp, now=timezone.now())
    if made is not None:
        log.info("kotwica historii %s, znacznik czasu: %s", made.number, "jest" if made.token else "brak")
