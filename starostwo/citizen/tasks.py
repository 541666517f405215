"""What the worker does for residents: drafts that nobody touched for 30 days are thrown away each night."""

from django.utils.timezone import now
from procrastinate.contrib.django import app

from starostwo.citizen import services


@app.periodic(cron="20 3 * * *")
@app.task(name="citizen.discard_forgotten", queueing_lock="citizen.discard_forgotten")
def discard_forgotten(timestamp: int) -> None:
    """Throw away forgotten drafts."""
    services.discard_forgotten(now=now())
