"""The newsletter: asked for, confirmed by a link, left by a link; nothing in it counts who reads.

Links carry tokens of a single purpose. The one that confirms is good for two days and dies with its first
use, since the key that it names changes; the one that leaves dies with the address, which is forgotten.
"""

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext, override

from starostwo.audit import api as audit
from starostwo.channels import api as channels
from starostwo.office.api import Actor
from starostwo.portal import access
from starostwo.portal.models import Article, Issue, Subscriber
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
    asked = {"asked_at": now, "key": key, "language": languages.current()}
    subscriber, _ = Subscriber.objects.update_or_create(email=email, defaults=asked)
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
def write(
    *, actor: Actor, subject: str, intro: str, intros: Mapping[str, str] | None = None, now: datetime
) -> Issue:
    """Write an issue of what is new since the last one, and send it to everybody who has confirmed.

    Each gets it in the language in which he asked for it; `intros` are the editors' words in the others.
    """
    access.demand_editor(actor)
    last = Issue.objects.order_by("-written_at").values_list("written_at", flat=True).first()
    since = last or now - AHEAD
    if not intro.strip() and not _news(languages.SOURCE, since):
        raise NothingToSend("Od ostatniego wydania nie ma nowych aktualności. Napisz wstęp albo poczekaj.")
    issue = Issue.objects.create(
        subject=subject,
        intro=intro,
        body=_body(languages.SOURCE, intro, since=since, now=now),
        bodies={
            code: _body(code, intro, own=(intros or {}).get(code, ""), since=since, now=now)
            for code in languages.OTHERS
        },
        written_at=now,
        written_by_id=actor.account_id or None,
    )
    readers = list(Subscriber.objects.filter(confirmed_at__isnull=False).order_by("id"))
    for reader in readers:
        with override(reader.language):
            is_polish = reader.language == languages.SOURCE
            body = issue.body if is_polish else issue.bodies[reader.language]
            title = subject if is_polish else gettext("Co nowego w powiecie")
            channels.send(to=reader.email, subject=title, body=f"{body}\n\n--\n{_farewell(reader)}")
    issue.sent_at, issue.recipients = now, len(readers)
    issue.save(update_fields=["sent_at", "recipients"])
    payload = {"subject": subject, "recipients": len(readers)}
    note("send", f"portal.issue:{issue.pk}", actor=actor, payload=payload, now=now)
    return issue


def _farewell(reader: Subscriber) -> str:
    """Why the letter came and how to leave; in the language that is spoken now."""
    told = gettext("Dostajesz tę wiadomość, bo potwierdzono newsletter powiatu. Rezygnacja:")
    return f"{told}\n{_address(f'/newsletter/rezygnacja/{signing.dumps(reader.key, salt=LEAVE)}/')}"


def _address(path: str) -> str:
    return f"{settings.PUBLIC_URL}{languages.address_in(languages.current(), path)}"


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


def _news(language: str, since: datetime) -> list[Article]:
    """What is new for the readers of a language; what is not translated into it is there in Polish."""
    found = access.shown_in(language, Article.Kind.NEWS).filter(published_at__gt=since)
    return list(found.order_by("-published_at", "-id")[:NEWS])


def _body(language: str, intro: str, *, own: str = "", since: datetime, now: datetime) -> str:
    """The letter in a language: the editors' words, news, events of the next days."""
    with override(language):
        parts = [words] if (words := own.strip() or intro.strip()) else []
        for article in _news(language, since):
            text, in_polish = access.text_of(article), gettext("(po polsku)")
            title = text.title if article.language == language else f"{text.title} {in_polish}"
            parts.append(f"{title}\n{text.summary}\n{_address(f'/aktualnosci/{article.slug}/')}")
        coming = [one for one in events.next_events(now, EVENTS) if one.starts_at < now + AHEAD]
        if coming:
            parts.append(gettext("Wydarzenia").upper())
        for one in coming:
            when = date_format(localtime(one.starts_at), "j E Y, H:i")
            where = _address(f"/wydarzenia/{one.slug}/")
            parts.append(f"{languages.say(one.title)}\n{when}, {one.place}\n{where}")
    return "\n\n".join(parts)
