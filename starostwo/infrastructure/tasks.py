"""What the worker does: a round of monitoring each minute, history, terms."""

from datetime import timedelta

from django.conf import settings
from django.utils.timezone import localdate, now
from procrastinate.contrib.django import app

from starostwo.infrastructure.services import history, rounds, terms


@app.periodic(cron="* * * * *")
@app.task(name="infrastructure.round", queueing_lock="infrastructure.round", lock="infrastructure.round")
def play_round(timestamp: int) -> None:
    """Ask every watched device, where this installation asks its network."""
    if settings.NETWORK_ASKING:
        rounds.play_round(now=now())


@app.periodic(cron="5 * * * *")
@app.task(name="infrastructure.roll_up", queueing_lock="infrastructure.roll_up")
def roll_up(timestamp: int) -> None:
    """Make hours and days of the samples, partitions for the days to come, drop those that are too old."""
    history.roll_up(first=now() - timedelta(hours=3), now=now())
    history.keep(today=localdate())


@app.periodic(cron="15 6 * * *")
@app.task(name="infrastructure.terms", queueing_lock="infrastructure.terms")
def check_terms(timestamp: int) -> None:
    """Read certificates and announce what ends soon."""
    terms.check_terms(today=localdate(), now=now(), reads=settings.NETWORK_ASKING)
