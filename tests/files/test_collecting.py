"""Bytes go when nothing refers to them any more, and never while anything does."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.utils.timezone import now

from starostwo.audit import api as audit
from starostwo.bulletin.models import Page
from starostwo.files import api as files
from starostwo.files import collecting, store
from starostwo.files.collecting import BYTES_STAY, UNWANTED_FOR, Collected, collect
from starostwo.files.holding import seize
from starostwo.files.models import Blob, Discarded
from starostwo.files.testing import stored
from starostwo.portal.models import Image

LATER = UNWANTED_FOR + timedelta(minutes=1)


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "FILES_DIR", tmp_path / "files")


def refer(blob: Blob) -> Image:
    """A row of a higher package that refers to the file."""
    return Image.objects.create(
        blob=blob, title="Most", alt="Most", author="Starostwo", width=1, height=1, added_at=now()
    )


def rows_and_files() -> tuple[int, int]:
    return Blob.objects.count(), len(list(store.all_hashes()))


@pytest.mark.django_db
@pytest.mark.law("RODO art. 17 ust. 1")
def test_what_nothing_refers_to_goes_a_week_later_and_its_bytes_a_day_after() -> None:
    blob = stored(b"robocza wersja")

    assert collect(now=now() + UNWANTED_FOR - timedelta(minutes=1)) == Collected(0, 0)
    assert collect(now=now() + LATER) == Collected(rows=1, files=0)
    assert (rows_and_files(), files.blob_of(blob.sha256)) == ((0, 1), None)
    assert (list(files.verify_files()), list(files.orphans())) == ([], [])

    assert collect(now=now() + LATER + BYTES_STAY) == Collected(rows=0, files=1)
    assert (rows_and_files(), Discarded.objects.count()) == ((0, 0), 0)


@pytest.mark.django_db
def test_what_anything_refers_to_stays() -> None:
    by_key, by_digest, by_history = stored(b"klucz"), stored(b"skrot"), stored(b"historia")
    refer(by_key)
    Page.objects.create(address="x", sha256=by_digest.sha256, content_print="0" * 64, written_at=now())
    audit.record(
        actor="system", verb="take", thing="test:1", payload={"files": [by_history.sha256]}, at=now()
    )

    assert collect(now=now() + LATER) == Collected(0, 0)
    assert rows_and_files() == (3, 3)


@pytest.mark.django_db
def test_each_foreign_key_of_the_database_to_a_file_is_looked_at() -> None:
    """Also one of a package that is added one day: the models and the database say the same."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, attname FROM pg_constraint JOIN pg_attribute"
            " ON attrelid = conrelid AND attnum = conkey[1]"
            " WHERE contype = 'f' AND confrelid = 'files_blob'::regclass"
        )
        keys = set(cursor.fetchall())

    known = {
        (model._meta.db_table, model._meta.get_field(name).column) for model, name in collecting.references()
    }
    assert known == keys
    assert len(keys) > 8


@pytest.mark.django_db
def test_brought_again_in_the_meantime_it_stays() -> None:
    blob = stored(b"wraca")
    Blob.objects.filter(pk=blob.pk).update(wanted_at=now() - LATER)
    assert stored(b"wraca").pk == blob.pk
    assert collect(now=now()) == Collected(0, 0)

    Blob.objects.filter(pk=blob.pk).update(wanted_at=now() - LATER)
    assert collect(now=now()) == Collected(1, 0)
    again = stored(b"wraca")
    assert collect(now=now() + BYTES_STAY) == Collected(0, 0)
    with files.open_blob(again.sha256) as file:
        assert file.read() == b"wraca"
    assert Discarded.objects.count() == 0


def test_an_upload_of_the_same_bytes_while_collecting_loses_nothing(committed_database: str) -> None:
    """Collectors run without a pause and without mercy while many people bring the same few contents."""
    contents = [b"ta sama tresc %d" % number for number in range(3)]
    over, collected = threading.Event(), []

    def gather() -> None:
        for night in count():
            collected.append(collect(now=now() + LATER + night * BYTES_STAY))
            if over.is_set():
                break
        connection.close()

    def bring(number: int) -> None:
        content = contents[number % 3]
        with transaction.atomic():
            row = refer(stored(content))
        with files.open_blob(row.blob.sha256) as file:
            assert file.read() == content
        Image.objects.filter(pk=row.pk).delete()
        connection.close()

    with ThreadPoolExecutor(8) as pool:
        gatherers = [pool.submit(gather) for _ in range(2)]
        until = time.monotonic() + 60
        while not sum(each.files for each in collected) and time.monotonic() < until:
            list(pool.map(bring, range(60)))
            time.sleep(0.05)  # between two crowds the collectors find something to take
        kept = [refer(stored(content)) for content in contents[:1]]
        over.set()
        for each in gatherers:
            each.result()

    for years in (10, 11):
        collect(now=now() + timedelta(days=365 * years))
    assert sum(each.files for each in collected) > 0
    assert list(files.verify_files()) == []
    assert list(store.all_hashes()) == [row.blob.sha256 for row in kept]


def test_who_brings_a_content_that_is_being_collected_waits_and_has_it(committed_database: str) -> None:
    blob = stored(b"na granicy")
    brought: list[Blob] = []

    def bring() -> None:
        brought.append(stored(b"na granicy"))
        connection.close()

    with transaction.atomic():
        assert seize(blob.sha256)
        other = threading.Thread(target=bring)
        other.start()
        time.sleep(0.3)
        assert brought == []
        Blob.objects.filter(pk=blob.pk).delete()
        store.remove(blob.sha256)
    other.join(timeout=20)

    with files.open_blob(brought[0].sha256) as file:
        assert file.read() == b"na granicy"
    assert list(files.verify_files()) == []


def test_an_open_transaction_keeps_what_it_brings(committed_database: str) -> None:
    stored(b"w toku")
    found: list[Collected] = []

    def gather() -> None:
        found.append(collect(now=now() + LATER))
        connection.close()

    with transaction.atomic():
        refer(stored(b"w toku"))
        other = threading.Thread(target=gather)
        other.start()
        other.join(timeout=20)

    assert found == [Collected(0, 0)]
    assert (rows_and_files(), list(files.verify_files())) == ((1, 1), [])
