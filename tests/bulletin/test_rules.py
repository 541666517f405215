"""The markup, what a text may not have, what a version must have."""

from dataclasses import replace
from datetime import date

import pytest

from starostwo.bulletin.rules.content import Content, Exclusion, fingerprint, gaps
from starostwo.bulletin.rules.markup import plain
from starostwo.bulletin.rules.markup_html import to_html
from starostwo.bulletin.rules.subject_menu import TREE
from starostwo.bulletin.rules.text_faults import faults
from tests.bulletin.makers import CONTENT

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "html", "why"),
    [
        ("Zdanie.", '<p class="govuk-body">Zdanie.</p>', "a paragraph"),
        ("a\nb", '<p class="govuk-body">a b</p>', "lines join"),
        ("## Tytuł", '<h2 class="govuk-heading-m">Tytuł</h2>', "a heading"),
        ("- a\n- b", '<ul class="govuk-list govuk-list--bullet"><li>a</li><li>b</li></ul>', "a list"),
        ("3. a", '<ol class="govuk-list govuk-list--number" start="3"><li>a</li></ol>', "keeps its number"),
        ("**b** i", '<p class="govuk-body"><strong>b</strong> i</p>', "bold words"),
        (
            "[Ustawa](https://isap.example/1?a=1&b=2)",
            '<p class="govuk-body"><a class="govuk-link" href="https://isap.example/1?a=1&amp;b=2">Ustawa</a></p>',
            "a link",
        ),
        ("<b>x</b>", '<p class="govuk-body">&lt;b&gt;x&lt;/b&gt;</p>', "words are words"),
        ("[x](javascript:alert)", '<p class="govuk-body">x</p>', "a script is no address"),
        (
            '[x](/a"onclick="b)',
            '<p class="govuk-body"><a class="govuk-link" href="/a&quot;onclick=&quot;b">x</a></p>',
            "an address stays within its quotes",
        ),
    ],
)
def test_the_markup_becomes_accessible_html(text: str, html: str, why: str) -> None:
    assert to_html(text) == html, why


def test_a_table_has_its_header_in_cells_of_headers() -> None:
    html = to_html("| Rok | Kwota |\n|---|---|\n| 2026 | 10 zł |")

    assert '<th scope="col">Rok</th><th scope="col">Kwota</th>' in html
    assert "<tbody><tr><td>2026</td><td>10 zł</td></tr></tbody>" in html
    assert 'role="region"' in html


def test_plain_words_are_without_marks() -> None:
    assert plain("## A\n\n**b** [c](/d)\n\n| e | f |\n|---|---|") == "A\nb   c\ne\nf"


@pytest.mark.law("ustawa o dostępności cyfrowej art. 5")
@pytest.mark.parametrize(
    ("text", "said", "why"),
    [
        ("## A\n\n### B\n\n#### C\n\n## D", "", "in order"),
        ("### A", "Wiersz 1: nagłówek pomija poziom; użyj ##.", "starts too low"),
        ("## A\n\n#### B", "Wiersz 3: nagłówek pomija poziom; użyj ###.", "skips a level"),
        (
            "# A",
            "Wiersz 1: nagłówek zaczyna się od ##, ### albo ####.",
            "level 1 is the title",
        ),
        ("| a | b |\n| 1 | 2 |", "Wiersz 1: tabela nie ma nagłówka", "no header"),
        ("| a | b |\n|---|---|\n| 1 |", "Wiersz 1: wiersze tabeli mają różną liczbę komórek.", "cells lack"),
        ("| a |  |\n|---|---|", "Wiersz 1: nagłówek tabeli ma pustą komórkę.", "an empty header"),
        ("x\n\n|---|---|", "Wiersz 3: linia |---| stoi tylko pod pierwszym wierszem tabeli.", "a rule alone"),
        ("[tutaj](/a)", "Wiersz 1: z treści odnośnika musi wynikać", "an empty word"),
        ("[](/a)", "Wiersz 1: z treści odnośnika musi wynikać", "no words"),
        ("[Ustawa](javascript:x)", "Wiersz 1: adres odnośnika zaczyna się od https://", "a script"),
        ("[Strona](//obca.example)", "Wiersz 1: adres odnośnika zaczyna się od https://", "another host"),
    ],
)
def test_what_cannot_be_read_by_everybody_is_named(text: str, said: str, why: str) -> None:
    found = faults(text)

    assert len(found) == bool(said), why
    assert all(said in one for one in found), why


@pytest.mark.law("ustawa o dostępie do informacji publicznej art. 8 ust. 6")
@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("title", " ", "Podaj tytuł."),
        ("text", "", "Wpisz treść."),
        ("produced_by", "", "Podaj, kto wytworzył informację."),
        ("responsible", "", "Podaj, kto odpowiada za treść informacji."),
        ("produced_on", None, "Podaj dzień wytworzenia informacji."),
        ("produced_on", date(2026, 11, 24), "Dzień wytworzenia nie może być późniejszy niż dziś."),
        ("expires_on", date(2026, 11, 23), "Dzień zdjęcia z BIP musi być późniejszy niż dziś."),
    ],
)
def test_without_its_metadata_nothing_is_ready(field: str, value: object, said: str) -> None:
    assert gaps(CONTENT, is_first=True, today=TODAY) == []
    content: Content = replace(CONTENT, **{field: value})  # type: ignore[arg-type]
    assert said in gaps(content, is_first=True, today=TODAY)


@pytest.mark.law("ustawa o dostępie do informacji publicznej art. 8 ust. 5")
@pytest.mark.parametrize(
    ("exclusion", "is_whole"),
    [
        (Exclusion(), True),
        (Exclusion("imiona stron", "art. 5 ust. 2", "Starosta"), True),
        (Exclusion("imiona stron", "art. 5 ust. 2", "Starosta", "osoby fizyczne"), True),
        (Exclusion("imiona stron", "art. 5 ust. 2"), False),
        (Exclusion("", "art. 5 ust. 2", "Starosta"), False),
        (Exclusion(beneficiary="osoby fizyczne"), False),
    ],
)
def test_an_exclusion_names_scope_basis_and_who(exclusion: Exclusion, is_whole: bool) -> None:
    said = gaps(replace(CONTENT, exclusion=exclusion), is_first=True, today=TODAY)
    assert (said == []) is is_whole


def test_a_change_needs_its_reason() -> None:
    assert len(gaps(CONTENT, is_first=False, today=TODAY)) == 1
    assert gaps(replace(CONTENT, change_reason="Poprawiono datę"), is_first=False, today=TODAY) == []


@pytest.mark.parametrize("field", ["title", "text", "produced_by", "responsible", "change_reason"])
def test_one_changed_letter_gives_another_fingerprint(field: str) -> None:
    before = fingerprint(CONTENT, [])
    assert fingerprint(replace(CONTENT, **{field: f"{getattr(CONTENT, field)}."}), []) != before
    assert fingerprint(CONTENT, [{"name": "a.pdf"}]) != before
    assert fingerprint(replace(CONTENT), []) == before


@pytest.mark.law("ustawa o dostępie do informacji publicznej art. 6 ust. 1")
@pytest.mark.law("ustawa o dostępie do informacji publicznej art. 8 ust. 3")
def test_the_ready_tree_has_each_point_of_article_6() -> None:
    everything = [*TREE, *(below for branch in TREE for below in branch.below)]

    assert {branch.law for branch in TREE} >= {f"art. 6 ust. 1 pkt {point}" for point in range(1, 6)}
    assert len({branch.slug for branch in everything}) == len(everything)
    assert all(len(branch.name) <= 60 for branch in everything)
