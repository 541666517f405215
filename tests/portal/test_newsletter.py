"""The newsletter: two steps in, one step out, links of one purpose that end, no counting of readers."""

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from django.core import signing
from django.test import Client
from django.utils.timezone import now

from starostwo.audit import api as audit
from starostwo.channels.models import Mail
from starostwo.office import testing as office
from starostwo.portal import tasks
from starostwo.portal.access import NotAnEditor
from starostwo.portal.models import Issue, Subscriber
from starostwo.portal.services import newsletter
from starostwo.portal.testing import editing, editor, make_article

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def link(mail: Mail) -> str:
    """The address of the only link in a letter's last lines."""
    return re.findall(r"http://localhost:8000(/newsletter/\S+)", mail.body)[-1]


def way(mail: Mail) -> str:
    """The same in whichever language."""
    return re.findall(r"http://localhost:8000(/\S+)", mail.body)[-1]


def asked(email: str = "jan@example.pl") -> str:
    """Ask on the screen and return the link that came by mail."""
    assert Client().post("/newsletter/", {"email": email}).status_code == 200
    return link(Mail.objects.filter(to=email).latest("id"))


@contextmanager
def patched_time(ahead: timedelta) -> Iterator[None]:
    """Links are read as if so much time had passed."""
    real = time.time
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(signing.time, "time", lambda: real() + ahead.total_seconds())
        yield


def confirmed(email: str = "jan@example.pl") -> Subscriber:
    Client().post(asked(email))
    return Subscriber.objects.get(email=email)


def test_nobody_gets_the_newsletter_before_he_confirms() -> None:
    address, client = asked(), Client()
    make_article(now=now())

    issue = newsletter.write(actor=editing(), subject="Co nowego", intro="", now=now())
    assert issue.recipients == 0
    assert "Potwierdzam" in client.get(address).content.decode()
    assert Subscriber.objects.get().confirmed_at is None
    assert "Potwierdzono" in client.post(address).content.decode()
    assert Subscriber.objects.get().confirmed_at is not None


def test_a_link_confirms_once() -> None:
    address = asked()

    assert [Client().post(address).status_code for _ in range(2)] == [200, 404]


def test_a_link_ends_after_two_days() -> None:
    address = asked()
    with patched_time(timedelta(days=2, minutes=1)):
        assert Client().post(address).status_code == 404
    assert Client().post(address).status_code == 200


def test_an_address_that_nobody_confirmed_in_time_is_forgotten() -> None:
    for email, days in (("jan@example.pl", 3), ("ewa@example.pl", 1)):
        newsletter.ask(email, now=now() - timedelta(days=days))
    Subscriber.objects.create(email="maria@example.pl", asked_at=NOW, confirmed_at=NOW, key="k")

    tasks.forget_unconfirmed(0)

    kept = Subscriber.objects.order_by("email").values_list("email", flat=True)
    assert list(kept) == ["ewa@example.pl", "maria@example.pl"]


def test_a_link_of_one_purpose_serves_no_other() -> None:
    address = asked()
    token = address.split("/")[-2]

    assert Client().post(f"/newsletter/rezygnacja/{token}/").status_code == 404
    assert Client().get("/newsletter/potwierdzenie/zmyslony/").status_code == 404
    assert Subscriber.objects.count() == 1


def test_asking_again_makes_the_earlier_link_useless() -> None:
    first, second = asked(), asked()

    assert (Client().post(first).status_code, Client().post(second).status_code) == (404, 200)


def test_the_answer_does_not_tell_who_gets_the_newsletter() -> None:
    confirmed()
    letters = Mail.objects.count()

    known = Client().post("/newsletter/", {"email": "Jan@example.pl"}).content
    unknown = Client().post("/newsletter/", {"email": "ewa@example.pl"}).content

    assert known == unknown
    assert Mail.objects.count() == letters + 1


