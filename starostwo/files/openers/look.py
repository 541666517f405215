"""Looking at one file: its kind by content, then the strict opener of that kind."""

import os
from typing import BinaryIO

from starostwo.files.openers.archive import LONGEST_COMMENT, ends_like_zip, inspect_zip
from starostwo.files.openers.image import inspect_image
from starostwo.files.openers.markup import inspect_xml
from starostwo.files.openers.pdf import inspect_pdf
from starostwo.files.openers.plain import inspect_cms, inspect_text
from starostwo.files.rules import kinds
from starostwo.files.rules.problems import Inspection, Problem

HEAD = 4096
PDF_HEAD = 1024
TEXT_EXTENSIONS = kinds.KIND_OF[kinds.TEXT].extensions


def look(file: BinaryIO, name: str) -> Inspection:
    """Return what the file is and what speaks against it."""
    size = file.seek(0, os.SEEK_END)
    if size == 0:
        return Inspection(kinds.UNKNOWN, (Problem.EMPTY,))
    file.seek(0)
    head = file.read(HEAD)
    family = kinds.family_of(head)
    extension = kinds.extension_of(name)
    if family == kinds.UNKNOWN or (extension and extension not in kinds.ALLOWED_EXTENSIONS):
        return Inspection(kinds.UNKNOWN, (Problem.KIND,))
    media_type, problems = _open(file, family, size, extension)
    if _is_another_kind_too(file, family, size, head):
        problems.add(Problem.TWO_KINDS)
    if extension and media_type in kinds.KIND_OF and extension not in kinds.KIND_OF[media_type].extensions:
        problems.add(Problem.MISNAMED)
    return Inspection(media_type, tuple(sorted(problems, key=list(Problem).index)))


def _open(file: BinaryIO, family: str, size: int, extension: str) -> tuple[str, set[Problem]]:
    file.seek(0)
    if family == kinds.ZIP:
        return inspect_zip(file, size)
    if family == kinds.PDF:
        return family, inspect_pdf(file, size)
    if family in (kinds.PNG, kinds.JPEG, kinds.TIFF):
        return family, inspect_image(file, family)
    if family == kinds.P7S:
        return family, inspect_cms(file)
    if family == kinds.XML:
        problems = inspect_xml(file)
        if problems != {Problem.XML_BROKEN} or extension not in TEXT_EXTENSIONS:
            return family, problems
        file.seek(0)
    return kinds.TEXT, inspect_text(file)


def _is_another_kind_too(file: BinaryIO, family: str, size: int, head: bytes) -> bool:
    """Whether other programs would open the same bytes as a ZIP or as a PDF."""
    if family == kinds.ZIP:
        return False
    file.seek(max(0, size - LONGEST_COMMENT - 22))
    return ends_like_zip(file.read()) or (family != kinds.PDF and b"%PDF-" in head[:PDF_HEAD])
