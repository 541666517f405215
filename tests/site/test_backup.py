"""A copy, a disaster, and the same installation again."""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from starostwo.site import cluster
from tests.site.machine import Machine

pytestmark = pytest.mark.journey
Make = Callable[..., Machine]
CONTENT = b"<UPO>potwierdzenie</UPO>"
NAME = hashlib.sha256(CONTENT).hexdigest()


def _put(machine: Machine, name: str, content: bytes) -> Path:
    file = machine.folder / "files" / name[:2] / name[2:4] / name
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    return file


def _beats(machine: Machine) -> list[tuple[object, ...]]:
    own = cluster.at(machine.folder / "postgres")
    cluster.start(own)
    try:
        with psycopg.connect(own.url()) as connection:
            return connection.execute("SELECT id, beat_at FROM platform_workerbeat").fetchall()
    finally:
        cluster.stop(own)


def test_a_destroyed_installation_comes_back_from_its_copy(machine: Make) -> None:
    lost = machine(used=True)
    lost.start()
    stored = _put(lost, NAME, CONTENT)
    copied = lost.command("backup", str(lost.home / "kopia"))
    assert (copied.returncode, copied.stderr) == (0, "")
    assert lost.stop() == 0
    secret, beats = (lost.folder / "keys" / "secret").read_text(), _beats(lost)
    shutil.rmtree(lost.folder)

    restored = lost.command("restore", str(lost.home / "kopia"))

    assert (restored.returncode, restored.stderr) == (0, "")
    assert stored.read_bytes() == CONTENT
    assert (lost.folder / "keys" / "secret").read_text() == secret
    assert _beats(lost)[0][0] == beats[0][0]
    lost.start()
    assert lost.health() == (200, {"status": "ok", "problems": []})
    assert lost.stop() == 0


def test_a_stopped_installation_is_copied_once_and_refusals_change_nothing(machine: Make) -> None:
    installed = machine(used=True)
    assert installed.command("migrate").returncode == 0
    copy = installed.home / "kopia"

    assert installed.command("backup", str(copy)).returncode == 0
    before = sorted(path.name for path in copy.rglob("*"))
    again = installed.command("backup", str(copy))
    inside = installed.command("backup", str(installed.folder / "kopia"))
    over = installed.command("restore", str(copy))
    nothing = installed.command("restore", str(installed.home / "nie-ma"))

    assert [done.returncode for done in (again, inside, over, nothing)] == [1, 1, 1, 1]
    assert "nie jest pusty" in again.stderr
    assert "nie może leżeć w folderze danych" in inside.stderr
    assert "jest już baza" in over.stderr
    assert "nie ma całej kopii" in nothing.stderr
    assert sorted(path.name for path in copy.rglob("*")) == before
    assert not (installed.folder / "kopia").exists()
    assert not list(installed.home.glob("*.niepelna"))
    assert installed.processes() == {}


def test_a_damaged_copy_is_not_restored(machine: Make) -> None:
    installed = machine(used=True)
    assert installed.command("migrate").returncode == 0
    _put(installed, NAME, CONTENT)
    assert installed.command("backup", str(installed.home / "kopia")).returncode == 0
    shutil.rmtree(installed.folder)

    for damaged in ("baza.dump", f"dane/files/{NAME[:2]}/{NAME[2:4]}/{NAME}"):
        file = installed.home / "kopia" / damaged
        whole = file.read_bytes()
        file.write_bytes(whole[:-1] + b"?")
        refused = installed.command("restore", str(installed.home / "kopia"))
        file.write_bytes(whole)

        assert refused.returncode == 1
        assert file.name in refused.stderr
        assert not (installed.folder / "postgres" / "data").exists()
