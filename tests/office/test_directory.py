"""Staff whose password the office's directory checks: a real slapd, over TLS; rights stay ours."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest
from django.conf import LazySettings
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from starostwo.audit import api as audit
from starostwo.office import demonstration, testing
from starostwo.office.actor import Actor, actor_for
from starostwo.office.directory import Directory, DirectoryDown, opens
from starostwo.office.models import Account, SignIn
from starostwo.office.rules import totp
from starostwo.office.services import accounts
from tests.office.slapd import PEOPLE, Running, running

pytestmark = pytest.mark.django_db
RIGHT = PEOPLE["a.nowak"]


@pytest.fixture(scope="session")
def slapd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(tmp_path_factory.mktemp("slapd")) as directory:
        yield directory


@pytest.fixture
def admin(slapd: Running, settings: LazySettings) -> Actor:
    """The administrator of an office that has a directory."""
    settings.LDAP_URL, settings.LDAP_NAMES = slapd.secure, slapd.names
    settings.LDAP_AUTHORITY = slapd.authority
    testing.make_office(is_demo=True)
    return actor_for(testing.admin(), today=timezone.localdate())


@pytest.fixture
def anna(admin: Actor) -> Account:
    """Anna with her second factor; her password is in the directory."""
    anna = testing.anna()
    demonstration.let_everybody_in([anna], now=timezone.now())
    accounts.use_directory(admin, account_id=anna.pk, now=timezone.now())
    return anna


def _type(login: str, password: str) -> tuple[Client, str]:
    """Where typing a pair leads, or the page that refuses it."""
    client = Client()
    answer = client.post("/urzad/logowanie/", {"login": login, "password": password, "next": ""})
    return client, answer.headers.get("Location") or answer.content.decode()


def test_the_directory_opens_the_first_door_and_the_second_factor_is_ours(anna: Account) -> None:
    client, way = _type("A.Nowak ", RIGHT)

    assert way == "/urzad/logowanie/kod/"
    assert "_auth_user_id" not in client.session
    code = totp.code_of(totp.read(demonstration.SECRET), totp.step_at(time.time()))
    client.post("/urzad/logowanie/kod/", {"code": code})
    assert client.session["_auth_user_id"] == str(anna.pk)
    assert SignIn.objects.get().way == "hasło i kod"


@pytest.mark.parametrize(
    ("login", "password", "why"),
    [
        ("a.nowak", "złe-hasło", "wrong"),
        ("a.nowak", PEOPLE["e.lis"], "of somebody else in the directory"),
        ("a.nowak", demonstration.PASSWORD, "the one that was kept here before"),
        ("a.nowak", "*", "a wildcard is a password like any other"),
        ("*", RIGHT, "a wildcard is nobody's login"),
        ("a*", RIGHT, "a wildcard is nobody's login"),
        ("a.nowak,ou=people", RIGHT, "a name of the directory is nobody's login"),
        ("e.lis", PEOPLE["e.lis"], "in the directory, but not among our people"),
    ],
)
def test_what_does_not_fit_is_refused(anna: Account, login: str, password: str, why: str) -> None:
    client, page = _type(login, password)

    assert "Login lub hasło jest nieprawidłowe" in page, why
    assert "pending" not in client.session


def test_an_empty_password_is_never_asked_about(anna: Account, slapd: Running) -> None:
    """A directory takes an empty password from anybody, as a bind without a name."""
    known = Directory(slapd.secure, slapd.names, slapd.authority)

    assert not opens(known, login="a.nowak", password="")
    client, _ = _type("a.nowak", "")
    assert "pending" not in client.session


@pytest.mark.parametrize("login", ["", "*", "a,b", "a=b", "a+b", "a\\2c", "a b", "a\x00", "ą"])
def test_a_login_that_means_something_in_a_name_is_never_sent(slapd: Running, login: str) -> None:
    assert not opens(Directory(slapd.secure, slapd.names, slapd.authority), login=login, password="x")


def test_an_account_that_is_not_handed_over_stays_with_its_own_password(admin: Actor) -> None:
    """A person of that login in the directory does not get into an account that never named the directory."""
    anna = testing.anna()
    demonstration.let_everybody_in([anna], now=timezone.now())

    assert "nieprawidłowe" in _type("a.nowak", RIGHT)[1]
    assert _type("a.nowak", demonstration.PASSWORD)[1] == "/urzad/logowanie/kod/"


def test_a_locked_person_stays_out_though_the_directory_knows_him(anna: Account) -> None:
    Account.objects.filter(pk=anna.pk).update(is_active=False)

    assert "nieprawidłowe" in _type("a.nowak", RIGHT)[1]


# Where it is asked


def test_a_certificate_of_nobody_known_is_not_believed(slapd: Running) -> None:
    with pytest.raises(DirectoryDown, match="CERTIFICATE_VERIFY_FAILED"):
        opens(Directory(slapd.secure, slapd.names), login="a.nowak", password=RIGHT)


def test_without_tls_only_this_very_machine_is_asked(slapd: Running) -> None:
    assert opens(Directory(slapd.plain, slapd.names), login="a.nowak", password=RIGHT)
    for url in ("ldap://katalog.example", "http://127.0.0.1", ""):
        with pytest.raises(DirectoryDown, match="not a safe address"):
            opens(Directory(url, slapd.names), login="a.nowak", password=RIGHT)


def test_a_name_that_the_directory_cannot_read_is_no_answer(slapd: Running) -> None:
    with pytest.raises(DirectoryDown, match="code 34"):
        opens(Directory(slapd.secure, "{login}", slapd.authority), login="a.nowak", password=RIGHT)


@pytest.mark.parametrize(
    "answer", [b"", b"\x30", b"\x30\x84\xff\xff\xff\xff", b"HTTP/1.1 400 Bad Request\r\n"]
)
def test_nonsense_is_no_answer(answer: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def speak() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(answer)

        thread = threading.Thread(target=speak)
        thread.start()
        url = f"ldap://127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(DirectoryDown):
            opens(Directory(url, "uid={login}"), login="a.nowak", password="x")
        thread.join(10)


def test_a_silent_directory_is_said_and_nobody_gets_in(
    anna: Account, settings: LazySettings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.LDAP_URL = "ldaps://127.0.0.1:1"

    client, page = _type("a.nowak", RIGHT)

    assert "teraz nie odpowiada" in page
    assert "pending" not in client.session
    assert "did not check a password" in caplog.text
    assert RIGHT not in caplog.text


# Who decides


def test_the_administrator_hands_the_password_over_and_takes_it_back(admin: Actor) -> None:
    anna = testing.anna()
    client = Client()
    client.force_login(Account.objects.get(pk=admin.account_id))
    address = f"/urzad/administracja/osoby/{anna.pk}/"

    assert "Hasło z katalogu urzędu" in client.get(address).content.decode()
    page = client.post(f"{address}haslo-z-katalogu/", follow=True).content.decode()

    assert "sprawdza je katalog urzędu" in page
    assert "Hasło z katalogu urzędu</button>" not in page
    anna.refresh_from_db()
    assert anna.in_directory
    assert not anna.has_usable_password()
    client.post(f"{address}haslo/")
    anna.refresh_from_db()
    assert not anna.in_directory
    assert anna.has_usable_password()
    verbs = [line.verb for line in audit.history(f"office.account:{anna.pk}")]
    assert verbs[-2:] == ["use_directory", "give_new_password"]


def test_without_a_directory_nothing_is_handed_over(admin: Actor, settings: LazySettings) -> None:
    settings.LDAP_URL = ""
    anna = testing.anna()
    client = Client()
    client.force_login(Account.objects.get(pk=admin.account_id))
    address = f"/urzad/administracja/osoby/{anna.pk}/"

    assert "Hasło z katalogu" not in client.get(address).content.decode()
    assert (
        "nie ustawiono katalogu" in client.post(f"{address}haslo-z-katalogu/", follow=True).content.decode()
    )
    anna.refresh_from_db()
    assert not anna.in_directory


def test_only_an_administrator_hands_it_over(admin: Actor) -> None:
    anna, ewa = testing.anna(), testing.ewa()
    client = Client()
    client.force_login(anna)

    assert client.post(f"/urzad/administracja/osoby/{ewa.pk}/haslo-z-katalogu/").status_code == 404
    ewa.refresh_from_db()
    assert not ewa.in_directory


def test_the_password_is_changed_where_it_is_kept(anna: Account) -> None:
    with pytest.raises(accounts.PasswordIsElsewhere, match="konto domenowe"):
        accounts.choose_password(
            anna_again := Account.objects.get(pk=anna.pk), password="Zupełnie-nowe-hasło-7"
        )
    assert not anna_again.has_usable_password()
    client = Client()
    client.force_login(anna_again)
    assert "tam się je zmienia" in client.get("/urzad/konto/").content.decode()


def test_the_database_keeps_no_second_password(anna: Account) -> None:
    """An account is either the directory's or its own; a resident is never the directory's."""
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.filter(pk=anna.pk).update(password="pbkdf2_sha256$x")
    resident = testing.make_resident("piotr", "Piotr Wrona")
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.filter(pk=resident.pk).update(in_directory=True, password="!")
