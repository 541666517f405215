"""What the worker does for the bulletin: publishes and takes off what is due, renews, compares."""

import logging

from django.utils.timezone import localdate, now
from procrastinate.contrib.django import app

from starostwo.bulletin.queries.bodies import all_bodies
from starostwo.bulletin.services import approval, checking, from_ledger_rules, publishing, visits, withdrawal

log = logging.getLogger(__name__)


@app.periodic(cron="* * * * *")
@app.task(name="bulletin.due", queueing_lock="bulletin.due")
def due(timestamp: int) -> None:
    """Publish what waits for its moment, take off what has expired, show what a crash left unshown."""
    moment = now()
    approval.publish_due(now=moment)
    withdrawal.expire_due(now=moment, today=localdate(moment))
    for body in all_bodies():
        publishing.place(body)


@app.periodic(cron="*/10 * * * *")
@app.task(name="bulletin.reports", queueing_lock="bulletin.reports")
def reports(timestamp: int) -> None:
    """Take the reports that the ledger offers and that rules of the editors name."""
    from_ledger_rules.follow(now=now(), today=localdate())


@app.periodic(cron="10 4 * * *")
@app.task(name="bulletin.publish", queueing_lock="bulletin.publish")
def publish(timestamp: int) -> None:
    """Count yesterday's visits and renew the pages, with the order of settling of last night."""
    visits.count_days(today=localdate())
    for body in all_bodies():
        publishing.publish(body, actor="system", now=now(), today=localdate())


@app.periodic(cron="40 5 * * *")
@app.task(name="bulletin.compare", queueing_lock="bulletin.compare")
def compare(timestamp: int) -> None:
    """Compare files and versions with the history each day; the result is shown to the editors."""
    for body in all_bodies():
        for fault in checking.check(body, now=now()).faults:
            log.error("BIP %s: %s", body.slug if body else "", fault)
