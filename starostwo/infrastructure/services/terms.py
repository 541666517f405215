"""Certificates and domains that expire: certificates are read from their servers each day, ends announced."""

import socket
import ssl
from datetime import UTC, date, datetime

from cryptography import x509
from django.db import transaction

from starostwo.channels.api import NotAnAddress, send
from starostwo.infrastructure.models import Expiry, ExpiryNotice, Reader
from starostwo.infrastructure.rules.terms import distance

SECONDS = 5.0


class CannotRead(Exception):
    """The server did not show a certificate; the text says why."""


def read_certificate(host: str, port: int, *, seconds: float = SECONDS) -> date:
    """The last day of the certificate that a server shows; an untrusted one is read all the same."""
    asking = ssl.create_default_context()
    asking.check_hostname, asking.verify_mode = False, ssl.CERT_NONE
    try:
        with (
            socket.create_connection((host, port), timeout=seconds) as raw,
            asking.wrap_socket(raw, server_hostname=host) as talk,
        ):
            octets = talk.getpeercert(binary_form=True)
    except (OSError, ValueError) as error:
        raise CannotRead(str(error) or type(error).__name__) from error
    if octets is None:
        raise CannotRead("serwer nie pokazał certyfikatu")
    return x509.load_der_x509_certificate(octets).not_valid_after_utc.astimezone(UTC).date()


def check_terms(*, today: date, now: datetime, reads: bool = True) -> int:
    """Read the certificates that have a server, then announce what ends soon; return how many were."""
    served = Expiry.objects.filter(kind="CERTIFICATE").exclude(host="").order_by("pk")
    for expiry in served if reads else served.none():
        try:
            found = read_certificate(expiry.host, expiry.tcp_port)
        except CannotRead:
            continue  # the day that was known stays and is announced
        if found != expiry.valid_until:
            Expiry.objects.filter(pk=expiry.pk).update(valid_until=found)
    return _announce(today, now)


@transaction.atomic
def _announce(today: date, now: datetime) -> int:
    told = []
    for expiry in Expiry.objects.order_by("valid_until", "pk"):
        due = distance(expiry.valid_until, today, expiry.warn_days)
        if due is None:
            continue
        _, is_new = ExpiryNotice.objects.get_or_create(
            expiry=expiry, valid_until=expiry.valid_until, days=due, defaults={"told_at": now}
        )
        if is_new:
            told.append(expiry)
    if told:
        _tell(told, today)
    return len(told)


def _tell(told: list[Expiry], today: date) -> None:
    lines = [
        f"- {one.get_kind_display()} {one.name}: ważne do {one.valid_until:%d.%m.%Y}"
        + (" (termin minął)" if one.valid_until < today else "")
        for one in told
    ]
    for email in Reader.objects.order_by("pk").values_list("email", flat=True):
        try:
            send(to=email, subject=f"Kończy się ważność: {told[0].name}"[:80], body="\n".join(lines))
        except NotAnAddress:
            continue
