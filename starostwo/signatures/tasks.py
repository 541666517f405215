"""The batch of time stamps: once a minute, only where an authority is configured."""

from django.conf import settings
from procrastinate.contrib.django import app

from starostwo.signatures.services import stamp_pending


@app.periodic(cron="* * * * *")
@app.task(name="signatures.stamp_pending", queueing_lock="signatures.stamp_pending")
def stamp_waiting(timestamp: int) -> None:
    """Stamp the receipts made since the last minute; what fails waits for the next one."""
    if settings.TSA_URL:
        stamp_pending()
