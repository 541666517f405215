"""The declaration of accessibility: its ids, its page, its yearly review."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from starostwo.bulletin.models import Declaration
from starostwo.bulletin.queries.declaration import reminder
from starostwo.bulletin.rules.accessibility import IDS, Review, review_by, review_state
from starostwo.bulletin.services import publishing
from starostwo.office import testing as office
from tests.bulletin.makers import NOW, TODAY, editor

FORM = {
    "status": "PARTLY",
    "exceptions": "Skany uchwał sprzed 2018 roku nie mają tekstu.",
    "site_published_on": "01.01.2026",
    "site_changed_on": "01.10.2026",
    "made_on": "02.01.2026",
    "reviewed_on": "20.03.2026",
    "assessed_by": "samoocena urzędu",
    "contact": "Paulina Cis",
    "email": "dostepnosc@starostwo.example",
    "phone": "42 000 00 00",
    "building": "Wejście ma pochylnię.",
    "apps": "Urząd nie ma aplikacji mobilnych.",
}


@pytest.mark.law("ustawa o dostępności cyfrowej art. 11")
@pytest.mark.parametrize(
    ("reviewed_on", "today", "state"),
    [
        (date(2026, 3, 20), date(2026, 12, 31), Review.DONE),
        (date(2026, 3, 20), date(2027, 2, 28), Review.DONE),
        (date(2026, 3, 20), date(2027, 3, 1), Review.SOON),
        (date(2026, 3, 20), date(2027, 3, 31), Review.SOON),
        (date(2026, 3, 20), date(2027, 4, 1), Review.LATE),
    ],
)
def test_a_declaration_is_looked_through_by_the_end_of_march(
    reviewed_on: date, today: date, state: Review
) -> None:
    assert review_by(reviewed_on) == date(2027, 3, 31)
    assert review_state(reviewed_on, today) is state


@pytest.mark.law("ustawa o dostępności cyfrowej art. 10")
def test_the_declaration_is_a_page_with_its_ids(bulletin: Path) -> None:
    client = office.client_of(office.Account.objects.get(pk=editor().account_id))
    publishing.publish(actor="system", now=NOW, today=TODAY)
    assert (
        "nie sporządził jeszcze deklaracji" in Client().get("/bip/deklaracja-dostepnosci/").content.decode()
    )

    assert client.post("/urzad/bip/deklaracja-dostepnosci/", FORM).status_code == 302

    page = Client().get("/bip/deklaracja-dostepnosci/").content.decode()
    assert sorted(set(IDS) - set(re.findall(r'id="([^"]+)"', page))) == []
    assert '<time id="a11y-data-sporzadzenie" datetime="2026-01-02">' in page
    assert "częściowo zgodna" in page
    front = Client().get("/bip/").content.decode()
    assert 'href="/bip/deklaracja-dostepnosci/"' in front
    assert '<meta name="deklaracja-dostępności" content="' in front
    assert 'href="/bip/deklaracja-dostepnosci/"' in Client().get("/").content.decode()


def test_editors_are_reminded_each_spring(bulletin: Path) -> None:
    client = office.client_of(office.Account.objects.get(pk=editor().account_id))
    assert "nie ma jeszcze deklaracji" in client.get("/urzad/bip/").content.decode()
    client.post("/urzad/bip/deklaracja-dostepnosci/", FORM)

    assert reminder(today=date(2026, 11, 23)) == ""
    assert reminder(today=date(2027, 3, 5)).startswith("Do 31.03.2027 trzeba przejrzeć")
    assert reminder(today=date(2027, 4, 5)).startswith("Przegląd deklaracji dostępności minął 31.03.2027")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"exceptions": ""}, "Napisz, które treści są niedostępne"),
        ({"reviewed_on": "01.01.2026"}, "Przegląd nie może być wcześniejszy"),
        ({"building": "[tutaj](/a)"}, "z treści odnośnika musi wynikać"),
    ],
)
def test_a_declaration_with_faults_is_refused(bulletin: Path, changed: dict[str, str], said: str) -> None:
    client = office.client_of(office.Account.objects.get(pk=editor().account_id))

    answer = client.post("/urzad/bip/deklaracja-dostepnosci/", {**FORM, **changed})

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Declaration.objects.count() == 0


def test_a_declaration_stays(bulletin: Path) -> None:
    client = office.client_of(office.Account.objects.get(pk=editor().account_id))
    client.post("/urzad/bip/deklaracja-dostepnosci/", FORM)
    client.post("/urzad/bip/deklaracja-dostepnosci/", {**FORM, "status": "FULL", "exceptions": ""})

    assert Declaration.objects.count() == 2
    first = Declaration.objects.earliest("id")
    assert first.status == "PARTLY"
    with pytest.raises(IntegrityError), transaction.atomic():
        Declaration.objects.create(
            **{**{f.name: getattr(first, f.name) for f in Declaration._meta.fields if f.name != "id"},
               "exceptions": ""}
        )  # fmt: skip
