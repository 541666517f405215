"""Residents sign in at the national node over HTTP: signed form out, artifact back, SOAP behind."""

import subprocess
from base64 import b64decode
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from lxml import etree

from starostwo.audit import api as audit
from starostwo.office.models import Account, SignIn
from tests.office.saml_node import Liar, away, back, choose, fields_of

pytestmark = pytest.mark.django_db


def test_it_works(node: Liar) -> None:
    client = Client()

    answer = client.post("/logowanie/wezel/powrot/", choose(client, wanted="/wylogowano/"))

    assert (answer.status_code, answer.headers["Location"]) == (302, "/wylogowano/")
    account = Account.objects.get()
    assert (account.kind, account.name, account.pesel) == ("RESIDENT", "Maria Zych", "75051256786")
    assert (account.external_issuer, account.external_subject) == ("login.gov.pl", "75051256786")
    assert client.session["_auth_user_id"] == str(account.pk)
    assert SignIn.objects.get().way == "login.gov.pl"
    assert [line.verb for line in audit.history(f"office.account:{account.pk}")] == [
        "open_account",
        "sign_in",
    ]
    assert "75051256786" not in account.login
    assert not account.has_usable_password()


def test_the_artifact_may_come_by_get(node: Liar) -> None:
    client = Client()

    assert client.get("/logowanie/wezel/powrot/", choose(client)).status_code == 302
    assert "_auth_user_id" in client.session


def test_our_request_is_signed_and_says_what_the_node_wants(node: Liar, tmp_path: Path) -> None:
    """Checked by a program that we did not write."""
    address, fields = away(Client())
    file = tmp_path / "request.xml"
    file.write_bytes(b64decode(fields["SAMLRequest"]))

    done = subprocess.run(
        [
            "xmlsec1",
            "--verify",
            "--id-attr:ID",
            "AuthnRequest",
            "--pubkey-cert-pem",
            node.keys / "office.pem",
            file,
        ],
        capture_output=True,
        text=True,
    )

    assert "OK" in done.stderr.splitlines()
    root = etree.parse(file).getroot()
    assert address == node.sign_on_url == root.get("Destination")
    assert root.get("ForceAuthn") == "true"
    assert root.get("ProtocolBinding") == "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Artifact"
    assert root.get("AssertionConsumerServiceURL") == "http://testserver/logowanie/wezel/powrot/"
    assert root.xpath("string(//*[local-name()='AuthnContextClassRef'])").endswith("/LoA/substantial")
    assert {entry.get("FriendlyName") for entry in root.iter("{*}RequestedAttribute")} == {
        "FirstName", "FamilyName", "DateOfBirth", "PersonIdentifier"
    }  # fmt: skip
    assert len(fields["RelayState"]) >= 32


def test_each_question_has_a_name_that_nobody_guesses(node: Liar) -> None:
    for _ in range(2):
        client = Client()
        back(client, choose(client))

    names = [etree.fromstring(envelope)[0][0].get("ID") for envelope in node.asked]
    assert len(set(names)) == 2
    assert all(len(name) >= 40 for name in names)


def test_only_the_page_that_leaves_may_post_elsewhere(node: Liar) -> None:
    client = Client()
    host = node.sign_on_url.rsplit("/wezel", 1)[0]

    leaving, others = client.get("/logowanie/wezel/"), client.get("/logowanie/")

    assert f"form-action 'self' {host}" in leaving.headers["Content-Security-Policy"]
    assert host not in others.headers["Content-Security-Policy"]
    assert "no-store" in leaving.headers["Cache-Control"]


def test_a_post_from_another_site_is_brought_along_by_our_own_page(node: Liar) -> None:
    """A browser keeps our cookie back there; the page posts again, and changes no session."""
    client = Client()
    answer = choose(client)

    page = Client().post("/logowanie/wezel/powrot/", answer)

    assert "sessionid" not in page.cookies
    action, fields = fields_of(page.content.decode())
    assert (action, fields) == ("/logowanie/wezel/powrot/", answer | {"again": "1"})
    assert Client().post(action, fields).status_code == 400, "a browser that began nothing"
    assert back(client, fields) == 302


def test_who_cancels_is_not_signed_in(node: Liar) -> None:
    client = Client()

    page = client.post("/logowanie/wezel/powrot/", choose(client, ""), follow=True).content.decode()

    assert "Logowanie zostało przerwane" in page
    assert not Account.objects.exists()


def test_signing_out_ends_the_session_at_the_node_too(node: Liar) -> None:
    client = Client()
    back(client, choose(client))
    assert len(node.sessions) == 1

    page = client.post("/wylogowanie/", follow=True).content.decode()
    assert 'action="/wylogowano/wezel/"' in page
    said = client.post("/wylogowano/wezel/", follow=True).content.decode()

    assert "została zakończona" in said
    assert 'action="/wylogowano/wezel/"' not in said
    assert node.sessions == set()


def test_a_session_that_the_node_does_not_end_is_said_to_go_on(node: Liar) -> None:
    client = Client()
    back(client, choose(client))
    client.post("/wylogowanie/")
    node.sessions.clear()

    assert "Nie udało się zakończyć sesji" in client.post("/wylogowano/wezel/", follow=True).content.decode()


def test_the_page_shows_each_way_that_is_set(node: Liar, settings: LazySettings) -> None:
    settings.OIDC_ISSUER = "https://idp.example"
    both = Client().get("/logowanie/").content.decode()
    settings.OIDC_ISSUER = ""
    one = Client().get("/logowanie/").content.decode()
    settings.SAML_ISSUER = ""
    none = Client().get("/logowanie/").content.decode()

    assert ["/logowanie/wezel/" in page for page in (both, one, none)] == [True, True, False]
    assert ["/logowanie/dostawca/" in page for page in (both, one, none)] == [True, False, False]
    assert "nie ustawiono jeszcze logowania" in none
    assert Client().get("/logowanie/wezel/").status_code == 400


def test_a_locked_resident_stays_out(node: Liar) -> None:
    client = Client()
    back(client, choose(client))
    Account.objects.update(is_active=False)
    again = Client()

    assert back(again, choose(again)) == 400
    assert "_auth_user_id" not in again.session
