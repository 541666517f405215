"""Paying inside of an application: before sending, after it or later; never asked twice, never in silence."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate, now

from starostwo.citizen import leaving, services
from starostwo.citizen.models import Draft
from starostwo.intake.models import Due
from starostwo.intake.services import settling
from starostwo.intake.services.charging import Line, Payer, charge_in_case
from starostwo.intake.services.settling import Transfer
from starostwo.intake.testing import open_the_cash_box
from starostwo.office import testing as office
from starostwo.office.api import Actor, Right
from starostwo.procedures import api as procedures
from starostwo.procedures import fees
from starostwo.procedures.models import PaymentTime
from starostwo.records.models import Letter
from starostwo.signatures.testing import build_keys
from starostwo.visits import testing as visits
from starostwo.visits.services.booking import Person, Wish, book_own
from starostwo.visits.services.changing import cancel
from tests.intake.paying import stands
from tests.records.document_makers import make_online_case

pytestmark = pytest.mark.django_db
SENDER = {"given_name": "Piotr", "family_name": "Wrona", "street": "ul. Leśna 12", "postcode": "95-100",
          "town": "Zgierz", "email": "piotr@example.pl", "pesel": "80010112340"}  # fmt: skip


@pytest.fixture(autouse=True)
def open_office() -> None:
    open_the_cash_box()
    for unit in ("ST", "OR", "KM", "AB"):
        office.make_unit(unit, name=f"Wydział {unit}")
    build_keys([])


@pytest.fixture
def actor() -> Actor:
    return office.actor(office.piotr())


@pytest.fixture
def piotr() -> Client:
    return office.client_of(office.piotr())


def closed(card: str, actor: Actor, **answers: str) -> Draft:
    """A draft with the form's sample answers, closed for signing."""
    made = services.begin(card, actor=actor, known=SENDER, now=now(), today=localdate())
    form = procedures.form(card)
    assert form is not None
    given = procedures.sample_of(form) | answers
    for step in form.steps:
        view = services.answer(made.pk, actor=actor, step=step.name, answers=given, now=now())
    for number, each in enumerate(view.answered.documents_missing(())):
        services.attach(
            made.pk, actor=actor, name=f"{number}.txt", content=b"dokument", kind=each.name, now=now()
        )
    return services.close(made.pk, actor=actor, addressee="Starostwo", now=now(), today=localdate())


def sent(draft: Draft, client: Client) -> Any:
    return client.post(f"/eboi/wnioski/{draft.pk}/wyslanie/")


def paid(due: Due, amount: int = 0) -> None:
    transfer = Transfer(amount or due.amount, localdate(), f"WB/{due.reference}")
    settling.record_transfer(due.reference, transfer, entered_by="system", today=localdate(), now=now())


# Before sending (what others' users complain about, no 11)


def test_where_one_pays_before_sending_the_application_waits_and_nothing_is_lost(
    piotr: Client, actor: Actor
) -> None:
    draft = closed("prawo-jazdy", actor)
    due = Due.objects.get()
    assert (due.application, due.amount, due.submission) == (draft.pk, 10000, None)

    page = piotr.post(f"/eboi/wnioski/{draft.pk}/wyslanie/", follow=True).content.decode()

    assert "płaci się przed wysłaniem" in page
    assert f'href="/eboi/oplaty/{due.pk}/"' in page
    assert "Zapłać później" in page
    assert not Letter.objects.exists()
    assert f"/eboi/wnioski/{draft.pk}/" in piotr.get(f"/eboi/oplaty/{due.pk}/").content.decode()
    assert "Za tę" in piotr.get(f"/eboi/wnioski/{draft.pk}/podpis/").content.decode()

    paid(due)
    assert "Wróć do wniosku i wyślij go" in piotr.get(f"/eboi/oplaty/{due.pk}/").content.decode()
    receipt = sent(draft, piotr)["Location"]

    due.refresh_from_db()
    assert (due.submission.letter, Due.objects.count()) == (Letter.objects.get(), 1)  # type: ignore[union-attr]
    page = piotr.get(receipt).content.decode()
    assert "zapłacono" in page
    assert "Zapłać" not in page


def test_a_declared_transfer_lets_the_application_go(piotr: Client, actor: Actor) -> None:
    draft = closed("prawo-jazdy", actor)
    piotr.post(f"/eboi/oplaty/{Due.objects.get().pk}/zgloszenie/")

    page = piotr.get(sent(draft, piotr)["Location"]).content.decode()

    assert Letter.objects.count() == 1
    assert "przelew zgłoszony" in page


