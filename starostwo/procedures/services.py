"""Verbs of the catalogue: publish a form, load the county's forms and cards that come with the product."""

import json
import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.procedures.models import Fee, FormVersion, PaymentTime, ServiceCard, Term
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
def publish_form(
    data: dict[str, Any], *, actor: str, now: datetime, sample: dict[str, Any] | None = None
) -> Definition:
    """Publish a version of a form; from here on the database keeps it as it is."""
    definition = read_definition(data)
    if FormVersion.objects.filter(code=definition.code, version=definition.version).exists():
        raise AlreadyPublished(f"{definition.code} {definition.version}")
    FormVersion.objects.create(
        code=definition.code,
        version=definition.version,
        definition=data,
        sample=(sample or {}).get("answers", {}),
        published_at=now,
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
    new = {path: json.loads(path.read_text()) for path in sorted((DATA / "forms").glob("*.json"))}
    new = {path: data for path, data in new.items() if (data["code"], data["version"]) not in known}
    for path, data in new.items():
        sample = json.loads((DATA / "samples" / path.name).read_text())
        publish_form(data, actor=actor, now=now, sample=sample)
    return len(new)


@transaction.atomic
def load_cards(*, actor: str, valid_from: date, now: datetime, source: Path = DATA / "cards.toml") -> int:
    """Enter the cards of the file that are new, or whose text has a newer edition; return how many were.

    A newer edition ends the card that holds and begins on the day; the fees and terms that the office has
    corrected meanwhile go over to it.
    """
    present = {card.code: card for card in ServiceCard.objects.filter(valid_to=None)}
    entered = 0
    for row in tomllib.loads(source.read_text())["card"]:
        known = present.get(row["code"])
        if known is not None:
            _complete_fees(known, row)
        if known is not None and known.edition >= row.get("edition", 1):
            continue
        if known is None:
            _enter_card(row, valid_from)
        else:
            _renew_card(known, row, valid_from)
        payload = {"from": valid_from.isoformat(), "edition": row.get("edition", 1)}
        verb = "enter" if known is None else "renew"
        audit.record(actor=actor, verb=verb, thing=thing_of(row["code"]), payload=payload, at=now)
        entered += 1
    return entered


def _complete_fees(known: ServiceCard, row: dict[str, Any]) -> None:
    """Fees of an older installation learn when they are owed and to whom they go; what they say stays."""
    for fee in row["fees"]:
        Fee.objects.filter(
            card=known, label=fee["label"], source=fee["source"], when=None, goes_to=Fee.GoesTo.COUNTY
        ).update(when=fee.get("when"), goes_to=fee.get("goes_to", Fee.GoesTo.COUNTY))


def _enter_card(row: dict[str, Any], valid_from: date) -> None:
    card = ServiceCard.objects.create(valid_from=valid_from, **_columns(row))
    Fee.objects.bulk_create(Fee(card=card, **_dated(fee, place)) for place, fee in enumerate(row["fees"]))
    Term.objects.bulk_create(
        Term(card=card, **_dated(term, place)) for place, term in enumerate(row["terms"])
    )
    if "payment" in row:
        PaymentTime.objects.create(card=card, moment=row["payment"], valid_from=valid_from)
    _index(card)


def _renew_card(known: ServiceCard, row: dict[str, Any], valid_from: date) -> None:
    """End the card that holds; one that began on the same day has not held yet and takes the new text."""
    if known.valid_from >= valid_from:
        for name, value in _columns(row).items():
            setattr(known, name, value)
        known.save()
        _index(known)
        return
    ServiceCard.objects.filter(pk=known.pk).update(valid_to=valid_from)
    card = ServiceCard.objects.create(valid_from=valid_from, **_columns(row))
    fees, terms = list(Fee.objects.filter(card=known)), list(Term.objects.filter(card=known))
    for fee in fees:
        fee.pk, fee.card = None, card
    for term in terms:
        term.pk, term.card = None, card
    times = list(PaymentTime.objects.filter(card=known))
    for time in times:
        time.pk, time.card = None, card
    PaymentTime.objects.bulk_create(times)
    Fee.objects.bulk_create(fees)
    Term.objects.bulk_create(terms)
    _index(card)


def _columns(row: dict[str, Any]) -> dict[str, Any]:
    columns = {name: value for name, value in row.items() if name not in ("fees", "terms", "payment")}
    columns.setdefault("form_code", "")
    columns.setdefault("start_path", START_PATH.format(code=row["code"]) if columns["form_code"] else "")
    return columns


def _index(card: ServiceCard) -> None:
    search.put(
        thing=thing_of(card.code),
        kind=SEARCH_KIND,
        title=card.title,
        text=" ".join([card.summary, card.who_may, card.keywords, *card.documents]),
        audience=[AUDIENCE],
        facets={"unit": card.unit_symbol},
        on=card.valid_from,
        url=CARD_PATH.format(code=card.code),
    )


def _dated(row: dict[str, Any], place: int) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "since"} | {
        "valid_from": row["since"],
        "position": place,
    }
