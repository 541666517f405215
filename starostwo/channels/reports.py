"""What the gateway tells us later of an SMS, signed with a secret that it shares with us.

POST {SMS_REPORT_URL}  X-Signature: hex HMAC-SHA256 of the body under SMS_REPORT_SECRET
{"id": our key, "outcome": "delivered" | "undelivered"}
"""

import hashlib
import hmac
import json
import uuid
from datetime import datetime

from django.conf import settings

from starostwo.channels.texting import note_report


class NotFromTheGateway(Exception):
    """The report is not signed by the gateway or cannot be read."""


def take_report(body: bytes, signature: str, *, now: datetime) -> bool:
    """Note the report and say if it told something new; doubled and unknown ones are no fault."""
    secret = settings.SMS_REPORT_SECRET
    expected = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    if not secret or not hmac.compare_digest(expected.encode(), signature.encode()):
        raise NotFromTheGateway
    try:
        said = json.loads(body)
        key, outcome = uuid.UUID(str(said["id"])), str(said["outcome"])
    except (ValueError, KeyError, TypeError) as fault:
        raise NotFromTheGateway from fault
    return note_report(str(key), outcome=outcome, now=now)
