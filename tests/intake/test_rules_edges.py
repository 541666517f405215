"""The edges of the box's rules: the standard limits, the shortest key, what a signature may lie in."""

from hashlib import sha256

import pytest

from starostwo.intake.rules.fingerprint import bytes_fingerprint, check_key
from starostwo.intake.rules.limits import STANDARD, Limits, OverLimit, check_limits
from starostwo.intake.rules.sender import Sender
from starostwo.intake.rules.signed import may_be_signed, may_point_outside


def test_the_standard_limits() -> None:
    assert Limits(file_bytes=52_428_800, total_bytes=157_286_400, attachments=20) == STANDARD


@pytest.mark.parametrize(
    ("sizes", "said", "why"),
    [
        ([1, 52_428_801], "Jeden plik może mieć najwyżej 50 MB.", "one of the files"),
        ([52_428_800] * 4, "Wszystkie pliki razem mogą mieć najwyżej 150 MB.", "all of them"),
        ([1] * 22, "Do pisma można dołączyć najwyżej 20 plików.", "too many"),
    ],
)
def test_a_refusal_says_the_limit(sizes: list[int], said: str, why: str) -> None:
    with pytest.raises(OverLimit) as refused:
        check_limits(sizes)
    assert str(refused.value) == said, why


@pytest.mark.parametrize("key", ["x", "a b"])
def test_one_sign_is_a_key_and_a_space_may_stand_inside(key: str) -> None:
    assert check_key(key) == key


def test_marks_that_are_kept_in_the_database_never_change() -> None:
    """Each part with its length in eight bytes before it, so that no two lists look alike."""
    eight = (1).to_bytes(8, "big")
    expected = sha256(eight + b"d" + eight + b"a" + eight + b"b").hexdigest()
    assert bytes_fingerprint(["d", "b", "a"]) == expected


@pytest.mark.parametrize(
    ("sender", "address"),
    [
        (Sender(street="Długa 4", postcode="95-100", town="Zgierz"), "Długa 4, 95-100 Zgierz"),
        (Sender(street="Długa 4"), "Długa 4"),
        (Sender(town="Zgierz"), "Zgierz"),
    ],
)
def test_an_address_in_one_line(sender: Sender, address: str) -> None:
    assert sender.address == address


@pytest.mark.parametrize(
    ("media_type", "signed", "outside"),
    [
        ("application/pdf", True, False),
        ("application/xml", True, True),
        ("application/pkcs7-signature", True, True),
        ("application/vnd.etsi.asic-e+zip", True, False),
        ("text/plain", False, False),
    ],
)
def test_what_a_signature_may_lie_in_and_what_it_may_cover(
    media_type: str, signed: bool, outside: bool
) -> None:
    assert (may_be_signed(media_type), may_point_outside(media_type)) == (signed, outside)
