"""The UDP socket of an agent."""

import asyncio
from collections.abc import Callable
from typing import Any, cast

from .transactions import Hop


class UdpSocket(asyncio.DatagramProtocol):
    """Hands datagrams on; a datagram that the system refuses to send is lost, as UDP may lose any."""

    def __init__(self, receive: Callable[[bytes, Hop], None]) -> None:
        self._receive = receive
        self._transport: asyncio.DatagramTransport | None = None
        self.local: Hop = ("", 0)

    async def open(self, host: str, port: int) -> None:
        """Bind; port 0 lets the system choose."""
        await asyncio.get_running_loop().create_datagram_endpoint(lambda: self, local_addr=(host, port))

    def send(self, data: bytes, hop: Hop) -> None:
        """Send one datagram."""
        if self._transport and not self._transport.is_closing():
            self._transport.sendto(data, hop)

    def close(self) -> None:
        """Free the port."""
        if self._transport:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Learn the own address."""
        self._transport = cast(asyncio.DatagramTransport, transport)
        host, port = transport.get_extra_info("sockname")[:2]
        self.local = (str(host), int(port))

    def datagram_received(self, data: bytes, addr: tuple[str | Any, int]) -> None:
        """Hand the datagram on."""
        self._receive(data, (str(addr[0]), int(addr[1])))

    def error_received(self, exc: Exception) -> None:
        """Nobody listens there (ICMP): the transaction's time runs out by itself."""
