"""What a form-specific verifier (XAdES, PAdES, CAdES) found, before trust is asked about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from cryptography import x509

from starostwo.signatures.rules.report import Scope


class BrokenSignature(Exception):
    """The signature does not hold; carries the ETSI sub-indication and a detail for the log."""

    def __init__(self, subindication: str, detail: str = "") -> None:
        super().__init__(f"{subindication}: {detail}")
        self.subindication = subindication
        self.detail = detail


@dataclass(frozen=True)
class ClaimedPerson:
    """The person whom the ministry's seal names in a podpis zaufany."""

    given_name: str
    family_name: str
    pesel: str


@dataclass(frozen=True)
class TimestampClaim:
    """A time-stamp token found in a signature, with the bytes that it must be about."""

    token: bytes
    stamped: bytes


@dataclass(frozen=True)
class SignatureFacts:
    """One signature: an empty `broken` means that its mathematics and its structure hold."""

    form: str
    broken: str = ""
    detail: str = ""
    certificate: x509.Certificate | None = None
    other_certificates: tuple[x509.Certificate, ...] = ()
    claimed_at: datetime | None = None
    timestamps: tuple[TimestampClaim, ...] = ()
    scopes: tuple[Scope, ...] = ()
    payloads: Mapping[str, bytes] = field(default_factory=dict)
    changed_after: bool = False
    is_weak: bool = False
    is_bare: bool = False
    person: ClaimedPerson | None = None
