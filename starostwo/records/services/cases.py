"""Verbs of cases: open, attach, close, reopen, hand over, divide a list, link."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from starostwo.office import api as office
from starostwo.office.api import Actor, Right
from starostwo.records import access
from starostwo.records.models import (
    Case,
    CaseLink,
    CaseParty,
    InformationRequest,
    Letter,
    LetterSender,
    PlanClass,
    Subgroup,
)
from starostwo.records.models.case import NO_SUBGROUP
from starostwo.records.queries.proposals import term_of_service
from starostwo.records.rules.clock import Term
from starostwo.records.rules.information import CARD, term_of_request
from starostwo.records.rules.metadata import AccessLevel, SenderRole, case_access
from starostwo.records.rules.numbering import CaseMark, case_series
from starostwo.records.rules.plan import Mode
from starostwo.records.rules.terms import TermKind, general_term
from starostwo.records.services.acts import act
from starostwo.records.services.clock import put_term, set_due
from starostwo.records.services.information import begin_request
from starostwo.records.services.letters import class_in_force
from starostwo.records.services.message_notices import tell_parties
from starostwo.records.services.parties import held_open_case
from starostwo.records.services.series import next_number
from starostwo.records.services.visibility import index_case, show_case, show_letter


class CannotOpenCase(Exception):
    """The class makes no cases here, the unit is not the person's, or the letter is not his to file."""


@dataclass(frozen=True)
class _Plan:
    """What a new case will be, checked before its number is taken."""

    unit: str
    holder_id: int
    plan_class: PlanClass
    subgroup: int | None
    title: str
    started_on: date
    term: Term | None
    letter: Letter | None
    service_code: str = ""


@transaction.atomic
def open_case(
    letter_id: int | None,
    *,
    actor: Actor,
    class_symbol: str,
    title: str,
    unit: str = "",
    subgroup: int | None = None,
    term: Term | None = None,
    has_term: bool = True,
    is_information: bool = False,
    started_on: date | None = None,
    continues: str = "",
    today: date,
    now: datetime,
) -> Case:
    """Open a case in a final class, by a letter or of the office's own accord; its number is taken last.

    The clock starts on the day the letter came in. Law: k.p.a. art. 61 par. 3 and 3a. A request for public
    information has the term of its own act.
    """
    letter = _letter_to_file(letter_id, actor) if letter_id is not None else None
    plan = _Plan(
        unit=unit or (letter.unit if letter else _own_unit(actor)),
        holder_id=letter.holder_id if letter and letter.holder_id else actor.account_id,
        plan_class=_class_for_cases(class_symbol, today),
        subgroup=subgroup,
        title=title.strip() or (letter.title if letter else ""),
        started_on=started_on or (letter.received_on if letter else today),
        term=_term(letter, given=term, today=today) if has_term and not is_information else None,
        letter=letter,
        service_code=(letter.service_code if letter else "") or (CARD if is_information else ""),
    )
    _check(plan, actor=actor, today=today)
    case = _write(plan, actor=actor, today=today, now=now)
    if letter is not None:
        _file(letter, case, now=now)
        _senders_become_parties(letter, case, today=today)
        tell_parties(case)
    _link(case, continues, actor=actor, now=now)
    if is_information:
        put_term(case, term_of_request(case.started_on))
    set_due(case)
    show_case(case)
    if letter is not None:
        show_letter(letter, case=case)
    _note_opening(case, letter, actor=actor, now=now)
    if is_information:
        begin_request(case, actor=actor, now=now)
    return case


class CannotAttach(Exception):
    """The letter is not the person's to file, or he may not act in the case, or it is closed."""


@transaction.atomic
def attach_to_case(letter_id: int, *, actor: Actor, mark: str, today: date, now: datetime) -> Case:
    """Add a letter to an open case that the person sees and may act in."""
    case = access.visible_cases(actor).select_for_update(of=("self",)).filter(mark=mark.strip()).first()
    if case is None or case.state != Case.State.OPEN:
        raise CannotAttach("Nie ma takiej sprawy w toku. Zakończoną sprawę trzeba najpierw wznowić.")
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter_id)
    if not access.may_file(actor, letter) or not (
        access.may_handle(actor, case) or access.may_hand_over(actor, case)
    ):
        raise CannotAttach("Pismo dołącza do sprawy osoba, której je zadekretowano i która sprawę prowadzi.")
    _file(letter, case, now=now)
    levels = Letter.objects.filter(case=case).values_list("access", flat=True)
    case.access = case_access([AccessLevel(one) for one in levels])
    case.save(update_fields=["access"])
    show_letter(letter, case=case)
    act("file", letter, actor=actor, now=now, holder_id=case.holder_id, payload={"case": case.mark})
    act(
        "attach",
        case,
        actor=actor,
        now=now,
        holder_id=case.holder_id,
        payload={"letter": letter.shown_number},
    )
    return case


