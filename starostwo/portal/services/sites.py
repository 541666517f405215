"""The verbs of units' sites: set one up, give it to editors, declare how accessible it is."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate

from starostwo.audit import api as audit
from starostwo.bulletin import api as bulletin
from starostwo.office.api import Actor
from starostwo.portal import access
from starostwo.portal.models import UnitSite
from starostwo.portal.services import site_files


class NotTheAdministrator(Exception):
    """Only the administrator sets up sites."""


class CannotEdit(Exception):
    """Somebody has no right to edit sites of units, so that none can be given to him."""


@transaction.atomic
def set_up(site_id: int | None, values: Mapping[str, Any], *, actor: Actor, now: datetime) -> UnitSite:
    """Set up a site, or change what stands around its texts; its place in the portal never changes.

    Readers see the change after `renew`.
    """
    _demand_administrator(actor)
    site = UnitSite.objects.select_for_update().get(pk=site_id) if site_id else UnitSite(slug=values["slug"])
    for name, value in values.items():
        if name != "slug":
            setattr(site, name, value)
    plate = bulletin.Plate(site.name, site.address, site.phone, site.email, site.domain, site.is_open)
    site.body = bulletin.keep_body(site.slug, plate, actor=actor)
    site.changed_at = now
    site.save()
    _note("set_up" if site_id is None else "change", site, actor, now, domain=site.domain, open=site.is_open)
    return site


@transaction.atomic
def give_to(site: UnitSite, account_ids: Collection[int], *, actor: Actor, now: datetime) -> None:
    """Let these people and nobody else edit the site and its bulletin."""
    _demand_administrator(actor)
    if not set(account_ids) <= set(bulletin.able_to_edit(now.date())):
        raise CannotEdit("Ta osoba nie ma uprawnienia „redaguje strony jednostek” ani „redaguje BIP”.")
    bulletin.give_body_to(site.body, account_ids, actor=actor)
    _note("give_to", site, actor, now, editors=sorted(account_ids))


def renew(site: UnitSite, *, actor: Actor, now: datetime) -> None:
    """Write all pages of the site and of its bulletin anew, after what stands on each of them changed."""
    _demand_administrator(actor)
    site_files.write(site)
    bulletin.publish(
        site.body, actor=actor.audit_name, account_id=actor.account_id, now=now, today=localdate(now)
    )


def renew_unwritten(*, now: datetime) -> int:
    """Write the open sites whose files are not there, as after a new version or a crash; return how many."""
    lacking = [site for site in _open() if not site_files.is_written(site)]
    for site in lacking:
        site_files.write(site)
        bulletin.publish(site.body, actor="system", now=now, today=localdate(now))
    return len(lacking)


def renew_all() -> None:
    """Write the pages of all open sites anew; those that say nothing new stay as they are."""
    for site in _open():
        site_files.write(site)


def declare(site: UnitSite, told: bulletin.Declared, *, actor: Actor, now: datetime) -> bulletin.Declaration:
    """Keep the declaration of accessibility of the site and its bulletin; the one before it stays."""
    access.demand_editor(actor, site)
    made = bulletin.declare(told, site.body, actor=actor, now=now)
    site_files.write(site)
    return made


def _open() -> list[UnitSite]:
    return list(UnitSite.objects.filter(is_open=True).select_related("body").order_by("id"))


def _demand_administrator(actor: Actor) -> None:
    if not access.may_set_up(actor):
        raise NotTheAdministrator(actor.name)


def _note(verb: str, site: UnitSite, actor: Actor, now: datetime, **payload: object) -> None:
    audit.record(actor=actor.audit_name, verb=verb, thing=str(site), payload=payload, at=now)
