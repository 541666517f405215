"""The table of fees on screens: a rate from a day on, by which provision; what held is never changed."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils.timezone import localdate, now

from starostwo.audit import api as audit
from starostwo.office import testing as office
from starostwo.office.api import Right
from starostwo.procedures import api as procedures
from starostwo.procedures import fees
from starostwo.procedures.models import Fee, ServiceCard

LIST, CARD = "/oplaty-uslug/", "/oplaty-uslug/prawo-jazdy/"
DRAFT = {"amount": "115,50", "source": "rozp. z 2026 r.", "text": ""}


def day(days: int) -> date:
    return localdate() + timedelta(days=days)


def typed(days: int) -> str:
    return f"{day(days):%d.%m.%Y}"


@pytest.fixture
def editor(db: None) -> Client:
    office.make_office()
    office.make_unit("OR", name="Wydział Organizacyjny")
    person = office.make_staff("p.cis", "Paweł Cis", unit="OR", rights=[Right.EDIT_FORMS])
    procedures.load_forms(actor="system", now=now())
    procedures.load_cards(actor="system", valid_from=date(2026, 1, 1), now=now())
    return office.client_of(person)


def amounts(on: date, code: str = "prawo-jazdy") -> list[int | None]:
    card = procedures.card(code, on=on)
    assert card is not None
    return [fee.amount for fee in card.fees]


def test_a_fee_is_changed_on_the_screen_from_a_day_on_and_the_past_stays(editor: Client) -> None:
    answer = editor.post(f"{CARD}0/", DRAFT | {"valid_from": typed(10), "verified": "on"})

    assert answer["Location"] == CARD
    assert (amounts(day(0)), amounts(day(9)), amounts(day(10))) == ([10000], [10000], [11550])
    page = editor.get(CARD).content.decode()
    assert "rozp. z 2026 r." in page
    assert "od przyszłego dnia" in page
    public = Client().get("/uslugi/prawo-jazdy/").content.decode()
    assert "100,00" in public
    assert "115,50" not in public
    line = audit.history("procedures.card:prawo-jazdy")[-1]
    assert (line.verb, line.payload["amount"], line.payload["source"]) == (
        "change_fee",
        11550,
        "rozp. z 2026 r.",
    )


@pytest.mark.parametrize(
    ("change", "told", "why"),
    [
        ({"valid_from": "01.01.2026"}, "najwcześniej od jutra", "a past day"),
        ({"valid_from": f"{localdate():%d.%m.%Y}"}, "najwcześniej od jutra", "today has begun"),
        ({"amount": "", "text": ""}, "Podaj kwotę albo opis.", "nothing is said"),
        ({"amount": "sto złotych"}, "Podaj kwotę w złotych", "no number"),
        ({"source": ""}, "Podstawa", "by which provision"),
        ({"valid_from": "31.02.2030"}, "Podaj datę", "no day"),
    ],
)  # fmt: skip
def test_a_wrong_change_is_refused_and_what_was_typed_stays(
    editor: Client, change: dict[str, str], told: str, why: str
) -> None:
    answer = editor.post(f"{CARD}0/", DRAFT | {"valid_from": typed(5)} | change)

    page = answer.content.decode()
    assert (answer.status_code, told in page) == (422, True), why
    assert 'value="rozp. z 2026 r."' in page or "source" in change
    assert Fee.objects.filter(card__code="prawo-jazdy").count() == 1


def test_a_second_change_goes_between_and_one_day_has_one_change(editor: Client) -> None:
    editor.post(f"{CARD}0/", DRAFT | {"valid_from": typed(20)})
    editor.post(f"{CARD}0/", DRAFT | {"amount": "110", "valid_from": typed(10)})

    assert [amounts(day(days)) for days in (9, 10, 19, 20)] == [[10000], [11000], [11000], [11550]]
    again = editor.post(f"{CARD}0/", DRAFT | {"amount": "90", "valid_from": typed(10)})
    assert "jest już zapisana zmiana" in again.content.decode()


def test_a_change_that_does_not_hold_yet_is_taken_back_and_one_that_holds_is_not(editor: Client) -> None:
    first = Fee.objects.get(card__code="prawo-jazdy")
    editor.post(f"{CARD}0/", DRAFT | {"valid_from": typed(10)})
    coming = Fee.objects.get(card__code="prawo-jazdy", amount=11550)

    editor.post(f"{CARD}wiersze/{coming.pk}/cofniecie/")
    editor.post(f"{CARD}wiersze/{first.pk}/cofniecie/")

    first.refresh_from_db()
    assert list(Fee.objects.filter(card__code="prawo-jazdy")) == [first]
    assert first.valid_to is None
    assert editor.post(f"{CARD}wiersze/999999/cofniecie/").status_code == 404


def test_a_new_line_begins_and_an_old_one_ends(editor: Client) -> None:
    new = DRAFT | {
        "label": "opłata ewidencyjna",
        "amount": "0,50",
        "goes_to": "COUNTY",
        "valid_from": typed(3),
    }

    assert editor.post(f"{CARD}nowa/", new)["Location"] == CARD
    assert editor.post(f"{CARD}0/koniec/", {"valid_to": typed(5)})["Location"] == CARD

    assert [amounts(day(days)) for days in (0, 3, 5)] == [[10000], [10000, 50], [50]]
    assert editor.post(f"{CARD}0/koniec/", {"valid_to": typed(0)}).status_code == 422
    assert editor.post(f"{CARD}0/koniec/", {"valid_to": typed(9)}).status_code == 422
    assert editor.get(f"{CARD}7/").status_code == 404


def test_a_row_that_somebody_read_loses_the_mark_from_memory(editor: Client) -> None:
    fee = Fee.objects.get(card__code="prawo-jazdy")
    assert "z pamięci" in editor.get(CARD).content.decode()

    editor.post(f"{CARD}wiersze/{fee.pk}/potwierdzenie/")

    fee.refresh_from_db()
    assert fee.verified
    assert [line.verb for line in audit.history("procedures.card:prawo-jazdy")][-1] == "confirm_fee"


def test_when_one_pays_is_set_by_service_from_a_day_on(editor: Client) -> None:
    answer = editor.post(f"{CARD}kiedy/", {"moment": "AFTER", "valid_from": typed(4)})
    assert answer["Location"] == CARD

    def moment(days: int) -> str:
        card = procedures.card("prawo-jazdy", on=day(days))
        assert card is not None
        return card.payment_time

    assert (moment(3), moment(4)) == ("BEFORE", "AFTER")
    assert editor.post(f"{CARD}kiedy/", {"moment": "LATER", "valid_from": typed(0)}).status_code == 422
    editor.post(f"{CARD}kiedy/", {"moment": "LATER", "valid_from": typed(2)})
    assert (moment(1), moment(2), moment(4)) == ("BEFORE", "LATER", "LATER")


def test_the_county_s_own_rates_survive_the_next_load_of_cards(editor: Client) -> None:
    editor.post(f"{CARD}0/", DRAFT | {"valid_from": typed(10)})
    editor.post(f"{CARD}kiedy/", {"moment": "AFTER", "valid_from": typed(4)})
    ServiceCard.objects.filter(code="prawo-jazdy").update(edition=1)

    assert procedures.load_cards(actor="system", valid_from=day(0), now=now()) == 1

    assert (amounts(day(0)), amounts(day(10))) == ([10000], [11550])
    card = procedures.card("prawo-jazdy", on=day(4))
    assert card is not None
    assert card.payment_time == "AFTER"
    assert "115,50" in editor.get(CARD).content.decode()


def test_the_database_keeps_what_held(editor: Client) -> None:
    editor.post(f"{CARD}0/", DRAFT | {"valid_from": typed(10)})
    row = Fee.objects.filter(card__code="prawo-jazdy", amount=10000)

    for act in (
        lambda: row.update(amount=1),
        lambda: row.update(valid_from=date(2020, 1, 1)),
        lambda: row.update(source="inna"),
        lambda: row.update(valid_to=None),
        row.delete,
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_the_list_is_read_with_a_fixed_number_of_queries(
    editor: Client, django_assert_num_queries: Callable[[int], Any]
) -> None:
    editor.get(LIST)

    with django_assert_num_queries(10):
        page = editor.get(LIST).content.decode()

    assert "przed wysłaniem wniosku" in page


def test_only_the_editor_of_forms_comes_in(editor: Client) -> None:
    fee = Fee.objects.get(card__code="prawo-jazdy")
    acts = [f"{CARD}wiersze/{fee.pk}/potwierdzenie/", f"{CARD}wiersze/{fee.pk}/cofniecie/", f"{CARD}kiedy/"]
    for person in (office.anna(), office.piotr()):
        client = office.client_of(person)
        assert [client.get(path).status_code for path in (LIST, CARD, f"{CARD}0/", f"{CARD}nowa/")] == [
            404
        ] * 4
        assert [client.post(path).status_code for path in acts] == [404] * 3
    rate = fees.Rate("x", 1, "x", day(5))
    with pytest.raises(fees.NotYours):
        fees.change_fee("prawo-jazdy", 0, rate, actor=office.actor(office.anna()), today=day(0), now=now())
