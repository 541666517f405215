"""Income of the State Treasury: what was received by a day, what of it was passed on before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet, Sum

from starostwo.ledger.api import settlements
from starostwo.treasury.models import Remittance, RemittanceLine
from starostwo.treasury.rules.state_income import outstanding, share_of, shared


@dataclass(frozen=True)
class Waiting:
    """One classification that waits to be passed on."""

    classification: Any
    received: int
    percent: int
    source: str
    share: int

    @property
    def passed_on(self) -> int:
        """What goes to the voivode."""
        return self.received - self.share


def listed(book: Any) -> QuerySet[Remittance]:
    """The remittances of a budget; the caller takes a page."""
    return Remittance.objects.filter(book=book).prefetch_related("lines__classification", "lines__order")


def waiting(book: Any, until: date) -> Sequence[Waiting]:
    """What units received by the day and the budget has not passed on; three queries."""
    received = settlements.state_income(until)
    lines = RemittanceLine.objects.filter(remittance__book=book, remittance__year=until.year)
    passed = dict(
        lines.values("classification_id").annotate(sum=Sum("received"))
        .values_list("classification_id", "sum")
    )  # fmt: skip
    sums = {row.pk: amount for row, amount in received}
    rows = {row.pk: row for row, _ in received}
    found = []
    for pk, amount in outstanding(sums, passed):
        rate = share_of(rows[pk].paragraph, until)
        found.append(Waiting(rows[pk], amount, rate.value, rate.source, shared(amount, rate.value)[0]))
    return sorted(found, key=lambda one: str(one.classification))
