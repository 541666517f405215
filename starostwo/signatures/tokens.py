"""Reading an RFC 3161 time-stamp token: when, over what, and by an authority that we trust."""

import hmac
from collections.abc import Callable
from datetime import datetime

from asn1crypto import cms, tsp
from cryptography import x509
from cryptography.x509.oid import ExtendedKeyUsageOID

from starostwo.signatures.chains import check_chain
from starostwo.signatures.cms import CMS_ERRORS, check_signer, digest
from starostwo.signatures.facts import BrokenSignature, SignatureFacts
from starostwo.signatures.marking import is_demonstration
from starostwo.signatures.trust import Trust


class NotATimestamp(Exception):
    """The token is broken, is about other data, or comes from nobody whom we trust."""


def stamped_at(token: bytes, *, stamped: bytes, trust: Trust) -> datetime:
    """Return the moment that the token proves for these bytes."""
    return _moment(token, trust, lambda algorithm: digest(stamped, algorithm))


def stamped_digest_at(token: bytes, *, sha256: bytes, trust: Trust) -> datetime:
    """Return the moment that the token proves for data known by its SHA-256 alone."""
    return _moment(token, trust, lambda algorithm: sha256 if algorithm == "sha256" else b"")


def _moment(token: bytes, trust: Trust, imprint_of: Callable[[str], bytes]) -> datetime:
    try:
        info, facts = _read(token)
        imprint = info["message_imprint"]
        expected = imprint_of(imprint["hash_algorithm"]["algorithm"].native)
        moment: datetime = info["gen_time"].native
    except (*CMS_ERRORS, BrokenSignature) as error:
        raise NotATimestamp("niepoprawny znacznik czasu") from error
    if not hmac.compare_digest(imprint["hashed_message"].native, expected):
        raise NotATimestamp("znacznik czasu dotyczy innych danych")
    if facts.broken or facts.certificate is None or facts.is_weak:
        raise NotATimestamp("znacznik czasu ma uszkodzony lub przestarzały podpis")
    _require_authority(facts, trust, moment)
    return moment


def _read(token: bytes) -> tuple[tsp.TSTInfo, SignatureFacts]:
    signed_data = cms.ContentInfo.load(token)["content"]
    content = signed_data["encap_content_info"]
    if content["content_type"].native != "tst_info" or len(signed_data["signer_infos"]) != 1:
        raise NotATimestamp("to nie jest znacznik czasu")
    raw = bytes(content["content"])
    facts = check_signer(
        signed_data, lambda algorithm: digest(raw, algorithm), form="RFC3161", content_type="tst_info"
    )
    return content["content"].parsed, facts


def _require_authority(facts: SignatureFacts, trust: Trust, moment: datetime) -> None:
    certificate = facts.certificate
    if certificate is None or not _may_stamp(certificate):
        raise NotATimestamp("certyfikat nie służy do znakowania czasem")
    if is_demonstration(certificate) and not trust.accepts_demo:
        raise NotATimestamp("testowy znacznik czasu")
    outcome = check_chain(certificate, facts.other_certificates, trust=trust, at=moment, kinds=("tsa",))
    if outcome.subindication:
        raise NotATimestamp("znacznik czasu od niezaufanego wystawcy")


def _may_stamp(certificate: x509.Certificate) -> bool:
    """RFC 3161 section 2.3: the purpose is critical and the only one."""
    try:
        purposes = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage)
    except x509.ExtensionNotFound:
        return False
    return purposes.critical and list(purposes.value) == [ExtendedKeyUsageOID.TIME_STAMPING]
