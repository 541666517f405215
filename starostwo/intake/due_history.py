"""The history of a due in words, for staff."""

from starostwo.audit import api as audit
from starostwo.intake.models import Due
from starostwo.office.api import names
from starostwo.platform.money import zloty
from starostwo.screens.api import TimelineEntry

VERBS = {
    "charge": "Naliczono",
    "charge_again": "Przeliczono według stawek z dnia złożenia",
    "withdraw": "Wycofano: wniosku nie złożono albo już jej nie wymaga",
    "begin_try": "Płacący przeszedł do operatora",
    "give_up_try": "Płacący przerwał płatność",
    "try_ended": "Operator zakończył próbę bez wpłaty",
    "doubt": "Operator podał coś, co się nie zgadza",
    "end_doubt": "Wyjaśniono",
    "pay": "Wpłata",
    "waive": "Zwolniono z opłaty",
    "give_back": "Zwrócono nadpłatę",
    "tell": "Powiadomiono płacącego",
    "declare_transfer": "Płacący zgłosił przelew",
}
MONEY = {"pay", "give_back", "charge"}


def history_of(due: Due) -> list[TimelineEntry]:
    """What happened to the due, the newest first."""
    lines = audit.history(str(due))
    people = names(_account(line.actor) for line in lines)
    return [
        TimelineEntry(VERBS[line.verb], line.at, people.get(_account(line.actor), "program"), _words(line))
        for line in reversed(lines)
    ]


def _account(actor: str) -> int:
    kind, _, number = actor.partition(":")
    return int(number) if kind == "account" else 0


def _words(line: audit.Entry) -> str:
    if line.verb in MONEY:
        return zloty(int(line.payload["amount"]))
    return str(line.payload.get("why", line.payload.get("reason", "")))
