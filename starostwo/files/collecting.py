"""Deleting bytes that nothing refers to any more, above all the files of deleted drafts.

What refers to a file is read from the models themselves: every foreign key to `Blob` and every column that
holds a digest; besides what the functions of the setting FILE_KEEPERS find (in the history). A row goes
a week after its content was last brought, the bytes a day after the row, so that
a backup being made finds what it names.

Law: RODO art. 5 ust. 1 lit. e, art. 17 ust. 1
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import CharField, Exists, Model, OuterRef, ProtectedError, QuerySet
from django.utils.module_loading import import_string

from starostwo.files import store
from starostwo.files.holding import seize
from starostwo.files.models import Blob, Discarded

log = logging.getLogger(__name__)
UNWANTED_FOR = timedelta(days=7)
BYTES_STAY = timedelta(days=1)
BATCH = 500


@dataclass(frozen=True)
class Collected:
    """How many rows were let go, and how many files were deleted from the disk."""

    rows: int
    files: int


def collect(*, now: datetime) -> Collected:
    """Let go of what nothing refers to, and delete the bytes of what was let go a day ago."""
    rows = sum(_let_go(blob, now) for batch in _batches(now) for blob in _unnamed(batch))
    ripe = Discarded.objects.filter(discarded_at__lte=now - BYTES_STAY).order_by("id")
    files = sum(_delete(each.pk, each.sha256) for each in list(ripe))
    if rows or files:
        log.info("pliki bez odwołań: %s do usunięcia, %s usunięto z dysku", rows, files)
    return Collected(rows, files)


def references() -> list[tuple[type[Model], str]]:
    """Every foreign key of the installation that leads to a stored file."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if getattr(field, "column", None) and field.related_model is Blob:
                found.append((model, field.name))
    return found


def digest_columns() -> list[tuple[type[Model], str]]:
    """Every column of another table that holds digests of files as text."""
    return [
        (model, field.name)
        for model in apps.get_models()
        if model not in (Blob, Discarded)
        for field in model._meta.get_fields()
        if isinstance(field, CharField) and "sha256" in field.name
    ]


def _unreferenced(now: datetime) -> QuerySet[Blob]:
    blobs = Blob.objects.filter(wanted_at__lte=now - UNWANTED_FOR)
    for model, name in references():
        blobs = blobs.filter(~Exists(model._base_manager.filter(**{name: OuterRef("pk")})))
    return blobs


def _batches(now: datetime) -> Iterator[list[Blob]]:
    last = 0
    while batch := list(_unreferenced(now).filter(pk__gt=last).defer("text").order_by("pk")[:BATCH]):
        yield batch
        last = batch[-1].pk


def _unnamed(batch: list[Blob]) -> list[Blob]:
    """The ones of a batch whose digests stand nowhere else either."""
    digests, named = [blob.sha256 for blob in batch], set[str]()
    for model, name in digest_columns():
        found = model._base_manager.filter(**{f"{name}__in": digests})
        named.update(found.values_list(name, flat=True))
    for keeper in settings.FILE_KEEPERS:
        named.update(import_string(keeper)(digests))
    return [blob for blob in batch if blob.sha256 not in named]


def _let_go(blob: Blob, now: datetime) -> bool:
    """Delete the row where still nobody wants it; the foreign keys of the database have the last word."""
    try:
        with transaction.atomic():
            if not seize(blob.sha256):
                return False
            still = _unreferenced(now).filter(pk=blob.pk)
            if still.select_for_update(skip_locked=True, of=("self",)).first() is None:
                return False
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            Discarded.objects.update_or_create(sha256=blob.sha256, defaults={"discarded_at": now})
            Blob.objects.filter(pk=blob.pk).delete()
    except (IntegrityError, ProtectedError):
        return False
    return True


@transaction.atomic
def _delete(discarded_id: int, sha256: str) -> bool:
    """Delete the bytes unless the content was brought again meanwhile."""
    if not seize(sha256):
        return False
    is_wanted = Blob.objects.filter(sha256=sha256).exists()
    if not is_wanted:
        store.remove(sha256)
    Discarded.objects.filter(pk=discarded_id).delete()
    return not is_wanted
