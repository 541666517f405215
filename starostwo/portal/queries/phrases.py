"""Which short texts of the office readers of other languages meet, and what is translated of them."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext, override

from starostwo.office import api as office
from starostwo.portal.models import Alert, Consultation, Event, Phrase, Shortcut, UnitContact
from starostwo.screens.api import languages
from starostwo.visits import api as visits

LONGEST = 500
MOST = 300


@dataclass(frozen=True)
class Row:
    """A short text with its translations."""

    text: str
    where: str
    translations: dict[str, str]

    @property
    def key(self) -> str:
        """By which the text is known in an address, however the list changes."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:16]

    @property
    def is_whole(self) -> bool:
        """Whether it is there in each language."""
        return all(self.translations.get(code) for code in languages.OTHERS)


def rows(now: datetime) -> list[Row]:
    """The short texts that the program itself has no translation of, what is not translated first."""
    known: dict[str, dict[str, str]] = {}
    for text, language, translation in Phrase.objects.values_list("text", "language", "translation"):
        known.setdefault(text, {})[language] = translation
    told = dict.fromkeys(known, "dawniej")
    told |= {text: where for text, where in _texts(now) if 0 < len(text) <= LONGEST and not _is_known(text)}
    found = [Row(text, where, known.get(text, {})) for text, where in told.items()]
    return sorted(found, key=lambda row: row.is_whole)[:MOST]


def _texts(now: datetime) -> Iterator[tuple[str, str]]:
    for alert in Alert.objects.filter(ends_at__gt=now).order_by("-starts_at"):
        yield from ((alert.text, "komunikat"), (alert.words, "komunikat"))
    for shortcut in Shortcut.objects.filter(is_shown=True).order_by("position"):
        yield shortcut.label, "skrót"
    coming = Event.objects.filter(Q(starts_at__gt=now) | Q(ends_at__gt=now), is_shown=True)
    for event in coming.order_by("starts_at")[:50]:
        for text in (event.title, event.summary, event.place, event.access):
            yield text, "wydarzenie"
    for asked in Consultation.objects.filter(is_shown=True, closes_on__gte=localdate(now)).order_by("id"):
        yield from ((asked.title, "konsultacje"), (asked.summary, "konsultacje"))
    for name in visits.names(on=localdate(now)):
        yield name, "wizyty"
    for unit in office.units(localdate(now)):
        yield from ((unit.name, "komórka"), (unit.seat or "", "siedziba"), (unit.hours, "godziny"))
    for contact in UnitContact.objects.order_by("unit"):
        yield from ((contact.room, "pokój"), (contact.hours, "godziny"))
    found = office.office()
    if found:
        yield found.county[:1].upper() + found.county[1:], "nazwa powiatu"


def _is_known(text: str) -> bool:
    """Whether the program's own catalogue says it in each language."""
    for code in languages.OTHERS:
        with override(code):
            if gettext(text) == text:
                return False
    return True
