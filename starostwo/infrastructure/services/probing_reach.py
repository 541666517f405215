"""Whether a device is up, and how soon it answers: ICMP where the system allows it, then TCP, then SNMP."""

import asyncio
import errno
import ipaddress
import os
import socket
import struct
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass

from starostwo.infrastructure.services.probing_snmp import Access, Limits, answers

ICMP, TCP, SNMP = "ICMP", "TCP", "SNMP"
ECHO, ECHO_V6 = 8, 128
USUAL_PORTS = (443, 22, 80)


@dataclass(frozen=True)
class Reached:
    """By what the device answered, and after how many microseconds."""

    method: str
    microseconds: int


async def reach(
    address: str, *, ports: Sequence[int] = USUAL_PORTS, access: Access | None = None, seconds: float = 1.0
) -> Reached | None:
    """Try the methods in their order; None when nothing answers. A refused connection is an answer."""
    began = time.perf_counter()
    for method in (ICMP, TCP, SNMP):
        began = time.perf_counter()
        if await _answers(method, address, ports, access, seconds):
            return Reached(method, int((time.perf_counter() - began) * 1_000_000))
    return None


async def _answers(
    method: str, address: str, ports: Sequence[int], access: Access | None, seconds: float
) -> bool:
    if method == ICMP:
        return await _echoes(address, seconds)
    if method == TCP:
        return await _connects(address, ports, seconds)
    return access is not None and await answers(address, access, Limits(answer_seconds=seconds))


def may_ping(version: int = 4) -> bool:
    """Whether the system gives this process datagram sockets of ICMP (`net.ipv4.ping_group_range`)."""
    try:
        _socket(version).close()
    except OSError:
        return False
    return True


def _socket(version: int) -> socket.socket:
    if version == 6:
        return socket.socket(socket.AF_INET6, socket.SOCK_DGRAM, socket.IPPROTO_ICMPV6)
    return socket.socket(socket.AF_INET, socket.SOCK_DGRAM, socket.IPPROTO_ICMP)


async def _echoes(address: str, seconds: float) -> bool:
    version = ipaddress.ip_address(address).version
    try:
        raw = _socket(version)
    except OSError:
        return False
    loop, mark = asyncio.get_running_loop(), os.urandom(16)
    with closing(raw):
        raw.setblocking(False)
        try:
            raw.connect((address, 0))
            async with asyncio.timeout(seconds):
                await loop.sock_sendall(raw, _echo(version, mark))
                while mark not in await loop.sock_recv(raw, 256):
                    continue
        except (OSError, TimeoutError):
            return False
    return True


def _echo(version: int, mark: bytes) -> bytes:
    """An echo request; the kernel puts in the identifier, and the checksum of version 6."""
    kind = ECHO_V6 if version == 6 else ECHO
    words = struct.unpack("!12H", struct.pack("!BBHHH", kind, 0, 0, 0, 1) + mark)
    total = sum(words)
    total = (total >> 16) + (total & 0xFFFF)
    total += total >> 16
    return struct.pack("!BBHHH", kind, 0, ~total & 0xFFFF, 0, 1) + mark


async def _connects(address: str, ports: Sequence[int], seconds: float) -> bool:
    """Whether any port accepts or refuses; both prove that somebody is there."""
    tries = [asyncio.ensure_future(_knocks(address, port)) for port in ports]
    if not tries:
        return False
    try:
        async with asyncio.timeout(seconds):
            for done in asyncio.as_completed(tries):
                if await done:
                    return True
    except TimeoutError:
        return False
    finally:
        for one in tries:
            one.cancel()
    return False


async def _knocks(address: str, port: int) -> bool:
    version = ipaddress.ip_address(address).version
    with closing(socket.socket(socket.AF_INET6 if version == 6 else socket.AF_INET)) as raw:
        raw.setblocking(False)
        try:
            await asyncio.get_running_loop().sock_connect(raw, (address, port))
        except OSError as error:
            return error.errno == errno.ECONNREFUSED
    return True
