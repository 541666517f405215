"""How a resident is reached about an event, and what he chose, for himself alone."""

from dataclasses import dataclass

from starostwo.office.actor import Actor
from starostwo.office.models import Account, NoticeChoice, NoticeNumber
from starostwo.office.rules.notices import Event, Ways, held_ways, usual_ways


@dataclass(frozen=True)
class Reach:
    """Where a notice goes; empty where it does not go that way."""

    email: str = ""
    phone: str = ""


def reach(account_id: int | None, event: Event) -> Reach:
    """Where the owner of an account is told of an event; three queries at most."""
    if account_id is None:
        return Reach()
    account = Account.objects.filter(pk=account_id, is_active=True).only("email").first()
    if account is None:
        return Reach()
    chosen = NoticeChoice.objects.filter(account_id=account_id, event=event).first()
    ways = held_ways(event, Ways(chosen.by_email, chosen.by_text)) if chosen else usual_ways(event)
    phone = confirmed_number(account.pk) if ways.by_text else ""
    return Reach(account.email if ways.by_email else "", phone)


def confirmed_number(account_id: int) -> str:
    """The number that the owner of the account confirmed, empty where there is none."""
    found = NoticeNumber.objects.filter(account_id=account_id).values_list("number", flat=True).first()
    return found or ""


@dataclass(frozen=True)
class OwnNotices:
    """What the owner chose: ways by event, his address, his number, and one that waits for its code."""

    ways: dict[Event, Ways]
    email: str
    number: str
    asked_number: str


def own_notices(actor: Actor) -> OwnNotices:
    """The choices of the actor; three queries."""
    rows = {row.event: row for row in NoticeChoice.objects.filter(account_id=actor.account_id)}
    number = NoticeNumber.objects.filter(account_id=actor.account_id).first()
    ways = {
        event: held_ways(event, Ways(rows[event].by_email, rows[event].by_text))
        if event in rows
        else usual_ways(event)
        for event in Event
    }
    return OwnNotices(
        ways=ways,
        email=Account.objects.values_list("email", flat=True).get(pk=actor.account_id),
        number=number.number if number else "",
        asked_number=number.asked_number if number else "",
    )
