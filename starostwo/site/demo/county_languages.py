"""The web site of the demonstration county in English and Ukrainian: some texts, and the short ones."""

import csv
from datetime import datetime, timedelta
from typing import Any

from starostwo.office.actor import Actor
from starostwo.portal.models import Article
from starostwo.portal.services import articles, phrases
from starostwo.screens.api import languages
from starostwo.site.demo.people import DATA

LATER = timedelta(minutes=20)


def write(article: Article, text: articles.Text, *, language: str, editor: Actor, now: datetime) -> None:
    """Publish a translation, a little after the Polish text."""
    made = articles.begin(
        actor=editor,
        kind=Article.Kind(article.kind),
        text=text,
        language=language,
        original=article,
        now=now + LATER,
    )
    articles.publish(made.pk, actor=editor, number=1, now=now + LATER)


def of(rows: list[dict[str, Any]], title: str) -> dict[str, dict[str, Any]]:
    """The translations of a text by their languages."""
    found = next((row for row in rows if row["of"] == title), {})
    return {code: found[code] for code in languages.OTHERS if code in found}


def fill_phrases(editor: Actor, *, now: datetime) -> None:
    """Names of units, matters, short cuts and whatever else is short."""
    with (DATA / "portal" / "phrases.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            into = {code: row[code] for code in languages.OTHERS}
            phrases.translate(row["pl"], actor=editor, into=into, now=now)
