"""Who brings a content and who collects it never work on the same one at once.

Bringing takes a shared lock of the digest until its transaction ends, collecting an exclusive one and only
where nobody has to wait: so no two of them can block each other.
"""

from datetime import timedelta

from django.db import connection
from django.db.models.functions import Now

from starostwo.files.models import Blob

FRESH = timedelta(hours=1)


def hold(sha256: str) -> None:
    """Keep collectors away from this content until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0))", [_key(sha256)])


def seize(sha256: str) -> bool:
    """Have this content for oneself until the end of the transaction; False where somebody brings it now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [_key(sha256)])
        return bool(cursor.fetchone()[0])


def want_again(blob: Blob) -> None:
    """Note that the content was brought again; at most once an hour, so that nobody waits for the row."""
    Blob.objects.filter(pk=blob.pk, wanted_at__lt=Now() - FRESH).update(wanted_at=Now())


def _key(sha256: str) -> str:
    return f"files.blob:{sha256}"
