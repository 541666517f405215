"""The web site of the demonstration county: pictures, pages, news, built through the portal's services."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.utils.timezone import localdate

from starostwo.office.actor import Actor, actor_for
from starostwo.portal.models import Article
from starostwo.portal.rules.blocks import new
from starostwo.portal.services import articles, images
from starostwo.site.demo.people import DATA, Cast
from starostwo.site.demo.pictures import PICTURES, picture

EDITOR = "n.widok"
BEFORE = timedelta(hours=20)


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
    articles.begin(actor=editor, kind=Article.Kind.NEWS, text=draft, now=now - BEFORE)
