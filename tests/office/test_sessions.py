"""Sessions end by themselves, by their owner and by the administrator; nothing of them stays."""

import time

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from starostwo.office import testing
from starostwo.office.models import Account, SignIn
from starostwo.office.services import accounts

pytestmark = pytest.mark.django_db
HOUR = 3600


def _aged(client: Client, *, since: float, seen: float) -> None:
    session = client.session
    session["since"], session["seen"] = time.time() - since, time.time() - seen
    session.save()


@pytest.mark.parametrize(
    ("since", "seen", "lives", "why"),
    [
        (0, 0, True, "just begun"),
        (9.9 * HOUR, 60, True, "a working day"),
        (10.1 * HOUR, 60, False, "ten hours in all"),
        (HOUR, 29 * 60, True, "a coffee"),
        (HOUR, 31 * 60, False, "half an hour without a request"),
    ],
)
def test_a_session_ends_by_itself(since: float, seen: float, lives: bool, why: str) -> None:
    client = testing.client_of(testing.anna())
    _aged(client, since=since, seen=seen)

    answer = client.get("/urzad/konto/")

    assert (answer.status_code == 200) == lives, why
    if not lives:
        assert "_auth_user_id" not in client.session
        page = client.get("/urzad/logowanie/").content.decode()
        assert "Sesja skończyła się po 30 minutach" in page


def test_working_keeps_the_session_alive_and_writes_once_a_minute() -> None:
    client = testing.client_of(testing.anna())
    _aged(client, since=HOUR, seen=20 * 60)

    client.get("/urzad/konto/")
    seen = client.session["seen"]
    client.get("/urzad/konto/")

    assert time.time() - seen < 60
    assert client.session["seen"] == seen


def test_signing_out_ends_it() -> None:
    client = testing.client_of(testing.anna())
    key = client.session.session_key
    SignIn.objects.create(account=testing.anna(), outcome="OK", session_key=key, at=timezone.now())

    assert client.get("/wylogowanie/").status_code == 405
    assert client.post("/wylogowanie/").status_code == 302

    assert not Session.objects.filter(session_key=key).exists()
    assert SignIn.objects.get().ended_at is not None
    assert client.get("/urzad/konto/").status_code == 302


@pytest.mark.parametrize("fate", ["locked", "account over"])
def test_a_shut_account_is_out_at_the_next_request(fate: str) -> None:
    anna = testing.anna()
    client = testing.client_of(anna)
    change = {"is_active": False} if fate == "locked" else {"expires_on": timezone.localdate()}
    Account.objects.filter(pk=anna.pk).update(**change)

    assert client.get("/urzad/konto/").status_code == 302


def test_locking_by_the_administrator_ends_open_sessions() -> None:
    anna = testing.anna()
    client = testing.client_of(anna)
    key = client.session.session_key
    SignIn.objects.create(account=anna, outcome="OK", session_key=key, at=timezone.now())

    accounts.lock_account(testing.actor(testing.admin()), account_id=anna.pk, now=timezone.now())

    assert not Session.objects.filter(session_key=key).exists()


def test_residents_do_not_enter_the_office_and_staff_not_the_residents_pages() -> None:
    resident = testing.client_of(testing.piotr())

    assert resident.get("/urzad/konto/").status_code == 404


def test_cookies_are_closed_to_scripts_and_other_sites() -> None:
    client = testing.client_of(testing.anna())
    _aged(client, since=HOUR, seen=20 * 60)

    cookie = client.get("/urzad/konto/").cookies["sessionid"]

    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
