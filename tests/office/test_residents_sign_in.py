"""Residents sign in at the real provider process over HTTP; every answer that does not fit is refused."""

import base64
import json
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.conf import settings as installed
from django.test import Client

from starostwo.audit import api as audit
from starostwo.office import testing
from starostwo.office.models import Account, SignIn

pytestmark = pytest.mark.django_db


class _Stay(urllib.request.HTTPRedirectHandler):
    """The test reads redirects itself."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def _call(url: str, form: dict[str, str] | None = None, **headers: str) -> tuple[int, str, str]:
    """Status, Location and body of one request to the provider."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _Stay())
    body = urlencode(form).encode() if form is not None else None
    try:
        answer = opener.open(urllib.request.Request(url, data=body, headers=headers), timeout=5)
    except urllib.error.HTTPError as fault:
        answer = fault  # type: ignore[assignment]
    with answer:
        return answer.status, answer.headers.get("Location", ""), answer.read().decode()


def _choose(client: Client, subject: str = "piotr-wrona", *, wanted: str = "") -> str:
    """Go to the provider, choose a resident; return the address to come back to."""
    away = client.get("/logowanie/dostawca/", {"next": wanted}).headers["Location"]
    status, _, page = _call(away)
    assert status == 200
    mark = page.split('name="mark" value="', 1)[1].split('"', 1)[0]
    base = away.split("/authorize", 1)[0]
    return _call(f"{base}/authorize", {"mark": mark, "subject": subject})[1]


def _back(client: Client, address: str) -> int:
    return client.get(urlsplit(address).path, parse_qs(urlsplit(address).query)).status_code


def test_it_works(provider: str) -> None:
    client = Client()

    assert _back(client, _choose(client)) == 302

    account = Account.objects.get()
    assert (account.kind, account.name, account.external_issuer, account.external_subject) == (
        "RESIDENT",
        "Piotr Wrona",
        "demonstration",
        "piotr-wrona",
    )
    assert (account.pesel, account.street, account.building, account.flat, account.town) == (
        "80010112340",
        "ul. Leśna",
        "12",
        "4",
        "Zgierz",
    )
    assert client.session["_auth_user_id"] == str(account.pk)
    assert SignIn.objects.get().way == "dostawca tożsamości"
    assert [line.verb for line in audit.history(f"office.account:{account.pk}")] == [
        "open_account",
        "sign_in",
    ]
    assert not account.has_usable_password()


def test_coming_again_is_the_same_account_and_keeps_what_the_resident_changed(provider: str) -> None:
    first, second = Client(), Client()
    _back(first, _choose(first))
    Account.objects.update(email="nowy@example.pl", family_name="Dawna")

    _back(second, _choose(second))

    account = Account.objects.get()
    assert (account.family_name, account.email) == ("Wrona", "nowy@example.pl")


def test_the_same_e_mail_or_subject_elsewhere_opens_no_other_account(provider: str) -> None:
    testing.make_resident("piotr-wrona", "Piotr Wrona", pesel="80010112340")
    Account.objects.update(email="piotr.wrona@example.pl")
    client = Client()

    _back(client, _choose(client))

    assert Account.objects.count() == 2
    assert client.session["_auth_user_id"] == str(Account.objects.get(external_issuer="demonstration").pk)


def test_who_cancels_is_not_signed_in(provider: str) -> None:
    client = Client()
    address = _choose(client, "")

    answer = client.get(urlsplit(address).path, parse_qs(urlsplit(address).query), follow=True)

    assert "Logowanie zostało przerwane" in answer.content.decode()
    assert not Account.objects.exists()


def test_who_began_in_another_language_comes_back_in_it(provider: str) -> None:
    client = Client()
    client.get("/uk/logowanie/")
    away = client.get("/uk/logowanie/dostawca/?next=")["Location"]
    assert "redirect_uri=http%3A%2F%2Ftestserver%2Flogowanie%2Fpowrot%2F" in away

    onwards = client.get("/logowanie/powrot/?error=access_denied&state=x")
    assert onwards.status_code == 307
    assert onwards["Location"] == "/uk/logowanie/powrot/?error=access_denied&state=x"
    assert client.get(onwards["Location"])["Location"] == "/uk/logowanie/"
    assert "Вхід перервано." in client.get("/uk/logowanie/").content.decode()


def _other(name: str, value: str) -> Callable[[dict[str, str]], None]:
    return lambda query: query.update({name: value})


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (_other("state", "obcy"), "another state"),
        (lambda query: query.pop("state"), "no state"),
        (_other("iss", "https://zlo.example"), "the answer of another issuer"),
        (lambda query: query.pop("iss"), "the provider promised to name itself"),
        (_other("code", "zgadnięty"), "a guessed code"),
        (lambda query: query.pop("code"), "no code"),
    ],
)
def test_a_changed_answer_is_refused(
    provider: str, change: Callable[[dict[str, str]], None], why: str
) -> None:
    client = Client()
    query = {name: values[0] for name, values in parse_qs(urlsplit(_choose(client)).query).items()}
    change(query)

    assert client.get("/logowanie/powrot/", query).status_code == 400, why
    assert "_auth_user_id" not in client.session
    assert not Account.objects.exists()