class CannotClose(Exception):
    """The case is closed already, another person holds it, or it is a request that has not ended."""


@transaction.atomic
def close_case(case_id: int, *, actor: Actor, outcome: str = "", today: date, now: datetime) -> Case:
    """Close a case for good: from now on nothing in it changes."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    if case.state != Case.State.OPEN or not access.may_handle(actor, case):
        raise CannotClose("Zakończyć można sprawę w toku, którą się prowadzi.")
    if InformationRequest.objects.filter(case=case, ended_on=None).exists():
        raise CannotClose("Najpierw wskaż, jak zakończył się wniosek o informację publiczną.")
    case.outcome, case.settled_on, case.is_suspended = outcome.strip(), case.settled_on or today, False
    case.save(update_fields=["outcome", "settled_on", "is_suspended"])
    case.state, case.closed_on = Case.State.CLOSED, today
    case.save(update_fields=["state", "closed_on"])
    index_case(case)
    payload = {"closed_on": today.isoformat(), "outcome": case.outcome}
    act("close", case, actor=actor, now=now, holder_id=case.holder_id, payload=payload)
    tell_parties(case)
    return case


class CannotReopen(Exception):
    """The case is not closed, no reason is given, or the person neither holds it nor heads its unit."""


@transaction.atomic
def reopen_case(case_id: int, *, actor: Actor, reason: str, now: datetime) -> Case:
    """Open a wrongly closed case again under its mark. A finished matter that starts anew is a new case."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    allowed = access.may_handle(actor, case) or access.may_hand_over(actor, case)
    if case.state != Case.State.CLOSED or not reason.strip() or not allowed:
        raise CannotReopen("Wznowić można sprawę zakończoną, z podaniem powodu.")
    case.state, case.closed_on = Case.State.OPEN, None
    case.save(update_fields=["state", "closed_on"])
    case.settled_on = None
    case.save(update_fields=["settled_on"])
    set_due(case)
    index_case(case)
    act("reopen", case, actor=actor, now=now, holder_id=case.holder_id, payload={"reason": reason.strip()})
    return case


class CannotHandOver(Exception):
    """The person does not head the unit of the case, or the new holder may not handle cases of it."""


