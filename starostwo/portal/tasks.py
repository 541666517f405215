"""What the worker does for the county web site."""

from django.utils.timezone import now
from procrastinate.contrib.django import app

from starostwo.portal.services import newsletter


@app.periodic(cron="25 * * * *")
@app.task(name="portal.forget_unconfirmed", queueing_lock="portal.forget_unconfirmed")
def forget_unconfirmed(timestamp: int) -> None:
    """Forget every hour the addresses that nobody confirmed in time."""
    newsletter.forget_unconfirmed(now=now())
