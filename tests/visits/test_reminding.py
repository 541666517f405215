"""The day before a visit its person is reminded, once, by the chosen way and without a word of the matter."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils.translation import override

from starostwo.channels.models import Mail, TextMessage
from starostwo.office import testing as office
from starostwo.visits.models import Visit
from starostwo.visits.services.booking import Person, Wish, book_for, book_own
from starostwo.visits.services.changing import cancel
from starostwo.visits.services.reminding import remind_of
from starostwo.visits.testing import MONDAY, NINE, NOW, a_place, head
from starostwo.visits.web.forms import PersonForm

pytestmark = pytest.mark.django_db
SUNDAY = MONDAY - timedelta(days=1)
MORNING = NINE - timedelta(days=1)


def booked(remind_by: str, *, number: int = 0) -> Visit:
    place = a_place()
    wish = Wish(place.pk, ("dowod",), NINE + timedelta(minutes=15 * number))
    person = Person("Ewa", f"Bąk {number}", f"ewa{number}@example.pl", f"600 100 20{number}", remind_by)
    made = book_for(wish, person, actor=office.actor(head()), now=NOW).visit
    Mail.objects.all().delete()
    return made


@pytest.mark.parametrize(("way", "mails", "texts"), [("EMAIL", 1, 0), ("TEXT", 0, 1), ("", 0, 0)])
def test_a_person_is_reminded_once_by_the_chosen_way(way: str, mails: int, texts: int) -> None:
    visit = booked(way)

    assert remind_of(today=SUNDAY, now=MORNING) == mails + texts
    assert remind_of(today=SUNDAY, now=MORNING) == 0
    assert (Mail.objects.count(), TextMessage.objects.count()) == (mails, texts)
    told = "".join(mail.body for mail in Mail.objects.all()) + "".join(
        text.body for text in TextMessage.objects.all()
    )
    for secret in ("dowod", "Odbiór", visit.place.name, "9:00", "Bąk"):
        assert secret not in told
    if told:
        link = told[told.index("/wizyt") :].split()[0]
        assert Client().get(link).status_code == 200


@pytest.mark.parametrize("way", ["EMAIL", "TEXT"])
@pytest.mark.parametrize(
    ("language", "words"),
    [("pl", "Jutro masz wizyt"), ("en", "You have a visit"), ("uk", "Завтра у вас візит до установи")],
    ids=["pl", "en", "uk"],
)
def test_reminders_and_cancelling_are_in_the_language_of_the_booking(
    way: str, language: str, words: str
) -> None:
    with override(language):
        visit = booked(way)
    prefix = "/" if language == "pl" else f"/{language}/"

    remind_of(today=SUNDAY, now=MORNING)
    cancel(visit.pk, actor=office.actor(head()), now=MORNING)

    told = [each.body for each in (*Mail.objects.order_by("pk"), *TextMessage.objects.all())]
    assert len(told) == 2
    assert any(body.startswith(words) for body in told)
    for body in told:
        assert f"{settings.PUBLIC_URL}{prefix}wizyt" in body


def test_only_confirmed_visits_of_tomorrow_are_told_of() -> None:
    visit = booked("TEXT")

    assert remind_of(today=MONDAY, now=NINE) == 0
    assert remind_of(today=SUNDAY, now=NOW + timedelta(hours=1)) == 0  # booked an hour ago
    Visit.objects.filter(pk=visit.pk).update(state=Visit.State.CANCELLED, free_again_at=NOW)
    assert remind_of(today=SUNDAY, now=MORNING) == 0


@pytest.mark.parametrize(
    ("way", "email", "phone", "wrong"),
    [
        ("TEXT", "", "42 714 00 00", {"phone"}),
        ("TEXT", "", "", {"phone"}),
        ("TEXT", "", "600 100 200", set()),
        ("EMAIL", "", "", {"email"}),
        ("EMAIL", "ewa@example.pl", "", set()),
        ("", "", "", set()),
        ("LIST", "", "", {"remind_by"}),
    ],
)
def test_a_way_needs_its_address(way: str, email: str, phone: str, wrong: set[str]) -> None:
    typed = {"given_name": "Ewa", "family_name": "Bąk", "email": email, "phone": phone, "remind_by": way}

    assert set(PersonForm(typed, has_account=True).errors) == wrong


def test_who_has_an_account_keeps_what_he_chose_at_booking() -> None:
    place = a_place()
    me = office.actor(office.piotr())
    person = Person("Piotr", "Wrona", "piotr@example.pl", "600100200", "EMAIL")
    book_own(Wish(place.pk, ("dowod",), NINE), person, actor=me, now=NOW)
    Mail.objects.all().delete()

    assert remind_of(today=SUNDAY, now=MORNING) == 1
    assert Mail.objects.get().to == "piotr@example.pl"
