"""What an ID token must say before it is believed. OpenID Connect Core 1.0, section 3.1.3.7.

The signature is checked although the token came over the back channel: it costs a millisecond.
"""

import hmac
from collections.abc import Mapping
from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from starostwo.office.vouched import NotBelieved

ALGORITHMS = ["ES256", "RS256"]
LEEWAY_SECONDS = 30


def claims_of(
    token: str, *, keys: KeySet, issuer: str, client_id: str, nonce: str, seconds: int
) -> Mapping[str, Any]:
    """Return the claims of an ID token that was signed for us, for this log-in, and just now."""
    try:
        read = jwt.decode(token, keys, algorithms=ALGORITHMS)
        jwt.JWTClaimsRegistry(
            now=seconds,
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": client_id},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True},
        ).validate(read.claims)
    except (JoseError, ValueError) as fault:
        raise NotBelieved(f"id_token: {fault}") from fault
    claims: Mapping[str, Any] = read.claims
    if isinstance(claims["aud"], list) and claims["aud"] != [client_id]:
        raise NotBelieved("id_token: made out to others as well")
    if claims.get("azp", client_id) != client_id:
        raise NotBelieved("id_token: azp is somebody else")
    if not hmac.compare_digest(str(claims["nonce"]), nonce):
        raise NotBelieved("id_token: nonce of another log-in")
    return claims
