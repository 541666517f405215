"""Screens of acceptance, dispatch and conversation: the main way, refusals, strangers, counts of queries."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from starostwo.office import testing as office
from starostwo.records.models import Delivery, Dispatch, Document, Message, SignedFile
from starostwo.records.rules.document_kinds import Kind
from starostwo.records.services.acceptance import return_document, submit
from starostwo.records.services.delivery import open_delivery
from starostwo.records.services.dispatch import dispatch_document
from starostwo.records.services.document_drafts import save_version
from starostwo.records.testing import TODAY, at, make_case
from tests.records.document_makers import (
    DECISION_TEXT,
    give_key,
    make_online_case,
    make_sent,
    make_signed,
    make_submitted,
    wording_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("house")]


@pytest.fixture
def house() -> None:
    """The office exists and Ewa may sign."""
    office.make_office()
    give_key(office.ewa())


def browser(name: str | None) -> Client:
    return office.client_of(getattr(office, name)() if name else None)


def as_page(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined,no-any-return]


def test_the_list_shows_what_waits_and_one_form_signs_it_all() -> None:
    case = make_online_case()
    documents = [make_submitted(case=case, kind=kind) for kind in (Kind.LETTER, Kind.DECISION)]
    client = browser("ewa")
    assert "Wypis z rejestru gruntów" in as_page(client.get(reverse("records:acceptance_list")))

    answer = client.post(reverse("records:sign_many"), {"document": [one.pk for one in documents]})

    assert as_page(answer).count("Podpisano") == 2
    assert SignedFile.objects.count() == 2
    assert "Nie ma pism do akceptacji" in as_page(answer)


def test_what_waits_for_somebody_else_cannot_be_chosen() -> None:
    case = make_online_case()
    documents = [make_submitted(case=case, kind=kind) for kind in (Kind.LETTER, Kind.DECISION)]

    answer = browser("starosta").post(
        reverse("records:sign_many"), {"document": [one.pk for one in documents]}
    )

    assert answer.status_code == 404
    assert not SignedFile.objects.exists()


def test_a_letter_is_accepted_and_the_next_person_signs_it() -> None:
    give_key(office.starosta())
    document = make_submitted(office.ewa(), office.starosta())
    address = reverse("records:acceptance", args=[document.pk])

    answer = browser("ewa").post(address, {"decision": "accept", "remark": ""})
    assert answer["Location"] == reverse("records:acceptance_list")
    browser("starosta").post(address, {"decision": "sign", "remark": "bez uwag"})

    document.refresh_from_db()
    assert (document.state, document.mark) == ("SIGNED", "GN.6621.1.2026.1.AN")


def test_the_changes_since_the_return_stand_first() -> None:
    document = make_submitted()
    anna = office.actor(office.anna(), today=TODAY)
    ewa = office.actor(office.ewa(), today=TODAY)
    return_document(document.pk, actor=ewa, remark="popraw uzasadnienie", now=at(TODAY, 14))
    words = wording_of()
    better = type(words)(words.title, DECISION_TEXT.replace("tytuł prawny", "własność"), words.remedy)
    save_version(document.pk, actor=anna, wording=better, base=1, today=TODAY, now=at(TODAY, 15))
    submit(document.pk, actor=anna, acceptors=[ewa.account_id], now=at(TODAY, 16))

    seen = as_page(browser("ewa").get(reverse("records:acceptance", args=[document.pk])))

    assert "Zmiany od wersji 1" in seen
    assert "<ins>własność </ins>" in seen
    assert "popraw uzasadnienie" in seen
    assert seen.index("Zmiany od wersji") < seen.index("Treść, wersja 2")


def test_a_return_without_a_reason_stays_on_the_page() -> None:
    document = make_submitted()
    address = reverse("records:acceptance", args=[document.pk])

    answer = browser("ewa").post(address, {"decision": "return", "remark": ""})

    assert answer.status_code == 422
    assert "Napisz, co trzeba poprawić." in as_page(answer)
    document.refresh_from_db()
    assert document.state == "IN_ACCEPTANCE"


@pytest.mark.parametrize("person", ["anna", "jan", "adam", "clerk", "piotr", None])
def test_strangers_find_no_acceptance(person: str | None) -> None:
    document = make_submitted()
    address = reverse("records:acceptance", args=[document.pk])

    for answer in (browser(person).get(address), browser(person).post(address, {"decision": "sign"})):
        assert answer.status_code == (302 if person is None else 404)

    assert not SignedFile.objects.exists()


def test_a_signed_letter_is_sent_with_one_button() -> None:
    document = make_signed()

    answer = browser("anna").post(
        reverse("records:dispatch", args=[document.pk]),
        {f"way_{document.addressee_id}": "ACCOUNT"},
        follow=True,
    )

    assert "Wysłano: RKW/1/2026 (konto w urzędzie)." in as_page(answer)
    assert Dispatch.objects.get().account_id == office.piotr().pk


@pytest.mark.parametrize("person", ["jan", "adam", "ewa", "maria"])
def test_strangers_send_nothing(person: str) -> None:
    document = make_signed()

    answer = browser(person).post(reverse("records:dispatch", args=[document.pk]), {})

    assert answer.status_code == 404
    assert not Dispatch.objects.exists()


def test_the_mail_desk_prints_sends_and_enters_the_receipt() -> None:
    document = make_signed(case=make_case())
    client = browser("clerk")
    assert document.mark in as_page(client.get(reverse("records:dispatch_list")))
    [row] = dispatch_document(document.pk, actor=office.actor(office.clerk(), today=TODAY), now=at(TODAY, 16))

    printed = client.get(reverse("records:dispatch_printout", args=[row.pk]))
    assert b"".join(printed.streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined]
    answer = client.post(
        reverse("records:dispatch_receipt", args=[row.pk]),
        {"served_on": f"{TODAY:%d.%m.%Y}", "received_by": "adresat"},
        follow=True,
    )

    assert "Odnotowano doręczenie" in as_page(answer)
    assert Delivery.objects.get().identity == "adresat"


def test_the_receipt_of_service_is_given_to_who_sees_the_case() -> None:
    row = make_sent()
    open_delivery(row.pk, actor=office.actor(office.piotr(), today=TODAY), now=at(TODAY, 17))
    address = reverse("records:dispatch_proof", args=[row.pk])

    assert b"<pos:UPD>" in b"".join(browser("anna").get(address).streaming_content)  # type: ignore[attr-defined]
    assert browser("jan").get(address).status_code == 404


def test_messages_go_both_ways_and_strangers_read_none() -> None:
    case = make_online_case()
    address = reverse("records:messages", args=[case.mark])

    answer = browser("anna").post(
        address, {"resident": office.piotr().pk, "text": "Proszę o mapę."}, follow=True
    )

    assert "Proszę o mapę." in as_page(answer)
    assert browser("jan").get(address).status_code == 404
    assert browser("ewa").post(address, {"resident": office.piotr().pk, "text": "x"}).status_code == 404
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("person", "address", "queries"),
    [("ewa", "acceptance_list", 7), ("clerk", "dispatch_list", 6), ("clerk", "outgoing_register", 7)],
)
def test_lists_cost_the_same_for_one_row_and_for_three(
    person: str, address: str, queries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = browser(person)
    client.get(reverse(f"records:{address}"))
    for count in (1, 2):
        for _ in range(count):
            case = make_online_case()
            make_submitted(case=case)
            make_signed(case=case)
            make_sent(case=case)
        with django_assert_num_queries(queries):
            client.get(reverse(f"records:{address}"))


def test_a_document_of_the_list_is_reached_by_its_link() -> None:
    document = make_submitted()

    seen = as_page(browser("ewa").get(reverse("records:acceptance_list")))

    assert reverse("records:acceptance", args=[document.pk]) in seen
    assert Document.objects.count() == 1
