"""The council: sessions, roll-call votes that stay, interpellations with their term; places on a plan."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from lxml import html

from starostwo.audit import api as audit
from starostwo.office import testing as office
from starostwo.portal.access import NotAnEditor
from starostwo.portal.models import Ballot, Councillor, Interpellation, Place, Session, Vote
from starostwo.portal.services import things, votes
from starostwo.portal.testing import editing, editor

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def make_councillor(name: str, **told: Any) -> Councillor:
    values = {"name": name, "club": "", "since": date(2024, 5, 7), **told}
    return things.add(Councillor, actor=editing(), values=values, now=NOW)


def make_session(title: str = "XX sesja Rady Powiatu", **told: Any) -> Session:
    values = {
        "title": title,
        "held_at": NOW,
        "place": "Sala 1",
        "agenda": "Otwarcie\nBudżet",
        "is_shown": True,
        **told,
    }
    return things.add(Session, actor=editing(), values=values, now=NOW)


def make_vote(session: Session, choices: dict[int, str], **told: Any) -> Vote:
    given = {"subject": "Budżet", "majority": "ORDINARY", "council_size": len(choices), **told}
    return votes.write_vote(session.pk, actor=editing(), ballots=choices, now=NOW, **given)


def page(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_session_shows_its_agenda_and_who_voted_how() -> None:
    zych, as_ = make_councillor("Maria Zych"), make_councillor("Jan Ąs")
    session = make_session()
    make_vote(session, {zych.pk: "FOR", as_.pk: "FOR"})
    make_vote(session, {zych.pk: "AGAINST", as_.pk: "ABSENT"}, subject="Droga")

    tree = html.fromstring(page(f"/rada/sesje/{session.slug}/"))

    assert tree.xpath("//ol[@class='govuk-list govuk-list--number']/li/text()") == ["Otwarcie", "Budżet"]
    assert tree.xpath("//section[@class='st-vote']/h3/text()") == ["1. Budżet", "2. Droga"]
    assert tree.xpath("//section[@class='st-vote']//span[starts-with(@class,'st-pill')]/text()") == [
        "przyjęto",
        "nie przyjęto",
    ]
    assert tree.xpath("//section[@class='st-vote'][1]//dd/text()") == ["Jan Ąs, Maria Zych"]


def test_a_vote_once_written_never_changes() -> None:
    one = make_councillor("Maria Zych")
    vote = make_vote(make_session(), {one.pk: "FOR"})

    for change in (
        lambda: Ballot.objects.update(choice="AGAINST"),
        lambda: Vote.objects.filter(pk=vote.pk).update(subject="Inne"),
        lambda: vote.delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert (Ballot.objects.get().choice, Vote.objects.get().subject) == ("FOR", "Budżet")


def test_the_screen_asks_each_councillor_of_that_day_for_a_choice() -> None:
    one, gone = make_councillor("Maria Zych"), make_councillor("Piotr Dawny", until=date(2025, 1, 1))
    session, client = make_session(), office.client_of(editor())
    address = f"/urzad/portal/sesje/{session.pk}/glosowania/"
    told = {"subject": "Budżet", "majority": "ORDINARY", "council_size": "1"}

    refused = client.post(address, told)
    assert (refused.status_code, "Wybierz głos: Maria Zych." in refused.content.decode()) == (422, True)
    assert f"radny-{gone.pk}" not in refused.content.decode()
    assert client.post(address, {**told, f"radny-{one.pk}": "FOR"}).status_code == 302
    assert list(Ballot.objects.values_list("councillor_id", "choice")) == [(one.pk, "FOR")]
    assert [entry.verb for entry in audit.history(f"portal.session:{session.pk}")] == ["add", "write_vote"]


def test_a_vote_without_ballots_and_by_strangers_is_refused() -> None:
    session = make_session()

    with pytest.raises(votes.NobodyVoted):
        make_vote(session, {})
    with pytest.raises(NotAnEditor):
        votes.write_vote(
            session.pk,
            actor=office.actor(office.anna()),
            subject="x",
            majority="ORDINARY",
            council_size=1,
            ballots={1: "FOR"},
            now=NOW,
        )
    assert Vote.objects.count() == 0
    assert (
        office.client_of(office.anna()).get(f"/urzad/portal/sesje/{session.pk}/glosowania/").status_code
        == 404
    )


def test_what_is_not_shown_is_not_there() -> None:
    make_session("Szkic", is_shown=False)

    assert "Szkic" not in page("/rada/")
    assert Client().get("/rada/sesje/szkic/").status_code == 404


def test_interpellations_tell_their_answer_or_its_term() -> None:
    one = make_councillor("Maria Zych")
    told = {"councillor": one, "kind": "INTERPELACJA", "text": "Kiedy?", "is_shown": True}
    waits = things.add(
        Interpellation,
        actor=editing(),
        now=NOW,
        values={**told, "subject": "Most", "filed_on": date(2026, 11, 23), "answer": "", "answered_on": None},
    )
    answered = {"filed_on": date(2026, 10, 1), "answer": "W maju.", "answered_on": date(2026, 10, 10)}
    done = things.add(
        Interpellation, actor=editing(), values={**told, "subject": "Droga", **answered}, now=NOW
    )

    listed = page("/rada/interpelacje/")

    assert [
        word for word in ("Most", "07.12.2026", "jest odpowiedź", "Maria Zych") if word not in listed
    ] == []
    assert "W maju." in page(f"/rada/interpelacje/{done.pk}/")
    assert "Nie ma jeszcze odpowiedzi" in page(f"/rada/interpelacje/{waits.pk}/")
    things.change(Interpellation, done.pk, actor=editing(), values={"is_shown": False}, now=NOW)
    assert Client().get(f"/rada/interpelacje/{done.pk}/").status_code == 404


def test_each_place_stands_on_the_plan_and_in_the_list_under_one_number() -> None:
    for name, latitude, longitude in (("Park", "51.85", "19.41"), ("Dwór", "51.97", "19.30")):
        values = {
            "name": name,
            "category": "przyroda",
            "text": "Opis.",
            "address": "Zgierz",
            "access": "",
            "is_shown": True,
            "latitude": Decimal(latitude),
            "longitude": Decimal(longitude),
        }
        things.add(Place, actor=editing(), values=values, now=NOW)

    tree = html.fromstring(page("/miejsca/"))

    named = tree.xpath("//*[local-name()='svg']//*[local-name()='a']")
    assert [(a.get("href"), a.get("aria-label")) for a in named] == [
        ("#miejsce-1", "1. Dwór"),
        ("#miejsce-2", "2. Park"),
    ]
    assert tree.xpath("//ol[@class='st-places']/li/h3/text()") == ["1. Dwór", "2. Park"]
    assert "nie jest granicą powiatu" in page("/miejsca/")


@pytest.mark.parametrize("address", ["/rada/", "/rada/interpelacje/", "/miejsca/", "/konsultacje/"])
def test_an_empty_list_says_so(address: str) -> None:
    assert "st-empty" in page(address)


FIELDS: dict[str, dict[str, str]] = {
    "radni": {"name": "Maria Zych", "since": "07.05.2024"},
    "sesje": {
        "title": "XX sesja",
        "held_at": "26.11.2026 14:00",
        "place": "Sala",
        "agenda": "Otwarcie",
        "is_shown": "on",
    },
    "konsultacje": {
        "title": "Park",
        "summary": "Krótko.",
        "text": "Opis.",
        "opens_on": "01.12.2026",
        "closes_on": "15.12.2026",
    },
    "miejsca": {
        "name": "Park",
        "category": "przyroda",
        "text": "Opis.",
        "address": "Zgierz",
        "latitude": "51,85",
        "longitude": "19,41",
    },
}


@pytest.mark.parametrize("section", FIELDS)
def test_editors_keep_the_council_and_places(section: str) -> None:
    client, base = office.client_of(editor()), f"/urzad/portal/wpisy/{section}/"

    assert client.post(f"{base}nowy/", {}).status_code == 422
    assert client.post(f"{base}nowy/", FIELDS[section]).status_code == 302
    row = html.fromstring(client.get(base).content).xpath("string(//a[@data-row-open]/@href)")
    assert client.post(row, FIELDS[section]).status_code == 302


@pytest.mark.parametrize(
    ("section", "wrong", "said"),
    [
        ("radni", {"until": "07.05.2024"}, "później niż początek"),
        ("sesje", {"recording": "nagranie"}, "niepoprawny"),
        ("konsultacje", {"closes_on": "30.11.2026"}, "wcześniej niż pierwszy"),
        ("miejsca", {"latitude": "12"}, "49"),
    ],
)
def test_a_refusal_says_what_is_wrong(section: str, wrong: dict[str, str], said: str) -> None:
    answer = office.client_of(editor()).post(f"/urzad/portal/wpisy/{section}/nowy/", FIELDS[section] | wrong)

    assert (answer.status_code, said in answer.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("answer", "answered_on", "field"),
    [("W maju.", "", "answered_on"), ("", "10.12.2026", "answer"), ("W maju.", "01.10.2026", "answered_on")],
)
def test_an_answer_has_its_day_and_comes_after_the_question(
    answer: str, answered_on: str, field: str
) -> None:
    one = make_councillor("Maria Zych")
    told = {
        "kind": "ZAPYTANIE",
        "councillor": str(one.pk),
        "subject": "Most",
        "text": "Kiedy?",
        "filed_on": "01.12.2026",
    }

    refused = office.client_of(editor()).post(
        "/urzad/portal/wpisy/interpelacje/nowy/", {**told, "answer": answer, "answered_on": answered_on}
    )

    assert refused.status_code == 422
    assert html.fromstring(refused.content).xpath(f"boolean(//p[@id='id_{field}-error'])")


def test_lists_take_the_same_queries_for_one_and_for_three(django_assert_num_queries: Any) -> None:
    for number in range(3):
        one = make_councillor(f"Radny {number}")
        session = make_session(f"Sesja {number}")
        for _ in range(number + 1):
            make_vote(session, {one.pk: "FOR"})
        with django_assert_num_queries(4):
            page("/rada/")
        with django_assert_num_queries(5):
            page(f"/rada/sesje/{session.slug}/")
        with django_assert_num_queries(3):
            page("/rada/interpelacje/")
        with django_assert_num_queries(3):
            page("/miejsca/")
