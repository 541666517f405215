"""The door into `office` for other packages. Nothing else here may be imported from outside."""

from starostwo.office import colleagues, places, residents
from starostwo.office.actor import Actor, actor_for
from starostwo.office.entrance import program, public, resident, staff
from starostwo.office.middleware import ActorRequest
from starostwo.office.models import Right
from starostwo.office.queries.structure import (
    PersonRef,
    UnitRef,
    names,
    office,
    people,
    person,
    unit,
    units,
)
from starostwo.office.tries import allow

__all__ = [
    "Actor",
    "ActorRequest",
    "PersonRef",
    "Right",
    "UnitRef",
    "actor_for",
    "allow",
    "colleagues",
    "names",
    "office",
    "people",
    "person",
    "places",
    "program",
    "public",
    "resident",
    "residents",
    "staff",
    "unit",
    "units",
]
