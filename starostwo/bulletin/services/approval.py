"""Four eyes: another editor than the author approves a version, which publishes it or waits for its day."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max, Q
from django.utils.timezone import localdate

from starostwo.audit import api as audit
from starostwo.bulletin import access
from starostwo.bulletin.models import Body, Item, Version
from starostwo.bulletin.pages import Made, Press, files_of, of_kind
from starostwo.bulletin.queries import listing
from starostwo.bulletin.rules.markup import plain
from starostwo.bulletin.services.drafts import digest
from starostwo.bulletin.services.from_case import note_published
from starostwo.bulletin.services.publishing import one_at_a_time, place, put_out, renew_later
from starostwo.office.api import Actor
from starostwo.search import api as search

SEARCH_KIND = "bulletin"


class OwnVersion(Exception):
    """The person wrote the version himself; another editor has to approve it."""


class CannotApprove(Exception):
    """The version does not wait for approval, or is not the one that the person has seen."""


def approve(version_id: int, *, actor: Actor, seen: str, now: datetime) -> Version:
    """Approve what was seen (its fingerprint): publish at once, or on the day that the version names."""
    with transaction.atomic():
        one_at_a_time()
        version = _waiting(version_id, actor)
        if not access.may_approve(actor, version):
            raise OwnVersion(actor.name)
        if seen != version.sha256 or digest(version) != version.sha256:
            raise CannotApprove(str(version))
        version.approved_by_id, version.approved_at = actor.account_id, now
        version.state = Version.State.SCHEDULED
        version.save(update_fields=["approved_by", "approved_at", "state"])
        _note(version.item, "approve", now, actor=actor, sha256=version.sha256)
        if version.publish_at is None or version.publish_at <= now:
            _publish(version, actor=actor.audit_name, account_id=actor.account_id, now=now)
    place(access.body_of(version.item))
    return version


@transaction.atomic
def send_back(version_id: int, *, actor: Actor, remark: str, now: datetime) -> Version:
    """Give a version back to its author with a remark; it is a draft again."""
    version = _waiting(version_id, actor, states=(Version.State.SUBMITTED, Version.State.SCHEDULED))
    version.state, version.remark, version.sha256 = Version.State.DRAFT, remark, ""
    version.approved_by, version.approved_at = None, None
    version.save(update_fields=["state", "remark", "sha256", "approved_by", "approved_at"])
    _note(version.item, "send_back", now, actor=actor, reason=remark)
    return version


def publish_due(*, now: datetime) -> int:
    """Publish approved versions whose moment has come; return how many."""
    published, bodies = 0, set[Body | None]()
    with transaction.atomic():
        one_at_a_time()
        waiting = Version.objects.select_for_update(of=("self",)).select_related("item__section__body")
        ready = Q(item__state__in=[Item.State.DRAFT, Item.State.PUBLISHED], publish_at__lte=now)
        for version in waiting.filter(ready, state=Version.State.SCHEDULED).order_by("publish_at", "id"):
            _publish(version, actor="system", account_id=None, now=now)
            published += 1
            bodies.add(access.body_of(version.item))
    for body in bodies:
        place(body)
    return published


def _waiting(
    version_id: int, actor: Actor, *, states: tuple[str, ...] = (Version.State.SUBMITTED,)
) -> Version:
    found = Version.objects.select_for_update(of=("self",)).select_related("item__section__body")
    version = found.filter(pk=version_id, state__in=states).first()
    if version is not None:
        access.demand_editor(actor, access.body_of(version.item))
    if version is None or version.item.ended_at is not None:
        raise CannotApprove(str(version_id))
    return version


def _publish(version: Version, *, actor: str, account_id: int | None, now: datetime) -> None:
    item = version.item
    last = Version.objects.filter(item=item).aggregate(last=Max("number"))["last"] or 0
    version.number, version.published_at, version.state = last + 1, now, Version.State.PUBLISHED
    version.save(update_fields=["number", "published_at", "state"])
    item.current, item.title, item.state = version, version.title, Item.State.PUBLISHED
    item.changed_at, item.expires_on = now, version.expires_on
    item.first_published_at = item.first_published_at or now
    item.save()
    said = {"number": version.number, "sha256": version.sha256, "reason": version.change_reason}
    audit.record(actor=actor, verb="publish", thing=str(item), payload=said, at=now)
    note_published(version, account_id=account_id, now=now)
    _index(item, version)
    renew_later(item, month=listing.month_of(now))
    body = access.body_of(item)
    put_out(
        _pages(Press(localdate(now), body), item, version),
        body=body,
        files=files_of(item, version),
        actor=actor,
        account_id=account_id,
        now=now,
    )


def _pages(press: Press, item: Item, version: Version) -> list[Made]:
    return [
        *press.version(item, version),
        press.item(item),
        *press.section(item.section, years=[]),
        *press.register([]),
        *of_kind(press, item.kind),
        press.front(),
    ]


def _index(item: Item, version: Version) -> None:
    body = access.body_of(item)
    section_facets = {f"in:{one.slug}": "1" for one in listing.trail(item.section, listing.tree(body))}
    search.put(
        thing=str(item),
        kind=SEARCH_KIND,
        title=version.title,
        text=plain(version.text),
        audience=[access.readers_of(body)],
        on=localdate(version.out_at),
        url=f"{body.place if body else '/'}bip/informacja/{item.pk}/",
        facets={**section_facets, "register": item.kind},
    )


def _note(item: Item, verb: str, now: datetime, *, actor: Actor, **payload: object) -> None:
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb=verb, thing=str(item), payload=payload, at=now
    )
