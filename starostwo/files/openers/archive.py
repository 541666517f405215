"""Opening ZIP containers: archives, office documents, ASiC. Nothing is unpacked to the disk."""

import io
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from starostwo.files.rules import kinds
from starostwo.files.rules.names import is_unsafe_member
from starostwo.files.rules.problems import Problem

MOST_BYTES = 500 << 20
FREE_BYTES = 10 << 20
MOST_RATIO = 100
MOST_MEMBERS = 10_000
DEEPEST = 3
CHUNK = 1 << 16
END_SIGNATURE = b"PK\x05\x06"
END_LENGTH = 22
LONGEST_COMMENT = 0xFFFF
ZIP64_END_LENGTH = 76
DESCRIPTOR_LENGTHS = (0, 12, 16, 20, 24)
LOCAL_HEADER = struct.Struct("<4s5H3L2H")
METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA}
BY_MIMETYPE = {
    kinds.ASICE.encode(): kinds.ASICE,
    kinds.ASICS.encode(): kinds.ASICS,
    kinds.ODT.encode(): kinds.ODT,
    kinds.ODS.encode(): kinds.ODS,
}


class Explodes(Exception):
    """The archive unpacks to more than its size allows, or holds archives in archives too deep."""


@dataclass
class Budget:
    """How many bytes may still come out of an archive, with all archives inside it."""

    packed: int
    unpacked: int = 0

    def spend(self, count: int) -> None:
        """Count unpacked bytes; refuse when they are too many for the packed size."""
        self.unpacked += count
        too_dense = self.unpacked > FREE_BYTES and self.unpacked > MOST_RATIO * self.packed
        if self.unpacked > MOST_BYTES or too_dense:
            raise Explodes


def inspect_zip(file: BinaryIO, size: int) -> tuple[str, set[Problem]]:
    """Return which kind of container it is and what speaks against it."""
    try:
        with zipfile.ZipFile(file) as archive:
            problems = set(_problems(archive, file, size))
            return _type_of(archive, problems)
    except Explodes:
        return kinds.ZIP, {Problem.EXPLODES}
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, OSError, struct.error):
        return kinds.ZIP, {Problem.DAMAGED}
    except RuntimeError:  # zipfile's answer to a member that needs a password
        return kinds.ZIP, {Problem.ENCRYPTED}


def ends_like_zip(tail: bytes) -> bool:
    """Whether the last bytes of a file of another kind also make it a ZIP archive."""
    end = tail.rfind(END_SIGNATURE)
    if end < 0 or len(tail) - end < END_LENGTH:
        return False
    directory_size = int.from_bytes(tail[end + 12 : end + 16], "little")
    start = end - directory_size
    return start < 0 or tail[start : start + 4] == b"PK\x01\x02"


def _problems(archive: zipfile.ZipFile, file: BinaryIO, size: int) -> Iterator[Problem]:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise Explodes
    if not members:
        yield Problem.EMPTY
    if not _is_seamless(archive, file, size):
        yield Problem.TWO_KINDS
    names = [member.filename for member in members]
    if len(set(names)) < len(names) or any(is_unsafe_member(member.orig_filename) for member in members):
        yield Problem.UNSAFE_NAMES
    if any(member.compress_type not in METHODS and not member.flag_bits & 1 for member in members):
        yield Problem.DAMAGED
    elif _unpack(archive, Budget(size), depth=1):
        yield Problem.ENCRYPTED


def _unpack(archive: zipfile.ZipFile, budget: Budget, *, depth: int) -> bool:
    """Read every member within the budget, archives inside too; return whether one is encrypted."""
    if depth > DEEPEST:
        raise Explodes
    is_encrypted = False
    for member in archive.infolist():
        if member.flag_bits & 1:
            is_encrypted = True
            continue
        with archive.open(member) as content:
            head = content.read(4)
            budget.spend(len(head))
            inner = io.BytesIO(head) if head == b"PK\x03\x04" else None
            while chunk := content.read(CHUNK):
                budget.spend(len(chunk))
                if inner:
                    inner.seek(0, io.SEEK_END)
                    inner.write(chunk)
        if inner:
            is_encrypted |= _unpack_inner(inner, budget, depth)
    return is_encrypted


def _unpack_inner(inner: BinaryIO, budget: Budget, depth: int) -> bool:
    try:
        with zipfile.ZipFile(inner) as archive:
            return _unpack(archive, budget, depth=depth + 1)
    except (zipfile.BadZipFile, NotImplementedError, EOFError):
        return False  # only looked like an archive; as a plain file it was read to its end


def _is_seamless(archive: zipfile.ZipFile, file: BinaryIO, size: int) -> bool:
    """Whether the members, the directory and the end follow one another without a gap or an overlap."""
    position = 0
    for member in sorted(archive.infolist(), key=lambda one: one.header_offset):
        gap = member.header_offset - position
        if gap and not (position and gap in DESCRIPTOR_LENGTHS):
            return False
        file.seek(member.header_offset)
        header = LOCAL_HEADER.unpack(file.read(LOCAL_HEADER.size))
        position = member.header_offset + LOCAL_HEADER.size + header[9] + header[10] + member.compress_size
    gap = archive.start_dir - position
    return gap in DESCRIPTOR_LENGTHS and _ends_with_its_directory(archive, file, size)


def _ends_with_its_directory(archive: zipfile.ZipFile, file: BinaryIO, size: int) -> bool:
    tail_start = max(0, size - END_LENGTH - LONGEST_COMMENT)
    file.seek(tail_start)
    tail = file.read()
    end = tail.rfind(END_SIGNATURE)
    comment_length = int.from_bytes(tail[end + 20 : end + 22], "little")
    if end + END_LENGTH + comment_length != len(tail):
        return False
    directory_size = int.from_bytes(tail[end + 12 : end + 16], "little")
    gap = tail_start + end - archive.start_dir - directory_size
    return gap in (0, ZIP64_END_LENGTH) or directory_size == 0xFFFFFFFF


def _type_of(archive: zipfile.ZipFile, problems: set[Problem]) -> tuple[str, set[Problem]]:
    names = {member.filename for member in archive.infolist()}
    first = archive.infolist()[0] if names else None
    if first and first.filename == "mimetype" and first.compress_type == zipfile.ZIP_STORED:
        said = archive.read(first)[:100].strip() if first.file_size < 100 else b""
        if said in BY_MIMETYPE:
            return BY_MIMETYPE[said], problems
    if "[Content_Types].xml" not in names:
        return kinds.ZIP, problems
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        return kinds.UNKNOWN, problems | {Problem.KIND}
    if "word/document.xml" in names:
        return kinds.DOCX, problems
    return (kinds.XLSX, problems) if "xl/workbook.xml" in names else (kinds.ZIP, problems)
