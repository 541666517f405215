"""One signer of a CMS structure: the part that PAdES, CAdES and time-stamp tokens have in common."""

from collections.abc import Callable

from asn1crypto import cms, core
from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from pyhanko.sign.general import CMSExtractionError, CMSStructuralError
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.generic_cms import (
    extract_certs_for_validation,
    extract_self_reported_ts,
    get_signing_cert_attr,
    validate_sig_integrity,
)

from starostwo.signatures.facts import BrokenSignature, SignatureFacts, TimestampClaim

DIGESTS: dict[str, hashes.HashAlgorithm] = {
    "sha1": hashes.SHA1(),  # noqa: S303 -- read to name an old signature as weak, never trusted
    "sha256": hashes.SHA256(),
    "sha384": hashes.SHA384(),
    "sha512": hashes.SHA512(),
}
WEAKEST_RSA = 2048
CMS_ERRORS = (CMSExtractionError, CMSStructuralError, ValueError, TypeError, KeyError, UnsupportedAlgorithm)


def digest(data: bytes, algorithm: str) -> bytes:
    """Return the digest by its CMS name; algorithms outside the list are refused."""
    if algorithm not in DIGESTS:
        raise BrokenSignature("FORMAT_FAILURE", f"niedozwolony skrót {algorithm}")
    hasher = hashes.Hash(DIGESTS[algorithm])
    hasher.update(data)
    return hasher.finalize()


def check_signer(
    signed_data: cms.SignedData, digest_of: Callable[[str], bytes], *, form: str, content_type: str = "data"
) -> SignatureFacts:
    """Check a SignedData that has exactly one signer against the digest of what he signed."""
    try:
        return _checked(signed_data, digest_of, form, content_type)
    except BrokenSignature as broken:
        return SignatureFacts(form, broken.subindication, broken.detail, _known(signed_data))
    except SignatureValidationError as error:
        status = error.ades_subindication
        name = getattr(status, "standard_name", "GENERIC") if status else "FORMAT_FAILURE"
        return SignatureFacts(form, name, error.failure_message, _known(signed_data))
    except CMS_ERRORS as error:
        return SignatureFacts(form, "FORMAT_FAILURE", str(error), _known(signed_data))


def _checked(
    signed_data: cms.SignedData, digest_of: Callable[[str], bytes], form: str, content_type: str
) -> SignatureFacts:
    info = signed_data["signer_infos"][0]
    certificates = extract_certs_for_validation(signed_data)
    algorithm = info["digest_algorithm"]["algorithm"].native
    intact, valid = validate_sig_integrity(
        info,
        certificates.signer_cert,
        expected_content_type=content_type,
        actual_digest=digest_of(algorithm),
    )
    if not intact:
        raise BrokenSignature("HASH_FAILURE")
    if not valid:
        raise BrokenSignature("SIG_CRYPTO_FAILURE")
    certificate = _load(certificates.signer_cert.dump())
    return SignatureFacts(
        form=form,
        certificate=certificate,
        other_certificates=tuple(_load(each.dump()) for each in certificates.other_certs),
        claimed_at=extract_self_reported_ts(info),
        timestamps=_timestamps(info),
        is_weak=algorithm == "sha1" or _is_weak(certificate),
        is_bare=info["signed_attrs"] is core.VOID or get_signing_cert_attr(info["signed_attrs"]) is None,
    )


def _known(signed_data: cms.SignedData) -> x509.Certificate | None:
    """The signer's certificate of a broken signature, as far as it can be read."""
    try:
        found = extract_certs_for_validation(signed_data)
        return _load(found.signer_cert.dump())
    except (SignatureValidationError, *CMS_ERRORS):
        return None


def _timestamps(info: cms.SignerInfo) -> tuple[TimestampClaim, ...]:
    if info["unsigned_attrs"] is core.VOID:
        return ()
    return tuple(
        TimestampClaim(value.dump(), info["signature"].native)
        for attribute in info["unsigned_attrs"]
        if attribute["type"].native == "signature_time_stamp_token"
        for value in attribute["values"]
    )


def _is_weak(certificate: x509.Certificate) -> bool:
    key = certificate.public_key()
    return isinstance(key, rsa.RSAPublicKey) and key.key_size < WEAKEST_RSA


def _load(der: bytes) -> x509.Certificate:
    return x509.load_der_x509_certificate(der)
