"""Reports of the finances: the bulletin pulls what the ledger offers, one editor proposes, another approves.

Law: ufp art. 37 (what of the finances is made public); u.d.i.p. art. 6 ust. 1 pkt 5, art. 8 ust. 6.
"""

from datetime import date, datetime

from django.db import transaction

from starostwo.bulletin import access
from starostwo.bulletin.models import Section, Version
from starostwo.bulletin.rules.content import Content
from starostwo.bulletin.rules.registers import BY_CODE
from starostwo.bulletin.services import drafts
from starostwo.ledger import api as ledger
from starostwo.office import api as office
from starostwo.office.api import Actor

KIND = "sprawozdanie"


class CannotPull(Exception):
    """The report is not offered, was taken before, or its section is missing."""


def offered() -> list[ledger.public.PublicReport]:
    """The approved reports that the bulletin has not taken yet."""
    versions = Version.objects.filter(item__kind=KIND)
    taken = set(versions.values_list("fields__hash", flat=True))
    return [report for report in ledger.public.public_reports() if report.hash not in taken]


@transaction.atomic
def pull(report_hash: str, *, actor: Actor, now: datetime, today: date) -> Version:
    """Make an information of a report and hand it over for approval by another editor."""
    access.demand_editor(actor)
    report = next((one for one in offered() if one.hash == report_hash), None)
    if report is None:
        raise CannotPull(report_hash)
    return take(report, actor=actor, now=now, today=today)


def take(report: ledger.public.PublicReport, *, actor: Actor, now: datetime, today: date) -> Version:
    """Make an information of an offered report in the name of an editor and hand it over."""
    section = Section.objects.filter(body=None, slug=BY_CODE[KIND].section).first()
    if section is None:
        raise CannotPull(report.hash)
    place = office.office()
    content = Content(
        title=report.title[:250],
        text=report.text,
        produced_by=(place.name if place else report.unit)[:200],
        responsible=report.made_by[:200],
        produced_on=report.made_on,
        fields={
            "form": report.form,
            "period": report.period,
            "unit": report.unit,
            "correction": str(report.correction),
            "approved_on": report.made_on.isoformat(),
            "hash": report.hash,
        },
    )
    version = drafts.draft_of(section=section, kind=KIND, content=content, actor=actor, now=now)
    return drafts.hand_over(version, actor=actor, now=now, today=today)
