"""What the demonstration's identity provider decides: requests, codes, tokens, claims.

It keeps to OpenID Connect Core 1.0, RFC 7636 (S256 alone), RFC 9207 and exact redirect addresses as a real
provider would; only the proof of identity is a list to choose from.
"""

import base64
import hashlib
import hmac
import secrets
import threading
import time
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from joserfc import jwt
from joserfc.jwk import ECKey

CHOICE_SECONDS = 600
CODE_SECONDS = 60
TOKEN_SECONDS = 300
SCOPES = {
    "profile": ("given_name", "family_name", "name"),
    "email": ("email", "email_verified"),
    "address": ("address",),
    "pesel": ("pesel",),
}


class Refused(Exception):
    """The request breaks the protocol: a code of the RFC and the HTTP status."""

    def __init__(self, code: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> None:
        super().__init__(code)
        self.code = code
        self.status = status


@dataclass(frozen=True)
class Grant:
    """What a person agreed to at one log-in."""

    subject: str
    nonce: str
    challenge: str
    redirect_uri: str
    scope: tuple[str, ...]


@dataclass
class Provider:
    """Keys, people, and what is under way; everything is forgotten when the process ends."""

    issuer: str
    client_id: str
    client_secret: str
    redirect_uri: str
    farewell_uri: str
    people: dict[str, dict[str, str]]
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", auto_kid=True))
    choices: dict[str, tuple[float, dict[str, str]]] = field(default_factory=dict)
    codes: dict[str, tuple[float, Grant]] = field(default_factory=dict)
    tokens: dict[str, tuple[float, Grant]] = field(default_factory=dict)
    spent: dict[str, str] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def description(self) -> dict[str, Any]:
        """What `/.well-known/openid-configuration` says."""
        here = self.issuer
        return {
            "issuer": here,
            "authorization_endpoint": f"{here}/authorize",
            "token_endpoint": f"{here}/token",
            "userinfo_endpoint": f"{here}/userinfo",
            "jwks_uri": f"{here}/jwks",
            "end_session_endpoint": f"{here}/end_session",
            "scopes_supported": ["openid", *SCOPES],
            "response_types_supported": ["code"],
            "grant_types_supported": ["authorization_code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["ES256"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            "authorization_response_iss_parameter_supported": True,
        }

    def check_sender(self, query: dict[str, str]) -> None:
        """Nobody is ever sent back to an address that is not exactly the client's."""
        if query.get("client_id") != self.client_id or query.get("redirect_uri") != self.redirect_uri:
            raise Refused("unauthorized_client")

    def ask(self, query: dict[str, str]) -> str:
        """Return the mark under which the choice of a person is awaited."""
        mark = secrets.token_urlsafe(24)
        with self.lock:
            self.choices[mark] = (time.time() + CHOICE_SECONDS, query)
        return mark

    def fault_of(self, query: dict[str, str]) -> str | None:
        """The RFC's code for what a request for a log-in lacks; None when it is good."""
        if query.get("response_type") != "code":
            return "unsupported_response_type"
        if "openid" not in query.get("scope", "").split():
            return "invalid_scope"
        if query.get("code_challenge_method") != "S256" or len(query.get("code_challenge", "")) != 43:
            return "invalid_request"
        return None if query.get("state") and query.get("nonce") else "invalid_request"

    def choose(self, mark: str, subject: str) -> str:
        """Return the address to send the person back to, with a code; without one when he refused."""
        with self.lock:
            ends, query = self.choices.pop(mark, (0.0, {}))
        if ends < time.time():
            raise Refused("invalid_request")
        if subject not in self.people:
            return self.back(query, error="access_denied")
        code = secrets.token_urlsafe(32)
        grant = Grant(
            subject=subject,
            nonce=query["nonce"],
            challenge=query["code_challenge"],
            redirect_uri=query["redirect_uri"],
            scope=tuple(query["scope"].split()),
        )
        with self.lock:
            self.codes[code] = (time.time() + CODE_SECONDS, grant)
        return self.back(query, code=code)

    def back(self, query: dict[str, str], **answer: str) -> str:
        """The client's address with an answer, its state and our name."""
        said = {**answer, "state": query.get("state", ""), "iss": self.issuer}
        return f"{self.redirect_uri}?{urlencode(said)}"

    def exchange(self, form: dict[str, str], authorization: str) -> dict[str, Any]:
        """Turn a code into tokens, once; a code that comes again takes its tokens away."""
        self._check_client(authorization)
        if form.get("grant_type") != "authorization_code":
            raise Refused("unsupported_grant_type")
        code = form.get("code", "")
        with self.lock:
            if code in self.spent:
                self.tokens.pop(self.spent[code], None)
            ends, grant = self.codes.pop(code, (0.0, None))
        if grant is None or ends < time.time() or form.get("redirect_uri") != grant.redirect_uri:
            raise Refused("invalid_grant")
        hashed = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if not hmac.compare_digest(base64.urlsafe_b64encode(hashed).rstrip(b"=").decode(), grant.challenge):
            raise Refused("invalid_grant")
        access = secrets.token_urlsafe(32)
        with self.lock:
            self.tokens[access] = (time.time() + TOKEN_SECONDS, grant)
            self.spent[code] = access
        return {
            "access_token": access,
            "token_type": "Bearer",
            "expires_in": TOKEN_SECONDS,
            "scope": " ".join(grant.scope),
            "id_token": self._id_token(grant),
        }

    def about(self, authorization: str) -> dict[str, Any]:
        """What the scopes of an access token let us tell about its person."""
        scheme, _, access = authorization.partition(" ")
        with self.lock:
            ends, grant = self.tokens.get(access, (0.0, None))
        if scheme.lower() != "bearer" or grant is None or ends < time.time():
            raise Refused("invalid_token", HTTPStatus.UNAUTHORIZED)
        told = {name for scope in grant.scope for name in SCOPES.get(scope, ())}
        claims = claims_of(self.people[grant.subject])
        return {"sub": grant.subject} | {name: value for name, value in claims.items() if name in told}

    def _check_client(self, authorization: str) -> None:
        who = f"{self.client_id}:{self.client_secret}".encode()
        expected = f"Basic {base64.b64encode(who).decode()}"
        if not hmac.compare_digest(authorization, expected):
            raise Refused("invalid_client", HTTPStatus.UNAUTHORIZED)

    def _id_token(self, grant: Grant) -> str:
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": grant.subject,
            "aud": self.client_id,
            "iat": now,
            "exp": now + TOKEN_SECONDS,
            "auth_time": now,
            "nonce": grant.nonce,
        }
        return jwt.encode({"alg": "ES256", "kid": self.key.kid}, claims, self.key)


def claims_of(person: dict[str, str]) -> dict[str, Any]:
    """A row of the invented residents as claims of OpenID Connect."""
    house = person["building"] + (f"/{person['flat']}" if person["flat"] else "")
    return {
        "given_name": person["given_name"],
        "family_name": person["family_name"],
        "name": f"{person['given_name']} {person['family_name']}",
        "email": person["email"],
        "email_verified": True,
        "pesel": person["pesel"],
        "address": {
            "street_address": f"{person['street']} {house}",
            "postal_code": person["postcode"],
            "locality": person["town"],
            "country": "PL",
        },
    }
