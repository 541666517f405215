"""KSeF by the package `ksef-client`: log-in by a token or the office's seal, listing, fetching, sending.

Every fault of the wire or of the other side becomes one of ours. An access token that ran out is renewed.
"""

import base64
import hashlib
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus
from typing import TypeVar
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from ksef_client import KsefClient, KsefClientOptions
from ksef_client.exceptions import KsefHttpError, KsefRateLimitError
from ksef_client.models import FormCode, InvoiceQueryDateRange, InvoiceQueryFilters, SendInvoiceResponse
from ksef_client.openapi_models import (
    InvoiceQueryDateType,
    InvoiceQuerySubjectType,
    PublicKeyCertificateUsage,
)
from ksef_client.services.auth import build_auth_token_request_xml
from ksef_client.services.sessions import OnlineSessionHandle
from ksef_client.services.workflows import AuthCoordinator, OnlineSessionWorkflow

from starostwo.signatures import api as signatures
from starostwo.treasury.ksef_channel import KsefBusy, KsefFault, KsefRefusal, Listed, Listing, Sent, Standing

T = TypeVar("T")
FA3 = FormCode(system_code="FA (3)", schema_version="1-0E", value="FA")
PAGE = 100
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
USUAL_WAIT = 60
LOGGED_IN, ACCEPTED, DUPLICATE = 200, 200, 440
TRIES = 30


@contextmanager
def conversation() -> Iterator["Conversation"]:
    """Open a client of the settings' address and close it after."""
    parts = urlsplit(settings.KSEF_URL)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        raise KsefFault("KSEF_URL: potrzebny jest adres https")
    options = KsefClientOptions(
        base_url=settings.KSEF_URL,
        base_qr_url=settings.KSEF_QR_URL or None,
        timeout_seconds=settings.KSEF_SECONDS,
    )
    with KsefClient(options) as client:
        yield Conversation(client)


