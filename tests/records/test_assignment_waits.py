"""For whom a letter waits: it leaves the starosta's list when he gives it to a unit that has a head."""

import pytest

from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.records import testing as records
from starostwo.records.queries.lists import letters_to_assign
from starostwo.records.rules.assignment import Target
from starostwo.records.services.assignments import assign

pytestmark = pytest.mark.django_db


def waits_for(account: Account) -> list[str]:
    rows = letters_to_assign(office.actor(account, today=records.TODAY))
    return list(rows.values_list("title", flat=True))


def give(letter_id: int, unit: str) -> None:
    starosta = office.actor(office.starosta(), today=records.TODAY)
    assign([letter_id], actor=starosta, lead=Target(unit=unit), today=records.TODAY, now=records.NOW)


def test_it_waits_for_the_head_of_the_unit_and_no_longer_for_the_starosta() -> None:
    starosta, ewa = office.starosta(), office.ewa()
    letter = records.make_letter("Dzierżawa działki", unit="ST")
    assert (waits_for(starosta), waits_for(ewa)) == (["Dzierżawa działki"], [])

    give(letter.pk, "GN")

    assert (waits_for(starosta), waits_for(ewa)) == ([], ["Dzierżawa działki"])


def test_in_a_unit_without_a_head_it_waits_for_the_next_above() -> None:
    starosta = office.starosta()
    office.make_unit("ZD", name="Zdrowie", parent="ST")
    letter = records.make_letter("Przewóz zwłok", unit="ST")

    give(letter.pk, "ZD")

    assert waits_for(starosta) == ["Przewóz zwłok"]
