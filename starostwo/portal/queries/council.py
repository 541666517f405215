"""What is read of the council, of consultations and of places."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from starostwo.platform.paging import Page, keyset_page
from starostwo.platform.polish import pl_key
from starostwo.portal.models import (
    Ballot,
    Consultation,
    Councillor,
    Interpellation,
    Opinion,
    Place,
    Session,
    Vote,
)
from starostwo.portal.rules.plan import Plan, plan_of
from starostwo.portal.rules.votes import CHOICES, Tally, tally


@dataclass(frozen=True)
class CountedVote:
    """A vote with its figures, and for each choice the councillors who made it."""

    vote: Vote
    tally: Tally
    by_choice: tuple[tuple[str, tuple[str, ...]], ...]


def shown_sessions() -> QuerySet[Session]:
    """The sessions that the public sees. Every public read of sessions starts here."""
    return Session.objects.filter(is_shown=True)


def sessions_page(cursor: str | None) -> Page[Session]:
    """One page of the sessions, the newest first."""
    return keyset_page(shown_sessions(), key=("-held_at", "-id"), cursor=cursor, size=20)


def votes_of(session_id: int) -> list[CountedVote]:
    """The votes of a session in their order; two queries."""
    votes = list(Vote.objects.filter(session_id=session_id).order_by("number"))
    ballots: dict[int, list[Ballot]] = {vote.pk: [] for vote in votes}
    for ballot in Ballot.objects.filter(vote__session_id=session_id).select_related("councillor"):
        ballots[ballot.vote_id].append(ballot)
    return [_counted(vote, ballots[vote.pk]) for vote in votes]


def _counted(vote: Vote, ballots: list[Ballot]) -> CountedVote:
    named = sorted(ballots, key=lambda ballot: pl_key(ballot.councillor.name.rpartition(" ")[2]))
    groups = [
        (label, tuple(b.councillor.name for b in named if b.choice == key)) for key, label in CHOICES.items()
    ]
    figures = tally((b.choice for b in ballots), majority=vote.majority, council_size=vote.council_size)
    return CountedVote(vote, figures, tuple((label, names) for label, names in groups if names))


def councillors(on: date) -> list[Councillor]:
    """The council on a day, in Polish order of family names."""
    sitting = Councillor.objects.filter(Q(until=None) | Q(until__gt=on), since__lte=on)
    return sorted(sitting, key=lambda one: pl_key(one.name.rpartition(" ")[2] + one.name))


def interpellations_page(cursor: str | None) -> Page[Interpellation]:
    """One page of the interpellations that the public sees, the newest first."""
    shown = Interpellation.objects.filter(is_shown=True).select_related("councillor")
    return keyset_page(shown, key=("-filed_on", "-id"), cursor=cursor, size=20)


def shown_interpellation(interpellation_id: int) -> Interpellation | None:
    """One interpellation that the public sees."""
    shown = Interpellation.objects.filter(is_shown=True).select_related("councillor")
    return shown.filter(pk=interpellation_id).first()


def shown_consultations() -> QuerySet[Consultation]:
    """The consultations that the public sees. Every public read of them starts here."""
    return Consultation.objects.filter(is_shown=True)


def consultations() -> list[Consultation]:
    """All of them, those that close last first."""
    return list(shown_consultations().order_by("-closes_on", "-id")[:100])


def stances_of(consultation_id: int) -> Counter[str]:
    """How many said what in a consultation."""
    return Counter(Opinion.objects.filter(consultation_id=consultation_id).values_list("stance", flat=True))


def opinions_page(consultation_id: int, cursor: str | None) -> Page[Opinion]:
    """One page of the opinions for editors, the newest first."""
    found = Opinion.objects.filter(consultation_id=consultation_id)
    return keyset_page(found, key=("-sent_at", "-id"), cursor=cursor, size=50)


def places() -> tuple[list[Place], Plan]:
    """The places in Polish order, and the plan on which they lie in the same order."""
    shown = sorted(Place.objects.filter(is_shown=True), key=lambda place: pl_key(place.name))
    return shown, plan_of([(float(place.latitude), float(place.longitude)) for place in shown])
