"""SIP over a websocket (RFC 7118) as a browser's phone speaks it, without a browser: for what is refused."""

import base64
import os
import secrets
import socket
import struct
from types import TracebackType

from starostwo.telephony.agent.digest import Challenge, Credentials, answer
from starostwo.telephony.services.phones import DOMAIN

HANDSHAKE = (
    "GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
    "Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: sip\r\n\r\n"
)
REQUEST = (
    "{method} {uri} SIP/2.0\r\nVia: SIP/2.0/WS x.invalid;branch=z9hG4bK{branch}\r\nMax-Forwards: 70\r\n"
    "From: <sip:{caller}@{domain}>;tag={tag}\r\nTo: <sip:{called}@{domain}>\r\nCall-ID: {call}\r\n"
    "CSeq: {count} {method}\r\nContact: <sip:{caller}@x.invalid;transport=ws>;expires=60\r\n{more}"
    "Content-Length: {length}\r\n\r\n{body}"
)
SOUND = (
    "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0\r\n"
    "m=audio 9 UDP/TLS/RTP/SAVPF 111 8\r\nc=IN IP4 0.0.0.0\r\na=ice-ufrag:abcd\r\n"
    "a=ice-pwd:abcdefghijklmnopqrstuvwx\r\na=fingerprint:sha-256 {hash}\r\n"
    "a=setup:actpass\r\na=mid:0\r\na=sendrecv\r\na=rtcp-mux\r\na=rtpmap:111 opus/48000/2\r\n"
    "a=rtpmap:8 PCMA/8000\r\na=candidate:1 1 udp 2113937151 127.0.0.1 40000 typ host\r\n"
).format(hash=":".join(["AB"] * 32))
TEXT, LAST = 0x1, 0x80
CLOSED = 0x8


class BrowserSocket:
    """Connected; asks for one thing after another and returns the codes of the answers."""

    def __init__(self, address: str, path: str = "/ws") -> None:
        host, _, port = address.rpartition(":")
        self._socket = socket.create_connection((host, int(port)), 5)
        key = base64.b64encode(os.urandom(16)).decode()
        self._socket.sendall(HANDSHAKE.format(path=path, host=address, key=key).encode())
        self.greeting = self._socket.recv(4096).decode()

    def __enter__(self) -> "BrowserSocket":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._socket.close()

    def register(self, number: str, username: str, password: str) -> int:
        """Sign a number in with a pass."""
        return self._ask("REGISTER", number, number, f"sip:{DOMAIN}", (username, password))

    def call(self, caller: str, called: str, username: str = "", password: str = "") -> int:
        """Call, offering the sound of a browser; without a name nothing is shown when the exchange asks."""
        shown = (username, password) if username else None
        return self._ask("INVITE", caller, called, f"sip:{called}@{DOMAIN}", shown)

    def rings(self, seconds: float = 8.0) -> str:
        """Wait for a call and return its whole INVITE; it is left to ring."""
        self._socket.settimeout(seconds)
        while not (text := self._receive().decode()).startswith("INVITE "):
            pass
        return text

    def is_closed_within(self, seconds: float) -> bool:
        """Whether the exchange closes the connection (RFC 6455 section 5.5.1) in so many seconds."""
        self._socket.settimeout(seconds)
        try:
            while self._read(2)[0] & 0xF != CLOSED:
                pass
        except TimeoutError:
            return False
        return True

    def is_busy(self, invite: str) -> None:
        """Answer a call that rings."""
        kept = [
            line
            for line in invite.split("\r\n")
            if line.startswith(("Via:", "From:", "To:", "Call-ID:", "CSeq:"))
        ]
        lines = ["SIP/2.0 486 Busy Here", *kept, "Content-Length: 0", "", ""]
        self._send("\r\n".join(lines).replace("\r\nCall-ID", ";tag=busy\r\nCall-ID").encode())

    def _ask(self, method: str, caller: str, called: str, uri: str, shown: tuple[str, str] | None) -> int:
        words = {
            "method": method, "uri": uri, "caller": caller, "called": called, "domain": DOMAIN,
            "tag": secrets.token_hex(4), "call": secrets.token_hex(8),
        }  # fmt: skip
        code, text = self._say(words, 1, "")
        if code in (401, 407) and shown:
            name = "WWW-Authenticate: " if code == 401 else "Proxy-Authenticate: "
            challenge = Challenge.parse(text.partition(name)[2].partition("\r\n")[0])
            username, password = shown
            told = answer(challenge, Credentials.from_password(username, DOMAIN, password), method, uri)
            code, _ = self._say(words, 2, f"{'Proxy-' if code == 407 else ''}Authorization: {told}\r\n")
        return code

    def _say(self, words: dict[str, str], count: int, more: str) -> tuple[int, str]:
        """Send a request and read until its final answer."""
        body = SOUND if words["method"] == "INVITE" else ""
        more += "Content-Type: application/sdp\r\n" if body else ""
        told = {
            "branch": secrets.token_hex(8),
            "count": count,
            "more": more,
            "body": body,
            "length": len(body),
        }
        self._send(REQUEST.format(**words, **told).encode())
        while True:
            text = self._receive().decode()
            if text.startswith("SIP/2.0 ") and not text.startswith("SIP/2.0 1"):
                return int(text.split()[1]), text

    def _send(self, data: bytes) -> None:
        mask = os.urandom(4)
        masked = bytes(byte ^ mask[place % 4] for place, byte in enumerate(data))
        self._socket.sendall(struct.pack("!BBH", LAST | TEXT, 0x80 | 126, len(data)) + mask + masked)

    def _receive(self) -> bytes:
        kind, length = self._read(2)
        if length == 126:
            (length,) = struct.unpack("!H", self._read(2))
        data = self._read(length)
        return data if kind & 0xF in (0x1, 0x2) else self._receive()

    def _read(self, count: int) -> bytes:
        data = b""
        while len(data) < count:
            part = self._socket.recv(count - len(data))
            if not part:
                raise ConnectionError("the exchange closed the connection")
            data += part
        return data
