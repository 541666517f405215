"""Requests for public information: one with its letters, the register, and the counts for everybody.

Law: ustawa o dostępie do informacji publicznej art. 6 ust. 1 pkt 3 (counts name nobody), art. 13-16.
"""

from dataclasses import dataclass
from datetime import date
from itertools import islice

from django.db.models import Count, F, Q, QuerySet

from starostwo.office.api import Actor
from starostwo.records.access import visible_cases
from starostwo.records.models import Case, InformationLetter, InformationRequest
from starostwo.records.rules.information import ENDS, GROUNDS, End, Ground

NEWEST = ("-received_on", "-id")
PRINTED_AT_MOST = 20_000


@dataclass(frozen=True)
class RequestPage:
    """A request with the letters that were drafted for it."""

    request: InformationRequest
    notices: list[InformationLetter]
    answers: list[InformationLetter]


@dataclass(frozen=True)
class RegisterLine:
    """One request as the register shows it."""

    mark: str
    title: str
    sender: str
    received_on: date
    due_on: date | None
    ended_on: date | None
    end: str
    ground_law: str
    days: int
    is_late: bool
    holder: str


@dataclass(frozen=True)
class InformationCounts:
    """How the requests of a year stand: counts alone."""

    received: int
    waiting: int
    in_time: int
    late: int
    ends: list[tuple[str, int]]


def request_of(case: Case) -> InformationRequest | None:
    """Return the request that a case is; None for any other case. The caller asked who may see it."""
    return InformationRequest.objects.filter(case=case).first()


def request_page(case: Case) -> RequestPage | None:
    """Return the request with its letters, the oldest first; two queries."""
    request = request_of(case)
    if request is None:
        return None
    letters = InformationLetter.objects.filter(request=request).select_related("document").order_by("id")
    found = list(letters)
    return RequestPage(
        request,
        notices=[one for one in found if one.is_notice],
        answers=[one for one in found if not one.is_notice],
    )


def requests(actor: Actor, *, since: date, until: date) -> QuerySet[InformationRequest]:
    """Return the requests of a period whose cases the person may see."""
    rows = InformationRequest.objects.filter(received_on__gte=since, received_on__lte=until)
    mine = rows.filter(case__in=visible_cases(actor).order_by().values("pk"))
    return mine.select_related("case__holder", "case__first_letter").defer("case__audience")


def register_lines(actor: Actor, *, since: date, until: date, today: date) -> list[RegisterLine]:
    """Return the register of a period as it is printed, the oldest request first."""
    rows = requests(actor, since=since, until=until).order_by("received_on", "id")
    return [line_of(one, today=today) for one in islice(rows.iterator(chunk_size=500), PRINTED_AT_MOST)]


def line_of(request: InformationRequest, *, today: date) -> RegisterLine:
    """Return a request as a line of the register."""
    case, letter = request.case, request.case.first_letter
    last = request.ended_on or today
    due = request.due_on or case.due_on
    return RegisterLine(
        mark=case.mark,
        title=case.title,
        sender=letter.sender_name if letter else "",
        received_on=request.received_on,
        due_on=due,
        ended_on=request.ended_on,
        end=request.get_ended_as_display() if request.ended_as else "",
        ground_law=GROUNDS[Ground(request.ground)].law if request.ground else "",
        days=(last - request.received_on).days,
        is_late=due is not None and last > due,
        holder=case.holder.name,
    )


def information_counts(*, year: int, on: date) -> InformationCounts:
    """Return the counts of the requests that came in the year; one query, no personal data."""
    is_open, in_time = Q(ended_on=None), Q(ended_on__lte=F("due_on"))
    late = Q(ended_on__gt=F("due_on")) | is_open & Q(case__due_on__lt=on)
    found = InformationRequest.objects.filter(received_on__year=year, received_on__lte=on).aggregate(
        received=Count("pk"),
        waiting=Count("pk", filter=is_open),
        in_time=Count("pk", filter=in_time),
        late=Count("pk", filter=late),
        **{end.value: Count("pk", filter=Q(ended_as=end.value)) for end in End},
    )
    return InformationCounts(
        received=found["received"],
        waiting=found["waiting"],
        in_time=found["in_time"],
        late=found["late"],
        ends=[(ENDS[end].label, found[end.value]) for end in End if found[end.value]],
    )
