"""Acts that change the plan: typed as drafts, approved by the treasurer, entered off the balance.

Law: ufp art. 233, 257-258 (from memory); art. 52 ust. 1 pkt 2; rozp. MRiF 13.09.2017 zał. 2 and 3.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.ledger import access
from starostwo.ledger.models import (
    Account,
    Book,
    Classification,
    FiscalYear,
    PlanChange,
    PlanDraft,
    PlanVersion,
    Voucher,
)
from starostwo.ledger.queries.accounts import journal_of, month_of
from starostwo.ledger.queries.plans import unknown
from starostwo.ledger.rules.plan import IN_BUDGET, IN_UNIT, ReadAct, plan_entry, read_act
from starostwo.ledger.rules.vouchers import Entry, NewVoucher
from starostwo.ledger.services.dictionaries import classify
from starostwo.ledger.services.plan import change_limits
from starostwo.ledger.services.posting import post_as
from starostwo.office.api import Actor

LONGEST_DRAFT = 200_000


class MayNotPlan(Exception):
    """The person may not prepare acts of this book, or not approve them."""


class ActTooLong(Exception):
    """More was typed than an act can have."""


def understood(year: FiscalYear, content: Mapping[str, str], *, today: date) -> ReadAct:
    """How a typed act of a year is read, with its faults."""
    kinds = IN_BUDGET if year.book.kind == Book.Kind.BUDGET else IN_UNIT
    return read_act(content, kinds=kinds, acts=PlanVersion.Act.values, year=year.year, today=today)


@transaction.atomic
def save_draft(
    year: FiscalYear, content: Mapping[str, str], *, draft: PlanDraft | None, actor: Actor, now: datetime
) -> PlanDraft:
    """Keep an act as it was typed, right or wrong."""
    if not access.may_prepare_plan(actor, year.book):
        raise MayNotPlan
    if sum(len(value) for value in content.values()) > LONGEST_DRAFT:
        raise ActTooLong
    kept = draft or PlanDraft(fiscal_year=year)
    kept.content, kept.author, kept.changed_at = dict(content), actor.name, now
    kept.save()
    return kept


@transaction.atomic
def throw_away(draft: PlanDraft, *, actor: Actor) -> None:
    """Delete an act that will not come to be."""
    if not access.may_prepare_plan(actor, draft.fiscal_year.book):
        raise MayNotPlan
    draft.delete()


class ActIsWrong(Exception):
    """The act has faults, which `understood` lists."""


class UnknownPositions(Exception):
    """Symbols that no dictionary of the year has; the text names the positions."""


class ActApprovedBefore(Exception):
    """A version by this act stands in the plan already."""


@transaction.atomic
def approve(draft: PlanDraft, *, actor: Actor, today: date, now: datetime) -> PlanVersion:
    """Make a draft the next version of the plan: limits change and a voucher enters it off the balance.

    Refused by the books (`AbovePlan`, `CommitmentAbovePlan`, `PlanBelowZero`) when the plan would fall
    below what is paid or committed.
    """
    if not access.may_change_plan(actor):
        raise MayNotPlan
    year = (
        FiscalYear.objects.select_related("book")
        .select_for_update(no_key=True, of=("self",))
        .get(pk=draft.fiscal_year_id)
    )
    act = understood(year, draft.content, today=today)
    if act.faults or act.act_on is None:
        raise ActIsWrong
    if missing := unknown(act.changes, year.year):
        raise UnknownPositions(", ".join(missing))
    version = _version(year, act, act.act_on, actor=actor, now=now)
    rows = [classify(change.position, year=year.year, kind=change.kind) for change in act.changes]
    PlanChange.objects.bulk_create(
        PlanChange(version=version, position=place, classification=row, amount=change.amount)
        for place, (row, change) in enumerate(zip(rows, act.changes, strict=True), start=1)
    )
    change_limits(year, {row.pk: c.amount for row, c in zip(rows, act.changes, strict=True)})
    _post(version, act, rows, actor=actor, now=now)
    draft.delete()
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb="approve", thing=f"ledger.plan:{version.pk}",
        payload={"book": year.book.code, "year": year.year, "act": act.number, "number": version.number},
        at=now,
    )  # fmt: skip
    return version


def _version(year: FiscalYear, act: ReadAct, act_on: date, *, actor: Actor, now: datetime) -> PlanVersion:
    there = PlanVersion.objects.filter(fiscal_year=year)
    if there.filter(act=act.act, act_number=act.number).exists():
        raise ActApprovedBefore(act.number)
    last = there.order_by("-number").values_list("number", flat=True).first() or 0
    return PlanVersion.objects.create(
        fiscal_year=year, number=last + 1, act=act.act, act_number=act.number, act_on=act_on,
        text=act.text, size=len(act.changes), approved_at=now, approved_by=actor.audit_name,
        approved_by_name=actor.name,
    )  # fmt: skip


def _post(
    version: PlanVersion, act: ReadAct, rows: list[Classification], *, actor: Actor, now: datetime
) -> None:
    year = version.fiscal_year
    of_budget = year.book.kind == Book.Kind.BUDGET
    numbers = dict(
        Account.objects.filter(fiscal_year=year, number__in=["980", "991", "992"]).values_list("number", "pk")
    )
    entries = [
        Entry(numbers[entry.account], debit=entry.debit, credit=entry.credit, classification=row.pk)
        for change, row in zip(act.changes, rows, strict=True)
        if (entry := plan_entry(change, of_budget=of_budget))
    ]
    if not entries:
        return
    voucher = NewVoucher(
        kind=Voucher.Kind.PLAN, text=f"{version.get_act_display()} {act.number}: {act.text}"[:300],
        issued_on=version.act_on, operation_on=version.act_on, entries=entries,
        month=month_of(year, version.act_on), external_number=act.number[:100], origin=origin_of(version),
    )  # fmt: skip
    post_as(journal_of(year, "PL"), [voucher], posted_by=actor.audit_name, posted_by_name=actor.name, now=now)


def origin_of(version: PlanVersion) -> str:
    """By what the voucher of a version is found."""
    return f"ledger.plan:{version.pk}"