def test_closing_again_and_changed_answers_ask_no_second_time(piotr: Client, actor: Actor) -> None:
    draft = closed("prawo-jazdy", actor)
    paid(Due.objects.get())
    for _ in range(2):
        services.reopen(draft.pk, actor=actor, now=now())
        services.close(draft.pk, actor=actor, addressee="Starostwo", now=now(), today=localdate())

    sent(draft, piotr)
    sent(draft, piotr)

    assert stands(Due.objects.get()) == ("PAID", 10000, 0)


def test_an_application_takes_the_fee_of_its_filing_day(piotr: Client, actor: Actor) -> None:
    draft = closed("prawo-jazdy", actor)
    due = Due.objects.get()
    paid(due)
    office.make_unit("OR")
    editor = office.actor(office.make_staff("p.cis", "Paweł Cis", unit="OR", rights=[Right.EDIT_FORMS]))
    rate = fees.Rate("prawo jazdy", 11550, "nowy akt", localdate() + timedelta(days=1))
    fees.change_fee("prawo-jazdy", 0, rate, actor=editor, today=localdate(), now=now())
    tomorrow = now() + timedelta(days=1)

    services.reopen(draft.pk, actor=actor, now=tomorrow)
    services.close(draft.pk, actor=actor, addressee="S", now=tomorrow, today=localdate(tomorrow))

    due.refresh_from_db()
    assert (due.amount, due.sums.missing, due.state) == (11550, 1550, "DUE")


def test_a_draft_that_is_thrown_away_owes_nothing_and_gets_its_money_back(
    piotr: Client, actor: Actor
) -> None:
    first, second = closed("prawo-jazdy", actor), closed("prawo-jazdy", actor)
    paid(Due.objects.get(application=second.pk))

    for draft in (first, second):
        piotr.post(f"/eboi/wnioski/{draft.pk}/usuniecie/")

    assert stands(Due.objects.get(application=first.pk))[0] == "WITHDRAWN"
    due = Due.objects.get(application=second.pk)
    assert stands(due)[0] == "TO_GIVE_BACK"
    page = piotr.get(f"/eboi/oplaty/{due.pk}/").content.decode()
    assert "Urząd zwróci Ci" in page
    assert "/eboi/wnioski/" not in page


def test_a_forgotten_draft_too(actor: Actor) -> None:
    closed("prawo-jazdy", actor)

    services.discard_forgotten(now=now() + timedelta(days=40))

    assert stands(Due.objects.get())[0] == "WITHDRAWN"


# After sending (no 10)


def test_the_confirmation_the_case_and_the_first_page_say_what_is_still_due(
    piotr: Client, actor: Actor
) -> None:
    receipt = sent(closed("samodzielnosc-lokalu", actor), piotr)["Location"]
    due = Due.objects.get()
    letter = Letter.objects.get()

    for address in (receipt, "/eboi/", f"/eboi/sprawy/{letter.identifier}/"):
        page = piotr.get(address).content.decode()
        assert f'href="/eboi/oplaty/{due.pk}/"' in page, address
        assert "17,00" in page, address
    page = piotr.get(receipt).content.decode()
    assert "Zapłać" in page
    assert "Zapłać później" in page

    paid(due)

    assert "zapłacono" in piotr.get(receipt).content.decode()
    assert "zapłacono" in piotr.get(f"/eboi/sprawy/{letter.identifier}/").content.decode()
    assert str(due.pk) not in piotr.get("/eboi/").content.decode()


def test_moving_an_appointment_asks_for_no_second_payment(piotr: Client, actor: Actor) -> None:
    place = visits.a_place()
    person = Person("Piotr", "Wrona", "piotr@example.pl", "600100200")
    sent(closed("samodzielnosc-lokalu", actor), piotr)
    paid(Due.objects.get())

    first = book_own(Wish(place.pk, ("dowod",), visits.NINE), person, actor=actor, now=visits.NOW)
    cancel(first.visit.pk, actor=actor, now=visits.NOW)
    book_own(
        Wish(place.pk, ("dowod",), visits.NINE + timedelta(hours=1)), person, actor=actor, now=visits.NOW
    )

    assert stands(Due.objects.get()) == ("PAID", 1700, 0)


def test_sending_twice_charges_once(piotr: Client, actor: Actor) -> None:
    draft = closed("samodzielnosc-lokalu", actor)
    sent(draft, piotr)
    Draft.objects.filter(pk=draft.pk).update(state="CLOSED", submission=None)
    sent(draft, piotr)

    assert Due.objects.count() == 1


