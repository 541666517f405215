"""What the worker does for visits: unconfirmed ones fall away, people are reminded, old ones are erased."""

from django.utils.timezone import localdate, now
from procrastinate.contrib.django import app

from starostwo.visits.services.erasing import close_past, erase
from starostwo.visits.services.lapsing import lapse
from starostwo.visits.services.reminding import remind_of


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


@app.periodic(cron="20 9-18 * * *")
@app.task(name="visits.remind", queueing_lock="visits.remind")
def remind_people(timestamp: int) -> None:
    """During the day remind of the visits of the next one."""
    remind_of(today=localdate(), now=now())
