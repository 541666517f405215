"""Texts that are kept in Polish as data of the program and translated where a page shows them."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

from starostwo.bulletin.rules import subject_menu
from starostwo.citizen.models import Draft
from starostwo.files.rules.problems import Problem
from starostwo.office.queries.own_account import PROFILE
from starostwo.portal.rules import votes
from starostwo.portal.web import events
from starostwo.procedures.rules import answers, kinds
from starostwo.records.models.document import KIND_LABELS, REMEDY_LABELS
from starostwo.records.rules import resident_steps
from starostwo.visits.web import wording

DATA = Path(__file__).resolve().parents[1] / "starostwo" / "procedures" / "data"
OF_A_CARD = ("title", "summary", "who_may", "in_person", "remark")
Told = tuple[str, str]


def told_data() -> dict[str, list[Told]]:
    """By package: each text with the file that holds it."""
    return {
        "procedures": [*_forms(), *_cards(), *((text, "procedures/rules/kinds.py") for text in _faults())],
        "bulletin": [(branch, "bulletin/rules/subject_menu.py") for branch in _sections()],
        "portal": [(text, "portal/rules/votes.py") for text in _votes()]
        + [(month, "portal/web/events.py") for month in events.MONTHS],
        "records": [(text, "records/rules") for text in _records()],
        "citizen": [(str(label), "citizen/models.py") for label in Draft.State.labels],
        "files": [(problem.text, "files/rules/problems.py") for problem in Problem],
        "office": [(label, "office/queries/own_account.py") for label in PROFILE.values()],
        "visits": [(day, "visits/web/wording.py") for day in (*wording.WEEKDAYS, *wording.SHORT)],
    }


def _records() -> Iterator[str]:
    yield from resident_steps.LABELS.values()
    yield from KIND_LABELS.values()
    yield from REMEDY_LABELS.values()


def _sections() -> Iterator[str]:
    for branch in subject_menu.TREE:
        yield branch.name
        yield from (inner.name for inner in branch.below)


def _votes() -> Iterator[str]:
    yield from votes.CHOICES.values()
    yield from votes.KINDS.values()
    yield from votes.OUTCOMES


def _faults() -> Iterator[str]:
    yield from kinds.PATTERNS
    yield from (kind.message for kind in kinds.KINDS.values())
    yield answers.TOO_MANY


def _forms() -> Iterator[Told]:
    for file in sorted((DATA / "forms").glob("*.json")):
        for text in texts_of(json.loads(file.read_text(encoding="utf-8"))):
            yield text, f"procedures/data/forms/{file.name}"


def texts_of(part: object) -> Iterator[str]:
    """The Polish texts of a form or of a part of one."""
    if isinstance(part, list):
        for each in part:
            yield from texts_of(each)
    elif isinstance(part, dict):
        if isinstance(part.get("pl"), str):
            yield part["pl"]
        else:
            for each in part.values():
                yield from texts_of(each)


def _cards() -> Iterator[Told]:
    cards = tomllib.loads((DATA / "cards.toml").read_text(encoding="utf-8"))["card"]
    for card in cards:
        told = [card.get(name, "") for name in OF_A_CARD] + card.get("documents", [])
        told += [fee[name] for fee in card.get("fees", []) for name in ("label", "text") if name in fee]
        told += [term["text"] for term in card.get("terms", []) if "text" in term]
        for text in told:
            yield text, "procedures/data/cards.toml"
