"""Verbs of the file plan: a new edition takes over from a day; a class in use does not change."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.office.api import Actor
from starostwo.records import access
from starostwo.records.models import Case, Letter, PlanClass, PlanEdition
from starostwo.records.rules.plan import Diff, Mode, PlanRow, Severity, diff, forbidden_changes, validate


class CannotImportPlan(Exception):
    """The plan has errors, changes a class in use, starts too early, or the person does not keep it."""


@transaction.atomic
def import_plan(
    rows: Sequence[PlanRow],
    *,
    actor: Actor | None,
    name: str,
    source: str,
    is_demo: bool = False,
    valid_from: date,
    now: datetime,
) -> PlanEdition:
    """Put an edition of the file plan into force from a day; the one before ends there.

    Without an actor the installation sets itself up.
    """
    if actor is not None and not access.may_edit_plan(actor):
        raise CannotImportPlan("Wykaz akt prowadzi koordynator czynności kancelaryjnych.")
    errors = [fault for fault in validate(rows) if fault.severity is Severity.ERROR]
    if errors:
        raise CannotImportPlan(
            f"Wykaz ma błędy: {len(errors)}, pierwszy w wierszu {errors[0].line}: {errors[0].text}."
        )
    before = PlanEdition.objects.select_for_update(of=("self",)).order_by("-valid_from").first()
    if before is not None:
        _end(before, rows, valid_from)
    edition = PlanEdition.objects.create(
        name=name, source=source, is_demo=is_demo, valid_from=valid_from, imported_at=now
    )
    _write(edition, rows)
    audit.record(
        actor=actor.audit_name if actor else "system",
        actor_name=actor.name if actor else "",
        verb="import_plan",
        thing=f"records.plan:{edition.pk}",
        payload={"name": name, "classes": len(rows), "valid_from": valid_from.isoformat()},
        at=now,
    )
    return edition


def diff_with(edition: PlanEdition, rows: Sequence[PlanRow]) -> Diff:
    """Return how a new plan differs from an edition."""
    return diff(rows_of(edition), rows)


def rows_of(edition: PlanEdition) -> list[PlanRow]:
    """Return the classes of an edition as rules see them."""
    return [
        PlanRow(one.symbol, one.title, one.category, one.remarks, Mode(one.mode), one.makes_case)
        for one in PlanClass.objects.filter(edition=edition).order_by("symbol")
    ]


def _end(before: PlanEdition, rows: Sequence[PlanRow], valid_from: date) -> None:
    """A plan may be replaced at the turn of a year; within a year only unused classes may change."""
    if valid_from <= before.valid_from:
        raise CannotImportPlan(f"Nowe wydanie musi obowiązywać później niż od {before.valid_from:%d.%m.%Y}.")
    if (valid_from.month, valid_from.day) != (1, 1):
        forbidden = forbidden_changes(diff_with(before, rows), used=_used(before, valid_from.year))
        if forbidden:
            raise CannotImportPlan(
                f"W ciągu roku nie można zmienić klas, w których są sprawy: {', '.join(forbidden)}."
            )
    before.valid_to = valid_from
    before.save(update_fields=["valid_to"])


def _used(edition: PlanEdition, year: int) -> set[str]:
    cases = (
        Case.objects.filter(plan_class__edition=edition, year=year).values_list("klass", flat=True).distinct()
    )
    letters = Letter.objects.filter(plan_class__edition=edition, year=year)
    return set(cases) | set(letters.values_list("plan_class__symbol", flat=True).distinct())


def _write(edition: PlanEdition, rows: Sequence[PlanRow]) -> None:
    parents = {row.symbol[:-1] for row in rows}
    PlanClass.objects.bulk_create(
        PlanClass(
            edition=edition,
            symbol=row.symbol,
            title=row.title,
            category=row.category,
            remarks=row.remarks,
            mode=row.mode,
            makes_case=row.makes_case,
            is_final=row.symbol not in parents,
        )
        for row in rows
    )
