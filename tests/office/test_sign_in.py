"""Staff sign in with password and code; guessing ends soon and tells nothing."""

import re
import time
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from starostwo.audit import api as audit
from starostwo.office import demonstration, testing
from starostwo.office.models import Account, Holding, RecoveryCode, SecondFactor, SignIn, TryWindow
from starostwo.office.rules import totp
from starostwo.office.services import accounts, second_factor

pytestmark = pytest.mark.django_db
SECRET = totp.read(demonstration.SECRET)


@pytest.fixture
def anna() -> Account:
    testing.make_office(is_demo=True)
    anna = testing.anna()
    demonstration.let_everybody_in([anna], now=timezone.now())
    return anna


def _type_password(client: Client, login: str = "a.nowak", password: str = demonstration.PASSWORD) -> str:
    answer = client.post("/urzad/logowanie/", {"login": login, "password": password, "next": ""})
    return answer.headers.get("Location") or answer.content.decode()


def _code(steps: int = 0) -> str:
    return totp.code_of(SECRET, totp.step_at(time.time()) + steps)


def test_it_works(anna: Account) -> None:
    client = Client()

    assert _type_password(client, "A.Nowak ") == "/urzad/logowanie/kod/"
    answer = client.post("/urzad/logowanie/kod/", {"code": _code()})

    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(anna.pk)
    entry = SignIn.objects.get()
    assert (entry.account, entry.outcome, entry.way, entry.session_key) == (
        anna,
        "OK",
        "hasło i kod",
        client.session.session_key,
    )
    assert [line.verb for line in audit.history(f"office.account:{anna.pk}")] == ["sign_in"]


def test_the_password_alone_opens_nothing(anna: Account) -> None:
    client = Client()
    _type_password(client)

    assert "_auth_user_id" not in client.session
    assert client.get("/urzad/konto/").headers["Location"].startswith("/urzad/logowanie/?next=")


def test_unknown_login_wrong_password_locked_and_resident_read_the_same(anna: Account) -> None:
    locked = testing.jan()
    accounts.give_known_password([locked], password=demonstration.PASSWORD)
    Account.objects.filter(pk=locked.pk).update(is_active=False)
    piotr = testing.piotr()
    accounts.give_known_password([piotr], password=demonstration.PASSWORD)

    pages = {
        re.sub(r'value="[^"]*"', "", _type_password(Client(), login, password))
        for login, password in [
            ("a.nowak", "zgaduję"),
            ("nikt", demonstration.PASSWORD),
            ("j.kos", demonstration.PASSWORD),
            (piotr.login, demonstration.PASSWORD),
        ]
    }

    assert len(pages) == 1
    assert "Login lub hasło jest nieprawidłowe" in pages.pop()


def test_an_unknown_login_takes_as_long_as_a_wrong_password(anna: Account) -> None:
    def seconds(login: str) -> float:
        started = time.process_time()
        _type_password(Client(), login, "zgaduję")
        return time.process_time() - started

    seconds("a.nowak")
    known, unknown = min(seconds("a.nowak") for _ in range(2)), min(seconds("nikt") for _ in range(2))

    assert 0.5 < unknown / known < 2


@pytest.mark.parametrize("login", ["a.nowak", "nikt"])
def test_after_five_tries_the_door_is_shut_and_says_until_when(anna: Account, login: str) -> None:
    client = Client()
    for _ in range(5):
        _type_password(client, login, "zgaduję")

    answer = client.post("/urzad/logowanie/", {"login": login, "password": demonstration.PASSWORD})

    assert answer.status_code == 429
    assert (
        "Za dużo nieudanych prób logowania. Proszę spróbować ponownie za 15 minut." in answer.content.decode()
    )
    assert SignIn.objects.filter(outcome="BLOCKED").count() == 1


def test_a_guesser_elsewhere_does_not_shut_annas_door(anna: Account) -> None:
    stranger = Client(REMOTE_ADDR="203.0.113.9")
    for _ in range(6):
        _type_password(stranger, password="zgaduję")

    assert _type_password(Client()) == "/urzad/logowanie/kod/"


def test_one_login_tried_from_many_addresses_is_shut_too(anna: Account) -> None:
    TryWindow.objects.create(
        key="sign-in:login:a.nowak", tries=20, ends_at=timezone.now() + timedelta(minutes=9)
    )

    assert "Za dużo nieudanych prób" in _type_password(Client())


def test_one_address_that_tries_many_logins_is_shut_out(anna: Account) -> None:
    key = "sign-in:address:203.0.113.9"
    TryWindow.objects.create(key=key, tries=100, ends_at=timezone.now() + timedelta(minutes=9))

    assert "Za dużo nieudanych prób" in _type_password(Client(REMOTE_ADDR="203.0.113.9"))


def test_a_code_opens_once_also_in_another_browser(anna: Account) -> None:
    first, second, code = Client(), Client(), _code()
    _type_password(first)
    _type_password(second)

    assert first.post("/urzad/logowanie/kod/", {"code": code}).status_code == 302
    refused = second.post("/urzad/logowanie/kod/", {"code": code})

    assert "nieprawidłowy albo już użyty" in refused.content.decode()
    assert "_auth_user_id" not in second.session
    assert SignIn.objects.filter(outcome="BAD_CODE", account=anna).count() == 1


