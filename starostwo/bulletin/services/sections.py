"""The subject menu: the ready tree of art. 6, and sections added, renamed and moved by editors."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from starostwo.audit import api as audit
from starostwo.bulletin import access
from starostwo.bulletin.models import Body, Item, Section
from starostwo.bulletin.rules.subject_menu import TREE, UNIT_TREE, Branch
from starostwo.office.api import Actor


class SectionsExist(Exception):
    """The bulletin has sections already; the ready tree is planted only into an empty one."""


class CannotKeep(Exception):
    """The section cannot be kept so; the text says why."""


@transaction.atomic
def plant_tree(body: Body | None = None, *, actor: Actor, now: datetime) -> int:
    """Make the sections of art. 6, for a unit those that a unit has; return how many."""
    access.demand_editor(actor, body)
    if Section.objects.filter(body=body).exists():
        raise SectionsExist
    ready = TREE if body is None else UNIT_TREE
    count = sum(_plant(branch, None, place, body) for place, branch in enumerate(ready, start=1))
    audit.record(
        actor=actor.audit_name,
        actor_name=actor.name,
        verb="plant_tree",
        thing=str(body or "bulletin.section:0"),
        payload={"sections": count},
        at=now,
    )
    return count


@transaction.atomic
def add_section(
    body: Body | None = None,
    *,
    actor: Actor,
    slug: str,
    name: str,
    law: str,
    parent_id: int | None,
    now: datetime,
) -> Section:
    """Add a section at the end of its place; its address lasts."""
    access.demand_editor(actor, body)
    if parent_id and not Section.objects.filter(body=body, pk=parent_id).exists():
        raise CannotKeep("Nie ma takiego działu nadrzędnego.")
    if Section.objects.filter(body=body, slug=slug).exists():
        raise CannotKeep("Dział o tym adresie już jest.")
    last = Section.objects.filter(body=body, parent_id=parent_id).aggregate(last=Max("position"))["last"] or 0
    section = Section.objects.create(
        body=body, slug=slug, name=name, law=law, parent_id=parent_id, position=last + 1
    )
    _note(section, "add", actor, now, name=name, slug=slug)
    return section


@transaction.atomic
def change_section(
    section_id: int, *, actor: Actor, name: str, law: str, position: int, now: datetime
) -> None:
    """Rename or move a section among its neighbours."""
    section = _locked(section_id, actor)
    before = {"name": section.name, "law": section.law, "position": section.position}
    section.name, section.law, section.position = name, law, position
    section.save()
    _note(section, "change", actor, now, before=before, name=name, law=law, position=position)


@transaction.atomic
def remove_section(section_id: int, *, actor: Actor, now: datetime) -> None:
    """Remove a section in which nothing ever stood."""
    section = _locked(section_id, actor)
    if Item.objects.filter(section=section).exists():
        raise CannotKeep("W dziale są informacje; usunąć można tylko pusty dział.")
    if Section.objects.filter(parent=section).exists():
        raise CannotKeep("Dział ma działy podrzędne; usuń najpierw je.")
    _note(section, "remove", actor, now, name=section.name, slug=section.slug)
    section.delete()


def _plant(branch: Branch, parent: Section | None, position: int, body: Body | None) -> int:
    section = Section.objects.create(
        body=body, slug=branch.slug, name=branch.name, law=branch.law, parent=parent, position=position
    )
    return 1 + sum(_plant(below, section, place, body) for place, below in enumerate(branch.below, start=1))


def _locked(section_id: int, actor: Actor) -> Section:
    found = Section.objects.select_for_update(of=("self",)).select_related("body")
    section = found.get(pk=section_id)
    access.demand_editor(actor, section.body)
    return section


def _note(section: Section, verb: str, actor: Actor, now: datetime, **payload: object) -> None:
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb=verb, thing=str(section), payload=payload, at=now
    )
