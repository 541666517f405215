"""Gateways as plug-ins: what the office asks of one, and the one that speaks by signed messages.

`PAYMENT_GATEWAY` names the class, empty for none: then residents pay by transfer alone.
"""

from collections.abc import Mapping
from typing import Protocol
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from starostwo.intake.rules.gateway_messages import (
    Order,
    Report,
    check,
    from_address,
    in_address,
    order_bytes,
    question_bytes,
    read_report,
    sign,
)
from starostwo.platform.calls import NoAnswer, answer_to

SIGNATURE = "X-Signature"
MESSAGE_PART, SIGNATURE_PART = "komunikat", "podpis"


class Gateway(Protocol):
    """A payment operator. Whatever it says is believed only by its signature (`Forged`)."""

    name: str
    label: str
    address: str

    def way_to_pay(self, order: Order) -> str:
        """Return the address to which the resident is sent."""

    def read(self, body: bytes, headers: Mapping[str, str]) -> Report:
        """Read a notification."""

    def read_return(self, query: Mapping[str, str]) -> Report | None:
        """Read what the resident brings back in the address; None when he brings nothing."""

    def ask(self, attempt: UUID) -> Report | None:
        """Ask what became of a try; None when the gateway never heard of it."""


class SignedGateway:
    """Orders in a signed address, reports as signed JSON; the demonstration's test gateway speaks so."""

    name = "signed"

    def __init__(self) -> None:
        self.label: str = settings.PAYMENT_GATEWAY_NAME
        self.address: str = settings.PAYMENT_GATEWAY_URL
        self.key: str = settings.PAYMENT_GATEWAY_KEY

    def way_to_pay(self, order: Order) -> str:
        """The order goes along in the address."""
        body = order_bytes(order)
        parts = {"zlecenie": in_address(body), SIGNATURE_PART: sign(body, self.key)}
        return f"{self.address}/platnosc?{urlencode(parts)}"

    def read(self, body: bytes, headers: Mapping[str, str]) -> Report:
        """The signature stands in a header."""
        check(body, headers.get(SIGNATURE, ""), self.key)
        return read_report(body)

    def read_return(self, query: Mapping[str, str]) -> Report | None:
        """The same report as in a notification."""
        if MESSAGE_PART not in query:
            return None
        body = from_address(query[MESSAGE_PART])
        check(body, query.get(SIGNATURE_PART, ""), self.key)
        return read_report(body)

    def ask(self, attempt: UUID) -> Report | None:
        """The question is signed, and so is the answer: its first line is the signature."""
        body = question_bytes(attempt)
        headers = {"Content-Type": "application/json", SIGNATURE: sign(body, self.key)}
        signature, _, said = answer_to(f"{self.address}/stan", headers=headers, body=body).partition(b"\n")
        check(said, signature.decode("ascii", "replace"), self.key)
        return read_report(said) if said != b"null" else None


def configured() -> Gateway | None:
    """The gateway of this installation; None when it has none."""
    if not settings.PAYMENT_GATEWAY:
        return None
    made: Gateway = import_string(settings.PAYMENT_GATEWAY)()
    return made


__all__ = ["Gateway", "NoAnswer", "SignedGateway", "configured"]
