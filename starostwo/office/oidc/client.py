"""Our side of OpenID Connect: where the person is sent, and what is made of his coming back.

State, nonce and code verifier belong to one try in one browser session and are used once.
"""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from starostwo.office.oidc.tokens import claims_of
from starostwo.office.vouched import NotBelieved, Person
from starostwo.platform.calls import NoAnswer, answer_to

TRY_SECONDS = 10 * 60
DISCOVERY = "/.well-known/openid-configuration"


@dataclass(frozen=True)
class Provider:
    """A provider and how it knows us; from the settings of the installation."""

    issuer: str
    accounts: str
    client_id: str
    client_secret: str
    scope: str = "openid profile email"


@dataclass(frozen=True)
class Try:
    """One try to sign in, kept in the session of the browser until the person comes back."""

    state: str
    nonce: str
    verifier: str
    began: int

    def as_dict(self) -> dict[str, Any]:
        """The form in which a session keeps it."""
        return asdict(self)


def begin(provider: Provider, *, redirect_uri: str, seconds: int) -> tuple[str, Try]:
    """Return the address to send the person to, and the try to keep."""
    document = discover(provider)
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    started = Try(state, nonce, verifier, began=seconds)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(started.verifier.encode()).digest()).rstrip(b"=")
    query = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": redirect_uri,
        "scope": provider.scope,
        "state": started.state,
        "nonce": started.nonce,
        "code_challenge": challenge.decode(),
        "code_challenge_method": "S256",
    }
    return f"{document['authorization_endpoint']}?{urlencode(query, quote_via=quote)}", started


def finish(
    provider: Provider, started: Try, *, answer: Mapping[str, str], redirect_uri: str, seconds: int
) -> Person:
    """Return who came back; raise `NotBelieved` unless everything fits this try."""
    if not hmac.compare_digest(answer.get("state", ""), started.state):
        raise NotBelieved("state of another log-in")
    if seconds > started.began + TRY_SECONDS:
        raise NotBelieved("the try is too old")
    document = discover(provider)
    _check_sender(answer, document)
    if "code" not in answer:
        raise NotBelieved(f"no code: {answer.get('error', '')}")
    tokens = _exchange(provider, started, document, code=answer["code"], redirect_uri=redirect_uri)
    claims = claims_of(
        tokens["id_token"],
        keys=_keys(document),
        issuer=provider.issuer,
        client_id=provider.client_id,
        nonce=started.nonce,
        seconds=seconds,
    )
    about = _ask(document["userinfo_endpoint"], headers={"Authorization": f"Bearer {tokens['access_token']}"})
    if about.get("sub") != claims["sub"]:
        raise NotBelieved("userinfo is about somebody else")
    return _person(provider, about, tokens["id_token"])


def discover(provider: Provider) -> dict[str, Any]:
    """The provider's own description; it must be about the issuer that the settings name."""
    document = _ask(provider.issuer + DISCOVERY)
    if document.get("issuer") != provider.issuer:
        raise NotBelieved("the description is about another issuer")
    return document


def farewell(provider: Provider, *, id_token: str, back_to: str) -> str | None:
    """Where the person ends his session at the provider as well; None where that is not offered."""
    end = discover(provider).get("end_session_endpoint")
    query = {"id_token_hint": id_token, "post_logout_redirect_uri": back_to}
    return f"{end}?{urlencode(query)}" if end else None


def _check_sender(answer: Mapping[str, str], document: Mapping[str, Any]) -> None:
    """RFC 9207: the answer names its issuer where the provider says that it does."""
    promised = document.get("authorization_response_iss_parameter_supported", False)
    if answer.get("iss", None if promised else document["issuer"]) != document["issuer"]:
        raise NotBelieved("the answer comes from another issuer")


def _exchange(
    provider: Provider, started: Try, document: Mapping[str, Any], *, code: str, redirect_uri: str
) -> dict[str, Any]:
    who = f"{quote(provider.client_id, safe='')}:{quote(provider.client_secret, safe='')}"
    tokens = _ask(
        document["token_endpoint"],
        headers={"Authorization": f"Basic {base64.b64encode(who.encode()).decode()}"},
        form={
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "code_verifier": started.verifier,
        },
    )
    if (
        str(tokens.get("token_type", "")).lower() != "bearer"
        or not {"id_token", "access_token"} <= tokens.keys()
    ):
        raise NotBelieved("the token answer lacks a token")
    return tokens


def _keys(document: Mapping[str, Any]) -> KeySet:
    try:
        return KeySet.import_key_set(_ask(document["jwks_uri"]))  # type: ignore[arg-type]
    except (JoseError, ValueError, KeyError, TypeError) as fault:
        raise NotBelieved(f"jwks: {fault}") from fault


def _person(provider: Provider, about: Mapping[str, Any], id_token: str) -> Person:
    address = about.get("address")
    return Person(
        issuer=provider.accounts,
        subject=str(about["sub"]),
        given_name=str(about.get("given_name", "")).strip(),
        family_name=str(about.get("family_name", "")).strip(),
        email=str(about.get("email", "")),
        pesel=about.get("pesel"),
        address={str(key): str(value) for key, value in address.items()} if isinstance(address, dict) else {},
        id_token=id_token,
    )


def _ask(
    url: str, *, headers: Mapping[str, str] | None = None, form: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """One JSON answer of the provider."""
    body = urlencode(form).encode() if form is not None else None
    try:
        answer = json.loads(
            answer_to(url, headers={"Accept": "application/json", **(headers or {})}, body=body)
        )
    except (NoAnswer, ValueError) as fault:
        raise NotBelieved(str(fault)) from fault
    if not isinstance(answer, dict):
        raise NotBelieved(f"{urlsplit(url).path}: not an object")
    return answer
