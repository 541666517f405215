"""Every stored file is still what it was, or the check says which is not."""

from pathlib import Path

import pytest
from django.conf import settings

from starostwo.files import api as files
from starostwo.files import store
from starostwo.files.testing import stored

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "FILES_DIR", tmp_path / "files")


def faults() -> list[tuple[str, str]]:
    return [(fault.sha256, fault.what) for fault in files.verify_files()]


@pytest.mark.law("rozp. MSWiA 30.10.2006 par. 6 pkt 1")
def test_untouched_files_are_proved() -> None:
    stored(b"raz")
    stored(b"dwa")

    assert (faults(), list(files.orphans())) == ([], [])


@pytest.mark.parametrize(
    ("damage", "what"),
    [
        (lambda path: path.unlink(), "brak pliku"),
        (lambda path: path.write_bytes(b"rax"), "inna treść"),
        (lambda path: path.write_bytes(b"raz!"), "inny rozmiar"),
    ],
)
def test_a_damaged_file_is_named(damage: object, what: str) -> None:
    blob = stored(b"raz")
    stored(b"dwa")
    path = store.path_of(blob.sha256)
    path.chmod(0o600)
    damage(path)  # type: ignore[operator]

    assert faults() == [(blob.sha256, what)]


def test_a_file_without_a_row_is_an_orphan_and_no_fault() -> None:
    blob = stored(b"raz")
    blob.delete()

    assert (faults(), list(files.orphans())) == ([], [blob.sha256])
