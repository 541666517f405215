"""The finder of personal data: what it finds, what it lets through, and that it stops a publication."""

from pathlib import Path

import pytest

from starostwo.audit import api as audit
from starostwo.bulletin import access
from starostwo.bulletin.models import Decision, Version
from starostwo.bulletin.queries.personal_data import undecided
from starostwo.bulletin.rules.personal_data import Sought, find, is_account, is_pesel
from starostwo.bulletin.services import drafts, personal_data
from starostwo.office import testing as office
from tests.bulletin.makers import NOW, a_draft, editor, submitted

NRB = "PL 61 1090 1014 0000 0712 1981 2874"


@pytest.mark.law("ustawa o dostępie do informacji publicznej art. 5 ust. 2")
@pytest.mark.parametrize(
    ("text", "names", "found", "why"),
    [
        ("PESEL 80010112340.", (), [("PESEL", "80010112340")], "the control digit is right"),
        ("Numer 80010112341.", (), [], "a wrong control digit is a number"),
        ("Numer 180010112340.", (), [], "twelve digits are no PESEL"),
        ("Numer 80130112343", (), [], "no such month"),
        ("tel. 601 234 567", (), [("telefon", "601 234 567")], "spaces"),
        ("tel. +48 601-234-567", (), [("telefon", "+48 601-234-567")], "a country and dashes"),
        ("tel. 42 719 08 00", (), [("telefon", "42 719 08 00")], "a landline"),
        ("601234567", (), [("telefon", "601234567")], "in one piece"),
        ("Sprawa GN.6840.123.2026", (), [], "a mark of a case"),
        ("Kwota 123 456 789,00 zł i 318 900 000 zł", (), [], "amounts are no telephones"),
        ("pojazd EZG 12345", (), [("tablica", "EZG 12345")], "a plate"),
        ("pojazd EZGA123", (), [("tablica", "EZGA123")], "a plate in one piece"),
        ("pojazd WB1234K", (), [("tablica", "WB1234K")], "a plate with a letter behind"),
        ("ULICA KWIATOWA", (), [], "capital letters are no plate"),
        ("jan.wrona@poczta.example", (), [("e-mail", "jan.wrona@poczta.example")], "an address"),
        (NRB, (), [("rachunek", NRB)], "the control number is right"),
        ("62 1090 1014 0000 0712 1981 2874", (), [], "a wrong control number"),
        ("Dla Piotra Wrony", ("Piotr Wrona",), [("nazwisko", "Piotra"), ("nazwisko", "Wrony")], "inflected"),
        ("Wniosek Dudka", ("Dudek",), [("nazwisko", "Dudka")], "a fleeting vowel"),
        ("Dla Kowalskiego", ("Jan Kowalski",), [("nazwisko", "Kowalskiego")], "an adjective"),
        ("Stare wrony", ("Wrona",), [], "small letters are birds"),
        (f"Skrót {'ab' * 11}c601234567d80010112340{'f' * 20}", (), [], "digits of a checksum are nobody's"),
        ("c601234567d", (), [("telefon", "601234567")], "a short word is no checksum"),
        ("80010112340 i 80010112340", (), [("PESEL", "80010112340")], "each once"),
    ],
)
def test_what_may_be_personal_data_is_found(
    text: str, names: tuple[str, ...], found: list[tuple[str, str]], why: str
) -> None:
    assert [(one.kind, one.text) for one in find(text, Sought(names))] == found, why


def test_control_numbers() -> None:
    assert is_pesel("75051256786")
    assert not is_pesel("75051256787")
    assert is_account("61 1090 1014 0000 0712 1981 2874")
    assert not is_account("61 1090 1014 0000 0712 1981 287")


def test_a_decision_keeps_no_data() -> None:
    finding = find("PESEL 80010112340")[0]

    assert finding.masked == "•••••••••40"
    assert "80010112340" not in finding.key


def test_a_publication_stops_until_a_person_has_decided(bulletin: Path) -> None:
    version = a_draft(text="Dyżur pełni Anna Nowak, tel. 42 719 08 00.")
    key = undecided(version)[0].finding.key

    with pytest.raises(drafts.NotReady, match="Rozstrzygnij o znalezionych danych"):
        submitted(version)
    for reason, who in ((" ", editor()), ("Numer służbowy", office.actor(office.anna()))):
        with pytest.raises((personal_data.CannotDecide, access.NotAnEditor)):
            personal_data.let_through(version.pk, key, actor=who, reason=reason, now=NOW)
    assert Decision.objects.count() == 0
    personal_data.let_through(version.pk, key, actor=editor(), reason="Numer służbowy", now=NOW)

    assert submitted(version).state == Version.State.SUBMITTED
    said = audit.history(str(version.item))[-2].payload
    assert said == {"kind": "telefon", "masked": "••••••••••00", "reason": "Numer służbowy"}


def test_names_fields_and_files_are_looked_through(bulletin: Path) -> None:
    version = a_draft(
        text="Decyzja dla Piotra W.", sought_names="Piotr Wrona", fields={"note": "PESEL 80010112340"}
    )
    assert [(one.where, one.finding.kind) for one in undecided(version)] == [
        ("treść", "nazwisko"),
        ("pola", "PESEL"),
    ]


def test_editors_decide_beside_the_text(bulletin: Path) -> None:
    version = a_draft(text="Dyżur: 42 719 08 00")
    client = office.client_of(office.Account.objects.get(pk=editor().account_id))
    here = f"/urzad/bip/{version.item_id}/"

    page = client.get(f"{here}wersja-robocza/").content.decode()
    assert "Możliwe dane osobowe" in page
    assert "Przekaż do zatwierdzenia" not in page
    client.post(f"{here}dane-osobowe/", {"key": undecided(version)[0].finding.key, "reason": "Numer urzędu"})

    page = client.get(f"{here}wersja-robocza/").content.decode()
    assert "Numer urzędu (Paulina Cis)" in page
    assert "Przekaż do zatwierdzenia" in page
    submitted(version)
    page = client.get(f"{here}zatwierdzenie/").content.decode()
    assert "••••••••••00: Numer urzędu (Paulina Cis" in page
