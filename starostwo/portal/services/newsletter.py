"""The newsletter: asked for, confirmed by a link, left by a link; nothing in it counts who reads.

Links carry tokens of a single purpose. The one that confirms is good for two days and dies with its first
use, since the key that it names changes; the one that leaves dies with the address, which is forgotten.
"""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

from starostwo.audit import api as audit
from starostwo.channels import api as channels
from starostwo.office.api import Actor
from starostwo.portal import access
from starostwo.portal.models import Article, Event, Issue, Subscriber
from starostwo.portal.queries import events
from starostwo.portal.services.noting import note
from starostwo.screens.api import languages

CONFIRM, LEAVE = "portal.newsletter.confirm", "portal.newsletter.leave"
CONFIRM_WITHIN = timedelta(days=2)
LEAVE_WITHIN = timedelta(days=400)
NEWS, EVENTS, AHEAD = 20, 20, timedelta(days=30)
PUBLIC = "public"


class BadLink(Exception):
    """The link is used up, too old or was changed."""


class NothingToSend(Exception):
    """There is nothing new since the last issue and no word of the editors' own."""


@transaction.atomic
def ask(email: str, *, now: datetime) -> None:
    """Send a link that confirms; an address that has confirmed is left alone, and nobody learns which."""
    email = email.strip().lower()
    known = Subscriber.objects.select_for_update(of=("self",)).filter(email=email).first()
    if known is not None and known.confirmed_at is not None:
        return
    key = secrets.token_urlsafe(24)
    subscriber, _ = Subscriber.objects.update_or_create(email=email, defaults={"asked_at": now, "key": key})
    path = f"/newsletter/potwierdzenie/{signing.dumps(key, salt=CONFIRM)}/"
    parts = (
        gettext("Ktoś poprosił, aby na ten adres przychodził newsletter powiatu."),
        gettext("Jeśli to Ty, potwierdź w ciągu dwóch dni:"),
        f"{settings.PUBLIC_URL}{languages.address_in(languages.current(), path)}",
        gettext("Jeśli nie, nic nie rób: adres zostanie zapomniany."),
    )
    body = "{}\n\n{}\n{}\n\n{}".format(*parts)
    channels.send(to=email, subject=gettext("Potwierdź newsletter powiatu"), body=body)
    audit.record(actor=PUBLIC, verb="ask", thing=_thing(subscriber), at=now)


@transaction.atomic
def confirm(token: str, *, now: datetime) -> None:
    """Let the newsletter come to the address that the link was sent to."""
    subscriber = _of(token, CONFIRM, CONFIRM_WITHIN)
    if subscriber.confirmed_at is not None:
        raise BadLink(gettext("Ten odnośnik jest już wykorzystany."))
    subscriber.confirmed_at, subscriber.key = now, secrets.token_urlsafe(24)
    subscriber.save(update_fields=["confirmed_at", "key"])
    audit.record(actor=PUBLIC, verb="confirm", thing=_thing(subscriber), at=now)


@transaction.atomic
def leave(token: str, *, now: datetime) -> None:
    """Forget the address."""
    subscriber = _of(token, LEAVE, LEAVE_WITHIN)
    thing = _thing(subscriber)
    subscriber.delete()
    audit.record(actor=PUBLIC, verb="leave", thing=thing, at=now)


def forget_unconfirmed(*, now: datetime) -> int:
    """Forget the addresses whose link was not used in time; return how many."""
    forgotten, _ = Subscriber.objects.filter(confirmed_at=None, asked_at__lt=now - CONFIRM_WITHIN).delete()
    return forgotten


def is_good(token: str, purpose: str) -> bool:
    """Whether a link still leads somewhere."""
    try:
        key = _key(token, purpose, CONFIRM_WITHIN if purpose == CONFIRM else LEAVE_WITHIN)
    except BadLink:
        return False
    return Subscriber.objects.filter(key=key).exists()


@transaction.atomic
def write(*, actor: Actor, subject: str, intro: str, now: datetime) -> Issue:
    """Write an issue of what is new since the last one, and send it to everybody who has confirmed."""
    access.demand_editor(actor)
    last = Issue.objects.order_by("-written_at").values_list("written_at", flat=True).first()
    news = (
        access.shown(Article.Kind.NEWS)
        .filter(published_at__gt=last or now - AHEAD)
        .order_by("-published_at", "-id")
    )
    coming = [one for one in events.next_events(now, EVENTS) if one.starts_at < now + AHEAD]
    if not news and not intro.strip():
        raise NothingToSend("Od ostatniego wydania nie ma nowych aktualności. Napisz wstęp albo poczekaj.")
    issue = Issue.objects.create(
        subject=subject,
        intro=intro,
        body=_body(intro, list(news[:NEWS]), coming),
        written_at=now,
        written_by_id=actor.account_id or None,
    )
    readers = list(Subscriber.objects.filter(confirmed_at__isnull=False).order_by("id"))
    for reader in readers:
        channels.send(to=reader.email, subject=subject, body=f"{issue.body}\n\n--\n{_farewell(reader)}")
    issue.sent_at, issue.recipients = now, len(readers)
    issue.save(update_fields=["sent_at", "recipients"])
    payload = {"subject": subject, "recipients": len(readers)}
    note("send", f"portal.issue:{issue.pk}", actor=actor, payload=payload, now=now)
    return issue


def _farewell(reader: Subscriber) -> str:
    link = f"{settings.PUBLIC_URL}/newsletter/rezygnacja/{signing.dumps(reader.key, salt=LEAVE)}/"
    return f"Dostajesz tę wiadomość, bo potwierdzono newsletter powiatu. Rezygnacja:\n{link}"


def _of(token: str, purpose: str, within: timedelta) -> Subscriber:
    """The subscriber of a good link, locked until the transaction ends."""
    key = _key(token, purpose, within)
    found = Subscriber.objects.select_for_update(of=("self",)).filter(key=key).first()
    if found is None:
        raise BadLink(gettext("Ten odnośnik jest już wykorzystany."))
    return found


def _key(token: str, purpose: str, within: timedelta) -> str:
    try:
        return str(signing.loads(token, salt=purpose, max_age=within))
    except signing.BadSignature:
        raise BadLink(gettext("Ten odnośnik wygasł albo jest niepełny.")) from None


def _thing(subscriber: Subscriber) -> str:
    return f"portal.subscriber:{subscriber.pk}"


def _body(intro: str, news: list[Article], coming: list[Event]) -> str:
    parts = [intro.strip()] if intro.strip() else []
    for article in news:
        text = access.text_of(article)
        parts.append(f"{text.title}\n{text.summary}\n{settings.PUBLIC_URL}/aktualnosci/{article.slug}/")
    if coming:
        parts.append("WYDARZENIA")
    for one in coming:
        when = date_format(localtime(one.starts_at), "j E Y, H:i")
        parts.append(f"{one.title}\n{when}, {one.place}\n{settings.PUBLIC_URL}/wydarzenia/{one.slug}/")
    return "\n\n".join(parts)
