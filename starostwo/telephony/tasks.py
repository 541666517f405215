"""What the worker does for telephony."""

from django.utils.timezone import localdate, now
from procrastinate.contrib.django import app

from starostwo.telephony.services.plan import load_days_off
from starostwo.telephony.services.voicemail import erase_old


@app.periodic(cron="30 4 * * *")
@app.task(name="telephony.days_off", queueing_lock="telephony.days_off")
def enter_days_off(timestamp: int) -> None:
    """Enter the days off of the next year in time; those that stand stay as they are."""
    load_days_off(localdate())


@app.periodic(cron="35 3 * * *")
@app.task(name="telephony.erase", queueing_lock="telephony.erase")
def erase_messages(timestamp: int) -> None:
    """Erase voice messages that are too old or were deleted days ago."""
    erase_old(now=now())
