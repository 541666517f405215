"""Dues, money and tries: each is asked once, and nothing that came is lost."""

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest

from starostwo.audit import api as audit
from starostwo.files.testing import locked_pdf
from starostwo.intake.models import Attempt, Due, DueLine, Payment
from starostwo.intake.rules.gateway_messages import Report
from starostwo.intake.rules.payment_states import Said
from starostwo.intake.services import charging, settling
from starostwo.intake.services.gateway_tries import (
    InDoubt,
    NothingToPay,
    Outcome,
    end_doubt,
    give_up_try,
    take_report,
)
from starostwo.intake.services.quarantine import release
from starostwo.intake.services.settling import Transfer
from starostwo.intake.testing import make_due, open_the_box, open_the_cash_box, send
from starostwo.office import testing as office
from starostwo.office.api import Actor
from tests.intake import paying
from tests.intake.paying import NOW, TODAY, begun, stands, told, transferred

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def cash_box() -> None:
    open_the_cash_box()


@pytest.fixture
def piotr() -> Actor:
    return office.actor(office.piotr())


@pytest.fixture
def treasury() -> Actor:
    return office.actor(paying.treasury())


@pytest.fixture
def due(piotr: Actor) -> Due:
    return make_due(office.piotr())


# What is owed


def test_an_application_owes_what_its_answers_and_its_day_say() -> None:
    answers = {"zostawiam_tablice": "nowe", "pozwolenie_czasowe": ""}
    application = uuid4()

    due = make_due(office.piotr(), card="rejestracja-pojazdu", answers=answers, application=application)

    lines = list(due.lines.order_by("position").values_list("label", "amount", "verified"))
    assert lines == [
        ("dowód rejestracyjny", 5400, False),
        ("tablice rejestracyjne", 8000, False),
        ("nalepki legalizacyjne", 1250, False),
    ]
    assert (due.amount, due.kind, due.state) == (14650, "COUNTY", "DUE")
    assert [line.verb for line in audit.history(str(due))] == ["charge"]


def test_fees_of_two_accounts_are_two_dues_and_stamp_duty_goes_to_its_own() -> None:
    assert make_due(card="samodzielnosc-lokalu").kind == "STAMP"


def test_counting_again_asks_nothing_twice_and_follows_changed_answers() -> None:
    application = uuid4()
    first = make_due(application=application, card="zaswiadczenie", answers={"zwolnienie": "nie"})
    again = make_due(application=application, card="zaswiadczenie", answers={"zwolnienie": "nie"})
    assert (again.pk, DueLine.objects.count()) == (first.pk, 1)
    assert [line.verb for line in audit.history(str(first))] == ["charge"]

    payer = charging.Payer(None, "Jan Kos")
    none = charging.charge(application, card_code="zaswiadczenie", answers={"zwolnienie": "tak"},
                           payer=payer, now=NOW)  # fmt: skip
    assert none == []
    assert stands(first)[0] == "WITHDRAWN"
    back = make_due(application=application, card="zaswiadczenie", answers={"zwolnienie": "nie"})
    assert (back.pk, back.state) == (first.pk, "DUE")


def test_a_paid_due_that_is_counted_higher_asks_for_the_difference_alone(due: Due) -> None:
    transferred(due)
    more = [charging.Line("prawo jazdy", 11550, "nowy akt")]
    due.refresh_from_db()

    charging._charge_again(due, more, TODAY, NOW)

    assert (stands(due), due.sums.missing) == (("DUE", 10000, 0), 1550)


def test_an_application_that_was_given_up_owes_nothing_and_gets_back_what_was_paid(due: Due) -> None:
    other = make_due(office.piotr())
    transferred(due)

    for each in (due, other):
        charging.withdraw(each.application, actor="system", now=NOW)  # type: ignore[arg-type]

    assert stands(other)[0] == "WITHDRAWN"
    assert (stands(due)[0], due.sums.surplus) == ("TO_GIVE_BACK", 10000)


def test_what_is_owed_beside_the_card_stands_in_the_same_due_of_its_account() -> None:
    duty = charging.Line("pełnomocnictwo", 1700, "z pamięci", goes_to="STAMP")
    payer = charging.Payer(None, "Jan Kos")

    dues = charging.charge(
        uuid4(), card_code="samodzielnosc-lokalu", answers={}, payer=payer, now=NOW, extras=[duty]
    )

    assert [(due.kind, due.amount) for due in dues] == [("STAMP", 3400)]


def test_what_waited_in_quarantine_is_charged_when_it_is_released(treasury: Actor) -> None:
    open_the_box()
    locked = send(locked_pdf(), "a.pdf", service_code="samodzielnosc-lokalu").submission
    assert not Due.objects.exists()

    release(locked.pk, actor=office.actor(office.clerk()), reason="hasło znane", now=NOW)

    assert Due.objects.get().submission == locked


# Transfers


