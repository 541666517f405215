"""What office and gateway say to each other: orders and reports, each signed with the key that both know."""

import base64
import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from starostwo.intake.rules.payment_states import Said

CURRENCY = "PLN"
LONGEST = 4096


class Forged(Exception):
    """The message does not carry the signature of the other side, or says nothing that can be read."""


@dataclass(frozen=True)
class Order:
    """What the resident is to pay at the gateway, and where he comes back to."""

    attempt: UUID
    amount: int
    title: str
    back: str
    notify: str


@dataclass(frozen=True)
class Report:
    """What the gateway says of a try: its state, the amount, its own number of the transaction."""

    attempt: UUID
    state: Said
    amount: int
    currency: str
    transaction: str


def sign(body: bytes, key: str) -> str:
    """Return the signature (HMAC-SHA256 in hexadecimal) of a message."""
    return hmac.new(key.encode(), body, hashlib.sha256).hexdigest()


def check(body: bytes, signature: str, key: str) -> None:
    """Refuse a message that was not signed with the key; without a key nothing is believed."""
    if not key or len(body) > LONGEST or not hmac.compare_digest(sign(body, key), signature):
        raise Forged("podpis się nie zgadza")


def order_bytes(order: Order) -> bytes:
    """Write an order as the gateway reads it."""
    return _written(
        {
            "attempt": str(order.attempt),
            "amount": order.amount,
            "currency": CURRENCY,
            "title": order.title,
            "back": order.back,
            "notify": order.notify,
        }
    )


def question_bytes(attempt: UUID) -> bytes:
    """Write the question what became of a try."""
    return _written({"attempt": str(attempt)})


def report_bytes(report: Report) -> bytes:
    """Write a report as the office reads it."""
    return _written(
        {
            "attempt": str(report.attempt),
            "state": report.state.value,
            "amount": report.amount,
            "currency": report.currency,
            "transaction": report.transaction,
        }
    )


def read_report(body: bytes) -> Report:
    """Read a report whose signature was checked."""
    try:
        data = json.loads(body)
        amount = data["amount"]
        if type(amount) is not int:
            raise ValueError(amount)
        return Report(
            attempt=UUID(str(data["attempt"])),
            state=Said(data["state"]),
            amount=amount,
            currency=str(data["currency"]),
            transaction=str(data["transaction"])[:60],
        )
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise Forged("komunikatu nie da się odczytać") from fault


def in_address(body: bytes) -> str:
    """Write a message so that it can stand in an address."""
    return base64.urlsafe_b64encode(body).decode().rstrip("=")


def from_address(text: str) -> bytes:
    """Read a message that stood in an address."""
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError as fault:
        raise Forged("komunikatu nie da się odczytać") from fault


def _written(data: dict[str, Any]) -> bytes:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
