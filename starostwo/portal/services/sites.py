"""The verbs of units' sites: set one up, give it to editors, declare how accessible it is."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.office import api as office
from starostwo.office.api import Actor, Right
from starostwo.portal import access
from starostwo.portal.models import SiteDeclaration, SiteEditor, UnitSite


class NotTheAdministrator(Exception):
    """Only the administrator sets up sites."""


class CannotEdit(Exception):
    """Somebody has no right to edit sites of units, so that none can be given to him."""


class CannotDeclare(Exception):
    """The days do not follow each other, or nothing says what is not accessible."""


@transaction.atomic
def set_up(site_id: int | None, values: Mapping[str, Any], *, actor: Actor, now: datetime) -> UnitSite:
    """Set up a site, or change what stands around its texts; its place in the portal never changes."""
    _demand_administrator(actor)
    site = UnitSite.objects.select_for_update().get(pk=site_id) if site_id else UnitSite(slug=values["slug"])
    for name, value in values.items():
        if name != "slug":
            setattr(site, name, value)
    site.changed_at = now
    site.save()
    _note("set_up" if site_id is None else "change", site, actor, now, domain=site.domain, open=site.is_open)
    return site


@transaction.atomic
def give_to(site: UnitSite, account_ids: Collection[int], *, actor: Actor, now: datetime) -> None:
    """Let these people and nobody else edit the site."""
    _demand_administrator(actor)
    able = {person.id for person in office.people(now.date(), right=Right.EDIT_SITES)}
    if not set(account_ids) <= able:
        raise CannotEdit("Ta osoba nie ma uprawnienia „redaguje strony jednostek”.")
    SiteEditor.objects.filter(site=site).exclude(account_id__in=account_ids).delete()
    for account_id in account_ids:
        SiteEditor.objects.get_or_create(site=site, account_id=account_id)
    _note("give_to", site, actor, now, editors=sorted(account_ids))


@transaction.atomic
def declare(site: UnitSite, values: Mapping[str, Any], *, actor: Actor, now: datetime) -> SiteDeclaration:
    """Keep the site's declaration of accessibility; the one before it stays."""
    access.demand_editor(actor, site)
    if values["status"] != SiteDeclaration.Status.FULL and not values["exceptions"].strip():
        raise CannotDeclare("Napisz, które treści są niedostępne i dlaczego.")
    if values["reviewed_on"] < values["made_on"]:
        raise CannotDeclare("Przegląd nie może być wcześniejszy niż sporządzenie.")
    made = SiteDeclaration.objects.create(site=site, saved_at=now, **values)
    _note("declare", site, actor, now, status=made.status, reviewed_on=made.reviewed_on.isoformat())
    return made


def _demand_administrator(actor: Actor) -> None:
    if not access.may_set_up(actor):
        raise NotTheAdministrator(actor.name)


def _note(verb: str, site: UnitSite, actor: Actor, now: datetime, **payload: object) -> None:
    audit.record(actor=actor.audit_name, verb=verb, thing=str(site), payload=payload, at=now)
