"""Questions to a running exchange: JSON-RPC over the datagram socket of its run folder.

Source: Kamailio 5.6, module jsonrpcs (dgram_socket).
"""

import json
import socket
from pathlib import Path
from typing import Any

from django.conf import settings

ANSWERS_WITHIN = 2.0
LONGEST_ANSWER = 65_536


class ExchangeDown(Exception):
    """Nobody answers: the exchange of this building does not run on this machine."""


class ExchangeRefused(Exception):
    """The exchange says no; the text is its own."""


def folder_of(code: str) -> Path:
    """Where the exchange of a building runs."""
    return Path(settings.VOIP_DIR) / code


def ask(code: str, method: str, *params: str) -> Any:
    """Ask the exchange of a building and return its answer."""
    question = {"jsonrpc": "2.0", "id": 1, "method": method, "params": list(params)}
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as asker:
        asker.settimeout(ANSWERS_WITHIN)
        try:
            asker.bind("")  # a name without a file: the exchange runs as another user
            asker.sendto(json.dumps(question).encode(), str(folder_of(code) / "rpc.sock"))
            answer = json.loads(asker.recv(LONGEST_ANSWER))
        except (OSError, ValueError) as fault:
            raise ExchangeDown(code) from fault
    if "error" in answer:
        raise ExchangeRefused(str(answer["error"].get("message", "")))
    return answer.get("result")
