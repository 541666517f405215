"""Having stored files scanned, and keeping the result with the file."""

import logging
from dataclasses import dataclass

from django.conf import settings

from starostwo.files import clamd, store
from starostwo.files.models import Blob
from starostwo.files.rules.problems import Problem

log = logging.getLogger(__name__)
ENCRYPTED_PREFIX = "Heuristics.Encrypted."
LONGEST_NOTE = 300
PROBLEM_OF = {
    Blob.Scan.INFECTED: Problem.VIRUS,
    Blob.Scan.ENCRYPTED: Problem.ENCRYPTED,
    Blob.Scan.SCANNER_DOWN: Problem.SCANNER_DOWN,
}


@dataclass(frozen=True)
class ScannerState:
    """Whether a scanner is named in the settings, and what it answers; `version` is None when it is down."""

    is_configured: bool
    version: str | None = None
    fault: str = ""


def scan(blob: Blob) -> Problem | None:
    """Have a stored file scanned, keep the result in its row, and return what speaks against the file.

    Without a configured scanner the file stays 'nie sprawdzono' and nothing speaks against it.
    """
    blob.scan, blob.scanned_with = _result(blob.sha256)
    blob.save(update_fields=["scan", "scanned_with"])
    return PROBLEM_OF.get(Blob.Scan(blob.scan))


def scan_again(*, most: int = 200) -> int:
    """Scan the files that came while the scanner was down; return how many are settled now."""
    settled = 0
    for blob in Blob.objects.filter(scan=Blob.Scan.SCANNER_DOWN).order_by("id")[:most]:
        if scan(blob) is Problem.SCANNER_DOWN:
            break
        settled += 1
    return settled


def scanner_state() -> ScannerState:
    """What to say about the scanner on the administrator's screen."""
    if not settings.CLAMD:
        return ScannerState(is_configured=False)
    try:
        return ScannerState(is_configured=True, version=clamd.ask_version(settings.CLAMD))
    except clamd.ScannerDown as error:
        return ScannerState(is_configured=True, fault=str(error))


def _result(sha256: str) -> tuple[Blob.Scan, str]:
    if not settings.CLAMD:
        log.warning("plik %s: nie sprawdzono, nie ma programu antywirusowego (ustawienie CLAMD)", sha256)
        return Blob.Scan.UNSCANNED, ""
    try:
        with store.open_file(sha256) as file:
            scanned = clamd.scan(file, address=settings.CLAMD)
    except clamd.ScannerDown as error:
        log.error("plik %s: program antywirusowy nie odpowiada: %s", sha256, error)
        return Blob.Scan.SCANNER_DOWN, str(error)[:LONGEST_NOTE]
    if scanned.found is None:
        return Blob.Scan.CLEAN, scanned.scanner[:LONGEST_NOTE]
    log.warning("plik %s: wykryto %s", sha256, scanned.found)
    is_encrypted = scanned.found.startswith(ENCRYPTED_PREFIX)
    note = f"{scanned.found} ({scanned.scanner})"[:LONGEST_NOTE]
    return (Blob.Scan.ENCRYPTED if is_encrypted else Blob.Scan.INFECTED), note