def test_codes_are_not_guessed(anna: Account) -> None:
    client = Client()
    _type_password(client)
    for _ in range(5):
        client.post("/urzad/logowanie/kod/", {"code": "000000"})

    assert client.post("/urzad/logowanie/kod/", {"code": _code()}).status_code == 429
    assert "_auth_user_id" not in client.session


def test_a_recovery_code_opens_once(anna: Account) -> None:
    codes = second_factor.renew_recovery_codes(anna)
    first, second = Client(), Client()
    _type_password(first)
    _type_password(second)

    assert first.post("/urzad/logowanie/kod/", {"code": codes[3].upper()}).status_code == 302
    assert second.post("/urzad/logowanie/kod/", {"code": codes[3]}).status_code == 422
    assert RecoveryCode.objects.filter(account=anna, used_at=None).count() == 9
    assert SignIn.objects.get(outcome="OK").way == "hasło i kod zapasowy"


def test_who_has_no_second_factor_sets_one_before_entering(anna: Account) -> None:
    SecondFactor.objects.all().delete()
    client = Client()

    assert _type_password(client) == "/urzad/logowanie/drugi-skladnik/"
    page = client.get("/urzad/logowanie/drugi-skladnik/").content.decode()
    assert "<svg" in page
    secret = totp.read(client.session["new_factor"])
    wrong = client.post("/urzad/logowanie/drugi-skladnik/", {"code": "12345"})
    assert "nieprawidłowy" in wrong.content.decode()
    right = client.post(
        "/urzad/logowanie/drugi-skladnik/", {"code": totp.code_of(secret, totp.step_at(time.time()))}
    )

    assert len(re.findall(r"<li>[a-z2-9]{5}-[a-z2-9]{5}</li>", right.content.decode())) == 10
    assert "_auth_user_id" not in client.session
    assert client.post("/urzad/logowanie/dalej/").status_code == 302
    assert client.session["_auth_user_id"] == str(anna.pk)
    assert secret not in bytes(SecondFactor.objects.get().sealed_secret)


def test_a_given_password_is_changed_before_entering(anna: Account) -> None:
    Account.objects.update(must_change_password=True)
    client = Client()
    _type_password(client)
    assert (
        client.post("/urzad/logowanie/kod/", {"code": _code()}).headers["Location"].endswith("/nowe-haslo/")
    )

    for password, why in [
        ("krótkie", "za krótkie"),
        ("qwertyuiop123", "zbyt powszechne"),
        ("Nówak lubi jabłka", "nie może zawierać imienia, nazwiska"),
        (demonstration.PASSWORD, "takie samo jak poprzednie"),
    ]:
        page = client.post("/urzad/logowanie/nowe-haslo/", {"password": password, "repeated": password})
        assert why in page.content.decode()
    assert "_auth_user_id" not in client.session
    new = "cztery ciche jeże w trawie"
    assert client.post("/urzad/logowanie/nowe-haslo/", {"password": new, "repeated": new}).status_code == 302
    anna.refresh_from_db()
    assert anna.check_password(new)
    assert client.session["_auth_user_id"] == str(anna.pk)


@pytest.mark.parametrize("page", ["kod/", "drugi-skladnik/", "nowe-haslo/"])
def test_no_step_opens_before_the_one_before_it(page: str) -> None:
    assert Client().get(f"/urzad/logowanie/{page}").headers["Location"] == "/urzad/logowanie/"


@pytest.mark.parametrize(
    ("wanted", "goes_there"),
    [("/urzad/konto/", True), ("//zlo.example/", False), ("https://zlo.example/", False), ("", False)],
)
def test_the_way_on_stays_in_the_house(anna: Account, wanted: str, goes_there: bool) -> None:
    client = Client()
    client.post("/urzad/logowanie/", {"login": "a.nowak", "password": demonstration.PASSWORD, "next": wanted})

    led = client.post("/urzad/logowanie/kod/", {"code": _code()}).headers["Location"]

    assert (led == wanted) == goes_there
    assert led.startswith("/")
    assert not led.startswith("//")


def test_known_log_ins_exist_in_a_demonstration_alone() -> None:
    testing.make_office(is_demo=False)
    anna = testing.anna()

    with pytest.raises(accounts.OnlyInDemonstration):
        demonstration.let_everybody_in([anna], now=timezone.now())

    page = Client().get("/urzad/logowanie/").content.decode()
    assert demonstration.PASSWORD not in page
    assert "Nowak" not in page
    assert not SecondFactor.objects.exists()


def test_a_demonstration_shows_its_log_ins_and_codes(anna: Account) -> None:
    client = Client()
    page = client.get("/urzad/logowanie/").content.decode()
    assert "a.nowak" in page
    assert demonstration.PASSWORD in page

    _type_password(client)
    shown = re.findall(r"kod to <strong[^>]*>(\d{6})<", client.get("/urzad/logowanie/kod/").content.decode())

    assert client.post("/urzad/logowanie/kod/", {"code": shown[0]}).status_code == 302
    assert Holding.objects.count() == 1
