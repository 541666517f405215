"""Telephone numbers as people type them, and the length of an SMS."""

import pytest

from starostwo.channels.rules.phone import takes_texts
from starostwo.channels.rules.texts import parts, plain
from starostwo.platform.telephone import e164


@pytest.mark.parametrize(
    ("typed", "number", "why"),
    [
        ("600100200", "+48600100200", "nine digits are Polish"),
        ("600 100 200", "+48600100200", "spaces"),
        ("600-100-200", "+48600100200", "hyphens"),
        ("(42) 714-00-00", "+48427140000", "brackets"),
        ("42 714 00 00", "+48427140000", "a number of a town"),
        ("48600100200", "+48600100200", "the country without its plus"),
        ("+48 600 100 200", "+48600100200", "as E.164 writes it"),
        ("0048600100200", "+48600100200", "two zeros for the plus"),
        ("+380 50 123 45 67", "+380501234567", "Ukraine"),
        ("+44 20 7946 0018", "+442079460018", "another country"),
        ("\u00a0600\u00a0100\u00a0200 ", "+48600100200", "spaces that do not break"),
        ("60010020", None, "eight digits"),
        ("6001002000", None, "ten digits"),
        ("+4860010020", None, "too short for Poland"),
        ("+486001002000", None, "too long for Poland"),
        ("+48060010020", None, "no Polish number begins with 0"),
        ("112", None, "an emergency number"),
        ("+0600100200", None, "no country begins with 0"),
        ("+1234567890123456", None, "more than fifteen digits"),
        ("600100200 wew. 3", None, "words"),
        ("٦٠٠١٠٠٢٠٠", None, "digits of another script"),
        ("", None, "nothing"),
    ],
)
def test_a_number_becomes_e164_or_nothing(typed: str, number: str | None, why: str) -> None:
    assert e164(typed) == number, why


@pytest.mark.parametrize(
    ("number", "takes"),
    [("+48600100200", True), ("+48880100200", True), ("+48427140000", False), ("+380501234567", True)],
)
def test_in_poland_mobile_numbers_take_texts(number: str, takes: bool) -> None:
    assert takes_texts(number) == takes


def test_a_text_leaves_without_diacritics() -> None:
    assert plain("Zażółć gęślą jaźń – „tak”") == 'Zazolc gesla jazn - "tak"'
    assert plain("Ваш обліковий запис, її й ґанок") == "Ваш обліковий запис, її й ґанок"


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("ą" * 70, 1),
        ("ą" * 71, 2),
        ("[" * 80, 1),
        ("[" * 81, 2),
        ("😀" * 35, 1),
        ("😀" * 36, 2),
    ],
)
def test_parts_are_counted_as_gateways_count_them(text: str, count: int) -> None:
    assert parts(text) == count
