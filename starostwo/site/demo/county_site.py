"""The web site of the demonstration county: pictures, pages, news, built through the portal's services."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from django.utils.timezone import get_current_timezone, localdate

from starostwo.office.actor import Actor, actor_for
from starostwo.portal.models import Alert, Article, Event, Shortcut, UnitContact
from starostwo.portal.rules.blocks import new
from starostwo.portal.services import articles, images, things
from starostwo.site.demo import county_council, unit_sites
from starostwo.site.demo.people import DATA, Cast
from starostwo.site.demo.pictures import PICTURES, picture

EDITOR = "n.widok"
BEFORE = timedelta(hours=20)
SHORTCUTS = [
    ("Rejestracja pojazdu", "/uslugi/rejestracja-pojazdu/"),
    ("Sprzedaż albo kupno pojazdu", "/uslugi/zbycie-pojazdu/"),
    ("Prawo jazdy", "/uslugi/prawo-jazdy/"),
    ("Pozwolenie na budowę", "/uslugi/pozwolenie-na-budowe/"),
    ("Mapy i wypisy z gruntów", "/uslugi/wypis-z-rejestru-gruntow/"),
    ("Wycięcie drzew", "/uslugi/wyciecie-drzew/"),
    ("Zajęcie pasa drogi", "/uslugi/zajecie-pasa-drogowego/"),
    ("Informacja publiczna", "/uslugi/informacja-publiczna/"),
    ("Pismo ogólne", "/uslugi/pismo-ogolne/"),
]
ROOMS = [
    ("KM", "parter, stanowiska 1–9"),
    ("AB", "pokoje 201–206"),
    ("GK", "pokoje 110–116"),
    ("GN", "pokoje 101–104"),
    ("OS", "pokój 214"),
    ("OR", "parter, kancelaria"),
    ("SP", "pokój 12"),
    ("RK", "pokój 3"),
]


def fill(cast: Cast, *, now: datetime) -> None:
    """Fill the web site as its editor would have done in the last weeks."""
    editor = actor_for(cast.staff[EDITOR], today=localdate(now))
    library = {
        name: images.add(
            picture(name),
            actor=editor,
            title=title,
            alt=alt,
            is_decorative=False,
            author="Rysunek własny, instalacja demonstracyjna",
            now=now - timedelta(days=61),
        ).pk
        for name, (title, alt) in PICTURES.items()
    }
    for kind, file in ((Article.Kind.PAGE, "pages"), (Article.Kind.NEWS, "news")):
        for row in told(file):
            _publish(editor, kind, row, library, now=now - timedelta(days=row["days"]))
    _leave_a_draft(editor, now=now)
    _announce(editor, now=now)
    _plan_events(editor, now=now)
    unit_sites.fill(cast, list(told("units")), now=now)
    county_council.fill(editor, next(told("council")), now=now)


def told(name: str) -> Iterator[dict[str, Any]]:
    """The rows of one of the web site's files."""
    yield from json.loads((DATA / "portal" / f"{name}.json").read_text(encoding="utf-8"))


def _publish(
    editor: Actor, kind: Article.Kind, row: dict[str, Any], library: dict[str, int], *, now: datetime
) -> None:
    written = articles.Text(
        title=row["title"],
        summary=row["summary"],
        easy=row.get("easy", ""),
        blocks=[_block(block, library) for block in row["blocks"]],
    )
    article = articles.begin(actor=editor, kind=kind, text=written, now=now - BEFORE)
    articles.publish(article.pk, actor=editor, number=1, now=now)


def _block(block: dict[str, str], library: dict[str, int]) -> dict[str, str]:
    ready = {**new(block["kind"]), **block}
    if ready["kind"] == "image":
        ready["image"] = str(library[ready["image"]])
    return ready


def _leave_a_draft(editor: Actor, *, now: datetime) -> None:
    """A news item that is being written, and a page with a newer version than the public sees."""
    draft = articles.Text(
        title="Zimowe utrzymanie dróg: kto i kiedy odśnieża",
        summary="Tekst w przygotowaniu: czeka na listę dróg od zarządcy.",
        blocks=[{**new("paragraph"), "text": "Za drogi powiatowe odpowiada zarządca dróg powiatowych."}],
        note="pierwszy szkic",
    )
    begun = articles.begin(actor=editor, kind=Article.Kind.NEWS, text=draft, now=now - BEFORE)
    more = {**new("list"), "items": "najpierw drogi z autobusem szkolnym\npotem dojazdy do przychodni"}
    longer = replace(draft, blocks=[*draft.blocks, more], note="kolejność odśnieżania")
    articles.save(begun.pk, actor=editor, text=longer, based_on=1, now=now - BEFORE / 2)


def _announce(editor: Actor, *, now: datetime) -> None:
    """An alert of today, the short cuts of the start page, telephones of the units."""
    alert = {
        "text": "W piątek od godziny 14 nie działa centrala telefoniczna. Pisz albo przyjdź.",
        "url": "/kontakt/",
        "words": "Adresy i godziny urzędu",
        "starts_at": now - timedelta(hours=3),
        "ends_at": now + timedelta(days=30),
    }
    things.add(Alert, actor=editor, values=alert, now=now)
    for position, (label, url) in enumerate(SHORTCUTS, start=1):
        values = {"label": label, "url": url, "position": position}
        things.add(Shortcut, actor=editor, values=values, now=now)
    for number, (unit, room) in enumerate(ROOMS):
        values = {"unit": unit, "phone": f"42 000 00 {number + 10}", "room": room}
        things.add(UnitContact, actor=editor, values=values, now=now)


def _plan_events(editor: Actor, *, now: datetime) -> None:
    for row in told("events"):
        day = localdate(now) + timedelta(days=row["days"])
        hour, minute = (int(part) for part in row["at"].split(":"))
        starts_at = datetime.combine(day, time(hour, minute), get_current_timezone())
        values = {name: row[name] for name in ("title", "summary", "text", "place", "access")}
        values |= {
            "starts_at": starts_at,
            "ends_at": starts_at + timedelta(hours=row["hours"]),
            "is_shown": True,
        }
        things.add(Event, actor=editor, values=values, now=now)
