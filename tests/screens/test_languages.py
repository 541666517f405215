"""The address alone says the language of a page; what is written follows it."""

from datetime import UTC, date, datetime

import pytest
from django.template import engines
from django.test import Client
from django.utils import translation

from starostwo.platform.money import zloty
from starostwo.screens import languages, wording


@pytest.mark.parametrize(
    ("path", "language", "rest", "reason"),
    [
        ("/", "pl", "/", "Polish has no prefix"),
        ("/uslugi/", "pl", "/uslugi/", "Polish has no prefix"),
        ("/en/", "en", "/", "the start page in English"),
        ("/uk/uslugi/", "uk", "/uslugi/", "a page in Ukrainian"),
        ("/en", "en", "/", "without the last slash"),
        ("/ukraina/", "pl", "/ukraina/", "a word that only begins like a prefix"),
        ("/de/", "pl", "/de/", "a language that is not offered"),
    ],
)
def test_the_address_says_the_language(path: str, language: str, rest: str, reason: str) -> None:
    assert languages.split(path) == (language, rest), reason


def test_an_address_leads_to_the_same_page_in_another_language() -> None:
    assert languages.address_in("uk", "/en/uslugi/") == "/uk/uslugi/"
    assert languages.address_in("pl", "/en/uslugi/") == "/uslugi/"
    assert languages.address_in("en", "/") == "/en/"


@pytest.mark.parametrize(
    ("language", "day", "moment", "size", "money"),
    [
        ("pl", "1 maja 2026", "1 maja 2026, godz. 9:05", "1,3 MB", "1 234,50 zł"),
        ("en", "1 May 2026", "1 May 2026, 9:05", "1.3 MB", "PLN 1,234.50"),
        ("uk", "1 травня 2026 року", "1 травня 2026 року, 9:05", "1,3 МБ", "1 234,50 зл."),
    ],
)
def test_days_sizes_and_money_are_written_as_in_the_language(
    language: str, day: str, moment: str, size: str, money: str
) -> None:
    written = [
        wording.day(date(2026, 5, 1), language),
        wording.moment(datetime(2026, 5, 1, 7, 5, tzinfo=UTC), language),
        wording.filesize(1_300_000, language),
        zloty(123450, language),
    ]
    assert [text.replace("\u00a0", " ") for text in written] == [day, moment, size, money]


@pytest.mark.parametrize(
    ("language", "forms", "said"),
    [
        ("pl", "dzień|dni|dni", ["1 dzień", "2 dni", "5 dni", "12 dni", "21 dni", "22 dni"]),
        ("en", "day|days|days", ["1 day", "2 days", "5 days", "12 days", "21 days", "22 days"]),
        ("uk", "день|дні|днів", ["1 день", "2 дні", "5 днів", "12 днів", "21 день", "22 дні"]),
    ],
)
def test_numbers_take_the_form_of_the_language(language: str, forms: str, said: list[str]) -> None:
    assert [wording.counted(number, forms, language) for number in (1, 2, 5, 12, 21, 22)] == said


@pytest.mark.django_db
def test_what_is_only_polish_is_marked_on_a_page_in_another_language() -> None:
    page = engines["django"].from_string(
        "{% load languages %}{{ unit|said }}, {{ day|said }}, {{ name|in_polish }}<p{% polish %}>"
    )
    values = {"unit": "Referat <X>", "day": "środa", "name": "Łódź"}
    assert page.render(values) == "Referat &lt;X&gt;, środa, Łódź<p>"
    with translation.override("en"):
        assert page.render(values) == (
            '<span lang="pl">Referat &lt;X&gt;</span>, Wednesday, <span lang="pl">Łódź</span><p lang="pl">'
        )


@pytest.mark.django_db
def test_a_page_has_its_language_and_leads_to_the_others(client: Client) -> None:
    answer = client.get("/uk/kontakt/")
    text = answer.content.decode()

    assert answer["Content-Language"] == "uk"
    assert '<html lang="uk"' in text
    assert '<a href="/kontakt/" lang="pl" hreflang="pl">Polski</a>' in text
    assert '<a href="/uk/kontakt/" lang="uk" hreflang="uk" aria-current="true">Українська</a>' in text
    assert '<link rel="alternate" hreflang="en" href="/en/kontakt/">' in text
    assert 'href="/uk/uslugi/"' in text
    assert 'href="/uslugi/"' not in text


@pytest.mark.django_db
def test_the_way_to_other_languages_keeps_what_was_asked(client: Client) -> None:
    assert (
        'href="/uk/wydarzenia/?miesiac=2026-12"'
        in client.get("/en/wydarzenia/?miesiac=2026-12").content.decode()
    )


@pytest.mark.django_db
def test_what_is_for_staff_is_polish(client: Client) -> None:
    assert client.get("/en/urzad/?a=1")["Location"] == "/urzad/?a=1"
    assert client.get("/uk/bip/")["Location"] == "/bip/uk/"
    assert client.get("/uk/bip/menu/")["Location"] == "/bip/menu/"
    assert client.post("/en/urzad/logowanie/", {"login": "x"}).status_code == 404
    assert '<html lang="pl"' in client.get("/urzad/logowanie/").content.decode()


@pytest.mark.django_db
def test_the_next_request_is_not_answered_in_the_language_of_the_last(client: Client) -> None:
    client.get("/en/kontakt/")
    assert 'href="/uslugi/"' in client.get("/kontakt/").content.decode()
    assert client.cookies.output() == ""


@pytest.mark.django_db
def test_a_page_that_is_not_there_says_so_in_the_language_of_its_address(client: Client) -> None:
    answer = client.get("/en/nie-ma-mnie/")
    assert answer.status_code == 404
    assert "Start page" in answer.content.decode()
    assert 'href="/en/"' in answer.content.decode()
