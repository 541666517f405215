"""What the worker does for visits: each minute unconfirmed ones fall away, each night old ones are erased."""

from django.utils.timezone import localdate, now
from procrastinate.contrib.django import app

from starostwo.visits.services.erasing import close_past, erase
from starostwo.visits.services.lapsing import lapse


@app.periodic(cron="* * * * *")
@app.task(name="visits.lapse", queueing_lock="visits.lapse")
def lapse_unconfirmed(timestamp: int) -> None:
    """Give back the times that nobody confirmed."""
    lapse(now=now())


@app.periodic(cron="40 3 * * *")
@app.task(name="visits.forget", queueing_lock="visits.forget")
def forget_people(timestamp: int) -> None:
    """Close the visits of past days, then delete personal data of the old ones."""
    close_past(today=localdate(), now=now())
    erase(today=localdate(), now=now())