def test_who_leaves_is_forgotten() -> None:
    confirmed()
    make_article(now=now())
    newsletter.write(actor=editing(), subject="Co nowego", intro="", now=now())
    letter = Mail.objects.latest("id")

    assert "Rezygnuję" in Client().get(link(letter)).content.decode()
    assert Client().post(link(letter)).status_code == 200
    assert Subscriber.objects.count() == 0
    assert Client().post(link(letter)).status_code == 404


def test_an_issue_names_what_is_new_in_plain_text_with_a_way_out() -> None:
    confirmed()
    make_article("Stara", now=now() - timedelta(days=90))
    make_article("Nowa", now=now() - timedelta(hours=1))

    newsletter.write(actor=editing(), subject="Co nowego", intro="Dzień dobry.", now=now())

    body = Mail.objects.latest("id").body
    assert "Dzień dobry." in body
    assert [title for title in ("Stara", "Nowa") if title in body] == ["Nowa"]
    assert "/newsletter/rezygnacja/" in body
    assert "<" not in body
    with pytest.raises(newsletter.NothingToSend):
        newsletter.write(actor=editing(), subject="Co nowego", intro="", now=now() + timedelta(minutes=1))
    assert Issue.objects.count() == 1


def test_each_reader_gets_it_in_the_language_in_which_he_asked() -> None:
    confirmed()
    for language, email in (("en", "joan@example.pl"), ("uk", "iwan@example.pl")):
        Client().post(f"/{language}/newsletter/", {"email": email})
        Client().post(way(Mail.objects.latest("id")))
    news = make_article("Nowa", now=now() - timedelta(hours=2))
    make_article("Inna", now=now() - timedelta(hours=2))
    make_article("New thing", language="en", original=news, now=now() - timedelta(hours=1))

    newsletter.write(
        actor=editing(), subject="Co u nas", intro="Dzień dobry.", intros={"en": "Hello."}, now=now()
    )

    sent = {mail.to: mail for mail in Mail.objects.order_by("id")}
    polish, english, ukrainian = (
        sent[email] for email in ("jan@example.pl", "joan@example.pl", "iwan@example.pl")
    )
    assert [one.subject for one in (polish, english, ukrainian)] == [
        "Co u nas", "What is new in the county", "Що нового в повіті",
    ]  # fmt: skip
    assert [part for part in ("Dzień dobry.", "Hello.", "New thing", "Nowa") if part in polish.body] == [
        "Dzień dobry.", "Nowa",
    ]  # fmt: skip
    assert [part for part in ("Dzień dobry.", "Hello.", "New thing", "Nowa") if part in english.body] == [
        "Hello.", "New thing",
    ]  # fmt: skip
    assert "Inna (in Polish)" in english.body
    assert "/en/newsletter/rezygnacja/" in english.body
    assert "Dzień dobry." in ukrainian.body
    assert "/uk/newsletter/rezygnacja/" in ukrainian.body
    assert Client().get(way(ukrainian)).status_code == 200


def test_history_keeps_no_address() -> None:
    subscriber = confirmed()
    entries = audit.history(f"portal.subscriber:{subscriber.pk}")

    assert [entry.verb for entry in entries] == ["ask", "confirm"]
    assert "jan@example.pl" not in str(entries)


def test_too_many_questions_are_put_off() -> None:
    answers = [Client().post("/newsletter/", {"email": "jan@example.pl"}).status_code for _ in range(4)]

    assert answers == [200, 200, 200, 422]
    assert Client().post("/newsletter/", {"email": "to nie adres"}).status_code == 422


def test_only_editors_send_issues() -> None:
    with pytest.raises(NotAnEditor):
        newsletter.write(actor=office.actor(office.anna()), subject="X", intro="Y", now=NOW)
    assert office.client_of(office.anna()).get("/urzad/portal/newsletter/").status_code == 404
    client = office.client_of(editor())
    assert client.post("/urzad/portal/newsletter/", {"subject": "X", "intro": ""}).status_code == 422
    assert client.post("/urzad/portal/newsletter/", {"subject": "X", "intro": "Y"}).status_code == 302
    assert client.get("/urzad/portal/newsletter/").status_code == 200
