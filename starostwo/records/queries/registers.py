"""The registers of the office as rows: incoming letters (RPW) and the list of cases (spis spraw).

Law: rozp. PRM 18.01.2011, annex 1: columns of the register of incoming letters and of the list of cases.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.db.models import QuerySet

from starostwo.office.api import Actor
from starostwo.records.access import visible_cases, visible_letters
from starostwo.records.models import Case, Letter, PlanClass, Subgroup
from starostwo.records.rules.numbering import INCOMING

BY_NUMBER = ("-year", "-number", "-id")
PRINTED_AT_MOST = 20_000


@dataclass(frozen=True)
class RegisterRow:
    """One line of the register of incoming letters."""

    number: str
    received_on: date
    title: str
    sender: str
    letter_date: str
    sender_reference: str
    assigned_to: str
    attachments: int
    extra: str


@dataclass(frozen=True)
class CaseRow:
    """One line of a list of cases: a case, or a sub-group that took a number of it."""

    klass: str
    number: str
    title: str
    sender: str
    sender_reference: str
    letter_date: str
    opened_on: date
    closed_on: date | None
    holder: str
    remarks: str
    mark: str
    is_case: bool = True


def incoming(actor: Actor, *, since: date | None = None, until: date | None = None) -> QuerySet[Letter]:
    """Return the letters of the register that the person may see, by the day on which they came in."""
    rows = visible_letters(actor).filter(series=INCOMING)
    if since:
        rows = rows.filter(received_on__gte=since)
    if until:
        rows = rows.filter(received_on__lte=until)
    return rows.select_related("holder").defer("audience")


def register_row(letter: Letter) -> RegisterRow:
    """Return a letter as the register shows it."""
    extra = [letter.get_channel_display()]
    extra += [] if letter.fully_copied else ["nie w pełni odwzorowane"]
    extra += list(letter.remarks)
    return RegisterRow(
        number=letter.shown_number,
        received_on=letter.received_on,
        title=letter.title,
        sender=", ".join(part for part in (letter.sender_name, letter.sender_town) if part),
        letter_date=letter.letter_date,
        sender_reference=letter.sender_reference,
        assigned_to=f"{letter.holder.name} ({letter.unit})" if letter.holder else letter.unit,
        attachments=letter.attachments,
        extra="; ".join(extra),
    )


def incoming_rows(actor: Actor, *, since: date, until: date) -> Iterator[RegisterRow]:
    """Return the register of a period as it is printed, the lowest number first."""
    rows = incoming(actor, since=since, until=until).order_by("year", "number")
    return (register_row(letter) for letter in rows.iterator(chunk_size=1000))


def listed_cases(actor: Actor, *, unit: str, klass: str, year: int) -> QuerySet[Case]:
    """Return the visible cases of a class of any rank in a year, of one unit or of all."""
    rows = visible_cases(actor).filter(klass__startswith=klass, year=year)
    rows = rows.filter(unit=unit) if unit else rows
    return rows.select_related("holder", "first_letter").defer("audience", "first_letter__audience")


def case_rows(actor: Actor, *, unit: str, klass: str, year: int) -> list[CaseRow]:
    """Return a list of cases as it is printed: by class, unit and number, with the sub-groups among them."""
    cases = listed_cases(actor, unit=unit, klass=klass, year=year)
    ordered = cases.order_by("klass", "unit", "subgroup", "number")[:PRINTED_AT_MOST]
    rows = [((one.klass, one.unit, one.subgroup, one.number), _case_row(one)) for one in ordered]
    groups = Subgroup.objects.filter(klass__startswith=klass, year=year, unit__in={key[1] for key, _ in rows})
    rows += [
        ((one.klass, one.unit, 0, one.number), _group_row(one)) for one in groups.select_related("opened_by")
    ]
    return [row for _, row in sorted(rows, key=lambda pair: pair[0])]


def title_of_class(klass: str, *, on: date) -> str:
    """Return what the class is called in the plan of the day."""
    in_force = PlanClass.objects.filter(symbol=klass, edition__valid_from__lte=on)
    found = in_force.exclude(edition__valid_to__lte=on).first()
    return found.title if found else ""


def first_rows(rows: Iterator[RegisterRow]) -> list[RegisterRow]:
    """Return as many rows as are printed at once."""
    return list(islice(rows, PRINTED_AT_MOST))


def _case_row(case: Case) -> CaseRow:
    letter = case.first_letter
    return CaseRow(
        klass=case.klass,
        number=f"{case.subgroup}.{case.number}" if case.subgroup else str(case.number),
        title=case.title,
        sender=letter.sender_name if letter else "",
        sender_reference=letter.sender_reference if letter else "",
        letter_date=letter.letter_date if letter else "",
        opened_on=case.opened_on,
        closed_on=case.closed_on,
        holder=case.holder.name,
        remarks=case.outcome,
        mark=case.mark,
    )


def _group_row(group: Subgroup) -> CaseRow:
    return CaseRow(
        klass=group.klass,
        number=str(group.number),
        title=f"podgrupa: {group.title}",
        sender="",
        sender_reference="",
        letter_date="",
        opened_on=group.opened_on,
        closed_on=None,
        holder=group.opened_by.name,
        remarks="podstawa własnego spisu spraw",
        mark=f"{group.unit}.{group.klass}.{group.number}",
        is_case=False,
    )
