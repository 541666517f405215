"""Annex A: what a letter must carry, how its date and identifier are written; annex D: access of a case."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starostwo.records.rules.metadata import (
    AccessLevel,
    Channel,
    NotAPartialDate,
    Received,
    Sender,
    case_access,
    check_partial_date,
    gaps,
    is_identifier,
)

PIOTR = Sender(family_name="Wrona", given_name="Piotr", town="Zgierz")
DAY = date(2026, 3, 10)


@pytest.mark.law("rozp. MSWiA 30.10.2006 zał. A")
@pytest.mark.parametrize(
    ("received", "channel", "missing", "why"),
    [
        (Received("Wniosek", DAY, [PIOTR]), Channel.PAPER, [], "whole on paper"),
        (Received("Wniosek", DAY, [PIOTR]), Channel.ESP, ["12"], "an electronic one needs its format"),
        (Received("Wniosek", DAY, [PIOTR], format="application/xml"), Channel.ESP, [], "whole"),
        (Received("Wniosek", DAY), Channel.PAPER, ["1", "2b"], "nobody sent it"),
        (Received("Wniosek", DAY, [Sender(organization="Budex")]), Channel.PAPER, ["2b"], "no town"),
        (Received("Wniosek", DAY, [Sender(town="Łódź")]), Channel.PAPER, ["1"], "no name"),
        (
            Received("Wniosek", DAY, [PIOTR, Sender(organization="Budex")]),
            Channel.PAPER,
            ["2b"],
            "each sender",
        ),
        (Received(" ", DAY, [PIOTR]), Channel.CARRIER, ["9"], "no title"),
    ],
)
def test_gaps(received: Received, channel: Channel, missing: list[str], why: str) -> None:
    assert [gap.point for gap in gaps(received, channel=channel)] == missing, why


def test_a_sender_is_named_by_organization_else_by_family_name_first() -> None:
    assert PIOTR.name == "Wrona Piotr"
    assert Sender(organization="Budex", family_name="Lis").name == "Budex"
    assert Sender().name == ""


@pytest.mark.law("rozp. MSWiA 30.10.2006 zał. A pkt 3")
@pytest.mark.parametrize("text", ["", "2026", "2026-03", "2026-03-31", "2024-02-29"])
def test_partial_dates(text: str) -> None:
    assert check_partial_date(text) == text


@pytest.mark.parametrize(
    "text",
    ["26", "0000", "0000-01", "2026-00", "2026-13", "2026-02-29", "2026-3", "2026-03-00", "2026-03-32", "x"],
)
def test_what_is_no_partial_date(text: str) -> None:
    with pytest.raises(NotAPartialDate):
        check_partial_date(text)


@given(st.dates(min_value=date(1900, 1, 1)))
def test_each_day_is_a_partial_date_whole_or_in_part(day: date) -> None:
    for text in (f"{day.year:04}", f"{day.year:04}-{day.month:02}", day.isoformat()):
        assert check_partial_date(text) == text


@pytest.mark.law("rozp. MSWiA 30.10.2006 zał. A pkt 8")
@pytest.mark.parametrize("sign", [" ", "\t", "\\", "/", "*", "?", ":", "=", ",", ";"])
def test_an_identifier_has_none_of_the_forbidden_signs(sign: str) -> None:
    assert is_identifier("RPW-1-2026")
    assert not is_identifier(f"RPW{sign}1")
    assert not is_identifier("")


@pytest.mark.law("rozp. MSWiA 30.10.2006 zał. D pkt 6")
@pytest.mark.parametrize(
    ("levels", "access"),
    [
        ([], AccessLevel.PARTLY),
        ([AccessLevel.CLOSED], AccessLevel.CLOSED),
        ([AccessLevel.PUBLIC, AccessLevel.PUBLIC], AccessLevel.PUBLIC),
        ([AccessLevel.PUBLIC, AccessLevel.CLOSED], AccessLevel.PARTLY),
    ],
)
def test_access_of_a_case(levels: list[AccessLevel], access: AccessLevel) -> None:
    assert case_access(levels) == access
