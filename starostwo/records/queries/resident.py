"""What a resident sees of his cases: steps, term, unit, letters and messages; strictly by his account."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Q
from django.utils.timezone import localdate

from starostwo.office import api as office
from starostwo.records import document_access
from starostwo.records.models import (
    Assignment,
    CallAnswer,
    Case,
    CaseParty,
    Delivery,
    Dispatch,
    Letter,
    Message,
    SignedFile,
)
from starostwo.records.queries.document import Sent, with_deliveries
from starostwo.records.queries.document_paper import shown_name
from starostwo.records.rules.delivery import Remedy
from starostwo.records.rules.resident_steps import PlainStep, Progress, plain_steps

T = TypeVar("T")
NO_CASE = 0


@dataclass(frozen=True)
class ResidentLetter:
    """A letter of the office on the account; nothing of it is told before it was opened."""

    dispatch_id: int
    sent_on: date
    number: str
    kind: str = ""
    title: str = ""
    mark: str = ""
    served_on: date | None = None
    remedy: str = ""
    term_until: date | None = None
    is_call: bool = False
    is_answered: bool = False

    @property
    def is_opened(self) -> bool:
        return self.served_on is not None

    @property
    def awaits_answer(self) -> bool:
        return self.is_call and not self.is_answered


@dataclass(frozen=True)
class ResidentSent:
    """A letter of the resident to the office."""

    letter_id: int
    number: str
    title: str
    received_on: date


@dataclass(frozen=True)
class ResidentMessage:
    """One message of the conversation in a case."""

    text: str
    sent_at: datetime
    author: str
    is_from_office: bool


@dataclass(frozen=True)
class ResidentCase:
    """A case, or a letter that is no case yet, as its party sees it."""

    reference: str
    mark: str
    title: str
    unit: str
    holder: str
    due_on: date | None
    is_suspended: bool
    is_closed: bool
    steps: list[PlainStep]
    letters: list[ResidentLetter]
    sent: list[ResidentSent]
    messages: list[ResidentMessage]
    acts_for: str = ""

    @property
    def step(self) -> PlainStep:
        """The step at which the case stands."""
        return next(step for step in self.steps if step.is_current)

    @property
    def unopened(self) -> int:
        return sum(not letter.is_opened for letter in self.letters)


def resident_cases(account_id: int) -> list[ResidentCase]:
    """Return all cases of the account, and its letters that are in no case yet, the newest first."""
    mine = document_access.cases_of_resident(account_id).select_related("holder")
    cases = list(mine.order_by("-opened_at", "-id"))
    gathered = _gather(account_id, cases)
    waiting = [_waiting(letter, gathered) for letter in reversed(gathered.letters.get(NO_CASE, []))]
    return [*waiting, *(_as_case(case, gathered) for case in cases)]


def resident_case(account_id: int, reference: str) -> ResidentCase | None:
    """Return one case by its mark, or one waiting letter by its number; None for anybody else's."""
    case = (
        document_access.cases_of_resident(account_id).select_related("holder").filter(mark=reference).first()
    )
    if case is not None:
        return _as_case(case, _gather(account_id, [case]))
    mine_too = document_access.letters_of_resident(account_id)
    letter = mine_too.filter(case=None, identifier=reference).first()
    return _waiting(letter, _gather(account_id, [])) if letter else None


@dataclass(frozen=True)
class ResidentFile:
    """A file that the resident may read, by the hash under which it is stored."""

    sha256: str
    name: str


def resident_file(account_id: int, dispatch_id: int, *, part: str) -> ResidentFile | None:
    """Return the signed letter ('pismo') or the receipt ('poswiadczenie') of a letter that was opened."""
    row = document_access.dispatches_of_resident(account_id).filter(pk=dispatch_id).first()
    delivery = Delivery.objects.filter(dispatch=row).select_related("receipt").first() if row else None
    if row is None or delivery is None:
        return None
    if part == "poswiadczenie" and delivery.receipt:
        return ResidentFile(delivery.receipt.sha256, f"UPD-{row.number}-{row.year}.xml")
    if part == "pismo":
        signed = SignedFile.objects.select_related("blob", "document").get(document_id=row.document_id)
        return ResidentFile(signed.sha256, f"{signed.document.mark}.pdf")
    return None


@dataclass(frozen=True)
class _Gathered:
    """Rows of many cases read at once, so that a list costs as many queries as one case."""

    units: dict[str, str]
    sent: dict[int, list[Sent]]
    letters: dict[int, list[Letter]]
    messages: dict[int, list[Message]]
    assigned_on: dict[int, date]
    answered_on: dict[int, date]
    acts_for: dict[int, str]


