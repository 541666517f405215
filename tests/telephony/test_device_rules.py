"""What desk phones ask for and get: names of files, MACs, and each file beside one that a person wrote."""

from pathlib import Path

import pytest

from starostwo.telephony.rules import phone_settings, phonebooks
from starostwo.telephony.rules.devices import (
    BOOK,
    GRANDSTREAM,
    MODELS,
    OWN,
    SHARED,
    SNOM,
    VENDORS,
    YEALINK,
    Asked,
    NotAMac,
    asked,
    file_of,
    plain_mac,
)
from starostwo.telephony.rules.phone_settings import Setup
from starostwo.telephony.rules.phonebooks import MOST, Entry, book

GOLDEN = Path(__file__).with_name("golden")
MAC = "00:15:65:ab:cd:ef"
SETUP = Setup(
    MAC, "105", 'Łąka &\n "Spółka"\x07 <1>', "105-001565abcdef", "haslo", "10.20.20.5", 5060,
    "https://urzad.example/prov/KLUCZ/",
)  # fmt: skip
PEOPLE = [
    Entry("101", "Śliwa", "Anna"),
    Entry("100", 'Sala <A> & "B"'),
    Entry("102", "Ćma", "Zenon", "GN"),
    Entry("103", "Czarny", "Łukasz", "GN"),
]


def golden(name: str) -> str:
    return (GOLDEN / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("001565abcdef.cfg", Asked(OWN, YEALINK, MAC)),
        ("001565ABCDEF.cfg", Asked(OWN, YEALINK, MAC)),
        ("y000000000000.cfg", Asked(SHARED, YEALINK)),
        ("y000000000108.cfg", Asked(SHARED, YEALINK)),
        ("001565ABCDEF.xml", Asked(OWN, SNOM, MAC)),
        ("snomD785-001565ABCDEF.htm", Asked(OWN, SNOM, MAC)),
        ("cfg001565abcdef.xml", Asked(OWN, GRANDSTREAM, MAC)),
        ("ksiazka.xml", Asked(BOOK)),
        ("phonebook.xml", Asked(BOOK)),
        ("cfg001565abcdef", None),
        ("001565abcdef.cfg.bak", None),
        ("001565abcde.cfg", None),
        ("cfg.xml", None),
        ("settings.php", None),
        ("", None),
    ],
)
def test_what_the_name_of_a_file_means(name: str, meant: Asked | None) -> None:
    assert asked(name) == meant


def test_each_maker_is_asked_for_the_file_that_we_name() -> None:
    assert {vendor: asked(file_of(vendor, MAC)) for vendor in VENDORS} == {
        vendor: Asked(OWN, vendor, MAC) for vendor in VENDORS
    }
    assert set(MODELS) == set(MOST) == set(phonebooks.WRITERS) == set(VENDORS)


@pytest.mark.parametrize(
    "typed", ["00:15:65:AB:CD:EF", "00-15-65-ab-cd-ef", "0015.65ab.cdef", " 001565ABCDEF "]
)
def test_a_mac_is_kept_in_one_form(typed: str) -> None:
    assert plain_mac(typed) == MAC


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("001565abcde", "too short"),
        ("001565abcdefa", "too long"),
        ("001565abcdeg", "no hexadecimal digit"),
        ("01005e000001", "multicast"),
        ("ffffffffffff", "everybody"),
        ("000000000000", "nobody"),
        ("001565abcdef; x", "more than a MAC"),
    ],
)
def test_what_is_no_mac_is_refused(typed: str, why: str) -> None:
    with pytest.raises(NotAMac):
        plain_mac(typed)


@pytest.mark.parametrize(
    ("made", "file"),
    [
        (phone_settings.yealink(SETUP), "yealink.cfg"),
        (phone_settings.yealink_common(), "y000000000000.cfg"),
        (phone_settings.snom(SETUP), "snom.xml"),
        (phone_settings.grandstream(SETUP), "grandstream.xml"),
        (book(YEALINK, PEOPLE), "book-yealink.xml"),
        (book(SNOM, PEOPLE), "book-snom.xml"),
        (book(GRANDSTREAM, PEOPLE), "book-grandstream.xml"),
    ],
    ids=["yealink", "yealink-common", "snom", "grandstream", "book-yealink", "book-snom", "book-grandstream"],
)
def test_each_file_is_as_a_person_wrote_it(made: str, file: str) -> None:
    assert made == golden(file)


def test_without_https_grandstream_is_told_so() -> None:
    plain = Setup(MAC, "105", "x", "105-x", "p", "10.0.0.1", 5060, "http://urzad.example:8000/prov/K/")

    made = phone_settings.grandstream(plain)

    assert "<P212>1</P212>" in made
    assert "<P330>1</P330>" in made
    assert "<P237>urzad.example:8000/prov/K</P237>" in made


def test_a_setup_shows_no_secret() -> None:
    assert "haslo" not in repr(SETUP)
    assert "KLUCZ" not in repr(SETUP)


@pytest.mark.parametrize(("vendor", "most"), [(YEALINK, 1000), (SNOM, 500), (GRANDSTREAM, 2000)])
def test_a_book_is_as_long_as_the_phone_takes(vendor: str, most: int) -> None:
    crowd = [Entry(str(number), f"Osoba {number:05d}") for number in range(10_000, 12_100)]

    made = book(vendor, reversed(crowd))

    assert made.count("Osoba ") == most
    assert "Osoba 10000" in made
    assert f"Osoba {10_000 + most - 1}" in made


def test_a_long_name_is_cut() -> None:
    assert len(Entry("100", "x" * 90, "y" * 90, "GN").name) == 40
