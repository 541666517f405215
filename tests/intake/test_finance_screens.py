"""Fees for staff: the finance unit's list, money entered by hand, waivers, returns, accounts, cases."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate, now

from starostwo.intake.models import Attempt, BankAccount, Due
from starostwo.intake.rules import reference
from starostwo.intake.rules.gateway_messages import Report
from starostwo.intake.rules.payment_states import Said
from starostwo.intake.services.gateway_tries import take_report
from starostwo.intake.testing import ACCOUNTS, make_due, open_the_cash_box
from starostwo.office import testing as office
from starostwo.office.api import Right
from tests.intake import paying
from tests.intake.paying import begun, stands, told
from tests.records.document_makers import make_online_case

LIST = "/urzad/oplaty/"


@pytest.fixture
def treasury(db: None) -> Client:
    open_the_cash_box()
    office.make_unit("ST", name="Starosta")
    return office.client_of(paying.treasury())


@pytest.fixture
def due(treasury: Client) -> Due:
    return make_due(office.piotr(), now=now())


def at(due: Due, rest: str = "") -> str:
    return f"{LIST}{due.pk}/{rest}"


def today(days: int = 0) -> str:
    return f"{localdate() + timedelta(days=days):%d.%m.%Y}"


def transfer(amount: str = "100,00", number: str = "WB/1", day: int = 0) -> dict[str, str]:
    return {
        "wplata-amount": amount,
        "wplata-received_on": today(day),
        "wplata-bank_reference": number,
        "wplata-way": "TRANSFER",
    }


def test_a_transfer_is_entered_by_hand_once(treasury: Client, due: Due) -> None:
    answer = treasury.post(at(due, "wplata/"), transfer())
    assert answer["Location"] == at(due)
    assert stands(due) == ("PAID", 10000, 0)

    again = treasury.post(at(due, "wplata/"), transfer())

    assert again.status_code == 422
    assert "jest już zapisana" in again.content.decode()
    assert stands(due) == ("PAID", 10000, 0)
    page = treasury.get(at(due)).content.decode()
    assert "WB/1" in page
    assert "Weronika Grosz" in page


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"amount": "0"}, "większa od zera"),
        ({"amount": "sto"}, "Podaj kwotę w złotych"),
        ({"day": 1}, "jeszcze nie nadszedł"),
        ({"number": ""}, "Numer operacji"),
    ],
)
def test_a_wrong_entry_is_refused_and_kept_as_typed(
    treasury: Client, due: Due, change: dict[str, Any], words: str
) -> None:
    given = transfer(**({"amount": "55,55", "number": "WB/777"} | change))

    answer = treasury.post(at(due, "wplata/"), given)

    page = answer.content.decode()
    assert (answer.status_code, words in page) == (422, True)
    assert "WB/777" in page or "55,55" in page
    assert stands(due) == ("DUE", 0, 0)


def test_the_list_shows_what_is_open_paid_and_to_give_back(treasury: Client, due: Due) -> None:
    paid, over = make_due(office.piotr(), now=now()), make_due(office.maria(), now=now())
    treasury.post(at(paid, "wplata/"), transfer(number="WB/2"))
    treasury.post(at(over, "wplata/"), transfer("150", number="WB/3"))

    def listed(query: str) -> set[Due]:
        page = treasury.get(f"{LIST}{query}").content.decode()
        return {each for each in (due, paid, over) if str(each.pk) in page}

    assert listed("") == {due, paid, over}
    assert [listed(f"?stan={state}") for state in ("DUE", "PAID", "TO_GIVE_BACK", "WAIVED")] == [
        {due}, {paid}, {over}, set(),
    ]  # fmt: skip
    assert listed("?q=Zych") == {over}
    assert listed(f"?q={reference.shown(due.reference)}") == {due}
    assert "Nie ma takich opłat" in treasury.get(f"{LIST}?q=qqqq").content.decode()
    assert treasury.get(f"{LIST}?cursor=>zly").status_code == 404


def test_the_list_is_paged_by_key_with_a_fixed_number_of_queries(
    treasury: Client, due: Due, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for _ in range(60):
        make_due(office.piotr(), now=now())
    treasury.get(LIST)

    with django_assert_num_queries(6):
        first = treasury.get(f"{LIST}?stan=DUE").content.decode()

    assert first.count("data-row>") == 50
    after = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    assert treasury.get(f"{LIST}{after}").content.decode().count("data-row>") == 11


def test_who_is_exempt_is_let_go_with_a_reason_and_reads_it(treasury: Client, due: Due) -> None:
    assert treasury.post(at(due, "zwolnienie/"), {"zwolnienie-reason": ""}).status_code == 422
    treasury.post(at(due, "zwolnienie/"), {"zwolnienie-reason": "pełnomocnictwo dla brata"})

    assert stands(due)[0] == "WAIVED"
    page = office.client_of(office.piotr()).get(f"/eboi/oplaty/{due.pk}/").content.decode()
    assert "pełnomocnictwo dla brata" in page
    assert "Zapłać teraz" not in page
    again = treasury.post(at(due, "zwolnienie/"), {"zwolnienie-reason": "jeszcze raz"})
    assert "już się nie należy" in again.content.decode()


def test_a_surplus_is_given_back(treasury: Client, due: Due) -> None:
    treasury.post(at(due, "wplata/"), transfer("150"))
    back = {
        "zwrot-amount": "60",
        "zwrot-given_on": today(),
        "zwrot-reference": "ZW/1",
        "zwrot-reason": "nadpłata",
    }
    refused = treasury.post(at(due, "zwrot/"), back)
    assert "większy niż nadpłata" in refused.content.decode()

    treasury.post(at(due, "zwrot/"), back | {"zwrot-amount": "50"})

    assert stands(due) == ("PAID", 15000, 5000)
    assert "ZW/1" in treasury.get(at(due)).content.decode()


def test_a_report_that_does_not_fit_is_listed_and_looked_into(treasury: Client, due: Due) -> None:
    attempt = begun(due, office.actor(office.piotr()))
    told(attempt, amount=1)
    assert str(due.pk) in treasury.get(f"{LIST}?stan=IN_DOUBT").content.decode()
    assert "zamiast 10000 gr" in treasury.get(at(due)).content.decode()
    assert treasury.post(at(due, "wyjasnienie/"), {"wyjasnienie-reason": ""}).status_code == 422

    treasury.post(at(due, "wyjasnienie/"), {"wyjasnienie-reason": "operator się pomylił"})

    assert stands(due)[0] == "DUE"
    assert Attempt.objects.get().state == "FAILED"
    take_report(Report(attempt.pk, Said.PAID, 10000, "PLN", "T-1"), now=now())
    assert stands(due) == ("PAID", 10000, 0)


def test_an_account_is_named_from_a_day_on(treasury: Client) -> None:
    new = {"kind": "COUNTY", "recipient": "Powiat Zgierski", "address": "Sadowa 6a", "takes_gateway": "on",
           "number": "PL27 1140 2004 0000 3002 0135 5387", "valid_from": today(3)}  # fmt: skip

    wrong = treasury.post("/urzad/oplaty/rachunki/", new | {"number": "27114020040000300201355388"})
    assert "Ten numer się nie zgadza" in wrong.content.decode()
    past = treasury.post("/urzad/oplaty/rachunki/", new | {"valid_from": today(-1)})
    assert "Najwcześniej od dziś" in past.content.decode()
    assert BankAccount.objects.count() == 2
    assert treasury.post("/urzad/oplaty/rachunki/", new)["Location"] == "/urzad/oplaty/rachunki/"

    rows = list(
        BankAccount.objects.filter(kind="COUNTY").order_by("valid_from").values_list("number", "valid_to")
    )
    assert rows == [
        (ACCOUNTS["COUNTY"], localdate() + timedelta(days=3)),
        ("27114020040000300201355387", None),
    ]


# In the case


@pytest.mark.law("k.p.a. art. 261 par. 1")
def test_the_holder_of_a_case_counts_a_fee_and_sees_how_it_stands(treasury: Client) -> None:
    case = make_online_case()
    anna = office.client_of(office.anna())
    address = f"/urzad/sprawy/{case.mark}/"
    assert "Nalicz opłatę" in anna.get(address).content.decode()
    form = anna.get(f"{address}nowa-oplata/").content.decode()
    payer = form.split('name="payer"')[1].split('value="')[1].split('"')[0]
    given = {
        "label": "wypis z rejestru",
        "amount": "40",
        "source": "tabela ustawy",
        "kind": "COUNTY",
        "payer": payer,
    }
    for wrong in ({"amount": ""}, {"payer": ""}, {"payer": "999999"}):
        assert anna.post(f"{address}nowa-oplata/", given | wrong).status_code == 422

    made = anna.post(f"{address}nowa-oplata/", given)

    due = Due.objects.get()
    assert made["Location"] == at(due)
    assert (due.amount, due.case_id, due.account_id) == (4000, case.pk, office.piotr().pk)
    assert "do zapłaty" in anna.get(address).content.decode()
    page = anna.get(at(due)).content.decode()
    assert "wypis z rejestru" in page
    assert f'href="{address}"' in page
    shown = treasury.get(at(due)).content.decode()
    assert case.mark in shown
    assert f'href="{address}"' not in shown, "the finance unit does not see the case itself"
    assert "Zapisz wpłatę" not in page
    assert f"/eboi/oplaty/{due.pk}/" in office.client_of(office.piotr()).get("/eboi/").content.decode()


def test_strangers_find_nothing(treasury: Client, due: Due) -> None:
    case = make_online_case()
    for person in (office.jan(), office.clerk(), office.admin(), office.piotr()):
        client = office.client_of(person)
        pages = [LIST, at(due), "/urzad/oplaty/rachunki/", f"/urzad/sprawy/{case.mark}/nowa-oplata/"]
        assert [client.get(page).status_code for page in pages] == [404] * 4, person
        acts = ("wplata/", "zwolnienie/", "zwrot/", "wyjasnienie/")
        assert [client.post(at(due, act), transfer()).status_code for act in acts] == [404] * 4, person
    assert treasury.get(f"/urzad/sprawy/{case.mark}/nowa-oplata/").status_code == 404
    assert stands(due) == ("DUE", 0, 0)


def test_who_inspects_reads_and_changes_nothing(treasury: Client, due: Due) -> None:
    inspector = office.client_of(
        office.make_staff("s.proba", "Sylwia Próba", unit="AW", rights=(Right.INSPECT,))
    )

    assert inspector.get(LIST).status_code == 200
    assert "Zapisz wpłatę" not in inspector.get(at(due)).content.decode()
    assert inspector.post(at(due, "wplata/"), transfer()).status_code == 404
