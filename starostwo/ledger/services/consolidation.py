"""The consolidated balance sheet: balance sheets typed for legal persons, exclusions, the approval.

Law: rozp. MRiF 13.09.2017 (skonsolidowany bilans jednostki samorządu terytorialnego); from memory.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.ledger import access
from starostwo.ledger.models import BalanceExclusion, Report, ReportUnit
from starostwo.ledger.queries.consolidation import (
    CONSOLIDATED,
    DECEMBER,
    checked_now,
    exclusions_in,
    sources_of,
)
from starostwo.ledger.queries.reports import form_for
from starostwo.ledger.rules.reports import Form
from starostwo.ledger.rules.reports_checks import Told, findings
from starostwo.ledger.rules.reports_consolidated import (
    Cells,
    Excluded,
    NotAnExclusion,
    added_up,
    check_exclusion,
)
from starostwo.ledger.services.reports import (
    CannotReport,
    MayNotReport,
    NotAllSent,
    NotThatMonth,
    Whose,
    freeze,
)
from starostwo.office.api import Actor


@transaction.atomic
def enter(
    form: Form, unit: ReportUnit, year: int, cells: Cells, *, remark: str = "", actor: Actor, now: datetime
) -> Report:
    """Approve the statement of a unit as it was typed row by row; sums are added up here."""
    if not access.may_collect(actor):
        raise MayNotReport
    if DECEMBER not in form.months or unit.kind not in form.senders:
        raise NotThatMonth
    rows = added_up(form, cells)
    found = findings(form.code, rows, Told())
    whose = Whose(Report.Origin.UPLOADED, unit=unit)
    return freeze(form, (year, DECEMBER), whose, rows, found, remark, actor=actor, now=now)


@dataclass(frozen=True)
class NewExclusion:
    """An exclusion as it is entered: the rows with their amount, between whom, and why."""

    taken: Excluded
    parties: str
    reason: str


@transaction.atomic
def exclude(year: int, told: NewExclusion, *, actor: Actor, now: datetime) -> BalanceExclusion:
    """Enter what is taken off both sides of the consolidated balance sheet of a year."""
    if not access.may_collect(actor):
        raise MayNotReport
    check_exclusion(form_for(CONSOLIDATED, year, DECEMBER), told.taken)
    if not told.parties.strip() or not told.reason.strip():
        raise NotAnExclusion("Napisz, między kim i dlaczego.")
    taken = told.taken
    made = BalanceExclusion.objects.create(
        year=year, kind=taken.kind, column=taken.column, assets=taken.assets, sources=taken.sources,
        amount=taken.amount, parties=told.parties.strip(), reason=told.reason.strip(),
        entered_at=now, entered_by=actor.audit_name, entered_by_name=actor.name,
    )  # fmt: skip
    _note("exclude", made, actor, now)
    return made


class AlreadyWithdrawn(CannotReport):
    """The exclusion was withdrawn before."""


@transaction.atomic
def withdraw(exclusion: BalanceExclusion, *, actor: Actor, now: datetime) -> None:
    """Withdraw an exclusion; approved numbers keep it, the next one goes without."""
    if not access.may_collect(actor):
        raise MayNotReport
    changed = BalanceExclusion.objects.filter(pk=exclusion.pk, withdrawn_at=None).update(
        withdrawn_at=now, withdrawn_by_name=actor.name
    )
    if not changed:
        raise AlreadyWithdrawn
    _note("withdraw", exclusion, actor, now)


@transaction.atomic
def consolidate(year: int, *, remark: str = "", actor: Actor, now: datetime) -> Report:
    """Approve the consolidated balance sheet; whoever has sent none is missing, not zero."""
    if not access.may_collect(actor):
        raise MayNotReport
    form, sources, exclusions = (
        form_for(CONSOLIDATED, year, DECEMBER), sources_of(year), list(exclusions_in(year)),
    )  # fmt: skip
    if missing := [f"{one.name} ({one.form.code})" for one in sources if one.report is None]:
        raise NotAllSent(missing)
    rows, found = checked_now(form, sources, exclusions)
    kept: list[dict[str, Any]] = [
        {"report": one.report.pk, "hash": one.report.hash} for one in sources if one.report is not None
    ]
    kept += _frozen(exclusions)
    whose = Whose(Report.Origin.JOINT)
    return freeze(form, (year, DECEMBER), whose, rows, found, remark, actor=actor, now=now, sources=kept)


def _frozen(exclusions: Sequence[BalanceExclusion]) -> list[dict[str, Any]]:
    """The exclusions as an approved report keeps them."""
    return [
        {
            "exclusion": one.pk, "kind": one.get_kind_display(), "column": one.column, "assets": one.assets,
            "sources": one.sources, "amount": one.amount, "parties": one.parties, "reason": one.reason,
            "by": one.entered_by_name, "at": one.entered_at.astimezone(UTC).isoformat(),
        }
        for one in exclusions
    ]  # fmt: skip


def _note(verb: str, exclusion: BalanceExclusion, actor: Actor, now: datetime) -> None:
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb=verb,
        thing=f"ledger.balance_exclusion:{exclusion.pk}", at=now, payload={"amount": exclusion.amount},
    )  # fmt: skip
