"""What the worker does for the county web site."""

from django.utils.timezone import now
from procrastinate.contrib.django import app

from starostwo.portal.services import newsletter, sites


@app.periodic(cron="25 * * * *")
@app.task(name="portal.forget_unconfirmed", queueing_lock="portal.forget_unconfirmed")
def forget_unconfirmed(timestamp: int) -> None:
    """Forget every hour the addresses that nobody confirmed in time."""
    newsletter.forget_unconfirmed(now=now())


@app.periodic(cron="* * * * *")
@app.task(name="portal.write_lacking_sites", queueing_lock="portal.write_lacking_sites")
def write_lacking_sites(timestamp: int) -> None:
    """Write within a minute the units' sites whose files are not there."""
    sites.renew_unwritten(now=now())


@app.periodic(cron="20 4 * * *")
@app.task(name="portal.renew_sites", queueing_lock="portal.renew_sites")
def renew_sites(timestamp: int) -> None:
    """Write the units' sites anew each night: a new version of the program may draw them otherwise."""
    sites.renew_all()
