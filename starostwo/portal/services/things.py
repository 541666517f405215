"""Keeping the small things of the web site: events, alerts, short cuts, contacts, what has no versions.

What was before stands in the history; a thing is hidden, never thrown away.
"""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Model

from starostwo.office.api import Actor
from starostwo.portal import access
from starostwo.portal.services.addresses import free_slug
from starostwo.portal.services.noting import note

M = TypeVar("M", bound=Model)


@transaction.atomic
def add(model: type[M], *, actor: Actor, values: Mapping[str, Any], now: datetime) -> M:
    """Write a new thing; one that has an address of its own is named by its title."""
    access.demand_editor(actor)
    made: dict[str, Any] = {**values, "changed_at": now}
    if any(field.name == "slug" for field in model._meta.get_fields()):
        made["slug"] = free_slug(model._default_manager.all(), values["title"])
    thing = model._default_manager.create(**made)
    _note("add", thing, actor=actor, values=values, now=now)
    return thing


@transaction.atomic
def change(model: type[M], thing_id: int, *, actor: Actor, values: Mapping[str, Any], now: datetime) -> M:
    """Write what changed; its address stays."""
    access.demand_editor(actor)
    thing = model._default_manager.select_for_update(of=("self",)).get(pk=thing_id)
    for name, value in {**values, "changed_at": now}.items():
        setattr(thing, name, value)
    thing.save(update_fields=[*values, "changed_at"])
    _note("change", thing, actor=actor, values=values, now=now)
    return thing


def thing_of(thing: Model) -> str:
    """The name of a thing in the history."""
    return f"portal.{thing._meta.model_name}:{thing.pk}"


def _note(verb: str, thing: Model, *, actor: Actor, values: Mapping[str, Any], now: datetime) -> None:
    payload = {name: _plain(value) for name, value in values.items()}
    note(verb, thing_of(thing), actor=actor, payload=payload, now=now)


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value.pk if isinstance(value, Model) else value
