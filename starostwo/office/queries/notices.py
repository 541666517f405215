"""How a resident is reached about an event, and what he chose, for himself alone."""

from dataclasses import dataclass

from starostwo.office.actor import Actor
from starostwo.office.models import Account, NoticeChoice, NoticeNumber
from starostwo.office.rules.notices import Event, Ways, held_ways, usual_ways
from starostwo.screens.api import languages


@dataclass(frozen=True)
class Reach:
    """Where a notice goes, empty where it does not go that way, and in which language."""

    email: str = ""
    phone: str = ""
    language: str = languages.SOURCE


def reach(account_id: int | None, event: Event) -> Reach:
    """Where the owner of an account is told of an event; three queries at most."""
    if account_id is None:
        return Reach()
    account = Account.objects.filter(pk=account_id, is_active=True).only("email", "language").first()
    if account is None:
        return Reach()
    chosen = NoticeChoice.objects.filter(account_id=account_id, event=event).first()
    ways = held_ways(event, Ways(chosen.by_email, chosen.by_text)) if chosen else usual_ways(event)
    phone = confirmed_number(account.pk) if ways.by_text else ""
    return Reach(account.email if ways.by_email else "", phone, account.language or languages.SOURCE)


def confirmed_number(account_id: int) -> str:
    """The number that the owner of the account confirmed, empty where there is none."""
    found = NoticeNumber.objects.filter(account_id=account_id).values_list("number", flat=True).first()
    return found or ""


@dataclass(frozen=True)
class OwnNotices:
    """What the owner chose: ways by event, address, number, language; a number that waits for its code.

    The language is empty until he chooses one; till then he is told in Polish.
    """

    ways: dict[Event, Ways]
    email: str
    number: str
    asked_number: str
    language: str


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
    account = Account.objects.only("email", "language").get(pk=actor.account_id)
    return OwnNotices(
        ways=ways,
        email=account.email,
        number=number.number if number else "",
        asked_number=number.asked_number if number else "",
        language=account.language,
    )
