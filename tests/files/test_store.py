"""Keeping bytes: once per content, synced before the row, never changed."""

import hashlib
import io
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from starostwo.files import api as files
from starostwo.files import store
from starostwo.files.models import Blob

pytestmark = pytest.mark.django_db
CONTENT = "Zażółć gęślą jaźń".encode()
SHA256 = hashlib.sha256(CONTENT).hexdigest()


@pytest.mark.law("rozp. MSWiA 30.10.2006 par. 6 pkt 8")
def test_bytes_come_back_as_they_were() -> None:
    blob = files.put(CONTENT, name="pismo.txt", limit=100)

    assert (blob.sha256, blob.size, blob.media_type) == (SHA256, len(CONTENT), "text/plain")
    assert blob.scan == Blob.Scan.UNSCANNED
    with files.open_blob(blob.sha256) as file:
        assert file.read() == CONTENT


def test_equal_content_is_one_file_and_one_row() -> None:
    first = files.put(CONTENT, name="a.txt", limit=100)
    again = files.put(io.BytesIO(CONTENT), name="b.txt", limit=100)

    assert (first.pk, Blob.objects.count()) == (again.pk, 1)


def test_the_file_is_read_only_and_lies_under_its_hash() -> None:
    files.put(CONTENT, name="a.txt", limit=100)

    path = Path(settings.FILES_DIR) / SHA256[:2] / SHA256[2:4] / SHA256
    assert path.stat().st_mode & 0o777 == 0o440


def test_over_the_limit_nothing_is_kept() -> None:
    content = b"x" * 101 + b"over the limit"
    with pytest.raises(files.TooLarge):
        files.put(content, name="a.txt", limit=100)

    assert Blob.objects.count() == 0
    assert hashlib.sha256(content).hexdigest() not in set(store.all_hashes())
    assert list((Path(settings.FILES_DIR) / "incoming").iterdir()) == []


def test_unknown_content_is_missing() -> None:
    with pytest.raises(files.Missing):
        files.open_blob("0" * 64)


@pytest.mark.law("rozp. MSWiA 30.10.2006 par. 6 pkt 1")
@pytest.mark.parametrize("change", ["sha256 = repeat('0', 64)", "size = size + 1"])
def test_the_database_refuses_to_change_what_the_bytes_are(change: str) -> None:
    blob = files.put(CONTENT, name="a.txt", limit=100)

    with pytest.raises(DatabaseError, match="nie może się zmienić"), transaction.atomic():
        connection.cursor().execute(f"UPDATE files_blob SET {change}")

    blob.refresh_from_db()
    assert (blob.sha256, blob.size) == (SHA256, len(CONTENT))