def test_a_transfer_settles_its_due_and_its_reference_counts_once(due: Due) -> None:
    assert transferred(due)
    assert not transferred(due), "the same statement read again"
    assert stands(due) == ("PAID", 10000, 0)
    assert Payment.objects.count() == 1
    with pytest.raises(settling.SameReferenceElse):
        transferred(due, 5000)
    with pytest.raises(settling.SameReferenceElse):
        transferred(make_due(office.maria()))
    assert Payment.objects.count() == 1


def test_parts_and_too_much_are_said_as_they_are(due: Due) -> None:
    transferred(due, 4000, number="WB/1")
    assert (stands(due), due.sums.missing) == (("DUE", 4000, 0), 6000)
    transferred(due, 7000, number="WB/2")
    assert (stands(due), due.sums.surplus) == (("TO_GIVE_BACK", 11000, 0), 1000)


@pytest.mark.parametrize(
    ("change", "refusal", "why"),
    [
        ({"amount": 0}, settling.NotAnAmount, "nothing came"),
        ({"amount": -100}, settling.NotAnAmount, "less than nothing"),
        ({"day": TODAY + timedelta(days=1)}, settling.NotYetHappened, "a day ahead"),
    ],
)
def test_a_transfer_that_cannot_be_is_refused(
    due: Due, change: dict[str, int | date], refusal: type[Exception], why: str
) -> None:
    with pytest.raises(refusal):
        transferred(due, **change)  # type: ignore[arg-type]
    assert (stands(due), Payment.objects.count()) == (("DUE", 0, 0), 0)


def test_a_transfer_for_nothing_that_is_due_is_refused() -> None:
    with pytest.raises(settling.NoSuchDue):
        settling.record_transfer("OP000", Transfer(1, TODAY, "WB/1"), entered_by="s", today=TODAY, now=NOW)


# The gateway


def test_paid_at_the_gateway(due: Due, piotr: Actor) -> None:
    attempt = begun(due, piotr)
    assert stands(due)[0] == "PENDING"

    assert told(attempt) == Outcome.CHANGED
    assert told(attempt) == Outcome.REPEATED
    assert told(attempt, Said.CANCELLED) == Outcome.REPEATED

    assert stands(due) == ("PAID", 10000, 0)
    assert [line.verb for line in audit.history(str(due))] == ["charge", "begin_try", "pay"]
    with pytest.raises(NothingToPay):
        begun(due, piotr)


def test_two_tabs_lead_to_the_same_payment(due: Due, piotr: Actor) -> None:
    assert begun(due, piotr).pk == begun(due, piotr).pk


def test_a_cancelled_payment_leads_back_and_a_new_one_can_begin(due: Due, piotr: Actor) -> None:
    first = begun(due, piotr)
    assert told(first, Said.CANCELLED) == Outcome.CHANGED
    assert stands(due)[0] == "DUE"

    second = begun(due, piotr)

    assert second.pk != first.pk
    assert told(second, number="T-2") == Outcome.CHANGED
    assert stands(due)[0] == "PAID"


def test_money_that_comes_after_the_cancelling_counts_and_a_second_one_goes_back(
    due: Due, piotr: Actor
) -> None:
    first = begun(due, piotr)
    give_up_try(due.pk, actor=piotr, now=NOW)
    second = begun(due, piotr)
    told(second, number="T-2")

    assert told(first, number="T-1") == Outcome.CHANGED

    assert (stands(due), due.sums.surplus) == (("TO_GIVE_BACK", 20000, 0), 10000)


def test_a_transfer_while_the_gateway_is_open_and_then_both(due: Due, piotr: Actor) -> None:
    attempt = begun(due, piotr)
    transferred(due)
    assert stands(due)[0] == "PAID"

    told(attempt)

    assert (stands(due)[0], due.sums.surplus) == ("TO_GIVE_BACK", 10000)


def test_after_a_part_only_the_rest_is_asked(due: Due, piotr: Actor) -> None:
    first = begun(due, piotr)
    transferred(due, 4000)
    assert stands(due)[0] == "PENDING"

    second = begun(due, piotr)

    assert (second.amount, second.pk != first.pk) == (6000, True)


@pytest.mark.parametrize(
    ("amount", "currency", "number", "why"),
    [
        (9999, "PLN", "T-1", "a grosz less"),
        (1000000, "PLN", "T-1", "too much"),
        (10000, "EUR", "T-1", "other money"),
        (10000, "PLN", "", "no number of the transaction"),
    ],
)
def test_a_report_that_does_not_fit_pays_nothing_and_a_person_looks_into_it(
    due: Due, piotr: Actor, treasury: Actor, amount: int, currency: str, number: str, why: str
) -> None:
    attempt = begun(due, piotr)

    assert told(attempt, amount=amount, currency=currency, number=number) == Outcome.DOUBTED

    assert (stands(due), Payment.objects.count()) == (("PENDING", 0, 0), 0)
    attempt.refresh_from_db()
    assert attempt.doubt
    for act in (begun, lambda due, actor: give_up_try(due.pk, actor=actor, now=NOW)):
        with pytest.raises(InDoubt):
            act(due, piotr)
    with pytest.raises(settling.ReasonIsMissing):
        end_doubt(due.pk, actor=treasury, reason=" ", now=NOW)
    end_doubt(due.pk, actor=treasury, reason="operator wycofał operację", now=NOW)
    assert stands(due)[0] == "DUE"
    assert begun(due, piotr).pk != attempt.pk


