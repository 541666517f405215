"""Being reachable at a registrar: REGISTER, refreshed in time, and taken back (RFC 3261 section 10)."""

import asyncio
import logging
from typing import TYPE_CHECKING

from .addresses import Address, Uri, whole_number
from .call import Refused
from .client import in_brackets
from .dialog import MAX_FORWARDS, new_tag
from .messages import Headers, Request, Response

if TYPE_CHECKING:
    from .user_agent import UserAgent

SECONDS = 300  # asked for
RENEW_AT = 0.8  # of what was granted
RETRY = 15.0  # seconds after a refresh that failed
LONGEST = 86400
log = logging.getLogger(__name__)


class Registration:
    """The binding of an agent's number to where it is reached; all its requests share one Call-ID."""

    def __init__(self, agent: "UserAgent") -> None:
        self._agent = agent
        self._call_id, self._tag, self._sent = agent.new_call_id(), new_tag(), 0
        self._keeper: asyncio.Task[object] | None = None

    async def begin(self, seconds: int = SECONDS) -> int:
        """Register, go on renewing, and return for how many seconds it was granted."""
        granted = await self._register(seconds)
        if self._keeper is None:
            self._keeper = self._agent.start_task(self._renew(seconds, granted))
        return granted

    async def end(self) -> None:
        """Take the registration back."""
        if self._keeper:
            self._keeper.cancel()
            self._keeper = None
        await self._register(0)

    async def _register(self, seconds: int) -> int:
        response = await self._agent.client.transact(lambda: self._request(seconds))
        if response.code >= 300:
            raise Refused(response)
        return self._granted(response, seconds)

    async def _renew(self, seconds: int, granted: int) -> None:
        while True:
            await asyncio.sleep(granted * RENEW_AT)
            try:
                granted = await self._register(seconds)
            except Refused as refused:
                log.warning("registration of %s: %s", self._agent.number, refused)
                granted = round(RETRY / RENEW_AT)

    def _request(self, seconds: int) -> Request:
        self._sent += 1
        agent = self._agent
        headers = Headers(
            ("Max-Forwards", MAX_FORWARDS),
            ("From", str(agent.address.tagged(self._tag))),
            ("To", str(agent.address)),
            ("Call-ID", self._call_id),
            ("CSeq", f"{self._sent} REGISTER"),
            ("Contact", f"<{agent.contact}>"),
            ("Expires", str(seconds)),
        )
        return Request(headers=headers, method="REGISTER", uri=str(Uri("sip", "", agent.domain)))

    def _granted(self, response: Response, asked: int) -> int:
        """The registrar decides; it lists all bindings of the number, ours among them."""
        told = ""
        for contact in map(Address.parse, response.headers.listed("Contact")):
            if (contact.uri.host, contact.uri.port) == (in_brackets(self._agent.host), self._agent.port):
                told = contact.parameters.get("expires", "")
        return whole_number(told or response.headers.get("Expires") or str(asked), LONGEST)
