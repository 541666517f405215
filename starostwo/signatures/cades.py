"""CMS signatures (.p7s, .p7m, .sig): the content inside, or in a file sent beside it."""

from base64 import b64decode
from collections.abc import Mapping
from dataclasses import replace

from asn1crypto import cms, core, pem

from starostwo.signatures.cms import CMS_ERRORS, check_signer, digest
from starostwo.signatures.facts import BrokenSignature, SignatureFacts
from starostwo.signatures.rules.report import Scope

FORM = "CAdES"
MAX_SIGNERS = 50


def signed_data_of(content: bytes) -> cms.SignedData | None:
    """Return the SignedData of a CMS file in DER, PEM or bare base64; None when it is none."""
    try:
        if pem.detect(content):
            content = pem.unarmor(content)[2]
        elif content[:2] == b"MI":
            content = b64decode(b"".join(content.split()), validate=True)
        if content[:1] != b"\x30":
            return None
        info = cms.ContentInfo.load(content, strict=True)
        return info["content"] if info["content_type"].native == "signed_data" else None
    except CMS_ERRORS:
        return None


def verify(signed_data: cms.SignedData, files: Mapping[str, bytes]) -> list[SignatureFacts]:
    """Return what holds of each signer; a structure with several is taken apart first."""
    try:
        signers = list(signed_data["signer_infos"])
        if not 0 < len(signers) <= MAX_SIGNERS:
            return [SignatureFacts(FORM, "FORMAT_FAILURE", "brak podpisów lub ich nadmiar")]
        return [_one_signer(signed_data, signer, files) for signer in signers]
    except CMS_ERRORS as error:
        return [SignatureFacts(FORM, "FORMAT_FAILURE", str(error))]


def _one_signer(
    signed_data: cms.SignedData, signer: cms.SignerInfo, files: Mapping[str, bytes]
) -> SignatureFacts:
    alone = signed_data.copy()
    alone["signer_infos"] = [signer]
    try:
        name, data, kind = _content(signed_data, signer, files)
    except BrokenSignature as broken:
        facts = check_signer(alone, lambda _: b"", form=FORM)
        return replace(facts, broken=broken.subindication, detail=broken.detail)
    content_type = signed_data["encap_content_info"]["content_type"].native
    facts = check_signer(
        alone, lambda algorithm: digest(data, algorithm), form=FORM, content_type=content_type
    )
    payloads = {} if facts.broken else {name: data}
    return replace(facts, scopes=(Scope(kind, name, whole=True),), payloads=payloads)


def _content(
    signed_data: cms.SignedData, signer: cms.SignerInfo, files: Mapping[str, bytes]
) -> tuple[str, bytes, str]:
    """The content inside; else the file of the signed digest; else the only file, which then fails."""
    inside = signed_data["encap_content_info"]["content"]
    if inside.native is not None:
        return "treść podpisu", bytes(inside), "document"
    algorithm = signer["digest_algorithm"]["algorithm"].native
    expected = _message_digest(signer)
    for name, data in files.items():
        if expected is not None and digest(data, algorithm) == expected:
            return name, data, "file"
    if len(files) == 1:
        name, data = next(iter(files.items()))
        return name, data, "file"
    raise BrokenSignature("SIGNED_DATA_NOT_FOUND", "brak pliku, którego dotyczy podpis")


def _message_digest(signer: cms.SignerInfo) -> bytes | None:
    if signer["signed_attrs"] is core.VOID:
        return None
    found = [
        each["values"][0].native for each in signer["signed_attrs"] if each["type"].native == "message_digest"
    ]
    return found[0] if len(found) == 1 else None
