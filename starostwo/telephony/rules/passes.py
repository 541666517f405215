"""The pass with which a browser's phone signs in at the exchange: of one number, until a moment.

The exchange needs no list of passes: it makes the password of a name anew from the secret that it shares with
the office. Source: draft-uberti-behave-turn-rest-00; Kamailio 5.6, module auth_ephemeral.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

PURPOSE = "telephony.browser"
LASTS = timedelta(hours=10)  # a working day, as long as a session may last


@dataclass(frozen=True)
class Pass:
    """What the browser shows: a name that says until when and for which number, and its password."""

    number: str
    username: str
    password: str
    until: datetime

    @property
    def name(self) -> str:
        """The username without the colon, which parts the columns of the exchange's small tables."""
        return self.username.replace(":", "-")


def make_pass(number: str, secret: str, now: datetime) -> Pass:
    """A pass of a number that holds from now on."""
    until = now + LASTS
    username = f"{int(until.timestamp())}:{number}"
    digest = hmac.new(secret.encode(), username.encode(), hashlib.sha256).digest()
    return Pass(number, username, base64.b64encode(digest).decode(), until)
