"""The demonstration's KSeF: sessions, encrypted invoices, checks, numbers, receipts, lists.

It answers the paths of KSeF API 2 that the office uses, with real RSA and AES, the published schema,
duplicates, limits an hour, and the faults of the real one. The log-in is in `ksef_log_in`.
"""

import base64
import json
import re
import secrets
import threading
import time
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from starostwo.site.demo.ksef_log_in import LogIn, Problem, problem
from starostwo.site.demo.ksef_records import Kept, digest, metadata, upo, written
from starostwo.treasury.rules import fa3
from starostwo.treasury.rules.ksef_number import crc8

LIMITS = {"metadata": 20, "invoice": 64, "send": 180, "open": 120}
LARGEST = 1024 * 1024
HOUR = 3600.0
SESSION_HOURS = 12


@dataclass
class Taken:
    """An invoice as it was handed in, until it is judged."""

    reference: str
    ordinal: int
    xml: bytes
    offline: bool
    polls: int
    code: int = 150
    description: str = "Trwa przetwarzanie"
    details: list[str] = field(default_factory=list)
    extensions: dict[str, str] = field(default_factory=dict)
    kept: Kept | None = None


@dataclass
class Session:
    """An interactive session: its key, what came in it, whether it is closed."""

    reference: str
    nip: str
    key: bytes
    iv: bytes
    opened_at: datetime
    taken: dict[str, Taken] = field(default_factory=dict)
    is_closed: bool = False


@dataclass
class Answer:
    """What goes back over the wire."""

    status: HTTPStatus
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Faults:
    """How it misbehaves next: each number counts down to the usual."""

    down: int = 0  # 503
    expired: int = 0  # access tokens that are not valid any more
    slow: int = 0  # polls until an invoice is judged
    silent_close: float = 0.0  # seconds of silence after a session was closed
    silent_send: float = 0.0  # seconds of silence after an invoice was taken


