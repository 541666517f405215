"""Reading reports, stamps and keys. The caller has already asked whether the person may see the thing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from starostwo.signatures.keys import KeyRef
from starostwo.signatures.models import StaffKey, StoredReport, TimeStamp
from starostwo.signatures.rules.report import SignatureReport, report_from_dict


@dataclass(frozen=True)
class Stamp:
    """A time-stamp token and the moment that it proves."""

    token: bytes
    made_at: datetime


def reports_for(sha256s: Collection[str], *, about: str = "") -> dict[str, SignatureReport]:
    """Return the stored reports of these files by their digest, in one query."""
    rows = StoredReport.objects.filter(blob_sha256__in=list(sha256s), about=about).order_by("id")
    return {row.blob_sha256: report_from_dict(row.report) for row in rows}


def stamps_for(sha256s: Collection[str]) -> dict[str, Stamp]:
    """Return the stamps made so far over these digests, in one query."""
    rows = TimeStamp.objects.filter(sha256__in=list(sha256s), token__isnull=False).order_by("id")
    return {row.sha256: Stamp(bytes(row.token), row.made_at) for row in rows if row.token and row.made_at}


def stamps_waiting() -> int:
    """How many digests still wait for a stamp."""
    return TimeStamp.objects.filter(token=None).count()


def staff_keys(account_id: int) -> list[KeyRef]:
    """The keys that the person may sign with, the newest first."""
    rows = StaffKey.objects.filter(account_id=account_id, withdrawn_at=None).order_by("-assigned_at", "-id")
    return [KeyRef(row.provider, row.location, row.label).found_in(settings.KEYS_DIR) for row in rows]
