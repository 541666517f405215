"""How drafts end and what residents say of a form: counted without names, seen by the coordinator alone."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from starostwo.citizen import ends, services
from starostwo.citizen.models import Draft, FormUse, Opinion
from starostwo.citizen.rules.filling import filled_for
from starostwo.office import testing as office
from starostwo.office.api import Actor, Right
from starostwo.office.models import Account
from starostwo.procedures import api as procedures
from starostwo.records.testing import make_case, make_plan

NOW = datetime.now(UTC).replace(hour=9, minute=0)
USED_QUERIES = 13


@pytest.fixture(autouse=True)
def open_office(db: None) -> None:
    office.make_office()
    procedures.load_forms(actor="system", now=NOW)
    procedures.load_cards(actor="system", valid_from=date(2026, 1, 1), now=NOW)


@pytest.fixture
def actor() -> Actor:
    return office.actor(office.piotr())


def coordinator() -> Account:
    return office.make_staff("i.b", "Iwona Bielska", unit="OR", rights=(Right.COORDINATE,))


def begun(actor: Actor) -> Draft:
    return services.begin("pismo-ogolne", actor=actor, known={}, now=NOW, today=NOW.date())


def sent(actor: Actor, *, minutes: int = 4) -> Draft:
    """A draft that was filled for so many minutes and received, its signing left out."""
    draft = begun(actor)
    first, last = procedures.form("pismo-ogolne").steps[0].name, NOW  # type: ignore[union-attr]
    for minute in range(1, minutes + 1):
        last = NOW + timedelta(minutes=minute)
        services.answer(draft.pk, actor=actor, step=first, answers={"rodzaj": "wniosek"}, now=last)
    blob = services.files.put(b"<pismo/>", name="a.xml", limit=100)
    Draft.objects.filter(pk=draft.pk).update(state=Draft.State.CLOSED, document=blob, printout=blob)
    return services.mark_sent(draft.pk, actor=actor, submission=uuid4(), now=last)


@pytest.mark.parametrize(
    ("seconds", "counted", "why"),
    [
        (3, 3, "typing"),
        (600, 600, "looking for a number"),
        (601, 0, "went away"),
        (86_400, 0, "the next day, on another device"),
        (-5, 0, "two devices whose savings crossed"),
    ],
)
def test_pauses_do_not_count_as_filling(seconds: int, counted: int, why: str) -> None:
    assert filled_for(timedelta(seconds=seconds)) == timedelta(seconds=counted), why


def test_each_end_of_a_draft_is_counted_without_its_person(actor: Actor) -> None:
    sent(actor, minutes=4)
    given_up, forgotten = begun(actor), begun(actor)
    services.answer(given_up.pk, actor=actor, step="tresc_pisma", answers={"tresc": "x"}, now=NOW)
    services.discard(given_up.pk, actor=actor, now=NOW)
    Draft.objects.filter(pk=forgotten.pk).update(saved_at=NOW - timedelta(days=31))
    services.discard_forgotten(now=NOW)

    found = FormUse.objects.order_by("id").values_list("end", "last_step", "filled_seconds")
    assert list(found) == [
        ("SENT", "Czego dotyczy pismo", 240),
        ("DISCARDED", "Treść pisma", 0),
        ("FORGOTTEN", "", 0),
    ]
    told = {field.name for field in FormUse._meta.get_fields()}
    assert told == {
        "id",
        "card_code",
        "form_code",
        "form_version",
        "end",
        "ended_on",
        "last_step",
        "filled_seconds",
    }


def test_a_second_press_of_send_is_one_end(actor: Actor) -> None:
    draft = sent(actor)
    services.mark_sent(draft.pk, actor=actor, submission=uuid4(), now=NOW)
    assert FormUse.objects.count() == 1


def test_the_office_reads_where_people_give_up_and_how_it_went(
    actor: Actor, django_assert_num_queries: object
) -> None:
    make_plan()
    make_case(on=NOW.date())
    for minutes in (2, 4, 9):
        sent(actor, minutes=minutes)
    for step in ("tresc_pisma", "tresc_pisma", "sprawa"):
        draft = begun(actor)
        services.answer(draft.pk, actor=actor, step=step, answers={}, now=NOW)
        services.discard(draft.pk, actor=actor, now=NOW)
    Opinion.objects.create(card_code="pismo-ogolne", ease=2, unclear="Co to jest temat?", given_on=NOW.date())
    Opinion.objects.create(card_code="pismo-ogolne", ease=5, given_on=NOW.date())
    client = office.client_of(coordinator())
    client.get(reverse("citizen:used"))

    with django_assert_num_queries(USED_QUERIES):  # type: ignore[operator]
        shown = " ".join(client.get(reverse("citizen:used")).content.decode().split())
    assert '<td class="st-num">6</td><td class="st-num">50 %</td><td class="st-num">4 min</td>' in shown
    assert "Treść pisma: 2; Czego dotyczy pismo: 1" in shown
    assert "3,5 (2)" in shown
    said = client.get(reverse("citizen:opinions", args=["pismo-ogolne"])).content.decode()
    assert "Co to jest temat?" in said
    assert said.index("bardzo łatwo") < said.index("trudno</td>")
    assert client.get(reverse("citizen:opinions", args=["nie-ma"])).status_code == 404
    for stranger in (office.anna(), office.ewa(), office.piotr()):
        assert office.client_of(stranger).get(reverse("citizen:used")).status_code == 404


def test_the_sender_says_once_how_it_went(actor: Actor) -> None:
    draft = sent(actor)
    client, address = office.client_of(office.piotr()), reverse("citizen:opinion", args=[draft.submission])
    assert client.post(address, {"ease": "4"}).status_code == 404, "nothing was received under it"
    with pytest.raises(ends.CannotRate):
        ends.rate(draft.submission, actor=office.actor(office.maria()), ease=5, unclear="", now=NOW)  # type: ignore[arg-type]
    ends.rate(draft.submission, actor=actor, ease=4, unclear=" pytanie o temat ", now=NOW)  # type: ignore[arg-type]
    with pytest.raises(ends.CannotRate):
        ends.rate(draft.submission, actor=actor, ease=1, unclear="", now=NOW)  # type: ignore[arg-type]
    assert list(Opinion.objects.values_list("card_code", "ease", "unclear")) == [
        ("pismo-ogolne", 4, "pytanie o temat")
    ]
    assert {field.name for field in Opinion._meta.get_fields()} == {
        "id",
        "card_code",
        "ease",
        "unclear",
        "given_on",
    }
