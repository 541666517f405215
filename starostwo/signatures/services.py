"""What is written down about signatures. Access is the caller's: this package knows no accounts.

Each verb is called inside the caller's transaction and its caller writes the line of history.
"""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from starostwo.signatures.keys import KeyRef
from starostwo.signatures.models import StaffKey, StoredReport, TimeStamp
from starostwo.signatures.rules.report import SignatureReport
from starostwo.signatures.timestamps import timestamp, verify_timestamp

BATCH = 200


@transaction.atomic
def store_report(blob_sha256: str, report: SignatureReport, *, about: str = "") -> None:
    """Keep the report made at receipt; a later one for the same file in the same thing changes nothing."""
    StoredReport.objects.get_or_create(
        blob_sha256=blob_sha256,
        about=about,
        defaults={
            "verdict": report.verdict.value,
            "report": report.as_dict(),
            "checked_at": report.checked_at,
        },
    )


@transaction.atomic
def queue_stamp(sha256: str, *, now: datetime) -> None:
    """Ask for a time stamp over a digest; asking again changes nothing."""
    TimeStamp.objects.get_or_create(sha256=sha256, defaults={"queued_at": now})


def stamp_pending(*, limit: int = BATCH) -> int:
    """Stamp what waits, oldest first, each in a transaction of its own; return how many were made."""
    made = 0
    while made < limit and _stamp_next():
        made += 1
    return made


@transaction.atomic
def _stamp_next() -> bool:
    waiting = TimeStamp.objects.select_for_update(skip_locked=True, of=("self",)).filter(token=None)
    row = waiting.order_by("queued_at", "id").first()
    if row is None:
        return False
    digest = bytes.fromhex(row.sha256)
    row.token = timestamp(digest)
    row.made_at = verify_timestamp(row.token, digest)
    row.save(update_fields=["token", "made_at"])
    return True


@transaction.atomic
def assign_key(account_id: int, key: KeyRef, *, now: datetime) -> None:
    """Give a person a key to sign with; giving the same key again changes nothing."""
    kept = key.kept_in(settings.KEYS_DIR)
    StaffKey.objects.get_or_create(
        account_id=account_id,
        location=kept.location,
        label=kept.label,
        withdrawn_at=None,
        defaults={"provider": kept.provider, "assigned_at": now},
    )


@transaction.atomic
def withdraw_keys(account_id: int, *, now: datetime) -> int:
    """Take all keys from a person; return how many there were."""
    return StaffKey.objects.filter(account_id=account_id, withdrawn_at=None).update(withdrawn_at=now)
