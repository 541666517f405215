"""The redaction map: what is found of the parties of a case, and the text made anew without it."""

import pytest

from starostwo.bulletin.rules.personal_data import Address, Sought, find
from starostwo.bulletin.rules.redaction import (
    Choice,
    NoReason,
    check_choices,
    exclusion_of,
    redact,
    redaction_map,
)

LESNA = Address("ul. Leśna", "12", "95-100", "Zgierz")
VILLAGE = Address("", "17", "95-035", "Ozorków")
SOUGHT = Sought(("Piotr Wrona",), (LESNA,))


@pytest.mark.law("ustawa o dostępie do informacji publicznej art. 5 ust. 2")
@pytest.mark.parametrize(
    ("text", "address", "found", "why"),
    [
        ("przy ul. Leśnej 12", LESNA, ["ul. Leśnej 12"], "inflected, with the number"),
        ("mieszka: Leśna 12/3", LESNA, ["Leśna 12/3"], "without the word street"),
        ("LEŚNA 12 m. 4", LESNA, ["LEŚNA 12 m. 4"], "capital letters and a flat"),
        ("Leśniczówka", LESNA, ["Leśniczówka"], "too much rather than too little"),
        ("95-100 Zgierz", LESNA, ["95-100"], "the postcode; the town alone is nobody's data"),
        ("Starostwo w Zgierzu", LESNA, [], "a town without a house"),
        ("Ozorków 17", VILLAGE, ["Ozorków 17"], "a village without streets"),
        ("w Ozorkowie 17", VILLAGE, ["Ozorkowie 17"], "inflected"),
        ("Ozorków 171", VILLAGE, [], "another house"),
        ("tel. 195-1003", LESNA, [], "digits around are no postcode"),
    ],
)
def test_addresses_of_the_parties_are_found(text: str, address: Address, found: list[str], why: str) -> None:
    assert [one.text for one in find(text, Sought(addresses=(address,)))] == found, why


@pytest.mark.law("ustawa o dostępie do informacji publicznej art. 5 ust. 2")
@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("Piotr Wrona, ul. Leśna 12, wnosi", "[wyłączono: dane osoby], [wyłączono: adres], wnosi"),
        ("PESEL 80010112340.", "PESEL [wyłączono: PESEL]."),
        ("Piotr Wrona(Zgierz)", "[wyłączono: dane osoby] (Zgierz)"),
        (
            "## Dla Piotra Wrony\n\nWrona wnosi",
            "## Dla [wyłączono: dane osoby]\n\n[wyłączono: dane osoby] wnosi",
        ),
        ("Nic tu nie ma.", "Nic tu nie ma."),
    ],
)
def test_the_text_is_made_anew_and_says_what_was_left_out(text: str, made: str) -> None:
    assert redact(text, SOUGHT, kept=()) == made


def test_words_that_a_person_names_are_blacked_out_too() -> None:
    sought = Sought(words=("Adam Świadek",))
    assert redact("Zeznał Adam Świadek.", sought, kept=()) == "Zeznał [wyłączono: inne dane]."


def test_what_is_kept_stays_in_each_place() -> None:
    [name, *_] = redaction_map(["Piotr i Piotr"], SOUGHT)
    assert name.places == 2
    assert redact("Piotr i Piotr", SOUGHT, kept={name.key}) == "Piotr i Piotr"


def test_nothing_is_kept_without_a_reason() -> None:
    entries = redaction_map(["Piotr Wrona"], SOUGHT)
    check_choices(entries, {entries[0].key: Choice(keep=True, reason="funkcja publiczna")})
    with pytest.raises(NoReason, match="Piotr"):
        check_choices(entries, {entries[0].key: Choice(keep=True, reason=" ")})


@pytest.mark.law("ustawa o dostępie do informacji publicznej art. 8 ust. 5")
def test_the_exclusion_names_scope_basis_organ_and_beneficiary() -> None:
    entries = redaction_map(["Piotr Wrona, ul. Leśna 12, Wrona"], SOUGHT)
    made = exclusion_of(entries, {}, organ="Starostwo")
    assert made.scope == "dane osoby (liczba miejsc: 3), adres (liczba miejsc: 1)"
    assert "art. 5 ust. 2" in made.basis
    assert (made.organ, bool(made.beneficiary)) == ("Starostwo", True)
    everything = {one.key: Choice(keep=True, reason="x") for one in entries}
    assert not exclusion_of(entries, everything, organ="Starostwo")
