"""Polish, English and Ukrainian: the catalogues are complete, and no page says a word past them."""

import re
from pathlib import Path

import pytest

from checks.catalogues import LANGUAGES, catalogue, difference, faults, messages
from checks.literal_words import literal_words, residents_templates
from starostwo.screens import languages

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogues_are_complete(language: str) -> None:
    assert faults(language) == []


def test_there_is_much_to_translate() -> None:
    assert len(messages()) > 1500
    assert len(residents_templates()) > 70


def test_no_template_of_residents_says_a_word_past_the_catalogues() -> None:
    assert [fault for file in residents_templates() for fault in literal_words(file)] == []


def test_ukrainian_is_written_in_its_own_letters() -> None:
    latin = [e.msgid for e in catalogue("uk").values() if not re.search("[а-яіїєґ]", e.msgstr.lower())]
    words = [re.findall("[a-ząćęłńóśźż]{3,}", re.sub(r"%\(\w+\)s", "", text)) for text in latin]
    assert [several for several in words if len(several) > 1] == []


def test_no_polish_letter_is_left_in_a_translation() -> None:
    """Names of Polish institutions and programs may stand in a translation; their words are listed here."""
    allowed: set[str] = set()
    for language in LANGUAGES:
        for entry in catalogue(language).values():
            words = re.findall(r"[\w-]*[ąćęłńóśźżĄĆĘŁŃÓŚŹŻ][\w-]*", entry.msgstr)
            assert [word for word in words if word not in allowed] == [], (language, entry.msgid)


@pytest.mark.parametrize(
    ("text", "translation", "fault"),
    [
        ("Wizyta na %(at)s.", "Visit at %(at)s.", ""),
        ("Wizyta na %(at)s.", "Visit.", "other places"),
        ("Adres <strong>%(a)s</strong>", "Address %(a)s", "other tags"),
        ("dzień|dni|dni", "day|days", "another number of forms"),
        ("Błąd: ", "Error:", "other spaces at an end"),
    ],
)
def test_a_translation_has_the_places_and_tags_of_its_text(text: str, translation: str, fault: str) -> None:
    assert difference(text, translation) == fault


def test_the_languages_of_the_settings_are_those_of_the_screens(settings: object) -> None:
    assert [(one.code, one.name) for one in languages.LANGUAGES] == settings.LANGUAGES  # type: ignore[attr-defined]
    assert languages.OTHERS == LANGUAGES
