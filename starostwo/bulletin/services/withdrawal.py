"""Taking an information off the bulletin: its pages give way to a note that says what, when and why."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from starostwo.audit import api as audit
from starostwo.bulletin import access
from starostwo.bulletin.models import Body, Item, Page
from starostwo.bulletin.pages import Press, of_kind
from starostwo.bulletin.queries import listing
from starostwo.bulletin.services.from_case import release
from starostwo.bulletin.services.publishing import one_at_a_time, place, put_out, renew_later
from starostwo.bulletin.store import GONE
from starostwo.office.api import Actor
from starostwo.search import api as search

EXPIRED = "Upłynął okres publikacji wyznaczony przy ogłoszeniu."
HIDDEN_TITLE = "Informacja nr {} (tytuł wycofany)"


class CannotWithdraw(Exception):
    """The information is not published, or no reason was given."""


def withdraw(item_id: int, *, actor: Actor, reason: str, hides_title: bool = False, now: datetime) -> Item:
    """Withdraw an information for a reason that everybody reads; its title may be hidden too."""
    with transaction.atomic():
        one_at_a_time()
        item = _published().filter(pk=item_id).first()
        if item is not None:
            access.demand_editor(actor, access.body_of(item))
        if item is None or not reason.strip():
            raise CannotWithdraw(str(item_id))
        if hides_title:
            item.title = HIDDEN_TITLE.format(item.pk)
        item.state, item.ended_by_id = Item.State.WITHDRAWN, actor.account_id
        _end(item, reason.strip(), actor=actor.audit_name, account_id=actor.account_id, now=now)
    place(access.body_of(item))
    return item


def expire_due(*, now: datetime, today: date) -> int:
    """Take off what was to be shown until a day that has come; return how many."""
    ended, bodies = 0, set[Body | None]()
    with transaction.atomic():
        one_at_a_time()
        for item in _published().filter(expires_on__lte=today).order_by("expires_on", "id"):
            item.state = Item.State.EXPIRED
            _end(item, EXPIRED, actor="system", account_id=None, now=now)
            ended += 1
            bodies.add(access.body_of(item))
    for body in bodies:
        place(body)
    return ended


def _published() -> QuerySet[Item]:
    found = Item.objects.select_for_update(of=("self",)).select_related("section__body", "current")
    return found.filter(state=Item.State.PUBLISHED)


def _end(item: Item, reason: str, *, actor: str, account_id: int | None, now: datetime) -> None:
    item.ended_at, item.end_reason, item.changed_at = now, reason, now
    item.save()
    verb = "withdraw" if item.state == Item.State.WITHDRAWN else "expire"
    audit.record(actor=actor, verb=verb, thing=str(item), payload={"reason": reason}, at=now)
    search.drop(str(item))
    release(item)
    renew_later(item, month=listing.month_of(now))
    body = access.body_of(item)
    press = Press(localdate(now), body)
    pages = Page.objects.exclude(sha256="").filter(body=body, address__startswith=f"informacja/{item.pk}/")
    removed = [a for a in pages.values_list("address", flat=True) if not a.endswith(GONE)]
    put_out(
        [
            *(press.tombstone(address, item) for address in removed),
            *press.section(item.section, years=[]),
            *press.register([]),
            *of_kind(press, item.kind),
            press.front(),
        ],
        body=body,
        removed=removed,
        actor=actor,
        account_id=account_id,
        now=now,
    )
