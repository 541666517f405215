"""Which debtors a batch would remind, and the letters that were made."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, QuerySet, Sum

from starostwo.ledger.api import settlements
from starostwo.treasury.models import Claim, Reminder, ReminderLine
from starostwo.treasury.queries.claims import interest_on
from starostwo.treasury.queries.paid_late import paid_late
from starostwo.treasury.rules import reminders as rules
from starostwo.treasury.rules.reminders import Kind, Listed, Sums

MOST = 2000


@dataclass(frozen=True)
class Owed:
    """One claim that would be reminded of."""

    claim: Claim
    listed: Listed


@dataclass(frozen=True)
class Debtor:
    """Whoever would get a letter, with the claims and the sums in it."""

    party: Any
    owed: Sequence[Owed]
    sums: Sums


def listed(book: Any) -> QuerySet[Reminder]:
    """The letters of a book; the caller takes a page."""
    rows = Reminder.objects.filter(book=book)
    return rows.select_related("counterparty", "document__case")


def of_claim(claim: Claim | None) -> list[ReminderLine]:
    """The letters in which a claim stands."""
    if claim is None:
        return []
    rows = ReminderLine.objects.filter(claim=claim).select_related("reminder__document")
    return list(rows.order_by("made_on", "id"))


def debtors(book: Any, kind: Kind, today: date, *, late_by: int = 1, least: int = 1) -> list[Debtor]:
    """Debtors with claims late by some days that may be reminded of, by name; four queries.

    A note asks also for interest of claims that were paid late and are closed, with up to five queries more.
    `least` is the smallest sum, in grosze, for which a letter is written.
    """
    late = settlements.open_of(book, settlements.RECEIVABLE).filter(
        due_on__lte=today - timedelta(days=late_by)
    )
    rows = Claim.objects.filter(book=book, interest__in=rules.OF_INTEREST[kind])
    rows = rows.exclude(kind__in=rules.NOT_REMINDED[kind]).filter(settlement__in=late.values("pk"))
    registered = {one.settlement_id: one for one in rows.select_related("classification")}
    open_rows = list(late.filter(pk__in=list(registered)).order_by("due_on", "pk")[:MOST])
    claims = [registered[one.pk] for one in open_rows]
    last, noted = last_of(claims, kind), noted_of(claims)
    by_party: dict[int, list[Owed]] = defaultdict(list)
    for one in open_rows:
        claim: Claim = registered[one.pk]
        if not rules.may_again(kind, last.get(claim.pk), today):
            continue
        borne = max(0, (interest_on(one, claim, today) or 0) - noted.get(claim.pk, 0))
        if kind is Kind.NOTE and borne <= 0:
            continue
        said = Listed(one.document_number, one.text, one.due_on, one.left, borne)  # type: ignore[attr-defined]
        by_party[one.counterparty_id].append(Owed(claim, said))
    parties = {one.counterparty_id: one.counterparty for one in open_rows}
    if kind is Kind.NOTE:
        for claim, said in _paid_late(book, today):
            party = claim.settlement.counterparty
            parties[party.pk] = party
            by_party[party.pk].append(Owed(claim, said))
    found = [
        Debtor(parties[pk], owed, rules.sums(kind, [one.listed for one in owed], today))
        for pk, owed in by_party.items()
    ]
    return sorted(
        (one for one in found if one.sums.total - one.sums.cost >= least),
        key=lambda one: (one.party.folded, one.party.pk),
    )


def _paid_late(book: Any, today: date) -> list[tuple[Claim, Listed]]:
    """Closed claims whose interest for delay nobody has noted, as a note lists them."""
    claims = Claim.objects.filter(book=book, interest__in=rules.OF_INTEREST[Kind.NOTE])
    rows = paid_late(book, claims.exclude(kind__in=rules.NOT_REMINDED[Kind.NOTE]), today)
    found = [claim for claim, _ in rows]
    last, noted = last_of(found, Kind.NOTE), noted_of(found)
    listed_rows = []
    for claim, borne in rows:
        one, left = claim.settlement, borne - noted.get(claim.pk, 0)
        if left > 0 and rules.may_again(Kind.NOTE, last.get(claim.pk), today):
            text = f"{one.text}, zapłacono po terminie"
            listed_rows.append((claim, Listed(one.document_number, text, one.due_on, 0, left)))
    return listed_rows


def last_of(claims: Sequence[Claim], kind: Kind) -> dict[int, date]:
    """When each claim stood in a letter of the kind last."""
    rows = ReminderLine.objects.filter(claim__in=[one.pk for one in claims], kind=kind.value)
    return dict(rows.values("claim_id").annotate(last=Max("made_on")).values_list("claim_id", "last"))


def noted_of(claims: Sequence[Claim]) -> dict[int, int]:
    """Interest of each claim that notes have assessed already."""
    rows = ReminderLine.objects.filter(claim__in=[one.pk for one in claims], kind=Kind.NOTE.value)
    return dict(rows.values("claim_id").annotate(sum=Sum("interest")).values_list("claim_id", "sum"))


def last_case_of(counterparty_id: int) -> int | None:
    """The case in which the debtor was written to last."""
    row = Reminder.objects.filter(counterparty=counterparty_id).order_by("-id").select_related("document")
    found = row.first()
    return found.document.case_id if found else None
