"""A gateway of SMS over HTTP: one message to one address, as the settings name it.

    POST {SMS_URL}/messages  Authorization: Bearer {SMS_TOKEN}
    {"id", "to", "from", "text", "report_to"} -> 201 {"reference", "parts"}; 200 for an id that it knows
    422 {"error"}: this number takes no message; 4xx: our fault; 5xx, no answer: again later, with the same id

Another gateway is another module with a `deliver` like this one, named in the setting SMS_GATEWAY.
"""

import http.client
import json
import urllib.error
import urllib.request
from urllib.parse import urlsplit

from django.conf import settings

from starostwo.channels.gateway import GatewayFault, NumberRefused, Taken, Text

SECONDS = 10
LARGEST_ANSWER = 64 * 1024
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
REFUSED = 422


def deliver(text: Text) -> Taken:
    """Hand the message to the gateway and return how it knows it."""
    parts = urlsplit(settings.SMS_URL)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise GatewayFault("SMS_URL: potrzebny jest adres https")
    asked = {
        "id": text.key,
        "to": text.to,
        "from": settings.SMS_SENDER,
        "text": text.body,
        "report_to": settings.SMS_REPORT_URL,
    }
    headers = {"Authorization": f"Bearer {settings.SMS_TOKEN}", "Content-Type": "application/json"}
    request = urllib.request.Request(  # noqa: S310  checked above
        f"{settings.SMS_URL}/messages", data=json.dumps(asked).encode(), headers=headers
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=SECONDS) as response:
            answer = json.loads(response.read(LARGEST_ANSWER))
        return Taken(str(answer["reference"])[:100], max(1, int(answer["parts"])))
    except urllib.error.HTTPError as refusal:
        with refusal:
            raise _fault(refusal) from None
    except (OSError, http.client.HTTPException) as fault:
        raise GatewayFault(f"bramka nie odpowiada: {fault}") from fault
    except (ValueError, KeyError, TypeError) as fault:
        raise GatewayFault("bramka odpowiedziała niezrozumiale") from fault


def _fault(refusal: urllib.error.HTTPError) -> GatewayFault | NumberRefused:
    if refusal.code == REFUSED:
        return NumberRefused("bramka nie przyjmuje wiadomości na ten numer")
    return GatewayFault(f"bramka odpowiedziała: {refusal.code}")
