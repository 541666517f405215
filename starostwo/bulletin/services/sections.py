"""The subject menu: the ready tree of art. 6, and sections added, renamed and moved by editors."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from starostwo.audit import api as audit
from starostwo.bulletin import access
from starostwo.bulletin.models import Item, Section
from starostwo.bulletin.rules.subject_menu import TREE, Branch
from starostwo.office.api import Actor


class SectionsExist(Exception):
    """The bulletin has sections already; the ready tree is planted only into an empty one."""


class CannotKeep(Exception):
    """The section cannot be kept so; the text says why."""


@transaction.atomic
def plant_tree(*, actor: Actor, now: datetime) -> int:
    """Make the sections of art. 6; return how many."""
    _refuse_others(actor)
    if Section.objects.exists():
        raise SectionsExist
    count = sum(_plant(branch, None, position) for position, branch in enumerate(TREE, start=1))
    audit.record(
        actor=actor.audit_name,
        actor_name=actor.name,
        verb="plant_tree",
        thing="bulletin.section:0",
        payload={"sections": count},
        at=now,
    )
    return count


@transaction.atomic
def add_section(
    *, actor: Actor, slug: str, name: str, law: str, parent_id: int | None, now: datetime
) -> Section:
    """Add a section at the end of its place; its address lasts."""
    _refuse_others(actor)
    if Section.objects.filter(slug=slug).exists():
        raise CannotKeep("Dział o tym adresie już jest.")
    last = Section.objects.filter(parent_id=parent_id).aggregate(last=Max("position"))["last"] or 0
    section = Section.objects.create(slug=slug, name=name, law=law, parent_id=parent_id, position=last + 1)
    _note(section, "add", actor, now, name=name, slug=slug)
    return section


@transaction.atomic
def change_section(
    section_id: int, *, actor: Actor, name: str, law: str, position: int, now: datetime
) -> None:
    """Rename or move a section among its neighbours."""
    _refuse_others(actor)
    section = Section.objects.select_for_update(of=("self",)).get(pk=section_id)
    before = {"name": section.name, "law": section.law, "position": section.position}
    section.name, section.law, section.position = name, law, position
    section.save()
    _note(section, "change", actor, now, before=before, name=name, law=law, position=position)


@transaction.atomic
def remove_section(section_id: int, *, actor: Actor, now: datetime) -> None:
    """Remove a section in which nothing ever stood."""
    _refuse_others(actor)
    section = Section.objects.select_for_update(of=("self",)).get(pk=section_id)
    if Item.objects.filter(section=section).exists():
        raise CannotKeep("W dziale są informacje; usunąć można tylko pusty dział.")
    if Section.objects.filter(parent=section).exists():
        raise CannotKeep("Dział ma działy podrzędne; usuń najpierw je.")
    _note(section, "remove", actor, now, name=section.name, slug=section.slug)
    section.delete()


def _plant(branch: Branch, parent: Section | None, position: int) -> int:
    section = Section.objects.create(
        slug=branch.slug, name=branch.name, law=branch.law, parent=parent, position=position
    )
    return 1 + sum(_plant(below, section, place) for place, below in enumerate(branch.below, start=1))


def _refuse_others(actor: Actor) -> None:
    if not access.may_edit(actor):
        raise access.NotAnEditor(actor.name)


def _note(section: Section, verb: str, actor: Actor, now: datetime, **payload: object) -> None:
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb=verb, thing=str(section), payload=payload, at=now
    )
