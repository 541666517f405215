"""What the worker does for telephony: calls of the last minute, prices entered later, old calls."""

from datetime import date

from django.utils.timezone import localdate, now
from procrastinate.contrib.django import app

from starostwo.platform import jobs
from starostwo.telephony.services import calls, costs, forgetting


@app.periodic(cron="* * * * *")
@app.task(name="telephony.collect_calls", queueing_lock="telephony.calls", lock="telephony.calls")
def collect_calls(timestamp: int) -> None:
    """Make call records of what the exchanges wrote."""
    calls.collect(now=now())


@app.periodic(cron="50 3 * * *")
@app.task(name="telephony.forget_calls", queueing_lock="telephony.forget", lock="telephony.calls")
def forget_calls(timestamp: int) -> None:
    """Mask the numbers of old calls and delete the oldest."""
    forgetting.forget(today=localdate(), now=now())


@jobs.job("telephony.price_again")
def price_again(*, since: str) -> None:
    """Price calls by a tariff that was entered after them."""
    costs.price_again(date.fromisoformat(since))