class Conversation:
    """One log-in and what is asked under it."""

    def __init__(self, client: KsefClient) -> None:
        self._client = client
        self._access = self._refresh = ""

    def listing(self, since: datetime, until: datetime, *, page: int) -> Listing:
        """Purchase invoices by the moment of their permanent storing, the oldest first."""
        wanted = InvoiceQueryFilters(
            subject_type=InvoiceQuerySubjectType.SUBJECT2,
            date_range=InvoiceQueryDateRange(
                date_type=InvoiceQueryDateType.PERMANENTSTORAGE, from_=_written(since), to=_written(until)
            ),
        )
        found = self._ask(
            lambda token: self._client.invoices.query_invoice_metadata(
                wanted, access_token=token, page_offset=page, page_size=PAGE, sort_order="Asc"
            )
        )
        return Listing(
            invoices=[
                Listed(one.ksef_number, _read(one.permanent_storage_date))
                for one in found.invoices
                if one.ksef_number and one.permanent_storage_date
            ],
            has_more=found.has_more,
            is_truncated=found.is_truncated,
            complete_to=_read(found.permanent_storage_hwm_date) if found.permanent_storage_hwm_date else None,
        )

    def invoice(self, ksef_number: str) -> bytes:
        """The XML as KSeF keeps it."""
        found = self._ask(lambda token: self._client.invoices.get_invoice(ksef_number, access_token=token))
        content: bytes = found.content.encode()
        digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
        if found.sha256_base64 and found.sha256_base64 != digest:
            raise KsefFault(f"{ksef_number}: treść nie zgadza się ze skrótem podanym przez KSeF")
        return content

    def send(self, invoices: Sequence[bytes], *, offline: bool) -> list[Sent]:
        """One interactive session; a fault at its end takes nothing back, so it is not told."""
        key = self._calmly(
            lambda: self._client.security.get_public_key_certificate(
                PublicKeyCertificateUsage.SYMMETRICKEYENCRYPTION
            )
        )
        work = OnlineSessionWorkflow(self._client.sessions)
        session = self._ask(
            lambda token: work.open_session(
                form_code=FA3,
                public_certificate=key.certificate,
                public_key_id=key.public_key_id,
                access_token=token,
            )
        )
        sent = []
        for content in invoices:
            answer = self._ask(partial(_hand_in, session, content, offline))
            sent.append(Sent(session.session_reference_number, answer.reference_number))
        with suppress(KsefFault):
            self._ask(lambda token: session.close(access_token=token))
        return sent

    def standing(self, sent: Sent) -> Standing:
        """Accepted, refused, or a duplicate of what KSeF took before a fault: then that one counts."""
        found = self._ask(
            lambda token: self._client.sessions.get_session_invoice_status(
                sent.session, sent.reference, access_token=token
            )
        )
        status = found.status
        if status.code < ACCEPTED:
            return Standing(is_final=False)
        if status.code == ACCEPTED:
            return Standing(is_final=True, ksef_number=found.ksef_number or "", session=sent.session)
        before = status.extensions or {}
        if status.code == DUPLICATE and before.get("originalKsefNumber"):
            return Standing(
                is_final=True,
                ksef_number=before["originalKsefNumber"] or "",
                session=before.get("originalSessionReferenceNumber") or "",
                refusal="duplikat",
            )
        details = ", ".join(status.details or [])
        return Standing(is_final=True, refusal=f"{status.code} {status.description} {details}".strip()[:300])

    def upo(self, session: str, ksef_number: str) -> bytes:
        """The receipt as XML."""
        return self._ask(
            lambda token: self._client.sessions.get_session_invoice_upo_by_ksef(
                session, ksef_number, access_token=token
            )
        )

    def _ask(self, question: Callable[[str], T]) -> T:
        """Ask under the access token; when it ran out, renew it and ask again once."""
        if not self._access:
            self._log_in()
        try:
            return self._calmly(lambda: question(self._access), renews=True)
        except _RanOut:
            self._renew()
            return self._calmly(lambda: question(self._access))

    def _renew(self) -> None:
        try:
            renewed = self._calmly(lambda: self._client.auth.refresh_access_token(self._refresh), renews=True)
            self._access = renewed.access_token.token
        except _RanOut:
            self._log_in()

    def _log_in(self) -> None:
        token = settings.KSEF_TOKEN
        answer = self._calmly(lambda: self._by_token(token) if token else self._by_seal())
        self._access, self._refresh = answer

    def _by_token(self, token: str) -> tuple[str, str]:
        key = self._client.security.get_public_key_certificate(PublicKeyCertificateUsage.KSEFTOKENENCRYPTION)
        result = AuthCoordinator(self._client.auth).authenticate_with_ksef_token(
            token=token,
            public_certificate=key.certificate,
            public_key_id=key.public_key_id,
            context_identifier_type="nip",
            context_identifier_value=settings.KSEF_NIP,
            poll_interval_seconds=settings.KSEF_PAUSE,
        )
        return result.access_token, result.refresh_token

    def _by_seal(self) -> tuple[str, str]:
        """By XAdES under the office's own seal."""
        auth = self._client.auth
        request = build_auth_token_request_xml(
            challenge=auth.get_challenge().challenge,
            context_identifier_type="nip",
            context_identifier_value=settings.KSEF_NIP,
        )
        signed = signatures.seal_xml(request.encode(), at=timezone.now())
        begun = auth.submit_xades_auth_request(signed.decode())
        if begun is None:
            raise KsefFault("KSeF nie potwierdził logowania")
        one_time = begun.authentication_token.token
        for _ in range(TRIES):
            status = auth.get_auth_status(begun.reference_number, one_time).status
            if status.code == LOGGED_IN:
                tokens = auth.redeem_token(one_time)
                return tokens.access_token.token, tokens.refresh_token.token
            if status.code > LOGGED_IN:
                raise KsefRefusal(f"KSeF odmówił logowania: {status.code} {status.description}")
            time.sleep(settings.KSEF_PAUSE)
        raise KsefFault("KSeF nie zakończył logowania")

    def _calmly(self, question: Callable[[], T], *, renews: bool = False) -> T:
        """Ask, and tell every fault in our own words; tokens are in none of them."""
        try:
            return question()
        except KsefRateLimitError as busy:
            raise KsefBusy(busy.retry_after or USUAL_WAIT) from busy
        except KsefHttpError as fault:
            if fault.status_code == HTTPStatus.UNAUTHORIZED and renews:
                raise _RanOut from fault
            if fault.status_code == HTTPStatus.BAD_REQUEST:
                raise KsefRefusal(f"KSeF odmówił: {fault.message[:200]}") from fault
            raise KsefFault(f"KSeF odpowiedział: {fault.status_code or 'brak odpowiedzi'}") from fault
        except (OSError, RuntimeError, TypeError, ValueError) as fault:
            raise KsefFault(f"KSeF odpowiedział niezrozumiale ({type(fault).__name__})") from fault


class _RanOut(Exception):
    """The access token is not valid any more."""


def _hand_in(session: OnlineSessionHandle, xml: bytes, offline: bool, token: str) -> SendInvoiceResponse:
    return session.send_invoice(xml, offline_mode=offline, access_token=token)


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def _read(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
