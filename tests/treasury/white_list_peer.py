"""The interface of the white list as an HTTP peer in the test's own process, with its faults."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit


@dataclass
class WhiteList:
    """Who is listed with which accounts; `fault` is what the next answers suffer from."""

    accounts: set[tuple[str, str]] = field(default_factory=set)
    fault: str = ""
    asked: list[tuple[str, str, str]] = field(default_factory=list)

    def answer(self, path: str) -> tuple[int, bytes]:
        """Answer as the ministry's interface does, or as the fault wants."""
        parts = urlsplit(path)
        _, api, check, nip_word, nip, account_word, account = parts.path.split("/")
        assert (api, check, nip_word, account_word) == ("api", "check", "nip", "bank-account")
        [day] = parse_qs(parts.query)["date"]
        self.asked.append((nip, account, day))
        if self.fault == "busy":
            return 429, json.dumps({"code": "WL-191", "message": "limit"}).encode()
        if self.fault == "down":
            return 503, b"<html>przerwa</html>"
        if self.fault == "nonsense":
            return 200, b"<html>strona</html>"
        result = {
            "accountAssigned": "TAK" if (nip, account) in self.accounts else "NIE",
            "requestDateTime": f"{day} 10:00:00",
            "requestId": "" if self.fault == "no id" else f"d2n10-84df1a1{len(self.asked)}",
        }
        return 200, json.dumps({"result": result}).encode()


@contextmanager
def running() -> Iterator[tuple[str, WhiteList]]:
    """Serve the list on a free loopback port; yield its address and the list."""
    known = WhiteList()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = known.answer(self.path)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield f"http://localhost:{server.server_port}", known
        finally:
            server.shutdown()
