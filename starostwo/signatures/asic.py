"""ASiC containers (ETSI EN 319 162): a ZIP with documents and their signatures in META-INF."""

import contextlib
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from urllib.parse import unquote

from starostwo.platform.safe_xml import UnsafeXml, parse
from starostwo.signatures import cades
from starostwo.signatures.facts import BrokenSignature, SignatureFacts
from starostwo.signatures.rules.report import Scope
from starostwo.signatures.xades import verifier
from starostwo.signatures.xades.names import ASIC
from starostwo.signatures.xades.references import digest_holds

FORM = "ASiC"
MIMETYPES = frozenset({b"application/vnd.etsi.asic-e+zip", b"application/vnd.etsi.asic-s+zip"})
MAX_MEMBERS = 1000
MAX_TOTAL = 200 * 1024 * 1024
MAX_RATIO = 100


def is_container(content: bytes) -> bool:
    """Whether the file is a ZIP that calls itself ASiC in its first, stored member."""
    if not content.startswith(b"PK\x03\x04"):
        return False
    name_length, extra_length = (
        int.from_bytes(content[26:28], "little"),
        int.from_bytes(content[28:30], "little"),
    )
    start = 30 + name_length + extra_length
    is_stored = content[8:10] == b"\0\0" and content[30 : 30 + name_length] == b"mimetype"
    return is_stored and any(content[start:].startswith(each + b"PK") for each in MIMETYPES)


def verify(content: bytes) -> tuple[list[SignatureFacts], tuple[str, ...]]:
    """Return the facts of every signature and the members that none of the good ones covers."""
    try:
        members = _members(content)
        data = {name: each for name, each in members.items() if not _is_meta(name)}
        found = [fact for name in members for fact in _facts(name, members, data)]
    except BrokenSignature as broken:
        return [SignatureFacts(FORM, broken.subindication, broken.detail)], ()
    covered = {scope.name for facts in found if not facts.broken for scope in facts.scopes}
    return found, tuple(name for name in data if name not in covered)


def _facts(name: str, members: Mapping[str, bytes], data: Mapping[str, bytes]) -> list[SignatureFacts]:
    lower = name.lower()
    if not lower.startswith("meta-inf/"):
        return []
    if "signature" in lower and lower.endswith(".xml"):
        return verifier.verify(members[name], members)
    if "signature" in lower and lower.endswith((".p7s", ".p7m")):
        return _cades(name, members, data)
    return []


def _cades(name: str, members: Mapping[str, bytes], data: Mapping[str, bytes]) -> list[SignatureFacts]:
    """ASiC-S signs its one member; ASiC-E signs a manifest, which lists the digests of members."""
    signed_data = cades.signed_data_of(members[name])
    if signed_data is None:
        return [SignatureFacts(FORM, "FORMAT_FAILURE", name)]
    manifest = _manifest_of(name, members)
    if manifest is not None:
        found = cades.verify(signed_data, {manifest: members[manifest]})
        return [each if each.broken else _through_manifest(each, members[manifest], data) for each in found]
    if len(data) == 1:
        return cades.verify(signed_data, data)
    return [SignatureFacts(FORM, "GENERIC", "brak manifestu, którego dotyczy podpis")]


def _manifest_of(signature: str, members: Mapping[str, bytes]) -> str | None:
    """The manifest that names this signature file as its own."""
    for name, content in members.items():
        if name.lower().startswith("meta-inf/asicmanifest"):
            with contextlib.suppress(UnsafeXml):
                found = parse(content).find(f"{{{ASIC}}}SigReference")
                if found is not None and unquote(found.get("URI", "")) == signature:
                    return name
    return None


def _through_manifest(facts: SignatureFacts, manifest: bytes, data: Mapping[str, bytes]) -> SignatureFacts:
    """What the signature of a manifest covers are the members with the digests listed there."""
    covered: dict[str, bytes] = {}
    for entry in parse(manifest).iter(f"{{{ASIC}}}DataObjectReference"):
        name = unquote(entry.get("URI", ""))
        if name not in data:
            return replace(facts, broken="SIGNED_DATA_NOT_FOUND", detail=name, payloads={})
        if not digest_holds(entry, data[name]):
            return replace(facts, broken="HASH_FAILURE", detail=name, payloads={})
        covered[name] = data[name]
    return replace(facts, scopes=tuple(Scope("file", name, whole=True) for name in covered), payloads=covered)


def _members(content: bytes) -> dict[str, bytes]:
    """Unpack within limits; a container that explodes or names a member twice is refused."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = [each for each in archive.infolist() if not each.is_dir()]
            _refuse_unsafe(entries, len(content))
            return {entry.filename: _read(archive, entry) for entry in entries}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise BrokenSignature("FORMAT_FAILURE", "uszkodzony kontener") from error


def _refuse_unsafe(entries: list[zipfile.ZipInfo], packed: int) -> None:
    names = [unquote(entry.filename) for entry in entries]
    if len(names) > MAX_MEMBERS or len(set(names)) != len(names):
        raise BrokenSignature("FORMAT_FAILURE", "powtórzone nazwy plików lub ich nadmiar")
    if any(name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") for name in names):
        raise BrokenSignature("FORMAT_FAILURE", "niedozwolona nazwa pliku")
    total = sum(entry.file_size for entry in entries)
    if total > MAX_TOTAL or total > MAX_RATIO * packed:
        raise BrokenSignature("FORMAT_FAILURE", "kontener rozpakowuje się do nadmiernego rozmiaru")


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    with archive.open(entry) as member:
        data = member.read(entry.file_size + 1)
    if len(data) != entry.file_size:
        raise BrokenSignature("FORMAT_FAILURE", "rozmiar pliku w kontenerze jest nieprawdziwy")
    return data


def _is_meta(name: str) -> bool:
    return name == "mimetype" or name.lower().startswith("meta-inf/")
