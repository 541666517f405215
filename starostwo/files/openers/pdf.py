"""Opening PDF: begins and ends as one, opens without a password, active content is named."""

from typing import Any, BinaryIO

import pikepdf

from starostwo.files.rules.problems import Problem

TAIL = 2048
WHITESPACE = b"\0\t\n\f\r "
ACTIVE_NAMES = ("/JavaScript", "/EmbeddedFiles")
ACTIVE_ACTIONS = frozenset({"/JavaScript", "/Launch", "/ImportData", "/SubmitForm"})


def inspect_pdf(file: BinaryIO, size: int) -> set[Problem]:
    """Return what speaks against the PDF."""
    file.seek(max(0, size - TAIL))
    _, end, behind = file.read().rpartition(b"%%EOF")
    if not end:
        return {Problem.DAMAGED}
    if behind.strip(WHITESPACE):  # what follows the end could be another file
        return {Problem.TWO_KINDS}
    file.seek(0)
    try:
        with pikepdf.open(file, suppress_warnings=True) as document:
            if not len(document.pages):
                return {Problem.DAMAGED}
            return {Problem.ACTIVE_CONTENT} if _is_active(document) else set()
    except pikepdf.PasswordError:
        return {Problem.ENCRYPTED}
    except (pikepdf.PdfError, ValueError, RuntimeError, TypeError, KeyError, AttributeError):
        return {Problem.DAMAGED}


def _is_active(document: pikepdf.Pdf) -> bool:
    names: Any = document.Root.get("/Names", {})
    if any(key in names for key in ACTIVE_NAMES) or "/AA" in document.Root:
        return True
    opening = document.Root.get("/OpenAction")
    if isinstance(opening, pikepdf.Dictionary) and _is_active_action(opening):
        return True
    return any(_has_active_action(page) for page in document.pages)


def _has_active_action(page: pikepdf.Page) -> bool:
    if "/AA" in page.obj:
        return True
    annotations: Any = page.obj.get("/Annots", [])
    return any(
        isinstance(one, pikepdf.Dictionary) and ("/AA" in one or _is_active_action(one.get("/A")))
        for one in annotations
    )


def _is_active_action(action: object) -> bool:
    return isinstance(action, pikepdf.Dictionary) and str(action.get("/S", "")) in ACTIVE_ACTIONS
