"""Changes to a definition that is being written, and conditions as they are ticked."""

import json
from pathlib import Path
from typing import Any

import pytest

from starostwo.procedures.rules import editing
from starostwo.procedures.rules.conditions import read_condition
from starostwo.procedures.rules.defining import look_at, read_definition
from starostwo.procedures.rules.simple_conditions import Ticked, condition_of, in_words, offered, ticked
from tests.procedures.test_groups import DEFINITION, FORM

FORMS = sorted((Path(__file__).resolve().parents[2] / "starostwo/procedures/data/forms").glob("*.json"))


@pytest.mark.parametrize(
    "written", ["steps-0-fields-2", "steps-0-fields-1-fields-0", "documents-3", "steps-1", ""]
)
def test_a_place_is_written_and_read(written: str) -> None:
    assert editing.written(editing.place_of(written)) == written


@pytest.mark.parametrize(
    "written", ["title", "steps", "steps-0-name", "steps-0-fields", "documents--1", "../x"]
)
def test_what_is_no_place_of_a_part(written: str) -> None:
    with pytest.raises(editing.NoSuchPlace):
        editing.place_of(written)


def test_a_part_is_added_with_a_free_name_and_the_old_form_stays() -> None:
    once, place = editing.with_new(FORM, ("steps", 0, "fields"))
    twice, _ = editing.with_new(once, ("steps", 0, "fields"))

    assert place == ("steps", 0, "fields", 3)
    assert [field["name"] for field in twice["steps"][0]["fields"]][-2:] == ["pole_1", "pole_2"]
    assert len(FORM["steps"][0]["fields"]) == 3
    assert look_at(twice)[1] == []
    first, place = editing.with_new(FORM, ("documents",))
    assert (place, look_at(first)[1]) == (("documents", 0), [])
    assert editing.without(first, place) == FORM


def test_parts_move_and_go() -> None:
    down = editing.moved(FORM, ("steps", 0, "fields", 1), 1)

    assert [each["name"] for each in down["steps"][0]["fields"]] == ["jest_wiecej", "inni", "wlasciciele"]
    assert editing.moved(FORM, ("steps", 0), -1) == FORM
    assert editing.moved(FORM, ("steps", 1), 1) == FORM
    left = editing.without(FORM, ("steps", 1, "fields", 1))
    assert [mistake.place for mistake in look_at(left)[1]] == [("steps", 1, "fields", 1, "when")]
    for place in [("steps", 7), ("documents", 0), ()]:
        with pytest.raises(editing.NoSuchPlace):
            editing.without(FORM, place)


def test_a_moved_question_that_a_condition_reads_is_a_mistake_at_the_condition() -> None:
    turned = editing.moved(FORM, ("steps", 0, "fields", 0), 1)
    turned = editing.moved(turned, ("steps", 0, "fields", 1), 1)

    mistakes = look_at(turned)[1]

    assert [each.place for each in mistakes] == [("steps", 0, "fields", 1, "when")]
    assert editing.mistakes_at(mistakes, ("steps", 0, "fields", 1)) == mistakes
    assert editing.mistakes_at(mistakes, ("steps", 0)) == []


def test_new_words_drop_the_translations_of_other_words() -> None:
    old = {"pl": "Imię", "en": "Given name"}

    assert editing.text(old, "Imię") == old
    assert editing.text(old, "Imiona") == {"pl": "Imiona"}
    assert editing.text(None, "Imię") == {"pl": "Imię"}


@pytest.mark.parametrize(
    ("condition", "shown"),
    [
        (None, Ticked()),
        ({"field": "a", "is": ["x", "y"]}, Ticked(("a=x", "a=y"))),
        ({"not": {"field": "a", "is": ["x"]}}, Ticked(("a=x",), is_turned=True)),
        (
            {"any": [{"field": "a", "is": ["x"]}, {"field": "b", "is": ["y"]}]},
            Ticked(("a=x", "b=y"), is_any=True),
        ),
        ({"all": [{"field": "a", "is": ["x"]}, {"field": "b", "is": ["y"]}]}, Ticked(("a=x", "b=y"))),
        ({"all": [{"field": "a", "is": ["x"]}, {"not": {"field": "b", "is": ["y"]}}]}, None),
        ({"all": [{"field": "a", "is": ["x"]}, {"field": "a", "is": ["y"]}]}, None),
    ],
)
def test_a_condition_is_ticked_and_stated(condition: Any, shown: Ticked | None) -> None:
    assert ticked(condition) == shown
    if shown is not None:
        assert condition_of(shown.pairs, is_any=shown.is_any, is_turned=shown.is_turned) == condition


def test_only_what_was_asked_before_is_offered() -> None:
    assert [pair for pair, _ in offered(DEFINITION, ("steps", 0, "fields", 0))] == []
    assert [pair for pair, _ in offered(DEFINITION, ("steps", 1))] == ["jest_wiecej=tak"]
    assert [pair for pair, _ in offered(DEFINITION, ("steps", 1, "fields", 2))] == [
        "jest_wiecej=tak",
        "cel=osoba",
        "cel=firma",
    ]
    assert [pair for pair, _ in offered(DEFINITION, ("steps", 0, "fields", 1, "fields", 2))] == [
        "rodzaj=osoba",
        "rodzaj=firma",
    ]


def test_a_condition_is_read_in_words() -> None:
    labels = {field.name: field for field in DEFINITION.fields}
    condition = read_condition(
        {"any": [{"field": "cel", "is": ["firma"]}, {"not": {"field": "x", "is": ["y"]}}]}
    )

    assert in_words(condition, labels) == "„Po co?” to firma lub nie: „x” to y"


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_the_conditions_of_the_house_can_be_ticked(path: Path) -> None:
    data = json.loads(path.read_text())
    form = read_definition(data)

    for place, step in enumerate(data["steps"]):
        for number, field in enumerate(step["fields"]):
            known = ticked(field.get("when"))
            assert known is not None
            assert set(known.pairs) <= {pair for pair, _ in offered(form, ("steps", place, "fields", number))}
