"""Each form in English and Ukrainian: other words, the same questions; what is signed stays Polish."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation

from starostwo.procedures import api as procedures
from starostwo.procedures.rules.answers import validate
from starostwo.procedures.rules.defining import read_definition
from starostwo.procedures.rules.definition import Definition, Field
from starostwo.procedures.rules.filled_json import answers_from_json
from starostwo.procedures.rules.told import Told, in_small, said
from starostwo.procedures.rules.translated import translated

DATA = Path(procedures.__file__).parent / "data"
FORMS = sorted(file.stem for file in (DATA / "forms").glob("*.json"))
POLISH_LETTERS = re.compile("[ąćęłńóśźż]", re.IGNORECASE)


def form_of(name: str) -> Definition:
    return read_definition(json.loads((DATA / "forms" / f"{name}.json").read_text(encoding="utf-8")))


def sample_of(name: str) -> dict[str, str]:
    kept = json.loads((DATA / "samples" / f"{name}.json").read_text(encoding="utf-8"))
    return answers_from_json(form_of(name), kept["answers"])


def bones(fields: tuple[Field, ...]) -> list[object]:
    """What a field is without its words."""
    return [
        (
            f.name,
            f.type,
            f.required,
            f.max_length,
            f.when,
            f.sender,
            f.least,
            f.most,
            f.values,
            bones(f.fields),
        )
        for f in fields
    ]


def words(form: Definition) -> str:
    return repr(translated(form, lambda text: text["pl"]))


@pytest.mark.parametrize("language", ["en", "uk"])
@pytest.mark.parametrize("name", FORMS)
def test_the_whole_form_is_there_in_the_language(name: str, language: str) -> None:
    form = form_of(name)
    with translation.override(language):
        shown = procedures.speaking.shown(form, sample_of(name))
        assert shown.form is not form
        assert not POLISH_LETTERS.search(words(shown.form).replace("Dąbrówka", ""))  # a place in an example
        assert [(s.name, s.when, bones(s.fields)) for s in shown.form.steps] == [
            (s.name, s.when, bones(s.fields)) for s in form.steps
        ]
        assert shown.steps
        assert shown.errors() == []
        labels = [answer.label for step in shown.in_words for answer in step.answers]
        assert not POLISH_LETTERS.search(" ".join(labels))


@pytest.mark.parametrize("name", FORMS)
def test_mistakes_are_told_in_the_language(name: str) -> None:
    form = form_of(name)
    nonsense = {field.name: "\u2603" for step in form.steps for field in step.fields if not field.is_group}
    with translation.override("uk"):
        for answers in ({}, nonsense):
            told = [error.message for error in procedures.speaking.shown(form, answers).errors()]
            assert [message for message in told if POLISH_LETTERS.search(message)] == []
            assert told or not answers


def test_the_document_is_polish_whatever_the_page_was() -> None:
    form, answers = form_of("pismo-ogolne.1"), sample_of("pismo-ogolne.1")
    polish = procedures.Answered(form, answers).xml(addressee="Starostwo", made_on=date(2026, 12, 1))
    with translation.override("uk"):
        assert (
            procedures.Answered(form, answers).xml(addressee="Starostwo", made_on=date(2026, 12, 1)) == polish
        )


def test_a_form_with_a_text_of_the_office_alone_is_shown_in_polish_as_a_whole() -> None:
    kept = json.loads((DATA / "forms" / "wtornik-dowodu.1.json").read_text(encoding="utf-8"))
    kept["title"] = {"pl": "Pismo, którego nikt nie przełożył"}
    form = read_definition(kept)
    with translation.override("en"):
        assert procedures.speaking.shown(form, {}).form is form


def test_a_text_that_the_form_brings_in_the_language_counts_first() -> None:
    kept = json.loads((DATA / "forms" / "pismo-ogolne.1.json").read_text(encoding="utf-8"))
    kept["title"] = {"pl": "Pismo ogólne", "en": "Own words"}
    with translation.override("en"):
        assert procedures.speaking.shown(read_definition(kept), {}).form.title["pl"] == "Own words"


def test_a_message_is_said_again_with_its_values() -> None:
    inner = Told("Wpisz liczbę od %(least)s do %(most)s", least="1", most="5")
    row = Told("%(row)s: %(message)s", row="Drzewo 2", message=in_small(inner))
    spoken = {"Wpisz liczbę od %(least)s do %(most)s": "Enter a number from %(least)s to %(most)s"}

    assert row == "Drzewo 2: wpisz liczbę od 1 do 5"
    assert said(row, lambda text: spoken.get(text, text)) == "Drzewo 2: enter a number from 1 to 5"
    assert said("Wpisz 99%", lambda text: text) == "Wpisz 99%"


def test_the_rules_themselves_speak_polish() -> None:
    with translation.override("en"):
        assert validate(form_of("pismo-ogolne.1"), {})[0].message[:1].isupper()
        assert any(POLISH_LETTERS.search(e.message) for e in validate(form_of("pierwsza-rejestracja.1"), {}))
