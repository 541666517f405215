"""What the worker does for telephony: calls of the last minute, later prices, days off, what grows old."""

from datetime import date

from django.utils.timezone import localdate, now
from procrastinate.contrib.django import app

from starostwo.platform import jobs
from starostwo.telephony.services import barring, calls, costs, forgetting
from starostwo.telephony.services.greetings import erase_strangers
from starostwo.telephony.services.plan import load_days_off
from starostwo.telephony.services.voicemail import erase_old


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
    barring.forget(today=localdate())


@jobs.job("telephony.price_again")
def price_again(*, since: str) -> None:
    """Price calls by a tariff that was entered after them."""
    costs.price_again(date.fromisoformat(since))


@app.periodic(cron="30 4 * * *")
@app.task(name="telephony.days_off", queueing_lock="telephony.days_off")
def enter_days_off(timestamp: int) -> None:
    """Enter the days off of the next year in time; those that stand stay as they are."""
    load_days_off(localdate())


@app.periodic(cron="35 3 * * *")
@app.task(name="telephony.erase", queueing_lock="telephony.erase")
def erase_messages(timestamp: int) -> None:
    """Erase voice messages that are too old or were deleted days ago, and greetings of who left a phone."""
    erase_old(now=now())
    erase_strangers()
