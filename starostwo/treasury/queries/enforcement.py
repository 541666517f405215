"""Enforcement titles: the register, reminders that were not obeyed, what is left of a title."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Sum

from starostwo.ledger.api import settlements
from starostwo.treasury.models import Claim, ClaimKind, EnforcementTitle, Reminder, ReminderLine
from starostwo.treasury.queries.claims import interest_on, terms_of
from starostwo.treasury.queries.reminders import noted_of
from starostwo.treasury.rules.enforcement import OPEN, Due, State

NEWEST = ("-id",)
ASKED = ("TAX", "NONE")


def listed(book: Any, *, state: str = "", words: str = "") -> QuerySet[EnforcementTitle]:
    """The titles of a book, in a state, of a debtor."""
    rows = EnforcementTitle.objects.filter(book=book).select_related("counterparty")
    if state:
        rows = rows.filter(state=state)
    return rows.filter(counterparty__folded__contains=words.lower()) if words else rows


def one_of(books: QuerySet[Any], title_id: int) -> EnforcementTitle | None:
    """A title of one of the books."""
    rows = EnforcementTitle.objects.filter(book__in=books, pk=title_id)
    return rows.select_related("counterparty", "book", "reminder", "blob", "signed", "document__case").first()


def to_issue(book: Any) -> QuerySet[Reminder]:
    """Reminders of public claims that have no title, and of whose claims something is left still."""
    left = settlements.open_of(book, settlements.RECEIVABLE)
    lines = ReminderLine.objects.filter(reminder=OuterRef("pk"), claim__settlement__in=left.values("pk"))
    titles = EnforcementTitle.objects.filter(reminder=OuterRef("pk")).exclude(state=State.WITHDRAWN)
    rows = Reminder.objects.filter(book=book, kind=Reminder.Kind.REMINDER)
    rows = rows.select_related("counterparty", "document__case")
    return rows.filter(Exists(lines), ~Exists(titles))


@dataclass(frozen=True)
class OwedNow:
    """One claim of a reminder on which something is left, as a title would say it."""

    claim: Claim
    due: Due


def owed_of(reminder: Reminder, day: date) -> list[OwedNow]:
    """The claims of a reminder with what is left of them and its interest to a day."""
    claims = {
        row.claim.settlement_id: row.claim
        for row in ReminderLine.objects.filter(reminder=reminder).select_related("claim")
    }
    noted = noted_of(list(claims.values()))
    found = []
    for row in settlements.open_among(list(claims)).order_by("due_on", "pk"):
        claim, left = claims[row.pk], int(row.left)  # type: ignore[attr-defined]
        borne = max(0, (interest_on(row, claim, day) or 0) - noted.get(claim.pk, 0))
        basis = claim.get_basis_display()
        if claim.basis_number:
            basis = f"{basis} {claim.basis_number} z dnia {claim.basis_on:%d.%m.%Y}"
        since = terms_of(row, claim).begins_on + timedelta(days=1)
        said = Due(
            row.document_number, row.text, basis, left, borne, since, claim.get_interest_display()
        )  # fmt: skip
        found.append(OwedNow(claim, said))
    return found


def cost_of(reminder: Reminder) -> int:
    """What is left of the costs of the reminder, which are a claim of their own."""
    number = f"UP/{reminder.pk}/{reminder.made_on.year}"
    rows = Claim.objects.filter(
        book=reminder.book_id, kind=ClaimKind.COSTS, settlement__document_number=number
    ).values_list("settlement_id", flat=True)
    open_rows: list[Any] = list(settlements.open_among(list(rows)))
    return sum(int(row.left) for row in open_rows)


def left_of(titles: Sequence[EnforcementTitle]) -> dict[int, int]:
    """What is left of the principal of each title now; two queries."""
    pairs = list(
        EnforcementTitle.objects.filter(pk__in=[one.pk for one in titles]).values_list(
            "pk", "lines__claim__settlement"
        )
    )
    wanted = [settlement for _, settlement in pairs if settlement]
    left = {row.pk: int(row.left) for row in settlements.open_among(wanted)}  # type: ignore[attr-defined]
    found = dict.fromkeys((one.pk for one in titles), 0)
    for title, settlement in pairs:
        found[title] += left.get(settlement, 0)
    return found


def first_left(title: EnforcementTitle) -> int:
    """What the title asked for when it was made."""
    return title.lines.aggregate(sum=Sum("left"))["sum"] or 0


def still_open(book: Any) -> QuerySet[EnforcementTitle]:
    """The titles that payments may change."""
    return EnforcementTitle.objects.filter(book=book, state__in=OPEN)
