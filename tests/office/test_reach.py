"""How far a head's word reaches, and for whom a letter of a unit waits."""

from datetime import date

import pytest

from starostwo.office import testing as office
from starostwo.office.models import Holding, Right
from starostwo.office.reach import Reach, reach_on

TODAY = date(2026, 11, 23)
TREE = {"ST": None, "WS": "ST", "AB": "WS", "KM": "WS", "KM-O": "KM", "GN": "ST"}


@pytest.mark.parametrize(
    ("headed", "asks", "led", "why"),
    [
        ({"ST", "AB", "GN"}, "ST", {"ST", "WS", "KM", "KM-O"}, "units without a head fall to the next above"),
        ({"ST", "WS", "AB", "KM", "GN"}, "WS", {"WS"}, "those below have heads of their own"),
        ({"ST", "WS", "AB", "KM", "GN"}, "KM", {"KM", "KM-O"}, "a branch without a head"),
        ({"ST"}, "ST", set(TREE), "one head for all"),
    ],
)
def test_who_leads_a_unit(headed: set[str], asks: str, led: set[str], why: str) -> None:
    assert Reach(TREE, frozenset(headed)).led_from({asks}) == led, why


def test_everything_below_is_reached() -> None:
    assert Reach(TREE).below({"WS"}) == {"WS", "AB", "KM", "KM-O"}


def test_a_circle_in_the_structure_ends() -> None:
    assert Reach({"A": "B", "B": "A"}).below({"A"}) == {"A", "B"}


@pytest.mark.django_db
def test_the_starosta_leads_what_has_no_head() -> None:
    starosta = office.starosta()
    office.ewa()
    office.make_unit("ZD", name="Zdrowie", parent="ST")

    actor = office.actor(starosta, today=TODAY)

    assert actor.leads == {"ST", "ZD"}
    assert actor.heads == {"ST", "ZD", "GN"}


@pytest.mark.django_db
def test_a_head_who_left_leads_no_more() -> None:
    ewa, starosta = office.ewa(), office.starosta()
    Holding.objects.filter(account=ewa).update(valid_to=TODAY)

    assert "GN" in office.actor(starosta, today=TODAY).leads
    assert "GN" not in reach_on(TODAY).headed
    assert Right.ASSIGN not in office.actor(ewa, today=TODAY).rights
