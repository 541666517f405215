"""Verbs of the form builder: begin a new version, change a part, keep answers of a try, publish, give up."""

import copy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.office.api import Actor
from starostwo.procedures.access import may_build
from starostwo.procedures.models import FormVersion
from starostwo.procedures.rules.answered import Answered
from starostwo.procedures.rules.defining import look_at
from starostwo.procedures.rules.filled_json import answers_as_json, answers_from_json
from starostwo.procedures.rules.mistakes import Mistake


class NotYours(Exception):
    """Only who may edit forms may do this."""


class NoSuchForm(Exception):
    """There is no such form or version."""


class CodeIsTaken(Exception):
    """Another form has this code."""


class ChangedMeanwhile(Exception):
    """Somebody saved another change since the page was opened; what was typed is not taken over it."""


class NotReady(Exception):
    """The version has mistakes, or its sample answers do not go through; it cannot be published."""


class AlreadyPublic(Exception):
    """The version is published and cannot change; a change needs a new version."""


@dataclass(frozen=True)
class State:
    """A version as the builder shows it."""

    row: FormVersion
    mistakes: list[Mistake]
    filled: Answered

    @property
    def is_draft(self) -> bool:
        """Whether it may still be changed."""
        return self.row.published_at is None

    @property
    def has_no_mistakes(self) -> bool:
        """Whether the definition keeps all rules."""
        return not self.mistakes

    @property
    def is_tried(self) -> bool:
        """Whether sample answers go through the whole form."""
        return not self.mistakes and bool(self.row.sample) and not self.filled.errors()


def state_of(row: FormVersion) -> State:
    """Look at a version: its mistakes and the sample answers."""
    definition, mistakes = look_at(row.definition)
    return State(row, mistakes, Answered(definition, answers_from_json(definition, row.sample)))


@transaction.atomic
def begin_form(code: str, title: str, summary: str, *, actor: Actor, now: datetime) -> FormVersion:
    """Begin a form that the office did not have."""
    _check(actor)
    if FormVersion.objects.filter(code=code).exists():
        raise CodeIsTaken(code)
    field = {"name": "pytanie_1", "type": "text", "label": {"pl": "Pierwsze pytanie"}}
    step = {"name": "krok_1", "title": {"pl": "Pierwszy krok"}, "fields": [field]}
    data = {"code": code, "version": 1, "title": {"pl": title}, "summary": {"pl": summary}, "steps": [step]}
    row = FormVersion.objects.create(code=code, version=1, definition=data)
    _note(row, "begin", actor, now)
    return row


@transaction.atomic
def begin_version(code: str, *, actor: Actor, now: datetime) -> FormVersion:
    """Begin the next version from the newest one; one that is begun already is gone on with."""
    _check(actor)
    newest = FormVersion.objects.select_for_update().filter(code=code).order_by("-version").first()
    if newest is None:
        raise NoSuchForm(code)
    if newest.published_at is None:
        return newest
    data = copy.deepcopy(newest.definition) | {"version": newest.version + 1}
    row = FormVersion.objects.create(
        code=code, version=newest.version + 1, definition=data, sample=newest.sample
    )
    _note(row, "begin", actor, now)
    return row


@transaction.atomic
def change(
    code: str, version: int, data: dict[str, Any], *, revision: int, place: str, actor: Actor, now: datetime
) -> State:
    """Keep the changed definition, right or wrong; code and version stay what they are."""
    row = _draft(code, version, actor)
    if row.revision != revision:
        raise ChangedMeanwhile(f"{code} {version}")
    row.definition = data | {"code": code, "version": version}
    row.revision += 1
    row.save(update_fields=["definition", "revision"])
    _note(row, "change", actor, now, place=place)
    return state_of(row)


@transaction.atomic
def keep_try(
    code: str, version: int, step: str, typed: dict[str, str], *, actor: Actor, now: datetime
) -> State:
    """Keep the answers of a try as the sample of the version; the last step writes a line of history."""
    row = _draft(code, version, actor)
    state = state_of(row)
    return _keep_sample(row, state.filled.with_typed(step, typed), actor, now)


@transaction.atomic
def keep_rows(
    code: str, version: int, step: str, group: str, *, removed: int | None, actor: Actor, now: datetime
) -> State:
    """Add or remove a row of a group while trying the form."""
    row = _draft(code, version, actor)
    filled = state_of(row).filled
    answers = filled.with_row(step, group) if removed is None else filled.without_row(step, group, removed)
    return _keep_sample(row, answers, actor, now)


@transaction.atomic
def publish_version(code: str, version: int, *, actor: Actor, now: datetime) -> FormVersion:
    """Publish: from here on the database keeps the version as it is, and new applications use it."""
    row = _draft(code, version, actor)
    state = state_of(row)
    if not state.is_tried:
        raise NotReady(f"{code} {version}")
    row.published_at = now
    row.save(update_fields=["published_at"])
    _note(row, "publish", actor, now)
    return row


@transaction.atomic
def give_up(code: str, version: int, *, actor: Actor, now: datetime) -> None:
    """Throw away a version that was not published."""
    row = _draft(code, version, actor)
    _note(row, "discard", actor, now)
    row.delete()


def _keep_sample(row: FormVersion, answers: dict[str, str], actor: Actor, now: datetime) -> State:
    state = state_of(row)
    filled = Answered(state.filled.form, answers)
    row.sample = answers_as_json(filled.form, answers)
    row.save(update_fields=["sample"])
    if not filled.errors():
        _note(row, "try", actor, now)
    return State(row, state.mistakes, filled)


def _check(actor: Actor) -> None:
    if not may_build(actor):
        raise NotYours(actor.audit_name)


def _draft(code: str, version: int, actor: Actor) -> FormVersion:
    """The version, locked, if it may be changed."""
    _check(actor)
    row = FormVersion.objects.select_for_update().filter(code=code, version=version).first()
    if row is None:
        raise NoSuchForm(f"{code} {version}")
    if row.published_at is not None:
        raise AlreadyPublic(f"{code} {version}")
    return row


def _note(row: FormVersion, verb: str, actor: Actor, now: datetime, **more: str) -> None:
    payload = {"version": row.version, **more}
    audit.record(
        actor=actor.audit_name, verb=verb, thing=f"procedures.form:{row.code}", payload=payload, at=now
    )
