"""The report of a verification: what was signed, by whom, and how far it can be relied on.

The words are those of ETSI EN 319 102-1 (indication, sub-indication); the colour and the Polish
reason are for the official who looks at the letter.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from hashlib import sha256
from typing import Any

POLICY = "starostwo-1"
VERIFIER = "starostwo.signatures 1"


class Verdict(StrEnum):
    """What an official sees at a glance."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    NONE = "none"


class Indication(StrEnum):
    """The three outcomes of ETSI EN 319 102-1 section 5.1.3."""

    PASSED = "TOTAL-PASSED"
    INDETERMINATE = "INDETERMINATE"
    FAILED = "TOTAL-FAILED"


class Qualification(StrEnum):
    """The legal kind of a signature. Law: eIDAS art. 3, ustawa o informatyzacji art. 3 pkt 14a."""

    QES = "QES"
    QESEAL = "QESEAL"
    ADES_QC = "ADES_QC"
    TRUSTED_PROFILE = "TRUSTED_PROFILE"
    PERSONAL = "PERSONAL"
    NONE = "NONE"


LABELS = {
    Qualification.QES: "kwalifikowany podpis elektroniczny",
    Qualification.QESEAL: "kwalifikowana pieczęć elektroniczna",
    Qualification.ADES_QC: "podpis zaawansowany z kwalifikowanym certyfikatem",
    Qualification.TRUSTED_PROFILE: "podpis zaufany",
    Qualification.PERSONAL: "podpis osobisty",
    Qualification.NONE: "podpis elektroniczny",
}


@dataclass(frozen=True)
class Scope:
    """One object that a signature covers: the document, an element of it, a file or a revision."""

    kind: str
    name: str
    whole: bool


@dataclass(frozen=True)
class CertificateSummary:
    """What is kept of a certificate beside its raw bytes."""

    subject: str
    issuer: str
    serial: str
    valid_from: datetime
    valid_to: datetime
    sha256: str


@dataclass(frozen=True)
class Finding:
    """What was found out about one signature of a file."""

    form: str
    level: str
    indication: Indication
    subindication: str
    reason: str
    verdict: Verdict
    qualification: Qualification
    signer: str
    issuer: str
    scopes: tuple[Scope, ...]
    claimed_at: datetime | None
    proven_at: datetime | None
    chain: tuple[CertificateSummary, ...]
    is_test: bool
    revocation: str
    pesel: str = ""
    pesel_hash: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def kind(self) -> str:
        """The legal kind in words; a demonstration's certificate only plays at it."""
        return f"TEST: {LABELS[self.qualification]}" if self.is_test else LABELS[self.qualification]


@dataclass(frozen=True)
class SignatureReport:
    """The outcome for a whole file. Made once at receipt and never changed.

    `payloads` holds the only bytes that an application may show or read as signed; they are
    handed on beside the report and are not part of its stored form.
    """

    verdict: Verdict
    reason: str
    form: str
    findings: tuple[Finding, ...]
    unsigned_files: tuple[str, ...]
    checked_at: datetime
    content_sha256: str
    policy: str = POLICY
    verifier: str = VERIFIER
    payloads: Mapping[str, bytes] = field(default_factory=dict, compare=False, repr=False)

    @property
    def payload(self) -> bytes | None:
        """The signed bytes of the file's main object, or None when nothing is signed."""
        return next(iter(self.payloads.values()), None)

    @property
    def signer(self) -> str:
        """The names of all who signed, as they are shown in a list."""
        return ", ".join(dict.fromkeys(finding.signer for finding in self.findings if finding.signer))

    @property
    def pesel_hash(self) -> str:
        """The keyed hash of the first signer's PESEL; empty when he did not give one."""
        return next((finding.pesel_hash for finding in self.findings if finding.pesel_hash), "")

    @property
    def is_test(self) -> bool:
        """Whether a demonstration key made any of the signatures."""
        return any(finding.is_test for finding in self.findings)

    def as_dict(self) -> dict[str, Any]:
        """The stored form: plain JSON values, without the payloads and without a readable PESEL."""
        plain = asdict(replace(self, payloads={}))
        del plain["payloads"]
        plain["payload_sha256"] = {name: sha256(data).hexdigest() for name, data in self.payloads.items()}
        for finding in plain["findings"]:
            del finding["pesel"]
        stored: dict[str, Any] = _jsonable(plain)
        return stored


def report_from_dict(stored: Mapping[str, Any]) -> SignatureReport:
    """Read back what `as_dict` made; the payloads stay with the file they came from."""
    values = {key: value for key, value in stored.items() if key != "payload_sha256"}
    values["verdict"] = Verdict(values["verdict"])
    values["findings"] = tuple(_finding_from_dict(each) for each in values["findings"])
    values["unsigned_files"] = tuple(values["unsigned_files"])
    values["checked_at"] = datetime.fromisoformat(values["checked_at"])
    return SignatureReport(**values)


def _finding_from_dict(stored: Mapping[str, Any]) -> Finding:
    return Finding(
        **{
            **stored,
            "indication": Indication(stored["indication"]),
            "verdict": Verdict(stored["verdict"]),
            "qualification": Qualification(stored["qualification"]),
            "scopes": tuple(Scope(**scope) for scope in stored["scopes"]),
            "claimed_at": _moment(stored["claimed_at"]),
            "proven_at": _moment(stored["proven_at"]),
            "chain": tuple(_certificate_from_dict(each) for each in stored["chain"]),
            "remarks": tuple(stored["remarks"]),
        }
    )


def _certificate_from_dict(stored: Mapping[str, Any]) -> CertificateSummary:
    moments = {key: datetime.fromisoformat(stored[key]) for key in ("valid_from", "valid_to")}
    return CertificateSummary(**{**stored, **moments})


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _jsonable(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _jsonable(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return [_jsonable(each) for each in value]
    return value.isoformat() if isinstance(value, datetime) else value