@transaction.atomic
def hand_over(case_id: int, *, actor: Actor, holder_id: int, today: date, now: datetime) -> Case:
    """Give the case to another member of its unit; the head of the unit does it."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    if not access.may_hand_over(actor, case):
        raise CannotHandOver("Prowadzącego zmienia naczelnik komórki.")
    if holder_id not in {one.id for one in office.people(today, case.unit)}:
        raise CannotHandOver("Prowadzącym może być tylko pracownik tej komórki.")
    before, case.holder_id = case.holder_id, holder_id
    case.save(update_fields=["holder"])
    Letter.objects.filter(case=case, holder_id=before).update(holder_id=holder_id)
    show_case(case)
    absent = actor.lends(Right.ASSIGN, unit=case.unit)
    act(
        "hand_over", case, actor=actor, now=now, in_place_of=absent, payload={"from": before, "to": holder_id}
    )
    return case


@transaction.atomic
def change_title(case_id: int, *, actor: Actor, title: str, now: datetime) -> Case:
    """Correct the title of an open case; the former one stays in its history."""
    case = held_open_case(case_id, actor)
    before, case.title = case.title, title.strip()
    case.save(update_fields=["title"])
    index_case(case)
    act(
        "change_title",
        case,
        actor=actor,
        now=now,
        holder_id=case.holder_id,
        payload={"title": [before, case.title]},
    )
    return case


@transaction.atomic
def open_subgroup(
    *, actor: Actor, unit: str, class_symbol: str, title: str, today: date, now: datetime
) -> Subgroup:
    """Set a number of a class aside as the basis of a list of its own (podgrupa spraw)."""
    plan_class = _class_for_cases(class_symbol, today)
    if not access.may_open_in(actor, unit) or not title.strip():
        raise CannotOpenCase("Podgrupę zakłada pracownik komórki; podgrupa ma tytuł.")
    number = next_number(case_series(unit=unit, klass=plan_class.symbol), today.year)
    made = Subgroup.objects.create(
        unit=unit,
        klass=plan_class.symbol,
        year=today.year,
        number=number,
        title=title.strip(),
        opened_on=today,
        opened_by_id=actor.account_id,
    )
    act("open_subgroup", f"records.subgroup:{made.pk}", actor=actor, now=now, payload={"title": made.title})
    return made


def _letter_to_file(letter_id: int, actor: Actor) -> Letter:
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter_id)
    if not access.may_file(actor, letter):
        raise CannotOpenCase("To pismo nie jest do Ciebie zadekretowane.")
    return letter


def _class_for_cases(symbol: str, today: date) -> PlanClass:
    found = class_in_force(symbol, today)
    if not found.makes_case:
        raise CannotOpenCase(f"Klasa {symbol} jest dla dokumentacji nietworzącej akt sprawy.")
    if found.mode == Mode.DOMAIN:
        raise CannotOpenCase(f"Sprawy klasy {symbol} prowadzi się w systemie dziedzinowym.")
    return found


def _own_unit(actor: Actor) -> str:
    return min(actor.own.units, default="")


def _term(letter: Letter | None, *, given: Term | None, today: date) -> Term:
    by_service = term_of_service(letter.service_code, on=today) if letter else None
    return given or by_service or general_term(TermKind.ORDINARY, on=today)


def _check(plan: _Plan, *, actor: Actor, today: date) -> None:
    if not access.may_open_in(actor, plan.unit):
        raise CannotOpenCase("Sprawę zakłada się w swojej komórce.")
    if not plan.title:
        raise CannotOpenCase("Podaj tytuł sprawy.")
    if plan.started_on > today:
        raise CannotOpenCase("Sprawa nie może zacząć się w przyszłości.")
    group = Subgroup.objects.filter(
        unit=plan.unit, klass=plan.plan_class.symbol, year=today.year, number=plan.subgroup or 0
    )
    if plan.subgroup is not None and not group.exists():
        raise CannotOpenCase(f"Nie ma w tym roku podgrupy {plan.subgroup} w klasie {plan.plan_class.symbol}.")


def _write(plan: _Plan, *, actor: Actor, today: date, now: datetime) -> Case:
    klass = plan.plan_class.symbol
    series = case_series(unit=plan.unit, klass=klass, subgroup=plan.subgroup)
    mark = CaseMark(plan.unit, klass, next_number(series, today.year), today.year, plan.subgroup)
    case = Case(
        mark=str(mark),
        unit=plan.unit,
        klass=klass,
        subgroup=plan.subgroup or NO_SUBGROUP,
        number=mark.number,
        year=mark.year,
        plan_class=plan.plan_class,
        mode=plan.plan_class.mode,
        title=plan.title,
        access=plan.letter.access if plan.letter else AccessLevel.PARTLY,
        founder_id=actor.account_id,
        holder_id=plan.holder_id,
        service_code=plan.service_code,
        first_letter=plan.letter,
        opened_on=today,
        opened_at=now,
        started_on=plan.started_on,
    )
    put_term(case, plan.term)
    case.save(force_insert=True)
    return case


def _note_opening(case: Case, letter: Letter | None, *, actor: Actor, now: datetime) -> None:
    if letter is not None:
        act("file", letter, actor=actor, now=now, holder_id=case.holder_id, payload={"case": case.mark})
    payload = {
        "mark": case.mark,
        "title": case.title,
        "holder": case.holder_id,
        "letter": letter.shown_number if letter else None,
        "due": case.due_on.isoformat() if case.due_on else None,
    }
    act("open", case, actor=actor, now=now, holder_id=case.holder_id, payload=payload)


def _file(letter: Letter, case: Case, *, now: datetime) -> None:
    letter.case, letter.state, letter.filed_at = case, Letter.State.FILED, now
    letter.holder_id, letter.unit = case.holder_id, case.unit
    letter.save(update_fields=["case", "state", "filed_at", "holder", "unit"])


def _senders_become_parties(letter: Letter, case: Case, *, today: date) -> None:
    """A representative represents the sender before him; the letter is what says so (k.p.a. art. 33)."""
    rows = LetterSender.objects.filter(letter=letter, party__isnull=False).order_by("position")
    entered: dict[int, CaseParty] = {}
    before: CaseParty | None = None
    for row in rows:
        if row.party_id is None or row.party_id in entered:
            continue
        is_representative = row.role == SenderRole.REPRESENTATIVE and before is not None
        entered[row.party_id] = CaseParty.objects.create(
            case=case,
            party_id=row.party_id,
            role=CaseParty.Role.REPRESENTATIVE if is_representative else CaseParty.Role.PARTY,
            represents=before if is_representative else None,
            authority=letter if is_representative else None,
            from_on=today,
        )
        before = before if is_representative else entered[row.party_id]


def _link(case: Case, older_mark: str, *, actor: Actor, now: datetime) -> None:
    if not older_mark.strip():
        return
    older = access.visible_cases(actor).filter(mark=older_mark.strip()).first()
    if older is None:
        raise CannotOpenCase(f"Nie ma sprawy {older_mark}.")
    CaseLink.objects.create(
        newer=case, older=older, kind=CaseLink.Kind.CONTINUES, made_at=now, made_by_id=actor.account_id
    )
    act("continued_by", older, actor=actor, now=now, payload={"case": case.mark})
