"""Verbs of the catalogue: publish a form, load the county's forms and cards that come with the product."""

import json
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.procedures.models import Fee, FormVersion, ServiceCard, Term
from starostwo.procedures.queries import AUDIENCE, SEARCH_KIND, thing_of
from starostwo.procedures.rules.defining import read_definition
from starostwo.procedures.rules.definition import Definition
from starostwo.search import api as search

DATA = Path(__file__).parent / "data"
CARD_PATH = "/uslugi/{code}/"
START_PATH = "/eboi/uslugi/{code}/nowy/"


class AlreadyPublished(Exception):
    """This version of the form is published; a change needs a new version."""


@transaction.atomic
def publish_form(data: dict[str, Any], *, actor: str, now: datetime) -> Definition:
    """Publish a version of a form; from here on the database keeps it as it is."""
    definition = read_definition(data)
    if FormVersion.objects.filter(code=definition.code, version=definition.version).exists():
        raise AlreadyPublished(f"{definition.code} {definition.version}")
    FormVersion.objects.create(
        code=definition.code, version=definition.version, definition=data, published_at=now
    )
    audit.record(
        actor=actor,
        verb="publish",
        thing=f"procedures.form:{definition.code}",
        payload={"version": definition.version},
        at=now,
    )
    return definition


@transaction.atomic
def load_forms(*, actor: str, now: datetime) -> int:
    """Publish the forms of the product that are not published yet; return how many were."""
    known = set(FormVersion.objects.values_list("code", "version"))
    new = [json.loads(path.read_text()) for path in sorted((DATA / "forms").glob("*.json"))]
    new = [data for data in new if (data["code"], data["version"]) not in known]
    for data in new:
        publish_form(data, actor=actor, now=now)
    return len(new)


@transaction.atomic
def load_cards(*, actor: str, valid_from: date, now: datetime, source: Path = DATA / "cards.toml") -> int:
    """Enter the cards of the file that the catalogue does not have yet; return how many were entered."""
    known = set(ServiceCard.objects.values_list("code", flat=True))
    new = [row for row in tomllib.loads(source.read_text())["card"] if row["code"] not in known]
    for row in new:
        _enter_card(row, valid_from)
        audit.record(
            actor=actor,
            verb="enter",
            thing=thing_of(row["code"]),
            payload={"from": valid_from.isoformat()},
            at=now,
        )
    return len(new)


def _enter_card(row: dict[str, Any], valid_from: date) -> None:
    columns = {name: value for name, value in row.items() if name not in ("fees", "terms")}
    columns.setdefault("start_path", START_PATH.format(code=row["code"]))
    card = ServiceCard.objects.create(valid_from=valid_from, **columns)
    Fee.objects.bulk_create(Fee(card=card, **_dated(fee, place)) for place, fee in enumerate(row["fees"]))
    Term.objects.bulk_create(
        Term(card=card, **_dated(term, place)) for place, term in enumerate(row["terms"])
    )
    search.put(
        thing=thing_of(card.code),
        kind=SEARCH_KIND,
        title=card.title,
        text=" ".join([card.summary, card.who_may, card.keywords, *card.documents]),
        audience=[AUDIENCE],
        facets={"unit": card.unit_symbol},
        on=valid_from,
        url=CARD_PATH.format(code=card.code),
    )


def _dated(row: dict[str, Any], place: int) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "since"} | {
        "valid_from": row["since"],
        "position": place,
    }
