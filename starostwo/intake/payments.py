"""Payments for other packages: what an application owes, where it stands, and transfers from a statement."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from starostwo.intake import payment_access
from starostwo.intake.models import Due
from starostwo.intake.payment_queries import (
    dues_of_application,
    dues_of_case,
    dues_of_submission,
    open_dues_of,
)
from starostwo.intake.rules.payment_states import State
from starostwo.intake.rules.reference import found_in, shown
from starostwo.intake.services.charging import Line, Payer, charge, duty_lines, withdraw
from starostwo.intake.services.settling import NoSuchDue, SameReferenceElse, Transfer, record_transfer
from starostwo.office.api import Actor

__all__ = [
    "Line",
    "NoSuchDue",
    "Payer",
    "SameReferenceElse",
    "Transfer",
    "charge",
    "dues_of_application",
    "dues_of_case",
    "dues_of_submission",
    "duty_lines",
    "found_in",
    "may_be_sent",
    "open_dues_of",
    "own_dues_in_words",
    "record_transfer",
    "still_open",
    "withdraw",
]


def may_be_sent(application: UUID, *, actor: Actor) -> bool:
    """Say if nothing is left to pay before sending; a declared transfer is believed until the statement."""
    return all(
        due.state not in Due.OPEN or due.declared_on is not None
        for due in dues_of_application(application, actor=actor)
    )


def still_open(actor: Actor) -> list[tuple[str, str]]:
    """What of the resident's payments needs his account, for who wants to leave: words, and what for."""
    told = []
    for due in payment_access.own_dues(actor).order_by("charged_at", "id"):
        name = f"{due.title} ({shown(due.reference)})"
        if due.state == State.PENDING:
            told.append((gettext("Płatność w toku:"), name))
        elif due.state == State.TO_GIVE_BACK:
            told.append((gettext("Urząd ma Ci zwrócić pieniądze:"), name))
        elif due.state == State.DUE and (due.submission_id or due.case_id or due.received):
            told.append((gettext("Nieopłacona należność:"), name))
    return told


def own_dues_in_words(actor: Actor) -> list[dict[str, Any]]:
    """Everything of the resident's payments, for the copy of his data."""
    rows = payment_access.own_dues(actor).prefetch_related(
        "lines", "payments", "attempts", "returns", "notices"
    )
    return [
        {
            "za co": due.title,
            "oznaczenie": shown(due.reference),
            "naliczono": due.charged_at,
            "stawki z dnia": due.rates_on,
            "zapłacić do": due.pay_by,
            "stan": due.get_state_display(),
            "kwota w groszach": due.amount,
            "wpłacono": due.received,
            "zwrócono": due.given_back,
            "powód zwolnienia": due.lifted_reason,
            "pozycje": [
                {"za co": line.label, "kwota w groszach": line.amount, "podstawa": line.source}
                for line in due.lines.all()
            ],
            "próby u operatora": [
                {"rozpoczęta": one.begun_at, "zakończona": one.ended_at, "stan": one.get_state_display()}
                for one in due.attempts.all()
            ],
            "powiadomienia": [
                {"o czym": one.get_kind_display(), "kiedy": one.told_at} for one in due.notices.all()
            ],
            "wpłaty": [
                {"dzień": one.received_on, "sposób": one.get_way_display(), "kwota w groszach": one.amount,
                 "numer operacji": one.reference}
                for one in due.payments.all()
            ],
            "zwroty": [{"dzień": one.given_on, "kwota w groszach": one.amount} for one in due.returns.all()],
        }
        for due in rows.order_by("charged_at", "id")
    ]  # fmt: skip