@pytest.mark.parametrize("field", ["nonce", "verifier"])
def test_a_token_of_another_log_in_is_refused(provider: str, field: str) -> None:
    client = Client()
    address = _choose(client)
    session = client.session
    session["oidc_try"] = {**session["oidc_try"], field: "x" * 43}
    session.save()

    assert _back(client, address) == 400
    assert not Account.objects.exists()


def test_an_answer_is_good_once_and_in_its_own_browser(provider: str) -> None:
    client = Client()
    address = _choose(client)

    assert _back(Client(), address) == 400, "another browser"
    assert _back(client, address) == 302
    assert _back(client, address) == 400, "again"


def test_a_try_that_is_too_old_is_refused(provider: str) -> None:
    client = Client()
    address = _choose(client)
    session = client.session
    session["oidc_try"] = {**session["oidc_try"], "began": session["oidc_try"]["began"] - 601}
    session.save()

    assert _back(client, address) == 400


def test_a_provider_that_speaks_of_another_issuer_is_refused(
    provider: str, settings: pytest.FixtureRequest
) -> None:
    settings.OIDC_ISSUER = provider.replace("localhost", "127.0.0.1")  # type: ignore[attr-defined]

    assert Client().get("/logowanie/dostawca/").status_code == 400


def test_a_locked_resident_stays_out(provider: str) -> None:
    client = Client()
    _back(client, _choose(client))
    Account.objects.update(is_active=False)
    again = Client()

    assert _back(again, _choose(again)) == 400
    assert "_auth_user_id" not in again.session


def test_after_signing_out_the_providers_session_may_be_ended_too(provider: str) -> None:
    client = Client()
    _back(client, _choose(client))

    page = client.post("/wylogowanie/", follow=True).content.decode()

    assert f"{provider}/end_session?id_token_hint=" in page


def test_without_a_provider_the_page_says_so(settings: pytest.FixtureRequest) -> None:
    settings.OIDC_ISSUER = settings.SAML_ISSUER = ""  # type: ignore[attr-defined]

    page = Client().get("/logowanie/").content.decode()

    assert "nie ustawiono jeszcze logowania" in page
    assert "/logowanie/dostawca/" not in page


# The provider keeps its side of the protocol


def _request(provider: str, **changes: str | None) -> tuple[int, str, str]:
    query = {
        "response_type": "code",
        "client_id": "starostwo",
        "redirect_uri": "http://testserver/logowanie/powrot/",
        "scope": "openid",
        "state": "s",
        "nonce": "n",
        "code_challenge": "x" * 43,
        "code_challenge_method": "S256",
    } | changes
    return _call(f"{provider}/authorize?{urlencode({k: v for k, v in query.items() if v is not None})}")


@pytest.mark.parametrize(
    "redirect",
    [
        "https://zlo.example/",
        "http://testserver/logowanie/powrot",
        "http://testserver/logowanie/powrot/?x=1",
        None,
    ],
)
def test_the_provider_sends_nobody_to_an_address_it_does_not_know(
    provider: str, redirect: str | None
) -> None:
    status, location, body = _request(provider, redirect_uri=redirect)

    assert (status, location) == (400, "")
    assert json.loads(body) == {"error": "unauthorized_client"}


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"response_type": "token"}, "unsupported_response_type"),
        ({"scope": "profile"}, "invalid_scope"),
        ({"code_challenge_method": "plain"}, "invalid_request"),
        ({"code_challenge": None}, "invalid_request"),
        ({"nonce": None}, "invalid_request"),
    ],
)
def test_the_provider_refuses_a_weak_request(
    provider: str, changes: dict[str, str | None], error: str
) -> None:
    _, location, _ = _request(provider, **changes)

    assert parse_qs(urlsplit(location).query)["error"] == [error]


def test_the_provider_gives_tokens_for_a_code_once_and_takes_them_back(provider: str) -> None:
    client = Client()
    code = parse_qs(urlsplit(_choose(client)).query)["code"][0]
    form = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": "http://testserver/logowanie/powrot/",
        "code_verifier": client.session["oidc_try"]["verifier"],
    }
    secret = base64.b64encode(f"starostwo:{installed.OIDC_CLIENT_SECRET}".encode()).decode()

    assert _call(f"{provider}/token", form)[0] == 401, "no client secret"
    status, _, body = _call(f"{provider}/token", form, Authorization=f"Basic {secret}")
    access = json.loads(body)["access_token"]
    assert status == 200
    assert _call(f"{provider}/userinfo", Authorization=f"Bearer {access}")[0] == 200
    assert _call(f"{provider}/token", form, Authorization=f"Basic {secret}")[0] == 400, "the code again"
    assert _call(f"{provider}/userinfo", Authorization=f"Bearer {access}")[0] == 401, "taken back"
