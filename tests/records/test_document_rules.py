"""Marks, markup, fields, required sections and comparison of letters: plain rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starostwo.platform.text_diff import Stretch, compare, is_changed
from starostwo.records.rules.document_fields import FIELDS, gaps, merged, missing_fields
from starostwo.records.rules.document_kinds import KINDS, Kind, missing_sections
from starostwo.records.rules.document_marks import NotALetterMark, holder_code, letter_mark
from starostwo.records.rules.document_markup import Run, blocks

WORDS = st.lists(st.sampled_from(["zażółć", "gęślą", "jaźń", ",", "\n", " ", "12", "art."]), max_size=40).map(
    "".join
)


@pytest.mark.parametrize(
    ("number", "holder", "mark", "why"),
    [
        (1, "", "AB.6740.12.2026.1", "without a holder's code the number ends the mark"),
        (2, "AK", "AB.6740.12.2026.2.AK", "the holder's code stands last"),
        (12, "AK2", "AB.6740.12.2026.12.AK2", "a code may have digits beside a letter"),
    ],
)
@pytest.mark.law("instrukcja kancelaryjna par. 5")
def test_letter_mark(number: int, holder: str, mark: str, why: str) -> None:
    assert letter_mark("AB.6740.12.2026", number=number, holder=holder) == mark, why


@pytest.mark.parametrize(("number", "holder"), [(0, ""), (-1, "AK"), (1, "12"), (1, "A.K"), (1, "Ł")])
def test_what_is_no_letter_mark(number: int, holder: str) -> None:
    with pytest.raises(NotALetterMark):
        letter_mark("AB.6740.12.2026", number=number, holder=holder)


def test_holder_code_is_made_of_initials_without_diacritics() -> None:
    assert holder_code("Łucja Anna", "Żuk-Ćwik") == "LAZC"


def test_markup_gives_headings_paragraphs_lists_and_bold_words() -> None:
    found = blocks("## Treść\npierwszy **ważny**\nwiersz\n\ndrugi\n3. trzy\n4. cztery\n- punkt")

    assert [(block.kind, block.text) for block in found] == [
        ("heading", "Treść"),
        ("paragraph", "pierwszy ważny wiersz"),
        ("paragraph", "drugi"),
        ("numbered", "trzy cztery"),
        ("bulleted", "punkt"),
    ]
    assert found[1].items[0][1] == Run("ważny", bold=True)
    assert found[3].start == 3


@given(st.text())
def test_markup_reads_any_text(text: str) -> None:
    for block in blocks(text):
        assert block.text.strip() or block.kind == "heading"


def test_a_field_is_replaced_and_a_missing_one_is_named() -> None:
    text = merged("{strona.nazwa}, {strona.adres}", {"strona.nazwa": "Jan Łęcki", "strona.adres": ""})

    assert text == "Jan Łęcki, {strona.adres}"
    assert missing_fields(text) == ["adres strony"]


def test_a_value_that_looks_like_a_field_is_not_merged_again() -> None:
    assert (
        merged("{strona.nazwa}", {"strona.nazwa": "{strona.adres}", "strona.adres": "x"}) == "{strona.adres}"
    )


def test_gaps_name_what_the_clerk_must_write() -> None:
    assert gaps("[uzupełnij: przyczyna] i [Uzupełnij] i [uzupełnij: przyczyna]") == ["przyczyna", "tekst"]


@pytest.mark.parametrize("kind", list(Kind))
def test_each_template_uses_known_fields_and_has_its_sections(kind: Kind) -> None:
    template = KINDS[kind].template

    assert missing_fields(merged(template, dict.fromkeys(FIELDS, "x"))) == []
    assert missing_sections(kind, template) == []


@pytest.mark.parametrize("section", ["Podstawa prawna", "Rozstrzygnięcie", "Uzasadnienie", "Pouczenie"])
@pytest.mark.law("k.p.a. art. 107 par. 1")
def test_a_decision_without_an_element_of_the_law_is_named(section: str) -> None:
    template = KINDS[Kind.DECISION].template

    without = template.replace(f"## {section}", "")
    empty = template.replace(f"## {section}", f"## {section}\n## Inne")

    assert [name.split(" (")[0] for name in missing_sections(Kind.DECISION, without)] == [section]
    assert [name.split(" (")[0] for name in missing_sections(Kind.DECISION, empty)] == [section]


@pytest.mark.parametrize(
    ("kind", "section"),
    [
        pytest.param(kind, section, marks=pytest.mark.law(law))
        for kind, law, sections in (
            (Kind.RULING, "k.p.a. art. 124 par. 1", ("Podstawa prawna", "Rozstrzygnięcie", "Pouczenie")),
            (Kind.ATTESTATION, "k.p.a. art. 217 par. 1", ("Zaświadczam",)),
            (Kind.CALL, "k.p.a. art. 64 par. 2", ("Wezwanie", "Pouczenie")),
            (Kind.NOTICE, "k.p.a. art. 36 par. 1", ("Zawiadomienie", "Pouczenie")),
        )
        for section in sections
    ],
)
def test_a_letter_without_an_element_of_the_law_is_named(kind: Kind, section: str) -> None:
    without = KINDS[kind].template.replace(f"## {section}", "## Inne")

    assert [name.split(" (")[0] for name in missing_sections(kind, without)] == [section]


def test_compare_shows_changed_words_only() -> None:
    assert compare("Wniosek z dnia 3 maja.\nKoniec.", "Wniosek z dnia 4 maja.\nKoniec.") == [
        Stretch("same", "Wniosek z dnia "),
        Stretch("removed", "3 "),
        Stretch("added", "4 "),
        Stretch("same", "maja.\nKoniec."),
    ]


@given(WORDS, WORDS)
def test_the_stretches_hold_both_texts(older: str, newer: str) -> None:
    stretches = compare(older, newer)

    assert "".join(part.text for part in stretches if part.change != "added") == older
    assert "".join(part.text for part in stretches if part.change != "removed") == newer
    assert is_changed(stretches) == (older != newer)
