"""Responses that more than one place of the agent gives."""

from .dialog import Dialog
from .messages import Request, Response
from .sdp import Session

ALLOWED = "INVITE, ACK, CANCEL, BYE, OPTIONS, REFER, NOTIFY, INFO"
SUPPORTED = "replaces"
SDP = "application/sdp"


def not_allowed(request: Request) -> Response:
    """Answer a method that we do not have, or not there (RFC 3261 section 8.2.1)."""
    is_known = request.method in ALLOWED.split(", ")
    response = request.reply(481 if is_known else 405, tag="no")
    response.headers.add("Allow", ALLOWED)
    return response


def with_session(request: Request, dialog: Dialog, session: Session, code: int = 200) -> Response:
    """Say yes, or 183, with a session description."""
    response = request.reply(code, tag=dialog.local.tag)
    for name, value in (("Contact", f"<{dialog.contact}>"), ("Allow", ALLOWED), ("Content-Type", SDP)):
        response.headers.add(name, value)
    response.body = bytes(session)
    return response