def test_the_right_report_after_a_wrong_one_settles(due: Due, piotr: Actor) -> None:
    attempt = begun(due, piotr)
    told(attempt, amount=1)

    assert told(attempt) == Outcome.CHANGED

    attempt.refresh_from_db()
    assert (attempt.doubt, stands(due)[0]) == ("", "PAID")


def test_one_transaction_of_the_gateway_pays_one_try(due: Due, piotr: Actor) -> None:
    other = make_due(office.piotr())
    told(begun(due, piotr), number="T-1")

    assert told(begun(other, piotr), number="T-1") == Outcome.DOUBTED
    assert stands(other)[0] == "PENDING"


def test_a_report_of_an_unknown_try_changes_nothing() -> None:
    assert take_report(Report(uuid4(), Said.PAID, 1, "PLN", "T"), now=NOW) == (Outcome.UNKNOWN, None)


def test_a_failure_in_the_middle_leaves_nothing_and_the_next_report_settles(
    due: Due, piotr: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt = begun(due, piotr)

    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError("po zapisaniu wpłaty")

    with monkeypatch.context() as broken:
        broken.setattr(settling, "_note", fail)
        with pytest.raises(RuntimeError):
            told(attempt)
    attempt.refresh_from_db()
    assert (stands(due), attempt.state, Payment.objects.count()) == (("PENDING", 0, 0), "BEGUN", 0)

    assert told(attempt) == Outcome.CHANGED
    assert stands(due) == ("PAID", 10000, 0)


# Letting go, giving back


def test_who_is_exempt_pays_nothing_and_the_reason_stays(due: Due, piotr: Actor, treasury: Actor) -> None:
    begun(due, piotr)
    with pytest.raises(settling.ReasonIsMissing):
        settling.waive(due.pk, actor=treasury, reason="  ", now=NOW)
    assert stands(due)[0] == "PENDING"

    settling.waive(due.pk, actor=treasury, reason="pełnomocnictwo dla brata", now=NOW)

    assert stands(due)[0] == "WAIVED"
    assert Attempt.objects.get().state == "CANCELLED"
    with pytest.raises(settling.NothingToWaive):
        settling.waive(due.pk, actor=treasury, reason="jeszcze raz", now=NOW)
    transferred(due)
    assert (stands(due)[0], due.sums.surplus) == ("TO_GIVE_BACK", 10000)


def test_a_surplus_goes_back_once_and_no_more_than_it_is(due: Due, treasury: Actor) -> None:
    transferred(due, 15000)

    def back(amount: int, *, number: str = "ZW/1", reason: str = "nadpłata", day: date = TODAY) -> None:
        settling.give_back(due.pk, actor=treasury, amount=amount, given_on=day, reference=number,
                           reason=reason, today=TODAY, now=NOW)  # fmt: skip

    tomorrow = TODAY + timedelta(days=1)
    refused: list[tuple[type[Exception], Callable[[], None]]] = [
        (settling.NotAnAmount, lambda: back(5001)),
        (settling.NotAnAmount, lambda: back(0)),
        (settling.NotYetHappened, lambda: back(5000, day=tomorrow)),
        (settling.ReasonIsMissing, lambda: back(5000, reason=" ")),
    ]
    for refusal, act in refused:
        with pytest.raises(refusal):
            act()
    back(2000)
    with pytest.raises(settling.SameReferenceElse):
        back(3000)
    assert stands(due) == ("TO_GIVE_BACK", 15000, 2000)
    back(3000, number="ZW/2")
    assert stands(due) == ("PAID", 15000, 5000)


def test_only_the_finance_unit_settles_and_only_the_payer_pays(due: Due, piotr: Actor) -> None:
    for person in (office.clerk(), office.anna(), office.admin(), office.maria(), office.piotr()):
        actor = office.actor(person)
        with pytest.raises(settling.NoSuchDue):
            settling.waive(due.pk, actor=actor, reason="bo tak", now=NOW)
        with pytest.raises(settling.NoSuchDue):
            settling.enter_by_hand(due.pk, Transfer(1, TODAY, "x"), actor=actor, today=TODAY, now=NOW)
        if actor.account_id != piotr.account_id:
            with pytest.raises(settling.NoSuchDue):
                begun(due, actor)
            with pytest.raises(settling.NoSuchDue):
                settling.declare(due.pk, actor=actor, today=TODAY, now=NOW)
    assert stands(due) == ("DUE", 0, 0)
