"""ID tokens: one that is right in every way, and what is wrong with the others."""

import base64
import hmac
from typing import Any

import pytest
from joserfc import jwk, jwt

from starostwo.office.oidc.tokens import NotBelieved, claims_of

NOW = 1_800_000_000
OURS = jwk.ECKey.generate_key("P-256", {"kid": "a"}, auto_kid=False)
FOREIGN = jwk.ECKey.generate_key("P-256", {"kid": "a"}, auto_kid=False)
RIGHT = {
    "iss": "https://idp.example",
    "sub": "piotr",
    "aud": "starostwo",
    "iat": NOW,
    "exp": NOW + 300,
    "nonce": "n-1",
}


def _read(token: str) -> Any:
    keys = jwk.KeySet.import_key_set({"keys": [OURS.as_dict(private=False)]})
    return claims_of(
        token, keys=keys, issuer="https://idp.example", client_id="starostwo", nonce="n-1", seconds=NOW
    )


def _token(*, key: Any = OURS, alg: str = "ES256", **changes: Any) -> str:
    claims = {name: value for name, value in {**RIGHT, **changes}.items() if value is not None}
    return jwt.encode({"alg": alg, "kid": "a"}, claims, key, algorithms=[alg])


def test_a_right_token_is_believed() -> None:
    assert _read(_token())["sub"] == "piotr"
    assert _read(_token(aud=["starostwo"], azp="starostwo"))["sub"] == "piotr"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"iss": "https://zlo.example"}, "another issuer"),
        ({"iss": None}, "no issuer"),
        ({"aud": "inny"}, "made out to another"),
        ({"aud": ["starostwo", "inny"]}, "made out to another as well"),
        ({"aud": None}, "made out to nobody"),
        ({"azp": "inny"}, "given to another"),
        ({"exp": NOW - 31}, "expired"),
        ({"exp": None}, "never expires"),
        ({"iat": NOW + 31}, "from the future"),
        ({"iat": None}, "of no time"),
        ({"nonce": "n-2"}, "another log-in"),
        ({"nonce": None}, "no log-in"),
        ({"sub": None}, "about nobody"),
        ({"key": FOREIGN}, "signed by another key of the same name"),
    ],
)
def test_a_wrong_token_is_not(changes: dict[str, Any], why: str) -> None:
    with pytest.raises(NotBelieved):
        _read(_token(**changes))


def test_a_few_seconds_between_clocks_do_no_harm() -> None:
    assert _read(_token(exp=NOW - 29, iat=NOW + 29))


def _signed_with_the_public_key_as_a_secret() -> str:
    """The classical forgery: the verifier is told to take the public key for a shared secret."""
    head = base64.urlsafe_b64encode(b'{"alg":"HS256","kid":"a"}').rstrip(b"=").decode()
    signed = f"{head}.{_token().split('.')[1]}"
    mac = hmac.digest(OURS.as_pem(private=False), signed.encode(), "sha256")
    return f"{signed}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


def test_a_token_without_signature_or_with_a_forged_one_is_not() -> None:
    unsigned = "eyJhbGciOiJub25lIn0." + _token().split(".")[1] + "."

    for token in (unsigned, _signed_with_the_public_key_as_a_secret(), "", "a.b.c", _token()[:-4] + "AAAA"):
        with pytest.raises(NotBelieved):
            _read(token)
