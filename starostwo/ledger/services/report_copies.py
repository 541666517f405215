"""The signed copy of an approved report: its paper, signed by whoever approves reports, in a case of records.

Law: u.o.r. art. 71, 73 and 74 (approved reports are kept).
"""

from datetime import datetime

from django.db import IntegrityError, transaction

from starostwo.audit import api as audit
from starostwo.ledger import access
from starostwo.ledger.models import Report, ReportCopy
from starostwo.ledger.services.reports import MayNotReport, digest
from starostwo.office.api import Actor
from starostwo.records import api as records


class CopyIsThere(Exception):
    """The report has its signed copy already."""


class ReportDiffers(Exception):
    """What the report says does not agree with its hash any more."""


def file_copy(
    report: Report, mark: str, paper: records.correspondence.MadePaper, *, actor: Actor, now: datetime
) -> ReportCopy:
    """Sign the paper of a report and keep it in the case of that mark; once for each number of a report."""
    if not access.may_copy(actor, report):
        raise MayNotReport
    if digest(report) != report.hash:
        raise ReportDiffers(report.pk)
    if ReportCopy.objects.filter(report=report).exists():
        raise CopyIsThere(report.pk)
    try:
        with transaction.atomic():
            document = records.correspondence.file_signed(mark, paper, actor=actor, now=now)
            made = ReportCopy.objects.create(
                report=report, document=str(document), mark=document.mark, filed_at=now, filed_by=actor.name
            )
            audit.record(
                actor=actor.audit_name, actor_name=actor.name, verb="file_copy",
                thing=f"ledger.report:{report.pk}", at=now, payload={"document": str(document)},
            )  # fmt: skip
    except IntegrityError as twin:
        raise CopyIsThere(report.pk) from twin
    return made
