"""Who calls: people and groups of the office by an internal number, parties and staff by an outside one."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from starostwo.office import api as office
from starostwo.office.api import Actor
from starostwo.records import api as records
from starostwo.telephony.models import Extension, Number, PublicNumber
from starostwo.telephony.rules.callers import Caller, Kind


@dataclass(frozen=True)
class InHouse:
    """Somebody or something of the office: a colleague, a shared phone, a group, a number of the county."""

    name: str
    what: str = ""
    number: str = ""


@dataclass(frozen=True)
class WhoCalls:
    """Everybody known under a number, and the open cases that whoever asks may open."""

    caller: Caller
    in_house: tuple[InHouse, ...] = ()
    parties: tuple[records.callers.CallingParty, ...] = ()
    cases: tuple[records.callers.CallersCase, ...] = ()

    @property
    def names(self) -> list[str]:
        """Everybody in one list."""
        return [*(one.name for one in self.in_house), *(one.name for one in self.parties)]


def who_calls(caller: Caller, *, actor: Actor, on: date) -> WhoCalls:
    """Look the number up; of a hidden or a strange one nobody is known."""
    if caller.kind is Kind.INTERNAL:
        return WhoCalls(caller, in_house=tuple(_inside(caller.number, on)))
    if caller.kind is not Kind.OUTSIDE:
        return WhoCalls(caller)
    parties = records.callers.parties_at(caller.number, actor=actor)
    cases = records.callers.open_cases_of(parties, actor=actor)
    return WhoCalls(caller, tuple(_outside(caller.number, on)), tuple(parties), tuple(cases))


def numbers_of(account_ids: Iterable[int]) -> dict[int, str]:
    """The internal number of each of these people who has one; of several the first."""
    phones = Extension.objects.filter(account__in=set(account_ids), is_blocked=False).order_by("-number_id")
    return {account: number for account, number in phones.values_list("account_id", "number_id") if account}


def _inside(number: str, on: date) -> list[InHouse]:
    row = Number.objects.select_related("extension", "group").filter(pk=number).first()
    if row is None:
        return []
    if row.kind == Number.Kind.GROUP:
        return [InHouse(row.group.name, "grupa telefonów", number)]
    if row.extension.account_id is None:
        return [InHouse(row.extension.label, "telefon wspólny", number)]
    return [replace(one, number=number) for one in _person(row.extension.account_id, on)]


def _person(account_id: int, on: date) -> list[InHouse]:
    person = office.person(account_id, on=on)
    return [InHouse(person.name, ", ".join(filter(None, (person.post, person.unit))))] if person else []


def _outside(number: str, on: date) -> list[InHouse]:
    """A number of the county itself, and colleagues whose own number it is."""
    own = PublicNumber.objects.filter(number=number).first()
    found = [InHouse(own.description or "numer powiatu", "numer zewnętrzny powiatu")] if own else []
    return [*found, *(one for pk in office.colleagues.at_phone(number) for one in _person(pk, on))]
