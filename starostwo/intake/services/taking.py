"""Taking files in, outside of transactions: kept, looked at, scanned, their signatures validated."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import BinaryIO

from starostwo.files import api as files
from starostwo.intake.rules.limits import STANDARD, Limits, OverLimit, check_limits, distinct_names
from starostwo.intake.rules.signed import may_be_signed, may_point_outside
from starostwo.signatures import api as signatures


class Part(StrEnum):
    """What a file is in its submission: a file, the form's data beside a document, a signature beside it."""

    FILE = "FILE"
    DATA = "DATA"
    SIGNATURE = "SIGNATURE"


@dataclass(frozen=True)
class Upload:
    """A file as somebody sent it."""

    name: str
    content: BinaryIO
    part: Part = Part.FILE


@dataclass(frozen=True)
class Taken:
    """A file that is kept, and what was found out about it."""

    name: str
    blob: files.Blob
    media_type: str = ""
    part: Part = Part.FILE
    problems: tuple[files.Problem, ...] = ()
    report: signatures.SignatureReport | None = None

    @property
    def quarantine(self) -> tuple[files.Problem, ...]:
        """The problems for which nobody may open the file yet."""
        return tuple(each for each in self.problems if each.consequence is files.Consequence.QUARANTINE)


class Refused(Exception):
    """The submission is not taken in and no receipt is given; the text says why and what to do."""

    def __init__(self, problem: files.Problem, name: str, detail: str = "") -> None:
        super().__init__(detail or problem.text)
        self.problem = problem
        self.name = name


def keep(uploads: Sequence[Upload], *, limits: Limits = STANDARD) -> list[Taken]:
    """Keep the bytes of every file, synced to the disk, within the limits."""
    names = distinct_names([files.safe_name(upload.name) for upload in uploads])
    taken: list[Taken] = []
    for upload, name in zip(uploads, names, strict=True):
        try:
            blob = files.put(upload.content, name=name, limit=limits.file_bytes)
            taken.append(Taken(name, blob, blob.media_type, upload.part))
            check_limits([each.blob.size for each in taken], limits)
        except (files.TooLarge, OverLimit) as error:
            detail = str(error) if isinstance(error, OverLimit) else ""
            raise Refused(files.Problem.TOO_LARGE, name, detail) from error
    return taken


def look_at(taken: Sequence[Taken]) -> list[Taken]:
    """Look at every file by content and have it scanned; one that may not be taken in refuses all."""
    looked = []
    for each in taken:
        inspection = files.inspect(each.blob, each.name)
        if inspection.refusals:
            raise Refused(inspection.refusals[0], each.name)
        looked.append(replace(each, media_type=inspection.media_type, problems=inspection.problems))
    return [_scanned(each) for each in looked]


def look_again(taken: Sequence[Taken]) -> list[Taken]:
    """Look at files that wait in quarantine once more, with what the openers and the scanner know today."""
    return [_scanned(replace(each, problems=files.inspect(each.blob, each.name).problems)) for each in taken]


def validate(taken: Sequence[Taken], *, at: datetime) -> list[Taken]:
    """Validate the signatures of every file; a bad or missing one is written down and refuses nothing."""
    return [replace(each, report=_report(each, taken, at)) for each in taken]


def bytes_of(blob: files.Blob) -> bytes:
    """Return the stored bytes."""
    with files.open_blob(blob.sha256) as file:
        return file.read()


def _scanned(taken: Taken) -> Taken:
    problem = files.scan(taken.blob)
    if problem is None or problem in taken.problems:
        return taken
    return replace(taken, problems=(*taken.problems, problem))


def _report(one: Taken, all_taken: Sequence[Taken], at: datetime) -> signatures.SignatureReport | None:
    if not may_be_signed(one.media_type):
        return None
    may_point = may_point_outside(one.media_type)
    others = {each.name: bytes_of(each.blob) for each in all_taken if may_point and each is not one}
    return signatures.verify(bytes_of(one.blob), name=one.name, attachments=others, at=at)
