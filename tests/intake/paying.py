"""What tests of payments do over and over: begin a try, let the gateway speak, let a transfer come."""

from datetime import UTC, date, datetime

from starostwo.intake.gateway import SignedGateway
from starostwo.intake.models import Attempt, Due
from starostwo.intake.rules.gateway_messages import Report
from starostwo.intake.rules.payment_states import Said
from starostwo.intake.services import settling
from starostwo.intake.services.gateway_tries import Outcome, begin_try, take_report
from starostwo.intake.services.settling import Transfer
from starostwo.office import testing as office
from starostwo.office.api import Actor, Right

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def treasury() -> office.Account:
    """Weronika Grosz of the finance unit, who settles."""
    office.make_unit("FN", name="Wydział Finansowy", parent="ST")
    return office.make_staff("w.grosz", "Weronika Grosz", unit="FN", rights=(Right.SETTLE,))


def begun(due: Due, actor: Actor) -> Attempt:
    return begin_try(due.pk, actor=actor, gateway=SignedGateway(), now=NOW)


def told(attempt: Attempt, said: Said = Said.PAID, *, amount: int | None = None, number: str = "T-1",
         currency: str = "PLN") -> Outcome:  # fmt: skip
    report = Report(attempt.pk, said, attempt.amount if amount is None else amount, currency, number)
    return take_report(report, now=NOW)[0]


def transferred(due: Due, amount: int = 10000, *, number: str = "WB/1", day: date = TODAY) -> bool:
    transfer = Transfer(amount, day, number)
    _, is_new = settling.record_transfer(due.reference, transfer, entered_by="system", today=TODAY, now=NOW)
    return is_new


def stands(due: Due) -> tuple[str, int, int]:
    due.refresh_from_db()
    return due.state, due.received, due.given_back