def _gather(account_id: int, cases: list[Case]) -> _Gathered:
    ids = [case.pk for case in cases]
    own = document_access.letters_of_resident(account_id).filter(Q(case__in=ids) | Q(case=None))
    letters = list(own.order_by("registered_at", "id"))
    sent = Dispatch.objects.filter(account_id=account_id, document__case__in=ids).select_related("document")
    messages = Message.objects.filter(case__in=ids, resident_id=account_id).select_related("author")
    assigned = Assignment.objects.filter(letter__in=[one.pk for one in letters]).order_by("-made_at")
    acting = CaseParty.objects.filter(
        case__in=ids, party__account_id=account_id, role=CaseParty.Role.REPRESENTATIVE, to_on=None
    ).select_related("represents__party")
    answers = CallAnswer.objects.filter(letter__resident_id=account_id, document__case__in=ids)
    return _Gathered(
        units={unit.symbol: unit.name for unit in office.units(localdate())},
        sent=_grouped(
            (row.dispatch.document.case_id, row)
            for row in with_deliveries(list(sent.order_by("-sent_at", "-id")))
        ),
        letters=_grouped((one.case_id or NO_CASE, one) for one in letters),
        messages=_grouped((one.case_id, one) for one in messages.order_by("sent_at", "id")),
        assigned_on={one.letter_id: localdate(one.made_at) for one in assigned},
        answered_on={one.document_id: localdate(one.answered_at) for one in answers},
        acts_for={one.case_id: shown_name(one.represents.party) for one in acting if one.represents},
    )


def _grouped(pairs: Iterable[tuple[int, T]]) -> dict[int, list[T]]:
    found: dict[int, list[T]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found


def _waiting(letter: Letter, gathered: _Gathered) -> ResidentCase:
    """A letter that is in no case yet."""
    progress = Progress(letter.received_on, gathered.assigned_on.get(letter.pk))
    return ResidentCase(
        reference=letter.identifier,
        mark="",
        title=letter.title,
        unit=gathered.units.get(letter.unit, letter.unit),
        holder="",
        due_on=None,
        is_suspended=False,
        is_closed=False,
        steps=plain_steps(progress),
        letters=[],
        sent=[_as_sent(letter)],
        messages=[],
    )


def _as_case(case: Case, gathered: _Gathered) -> ResidentCase:
    sent = gathered.sent.get(case.pk, [])
    letters = gathered.letters.get(case.pk, [])
    is_running = case.settled_on is None and case.closed_on is None
    return ResidentCase(
        reference=case.mark,
        mark=case.mark,
        title=case.title,
        unit=gathered.units.get(case.unit, case.unit),
        holder=case.holder.name,
        due_on=case.due_on if is_running else None,
        is_suspended=case.is_suspended and is_running,
        is_closed=case.closed_on is not None,
        steps=plain_steps(_progress(case, letters, sent, gathered)),
        letters=[_as_letter(row, gathered) for row in sent],
        sent=[_as_sent(letter) for letter in letters],
        messages=[_as_message(one) for one in gathered.messages.get(case.pk, [])],
        acts_for=gathered.acts_for.get(case.pk, ""),
    )


def _progress(case: Case, letters: list[Letter], sent: list[Sent], gathered: _Gathered) -> Progress:
    calls = [row for row in sent if row.dispatch.document.remedy == Remedy.ANSWER]
    assigned = [gathered.assigned_on[one.pk] for one in letters if one.pk in gathered.assigned_on]
    served = [row.delivery.served_on for row in sent if row.delivery]
    return Progress(
        received_on=letters[0].received_on if letters else case.started_on,
        assigned_on=min(assigned, default=None),
        opened_on=case.opened_on,
        called_on=max((row.dispatch.sent_on for row in calls), default=None),
        is_call_open=any(row.dispatch.document_id not in gathered.answered_on for row in calls),
        settled_on=case.settled_on,
        served_on=max(served) if served and len(served) == len(sent) else None,
    )


def _as_letter(row: Sent, gathered: _Gathered) -> ResidentLetter:
    document, delivery = row.dispatch.document, row.delivery
    if delivery is None:
        return ResidentLetter(row.dispatch.pk, row.dispatch.sent_on, str(row.dispatch))
    return ResidentLetter(
        dispatch_id=row.dispatch.pk,
        sent_on=row.dispatch.sent_on,
        number=str(row.dispatch),
        kind=document.get_kind_display(),
        title=document.title,
        mark=document.mark,
        served_on=delivery.served_on,
        remedy=delivery.get_remedy_display() if delivery.term_until else "",
        term_until=delivery.term_until,
        is_call=document.remedy == Remedy.ANSWER,
        is_answered=document.pk in gathered.answered_on,
    )


def _as_sent(letter: Letter) -> ResidentSent:
    return ResidentSent(letter.pk, letter.shown_number, letter.title, letter.received_on)


def _as_message(message: Message) -> ResidentMessage:
    return ResidentMessage(message.text, message.sent_at, message.author.name, message.is_from_office)
