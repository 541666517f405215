"""From a certificate to a trust anchor: built and checked by pyHanko's validator, without any network."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    ExpiredError,
    InsufficientRevinfoError,
    NotYetValidError,
    PathBuildingError,
    RevokedError,
    ValidationError,
)

from starostwo.signatures.trust import Trust


@dataclass(frozen=True)
class ChainOutcome:
    """The chain that was found, the kind of its anchor, and a sub-indication when it does not hold."""

    chain: tuple[x509.Certificate, ...]
    kind: str
    subindication: str
    revoked_at: datetime | None = None


def check_chain(
    certificate: x509.Certificate,
    others: Sequence[x509.Certificate],
    *,
    trust: Trust,
    at: datetime,
    kinds: Sequence[str],
) -> ChainOutcome:
    """Return the outcome for the first kind of anchor that the certificate leads to."""
    found = ChainOutcome((certificate,), "", "NO_CERTIFICATE_CHAIN_FOUND")
    for kind in kinds:
        outcome = asyncio.run(_check(certificate, others, trust, at, kind))
        if not outcome.subindication:
            return outcome
        if outcome.subindication != "NO_CERTIFICATE_CHAIN_FOUND" and not found.kind:
            found = outcome
    return found


async def _check(
    certificate: x509.Certificate, others: Sequence[x509.Certificate], trust: Trust, at: datetime, kind: str
) -> ChainOutcome:
    """Ask with revocation required; when only that is missing, the chain holds but is to be asked again."""
    nothing = ChainOutcome((certificate,), "", "NO_CERTIFICATE_CHAIN_FOUND")
    anchors = trust.anchors.get(kind, ())
    if not anchors:
        return nothing
    try:
        return await _path(certificate, others, anchors, trust, at, kind, revocation="require")
    except InsufficientRevinfoError:
        return await _without_revocation(certificate, others, anchors, trust, at, kind)
    except PathBuildingError:
        return nothing
    except ValidationError as error:
        return _failed(error, certificate, kind)


async def _without_revocation(
    certificate: x509.Certificate,
    others: Sequence[x509.Certificate],
    anchors: Sequence[x509.Certificate],
    trust: Trust,
    at: datetime,
    kind: str,
) -> ChainOutcome:
    try:
        found = await _path(certificate, others, anchors, trust, at, kind, revocation="soft-fail")
    except ValidationError as error:
        return _failed(error, certificate, kind)
    return ChainOutcome(found.chain, kind, "TRY_LATER")


async def _path(
    certificate: x509.Certificate,
    others: Sequence[x509.Certificate],
    anchors: Sequence[x509.Certificate],
    trust: Trust,
    at: datetime,
    kind: str,
    *,
    revocation: str,
) -> ChainOutcome:
    context = ValidationContext(
        trust_roots=[_asn1(each) for each in anchors],
        moment=at,
        allow_fetching=False,
        crls=list(trust.crls),
        ocsps=[],
        revocation_mode=revocation,
        retroactive_revinfo=True,
    )
    validator = CertificateValidator(
        _asn1(certificate), intermediate_certs=[_asn1(each) for each in others], validation_context=context
    )
    path = await validator.async_validate_path()
    chain = tuple(x509.load_der_x509_certificate(each.dump()) for each in path.iter_certs(include_root=True))
    return ChainOutcome(tuple(reversed(chain)), kind, "")


def _failed(error: ValidationError, certificate: x509.Certificate, kind: str) -> ChainOutcome:
    chain = (certificate,)
    if isinstance(error, RevokedError):
        return ChainOutcome(chain, kind, "REVOKED_NO_POE", revoked_at=error.revocation_dt)
    if isinstance(error, ExpiredError):
        return ChainOutcome(chain, kind, "OUT_OF_BOUNDS_NO_POE")
    if isinstance(error, NotYetValidError):
        return ChainOutcome(chain, kind, "NOT_YET_VALID")
    return ChainOutcome(chain, kind, "CHAIN_CONSTRAINTS_FAILURE")


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