class KsefPeer:
    """All that KSeF knows; everything is forgotten when the process ends."""

    def __init__(self, token: str, *, limits: Mapping[str, int] = LIMITS) -> None:
        self.log_in = LogIn(token)
        self.limits = dict(limits)
        self.faults = Faults()
        self.kept: dict[str, Kept] = {}
        self.sessions: dict[str, Session] = {}
        self.calls: dict[str, deque[float]] = defaultdict(deque)
        self.lock = threading.RLock()

    def answer(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Answer one call; the path begins with /v2."""
        parts = urlsplit(target)
        path = parts.path.split("/v2", 1)[-1]
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        try:
            with self.lock:
                if self.faults.down:
                    self.faults.down -= 1
                    raise Problem(HTTPStatus.SERVICE_UNAVAILABLE, "Usługa jest niedostępna")
                answer = self._route(method, path, query, headers, body)
        except Problem as refusal:
            return Answer(
                refusal.status, problem(refusal), {"Content-Type": "application/json", **refusal.headers}
            )
        self._be_silent(method, path)
        return answer

    def deposit(self, xml: bytes, *, at: datetime | None = None) -> str:
        """Keep an invoice that a supplier sent, as KSeF does; return its number."""
        invoice, _ = fa3.read(xml)
        return self._keep(xml, invoice, at or datetime.now(UTC)).ksef_number

    def _be_silent(self, method: str, path: str) -> None:
        """Done, but nobody hears of it."""
        if method == "POST" and path.endswith("/close") and self.faults.silent_close:
            seconds, self.faults.silent_close = self.faults.silent_close, 0.0
            time.sleep(seconds)
        if method == "POST" and path.endswith("/invoices") and self.faults.silent_send:
            seconds, self.faults.silent_send = self.faults.silent_send, 0.0
            time.sleep(seconds)

    def _route(
        self, method: str, path: str, query: dict[str, str], headers: Mapping[str, str], body: bytes
    ) -> Answer:
        if path.startswith(("/auth", "/security")):
            return _json(*self.log_in.answer(method, path, headers, body))
        nip = self._nip(headers)
        if method == "POST" and path == "/sessions/online":
            return self._open(nip, json.loads(body))
        if found := re.fullmatch(r"/sessions/online/([\w-]+)/(invoices|close)", path):
            session = self._session(found[1], nip)
            return self._take(session, json.loads(body)) if found[2] == "invoices" else self._close(session)
        if found := re.fullmatch(r"/sessions/([\w-]+)/invoices/([\w-]+)", path):
            return self._status(self._session(found[1], nip), found[2])
        if found := re.fullmatch(r"/sessions/([\w-]+)/invoices/(?:ksef/)?([\w-]+)/upo", path):
            return self._upo(self._session(found[1], nip), found[2])
        if method == "POST" and path == "/invoices/query/metadata":
            return self._listing(nip, json.loads(body), query)
        if found := re.fullmatch(r"/invoices/ksef/([\w-]+)", path):
            return self._invoice(nip, found[1])
        raise Problem(HTTPStatus.NOT_FOUND, "Nie znaleziono")

    def _nip(self, headers: Mapping[str, str]) -> str:
        if self.faults.expired:
            self.faults.expired -= 1
            raise Problem(HTTPStatus.UNAUTHORIZED, "Token wygasł")
        return self.log_in.nip_of(headers)

    def _open(self, nip: str, said: dict[str, Any]) -> Answer:
        self._count("open")
        if said["formCode"]["systemCode"] != "FA (3)":
            raise Problem(HTTPStatus.BAD_REQUEST, "Nieobsługiwany wzór", code=21405)
        encryption = said["encryption"]
        key = self.log_in.unlock(encryption["encryptedSymmetricKey"])
        iv = base64.b64decode(encryption["initializationVector"])
        if len(key) != 32 or len(iv) != 16:
            raise Problem(HTTPStatus.BAD_REQUEST, "Nieprawidłowy klucz", code=21405)
        now = datetime.now(UTC)
        session = Session(_reference("SO"), nip, key, iv, now)
        self.sessions[session.reference] = session
        return _json(
            HTTPStatus.CREATED,
            {
                "referenceNumber": session.reference,
                "validUntil": written(now + timedelta(hours=SESSION_HOURS)),
            },
        )

    def _take(self, session: Session, said: dict[str, Any]) -> Answer:
        self._count("send")
        if session.is_closed:
            raise Problem(HTTPStatus.BAD_REQUEST, "Sesja jest zamknięta", code=21180)
        sealed = base64.b64decode(said["encryptedInvoiceContent"])
        if digest(sealed) != said["encryptedInvoiceHash"] or len(sealed) != said["encryptedInvoiceSize"]:
            raise Problem(HTTPStatus.BAD_REQUEST, "Skrót lub rozmiar nie zgadza się z treścią", code=21155)
        taken = Taken(
            _reference("EE"), len(session.taken) + 1, _opened(sealed, session), bool(said.get("offlineMode")),
            self.faults.slow,
        )  # fmt: skip
        session.taken[taken.reference] = taken
        if taken.xml == b"" or digest(taken.xml) != said["invoiceHash"]:
            taken.code, taken.description = 430, "Błąd weryfikacji pliku faktury"
        return _json(HTTPStatus.ACCEPTED, {"referenceNumber": taken.reference})

    def _close(self, session: Session) -> Answer:
        session.is_closed = True
        return Answer(HTTPStatus.NO_CONTENT)

    def _status(self, session: Session, reference: str) -> Answer:
        taken = session.taken.get(reference)
        if taken is None:
            raise Problem(HTTPStatus.BAD_REQUEST, "Nie ma takiej faktury w sesji", code=21175)
        if taken.code == 150 and taken.polls:
            taken.polls -= 1
        elif taken.code == 150:
            self._judge(session, taken)
        status = {"code": taken.code, "description": taken.description, "details": taken.details or None}
        said: dict[str, Any] = {
            "ordinalNumber": taken.ordinal,
            "referenceNumber": taken.reference,
            "invoiceHash": digest(taken.xml),
            "invoicingDate": written(session.opened_at),
            "status": status | {"extensions": taken.extensions or None},
        }
        if taken.kept:
            said |= {
                "ksefNumber": taken.kept.ksef_number,
                "permanentStorageDate": written(taken.kept.stored_at),
            }
        return _json(HTTPStatus.OK, said)

    def _judge(self, session: Session, taken: Taken) -> None:
        """By size, schema, right and whether it came before."""
        if len(taken.xml) > LARGEST:
            taken.code, taken.description = 430, "Plik faktury jest za duży"
            return
        try:
            invoice, _ = fa3.read(taken.xml)
        except fa3.NotAnInvoice as error:
            taken.code, taken.description = 450, "Błąd weryfikacji semantyki dokumentu faktury"
            taken.details = [str(error)]
            return
        if invoice.seller.nip != session.nip:
            taken.code, taken.description = 410, "Nieprawidłowy zakres uprawnień"
            return
        same = next((one for one in self.kept.values() if _mark(one.invoice) == _mark(invoice)), None)
        if same is not None:
            taken.code, taken.description = 440, "Duplikat faktury"
            taken.details = [
                f"Duplikat faktury. Faktura o numerze KSeF: {same.ksef_number} została już przesłana"
            ]
            taken.extensions = {
                "originalKsefNumber": same.ksef_number,
                "originalSessionReferenceNumber": same.session,
            }
            return
        taken.kept = self._keep(taken.xml, invoice, datetime.now(UTC), session.reference)
        taken.code, taken.description = 200, "Sukces"

    def _keep(self, xml: bytes, invoice: fa3.Invoice, at: datetime, session: str = "") -> Kept:
        with self.lock:
            head = f"{invoice.seller.nip}-{at:%Y%m%d}-{secrets.token_hex(6).upper()}"
            kept = Kept(f"{head}-{crc8(head)}", xml, invoice, at, session)
            self.kept[kept.ksef_number] = kept
            return kept

    def _upo(self, session: Session, name: str) -> Answer:
        kept = self.kept.get(name)
        taken = session.taken.get(name)
        kept = kept or (taken.kept if taken else None)
        if kept is None or kept.session != session.reference:
            raise Problem(HTTPStatus.BAD_REQUEST, "UPO nie jest dostępne", code=21178)
        return Answer(HTTPStatus.OK, upo(kept, session.opened_at), {"Content-Type": "application/xml"})

    def _listing(self, nip: str, said: dict[str, Any], query: dict[str, str]) -> Answer:
        self._count("metadata")
        since = datetime.fromisoformat(said["dateRange"]["from"])
        until = datetime.fromisoformat(said["dateRange"].get("to") or written(datetime.now(UTC)))
        if (until - since).days > 100:
            raise Problem(HTTPStatus.BAD_REQUEST, "Zakres dat jest za długi", code=21405)
        is_seller = said["subjectType"] == "Subject1"
        found = sorted(
            (
                one
                for one in self.kept.values()
                if (one.invoice.seller if is_seller else one.invoice.buyer).nip == nip
                and since <= one.stored_at <= until
            ),
            key=lambda one: (one.stored_at, one.ksef_number),
        )
        size, page = int(query.get("pageSize", "100")), int(query.get("pageOffset", "0"))
        rows = found[page * size : (page + 1) * size]
        return _json(
            HTTPStatus.OK,
            {
                "hasMore": len(found) > (page + 1) * size,
                "isTruncated": False,
                "permanentStorageHwmDate": written(min(until, datetime.now(UTC))),
                "invoices": [metadata(one) for one in rows],
            },
        )

    def _invoice(self, nip: str, number: str) -> Answer:
        self._count("invoice")
        kept = self.kept.get(number)
        if kept is None or nip not in (kept.invoice.seller.nip, kept.invoice.buyer.nip):
            raise Problem(HTTPStatus.BAD_REQUEST, "Faktura o podanym numerze KSeF nie istnieje", code=21164)
        return Answer(
            HTTPStatus.OK, kept.xml, {"Content-Type": "application/xml", "x-ms-meta-hash": digest(kept.xml)}
        )

    def _session(self, reference: str, nip: str) -> Session:
        session = self.sessions.get(reference)
        if session is None or session.nip != nip:
            raise Problem(HTTPStatus.BAD_REQUEST, "Sesja nie istnieje", code=21173)
        return session

    def _count(self, kind: str) -> None:
        """The limits of KSeF count the last hour."""
        calls, now = self.calls[kind], time.monotonic()
        while calls and calls[0] < now - HOUR:
            calls.popleft()
        if len(calls) >= self.limits[kind]:
            wait = max(1, int(calls[0] + HOUR - now))
            raise Problem(
                HTTPStatus.TOO_MANY_REQUESTS, "Przekroczono limit żądań", headers={"Retry-After": str(wait)}
            )
        calls.append(now)


def _opened(sealed: bytes, session: Session) -> bytes:
    try:
        decryptor = Cipher(algorithms.AES(session.key), modes.CBC(session.iv)).decryptor()
        unpadder = PKCS7(128).unpadder()
        padded = decryptor.update(sealed) + decryptor.finalize()
        return unpadder.update(padded) + unpadder.finalize()
    except ValueError:
        return b""


def _mark(invoice: fa3.Invoice) -> tuple[str, str, str]:
    """What makes a duplicate: the seller's NIP, the kind and the number."""
    return invoice.seller.nip, invoice.kind, invoice.number


def _json(status: HTTPStatus, value: Any) -> Answer:
    return Answer(
        status, json.dumps(value, ensure_ascii=False).encode(), {"Content-Type": "application/json"}
    )


def _reference(kind: str) -> str:
    return (
        f"{datetime.now(UTC):%Y%m%d}-{kind}-{secrets.token_hex(5).upper()}-{secrets.token_hex(5).upper()}-00"
    )
