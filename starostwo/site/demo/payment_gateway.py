"""The demonstration's payment gateway: takes signed orders, tells the office what became of them, or lies.

It stands for an operator that residents are sent to. Nobody pays: a button says what happened, and another
choice makes the gateway behave as a bad one does: late, twice, with a wrong signature or amount, in silence.
"""

import hashlib
import hmac
import html
import json
import secrets
import threading
import time
import urllib.error
import urllib.request
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urlencode

from starostwo.site.demo.identity_provider import Refused

LATE_SECONDS, TRIES, PAUSE_SECONDS = 8.0, 5, 2.0
FAULTS = {
    "": "tak, jak trzeba",
    "twice": "powiadom dwa razy",
    "late": "powiadom dopiero po chwili",
    "silent": "nie powiadamiaj, tylko wróć",
    "mute": "nie powiadamiaj i wróć bez słowa",
    "signature": "powiadom ze złym podpisem",
    "amount": "powiadom o innej kwocie",
}


@dataclass
class Order:
    """An order as it came, and what happened to it here."""

    attempt: str
    amount: int
    title: str
    back: str
    notify: str
    state: str = "BEGUN"
    transaction: str = ""
    quiet_until: float = 0.0


@dataclass
class Gateway:
    """Orders of the office; everything is forgotten when the process ends."""

    key: str
    office: str
    orders: dict[str, Order] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)
    late_seconds: float = LATE_SECONDS

    def take(self, query: dict[str, str]) -> Order:
        """Take an order that the office signed; the same order again is the same payment."""
        body = _decoded(query.get("zlecenie", ""))
        if not hmac.compare_digest(self.sign(body), query.get("podpis", "")):
            raise Refused("invalid_signature", HTTPStatus.FORBIDDEN)
        data = json.loads(body)
        if not all(str(data[name]).startswith(f"{self.office}/") for name in ("back", "notify")):
            raise Refused("unauthorized_client")
        with self.lock:
            return self.orders.setdefault(
                data["attempt"],
                Order(data["attempt"], data["amount"], data["title"], data["back"], data["notify"]),
            )

    def page(self, order: Order) -> str:
        """What a resident sees: the sum, the title and the choice of what happens."""
        if order.state != "BEGUN":
            back = html.escape(self.way_back(order))
            return (
                f'<p>Ta płatność jest już zakończona.</p><p><a class="b" href="{back}">Wróć do urzędu</a></p>'
            )
        faults = "".join(f'<option value="{name}">{words}</option>' for name, words in FAULTS.items())
        zloty = f"{order.amount // 100},{order.amount % 100:02d} zł"
        return (
            f"<p>Kwota: <strong>{zloty}</strong><br>Tytuł: {html.escape(order.title)}</p>"
            "<p>Nikt tu niczego nie płaci: to operator testowy.</p>"
            '<form method="post" action="/bramka/wybor">'
            f'<input type="hidden" name="proba" value="{html.escape(order.attempt)}">'
            '<p><label for="fault">Jak zachowa się operator</label><br>'
            f'<select id="fault" name="fault">{faults}</select></p>'
            '<button name="state" value="PAID">Zapłać</button>'
            '<button name="state" value="FAILED">Bank odmówił</button>'
            '<button name="state" value="CANCELLED">Anuluj i wróć</button></form>'
        )

    def choose(self, form: dict[str, str]) -> str:
        """Do what was chosen, tell the office, and return the address to send the resident back to."""
        order = self.orders.get(form.get("proba", ""))
        state, fault = form.get("state", ""), form.get("fault", "")
        if order is None or state not in ("PAID", "FAILED", "CANCELLED") or fault not in FAULTS:
            raise Refused("invalid_request")
        with self.lock:
            if order.state == "BEGUN":
                order.state, order.transaction = state, f"TEST-{secrets.token_hex(6)}"
        if fault == "late":
            order.quiet_until = time.time() + self.late_seconds
        if fault not in ("silent", "mute"):
            threading.Thread(target=self._tell, args=(order, fault), daemon=True).start()
        return order.back if fault in ("mute", "late", "signature", "amount") else self.way_back(order)

    def way_back(self, order: Order) -> str:
        """The office's address with the report along."""
        body = self.report(order)
        parts = {"komunikat": urlsafe_b64encode(body).decode().rstrip("="), "podpis": self.sign(body)}
        return f"{order.back}&{urlencode(parts)}"

    def report(self, order: Order, *, amount: int | None = None) -> bytes:
        """What became of an order, as the office reads it."""
        is_quiet = time.time() < order.quiet_until
        data = {
            "attempt": order.attempt,
            "state": "BEGUN" if is_quiet else order.state,
            "amount": order.amount if amount is None else amount,
            "currency": "PLN",
            "transaction": order.transaction,
        }
        return json.dumps(data, sort_keys=True).encode()

    def answer(self, body: bytes, signature: str) -> bytes:
        """Say what became of an order to the office that asks: the signature, then the report."""
        if not hmac.compare_digest(self.sign(body), signature):
            raise Refused("invalid_signature", HTTPStatus.FORBIDDEN)
        order = self.orders.get(str(json.loads(body)["attempt"]))
        said = b"null" if order is None else self.report(order)
        return self.sign(said).encode() + b"\n" + said

    def sign(self, body: bytes) -> str:
        """The signature that both sides can make."""
        return hmac.new(self.key.encode(), body, hashlib.sha256).hexdigest()

    def _tell(self, order: Order, fault: str) -> None:
        if fault == "late":
            time.sleep(max(0.0, order.quiet_until - time.time()))
        body = self.report(order, amount=order.amount + 100 if fault == "amount" else None)
        signature = self.sign(body + b"!") if fault == "signature" else self.sign(body)
        for _ in range(2 if fault == "twice" else 1):
            _notify(order.notify, body, signature)


def _notify(address: str, body: bytes, signature: str) -> None:
    """Post until the office has heard it; a refusal is an answer too."""
    headers = {"Content-Type": "application/json", "X-Signature": signature}
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _ in range(TRIES):
        try:
            request = urllib.request.Request(address, data=body, headers=headers)  # noqa: S310  the office's own
            opener.open(request, timeout=10).close()
            return
        except urllib.error.HTTPError as refusal:
            refusal.close()
            if refusal.code < HTTPStatus.INTERNAL_SERVER_ERROR:
                return
        except OSError:
            pass
        time.sleep(PAUSE_SECONDS)


def _decoded(text: str) -> bytes:
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError as fault:
        raise Refused("invalid_request") from fault
