"""Consultations: opinions only in their days, kept as they were said, and a report without names."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.utils.timezone import localdate
from lxml import html

from starostwo.office import testing as office
from starostwo.portal.models import Consultation, Opinion
from starostwo.portal.services import consultations, things
from starostwo.portal.testing import editing, editor

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
SAID = {"stance": "UWAGI", "text": "Więcej ławek.", "name": "Piotr Wrona"}
pytestmark = pytest.mark.django_db


def make_consultation(first: int = -5, last: int = 5, **told: Any) -> Consultation:
    """One that is open from so many days to so many days from today."""
    today = localdate()
    values = {
        "title": "Park w Ozorkowie",
        "summary": "Jak ma wyglądać?",
        "text": "Opis.",
        "report": "",
        "is_shown": True,
        "opens_on": today + timedelta(days=first),
        "closes_on": today + timedelta(days=last),
        **told,
    }
    return things.add(Consultation, actor=editing(), values=values, now=NOW)


def page(address: str) -> str:
    return Client().get(address).content.decode()


def test_an_opinion_is_said_on_the_page_and_read_by_editors_alone() -> None:
    made = make_consultation()
    address = f"/konsultacje/{made.slug}/"

    answer = Client().post(address, SAID)

    assert answer["Location"] == f"{address}dziekujemy/"
    assert "Dziękujemy" in page(answer["Location"])
    assert "Więcej ławek." not in page(address)
    own = office.client_of(editor()).get(f"/urzad/portal/konsultacje/{made.pk}/opinie/").content.decode()
    assert [word for word in ("Więcej ławek.", "mam uwagi", "Piotr Wrona") if word in own] == list(
        ("Więcej ławek.", "mam uwagi", "Piotr Wrona")
    )
    assert (
        office.client_of(office.anna()).get(f"/urzad/portal/konsultacje/{made.pk}/opinie/").status_code == 404
    )


def test_an_empty_opinion_is_refused_and_what_was_typed_stays() -> None:
    made = make_consultation()

    answer = Client().post(f"/konsultacje/{made.slug}/", {"text": "Więcej ławek."})

    assert answer.status_code == 422
    assert (
        html.fromstring(answer.content).xpath("string(//textarea[@name='text'])").strip() == "Więcej ławek."
    )
    assert Opinion.objects.count() == 0


@pytest.mark.parametrize(
    ("first", "last", "is_taken"), [(0, 0, True), (-1, 0, True), (0, 1, True), (1, 2, False), (-2, -1, False)]
)
def test_opinions_are_taken_from_the_first_to_the_last_day(first: int, last: int, is_taken: bool) -> None:
    made = make_consultation(first, last)

    Client().post(f"/konsultacje/{made.slug}/", SAID)

    assert Opinion.objects.exists() == is_taken


def test_the_database_refuses_what_the_service_would() -> None:
    made = make_consultation(-5, -1)
    told = {"consultation": made, "stance": "ZA", "text": "x", "sent_on": localdate(), "sent_at": NOW}

    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.create(**told)
    with pytest.raises(consultations.NotOpen):
        consultations.say(made.pk, now=NOW, today=date(2026, 1, 1), **SAID)


def test_what_was_said_never_changes() -> None:
    made = make_consultation()
    opinion = consultations.say(made.pk, now=NOW, today=localdate(), **SAID)

    for change in (opinion.delete, lambda: Opinion.objects.filter(pk=opinion.pk).update(text="inaczej")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert Opinion.objects.get().text == "Więcej ławek."


def test_the_report_counts_and_names_nobody() -> None:
    made = make_consultation(report="Najwięcej osób chce ławek.")
    for _ in range(2):
        consultations.say(made.pk, now=NOW, today=localdate(), **SAID)
    assert "Najwięcej osób chce ławek." not in page(f"/konsultacje/{made.slug}/")
    yesterday = localdate() - timedelta(days=1)
    values = {"opens_on": yesterday, "closes_on": yesterday}
    things.change(Consultation, made.pk, actor=editing(), values=values, now=NOW)

    shown = page(f"/konsultacje/{made.slug}/")

    assert "Najwięcej osób chce ławek." in shown
    assert html.fromstring(shown).xpath("//tbody/tr/td/text()") == ["0", "0", "2"]
    assert "Wrona" not in shown


def test_the_list_tells_what_is_open_ahead_and_over() -> None:
    for title, first, last in (("Trwa", -1, 1), ("Będzie", 2, 3), ("Była", -3, -2)):
        make_consultation(first, last, title=title)
    make_consultation(title="Szkic", is_shown=False)

    tree = html.fromstring(page("/konsultacje/"))

    heads = [
        "".join(tree.xpath(f"//h2[text()='{head}']/following-sibling::ul[1]//h3/a/text()"))
        for head in ("Trwają", "Wkrótce", "Zakończone")
    ]
    assert heads == ["Trwa", "Będzie", "Była"]
    assert Client().get("/konsultacje/szkic/").status_code == 404
    assert Client().get("/konsultacje/szkic/dziekujemy/").status_code == 404