def test_a_service_without_a_fee_owes_nothing(piotr: Client, actor: Actor) -> None:
    page = piotr.get(sent(closed("pismo-ogolne", actor), piotr)["Location"]).content.decode()

    assert not Due.objects.exists()
    assert "Opłaty</h2>" not in page


# Later


def test_what_the_office_counts_is_asked_when_a_clerk_has_counted_it(piotr: Client, actor: Actor) -> None:
    receipt = sent(closed("wypis-z-rejestru-gruntow", actor), piotr)["Location"]
    assert not Due.objects.exists()
    assert piotr.get(receipt).status_code == 200
    case = make_online_case()
    anna = office.actor(office.anna())

    due = charge_in_case(
        case.mark, actor=anna, kind="COUNTY", line=Line("wypis", 4000, "tabela ustawy"),
        payer=Payer(actor.account_id, actor.name), today=localdate(), now=now(),
    )  # fmt: skip

    assert f"/eboi/oplaty/{due.pk}/" in piotr.get(f"/eboi/sprawy/{case.mark}/").content.decode()


def test_when_one_pays_is_data_of_the_card_from_a_day_on(piotr: Client, actor: Actor) -> None:
    office.make_unit("OR")
    editor = office.actor(office.make_staff("p.cis", "Paweł Cis", unit="OR", rights=[Right.EDIT_FORMS]))
    day = localdate() + timedelta(days=1)
    fees.set_payment_time("prawo-jazdy", "AFTER", valid_from=day, actor=editor, today=localdate(), now=now())
    draft = closed("prawo-jazdy", actor)
    assert Due.objects.exists(), "today one still pays before"
    assert "przed wysłaniem wniosku" in piotr.get("/uslugi/prawo-jazdy/").content.decode()

    card = procedures.card("prawo-jazdy", on=day)

    assert card is not None
    assert card.payment_time == "AFTER"
    assert draft.state == "CLOSED"


def test_what_was_paid_before_the_card_left_it_to_the_office_goes_along(piotr: Client, actor: Actor) -> None:
    draft = closed("prawo-jazdy", actor)
    paid(Due.objects.get())
    PaymentTime.objects.filter(card__code="prawo-jazdy").update(moment="LATER")

    sent(draft, piotr)

    due = Due.objects.get()
    assert (due.submission.letter, due.state) == (Letter.objects.get(), "PAID")  # type: ignore[union-attr]


# The account's data


def test_the_copy_of_own_data_holds_payments(piotr: Client, actor: Actor) -> None:
    closed("prawo-jazdy", actor)
    due = Due.objects.get()
    paid(due)
    closed("prawo-jazdy", office.actor(office.maria()))

    [told] = services.intake.payments.own_dues_in_words(actor)

    assert told["stan"] == "zapłacona"
    assert told["wpłaty"][0]["kwota w groszach"] == 10000
    assert told["pozycje"][0]["za co"] == "prawo jazdy"


@pytest.mark.parametrize(
    ("amount", "is_sent", "told"),
    [
        (0, True, "Nieopłacona należność"),
        (9000, True, "Urząd ma Ci zwrócić"),
        (1700, True, ""),
        (0, False, ""),
    ],
)
def test_the_account_is_kept_while_payments_are_open(
    piotr: Client, actor: Actor, amount: int, is_sent: bool, told: str
) -> None:
    draft = closed("samodzielnosc-lokalu" if is_sent else "prawo-jazdy", actor)
    if is_sent:
        sent(draft, piotr)
    due = Due.objects.get()
    if amount:
        paid(due, amount)

    reasons = [each for each in leaving.still_going_on(actor, now=now()) if "w toku:" not in each]

    assert ([told] if told else []) == [
        reason.partition(":")[0].replace(" pieniądze", "") for reason in reasons
    ]
    if not is_sent:
        leaving.leave(actor, now=now())
        assert stands(due)[0] == "WITHDRAWN"


def test_the_way_back_to_the_draft_is_an_address_of_ours(piotr: Client, actor: Actor) -> None:
    draft = closed("prawo-jazdy", actor)

    assert piotr.get(f"/eboi/wnioski/{draft.pk}/", follow=True).status_code == 200


def test_the_first_page_is_read_with_a_fixed_number_of_queries(
    piotr: Client, actor: Actor, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for _ in range(3):
        closed("prawo-jazdy", actor)
    piotr.get("/eboi/")

    with django_assert_num_queries(10):
        piotr.get("/eboi/")
