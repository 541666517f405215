"""Calls get their price by the tariffs of their day, and again when a tariff is entered later."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import get_current_timezone, localdate

from starostwo.telephony.models import Call, EmergencyNumber, Number, PublicNumber, Tariff
from starostwo.telephony.rules import costs as rules
from starostwo.telephony.rules.calls import BETWEEN, INSIDE, OUT, Numbers
from starostwo.telephony.rules.costs import Price

AT_ONCE = 1000
PRICED = ["cost", "tariff", "saved", "saved_tariff"]


class Tariffs:
    """All tariffs, read once for a batch of calls."""

    def __init__(self) -> None:
        names = ("pk", "trunk_id", "beginning", "minute", "setup", "since", "until")
        self.all = [Price(*row) for row in Tariff.objects.values_list(*names)]

    def price(self, call: Call, paid_number: str, numbers: Numbers) -> None:
        """Write cost and saving into a call; over a line without a tariff that day the cost is not known."""
        day = localdate(call.begun_at)
        call.cost, call.tariff_id, call.saved, call.saved_tariff_id = 0, None, 0, None
        if paid_number and call.talked_seconds and paid_number not in numbers.emergency:
            own = [price for price in self.all if price.line == call.trunk_id]
            found = rules.price_on(own, paid_number, day)
            call.cost = rules.cost(found, call.talked_seconds) if found else None
            call.tariff_id = found.id if found else None
        elif number := instead_of(call, numbers):
            best = rules.cheapest(self.all, number, day, call.talked_seconds)
            if best:
                call.saved, call.saved_tariff_id = rules.cost(best, call.talked_seconds), best.id


def instead_of(call: Call, numbers: Numbers) -> str:
    """The outside number that a free call would have had to dial; empty where nothing was saved.

    Saved are calls between the buildings and calls to the county's own public numbers. Without the exchange
    one would dial the public number that rings the same phone, else the first one of the county.
    """
    if call.result != Call.Result.ANSWERED or call.direction not in (BETWEEN, INSIDE):
        return ""
    if call.dialled in numbers.public:
        return call.dialled
    if call.direction == INSIDE:
        return ""
    rings = [public for public, inner in numbers.public.items() if inner == call.answered_by]
    return (rings or list(numbers.public) or [""])[0]


@transaction.atomic
def price_again(since: date) -> int:
    """Price the calls from a day on anew, as a tariff was entered after them; return how many."""
    first = datetime.combine(since, time(), tzinfo=get_current_timezone())
    tariffs, numbers = Tariffs(), _numbers()
    is_priced = Q(direction=OUT) | Q(tariff__isnull=False) | Q(cost=None) | Q(direction__in=[BETWEEN, INSIDE])
    rows = Call.objects.filter(is_priced, begun_at__gte=first, talked_seconds__gt=0).order_by("pk")
    count = 0
    for some in _batches(rows.select_for_update(of=("self",)).iterator(chunk_size=AT_ONCE)):
        for call in some:
            is_paid = call.direction == OUT or call.tariff_id is not None or call.cost is None
            tariffs.price(call, call.answered_by if is_paid else "", numbers)
        Call.objects.bulk_update(some, PRICED)
        count += len(some)
    return count


def _batches(rows: Iterable[Call]) -> Iterable[list[Call]]:
    some: list[Call] = []
    for row in rows:
        some.append(row)
        if len(some) == AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _numbers() -> Numbers:
    public = dict(PublicNumber.objects.order_by("pk").values_list("number", "rings_id"))
    emergency = frozenset(EmergencyNumber.objects.values_list("pk", flat=True))
    return Numbers(dict(Number.objects.values_list("pk", "node__code")), public, emergency)
