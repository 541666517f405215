"""Our side of the log-in at the national node: what the browser takes there, and what is made of its answer.

Request, relay state and the browser's session belong to one try, which is good once.
"""

import hmac
import secrets
from base64 import b64encode
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from starostwo.office.saml.answers import check_logout, person_behind
from starostwo.office.saml.assertions import Expected, Vouched
from starostwo.office.saml.node import Node
from starostwo.office.saml.requests import artifact_resolve, authn_request, logout_request, new_id
from starostwo.office.tries import allow
from starostwo.office.vouched import NotBelieved
from starostwo.platform.calls import NoAnswer, answer_to

TRY_SECONDS = 10 * 60
LONGEST_ARTIFACT = 512
SOAP = {
    "Content-Type": "text/xml; charset=utf-8",
    "SOAPAction": '"http://www.oasis-open.org/committees/security"',
}


@dataclass(frozen=True)
class Try:
    """One try to sign in, kept in the session of the browser until the person comes back."""

    request_id: str
    relay_state: str
    began: int

    def as_dict(self) -> dict[str, Any]:
        """The form in which a session keeps it."""
        return asdict(self)


def begin(node: Node, *, back: str, seconds: int) -> tuple[dict[str, str], Try]:
    """Return what the browser posts to the node, and the try to keep."""
    started = Try(new_id(), secrets.token_urlsafe(32), began=seconds)
    message = authn_request(node, request_id=started.request_id, back=back, seconds=seconds)
    return {"SAMLRequest": b64encode(message).decode(), "RelayState": started.relay_state}, started


def finish(node: Node, started: Try, *, artifact: str, relay_state: str, back: str, seconds: int) -> Vouched:
    """Return who came back; raise `NotBelieved` unless everything fits this try."""
    if not hmac.compare_digest(relay_state.encode(), started.relay_state.encode()):
        raise NotBelieved("relay state of another log-in")
    if seconds > started.began + TRY_SECONDS:
        raise NotBelieved("the try is too old")
    if not artifact or len(artifact) > LONGEST_ARTIFACT:
        raise NotBelieved("no artifact")
    _use_once("artifact", artifact, seconds=2 * TRY_SECONDS)
    resolve_id = new_id()
    question = artifact_resolve(node, request_id=resolve_id, artifact=artifact, seconds=seconds)
    envelope = _ask(node.artifact_url, question)
    now = datetime.fromtimestamp(seconds, UTC)
    expected = Expected(started.request_id, back, began=datetime.fromtimestamp(started.began, UTC), now=now)
    vouched = person_behind(envelope, node, resolve_id=resolve_id, expected=expected)
    left = int((vouched.good_until - now).total_seconds())
    _use_once("assertion", vouched.assertion_id, seconds=max(left, 2 * TRY_SECONDS))
    return vouched


def farewell(node: Node, *, name_id: str, session_index: str, seconds: int) -> None:
    """End the person's session at the node as well; raise `NotBelieved` unless the node says that it did."""
    request_id = new_id()
    question = logout_request(
        node, request_id=request_id, name_id=name_id, session_index=session_index, seconds=seconds
    )
    now = datetime.fromtimestamp(seconds, UTC)
    check_logout(_ask(node.logout_url, question), node, request_id=request_id, now=now)


def _use_once(kind: str, value: str, *, seconds: int) -> None:
    """Refuse what was used before, in whichever process; its digest is kept until it is worth nothing."""
    digest = sha256(value.encode()).hexdigest()
    if allow(f"saml:{kind}:{digest}", limit=1, per_seconds=seconds) is not None:
        raise NotBelieved(f"the {kind} was used before")


def _ask(url: str, envelope: bytes) -> bytes:
    try:
        return answer_to(url, headers=SOAP, body=envelope)
    except NoAnswer as fault:
        raise NotBelieved(str(fault)) from fault
