"""What the editor of cards reads of fees: every line with its rates over time, and what is to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from starostwo.audit import api as audit
from starostwo.office.api import names
from starostwo.procedures.models import Fee, PaymentTime, ServiceCard
from starostwo.procedures.outline import labels_of
from starostwo.procedures.queries import Card, cards, form, thing_of
from starostwo.procedures.rules.conditions import read_condition
from starostwo.procedures.rules.simple_conditions import in_words
from starostwo.screens.api import TimelineEntry

VERBS = {
    "enter": "Wczytano kartę",
    "renew": "Wczytano nowe wydanie karty",
    "change_fee": "Zmiana opłaty",
    "add_fee": "Nowa opłata",
    "end_fee": "Koniec opłaty",
    "take_back_fee": "Cofnięto zmianę opłaty",
    "confirm_fee": "Sprawdzono z tekstem prawa",
    "set_payment_time": "Kiedy się płaci",
}


@dataclass(frozen=True)
class FeeLine:
    """One line of a card: its rates, the oldest first, and the one that holds today."""

    position: int
    rates: Sequence[Fee]
    today: Fee | None
    condition: str = ""

    @property
    def newest(self) -> Fee:
        """The rate that was entered last in time."""
        return self.rates[-1]


def cards_with_changes(today: date) -> list[tuple[Card, int]]:
    """Each card as it stands today, and how many of its rates begin later; five queries."""
    coming = dict(
        ServiceCard.objects.filter(valid_to=None)
        .annotate(coming=Count("fees", filter=Q(fees__valid_from__gt=today)))
        .values_list("code", "coming")
    )
    return [(card, coming.get(card.code, 0)) for card in cards(on=today)]


def standing_card(code: str) -> ServiceCard | None:
    """The card that holds until further notice."""
    return ServiceCard.objects.filter(code=code, valid_to=None).first()


def lines_of(card: ServiceCard, today: date) -> list[FeeLine]:
    """The lines of a card in their order."""
    definition = form(card.form_code)
    labels = labels_of(definition) if definition else {}
    grouped: dict[int, list[Fee]] = {}
    for fee in Fee.objects.filter(card=card).order_by("position", "valid_from"):
        grouped.setdefault(fee.position, []).append(fee)
    return [
        FeeLine(
            position,
            rates,
            next((each for each in rates if _holds(each, today)), None),
            in_words(read_condition(rates[-1].when), labels) if rates[-1].when else "",
        )
        for position, rates in grouped.items()
    ]


def payment_times_of(card: ServiceCard) -> list[PaymentTime]:
    """When one pays, over time."""
    return list(PaymentTime.objects.filter(card=card).order_by("valid_from"))


def changes_of(code: str) -> list[TimelineEntry]:
    """Who changed what on the card, the newest first."""
    lines = audit.history(thing_of(code))
    people = names(int(line.actor.partition(":")[2]) for line in lines if line.actor.startswith("account:"))
    return [
        TimelineEntry(
            title=VERBS.get(line.verb, line.verb),
            at=line.at,
            by=people.get(int(line.actor.partition(":")[2]), "") if ":" in line.actor else "",
            body=_words(dict(line.payload)),
        )
        for line in reversed(lines)
    ]


def _holds(fee: Fee, day: date) -> bool:
    return fee.valid_from <= day and (fee.valid_to is None or fee.valid_to > day)


def _words(payload: dict[str, object]) -> str:
    moment = payload.get("moment")
    label = str(payload.get("label") or (PaymentTime.Moment(str(moment)).label if moment else ""))
    since = payload.get("from")
    return f"{label}, od {date.fromisoformat(str(since)):%d.%m.%Y}" if label and since else label
