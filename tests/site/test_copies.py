"""Copies of the program that is loaded once do what the command would do and are watched like children."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from starostwo.site.copies import Copy, Preloaded
from starostwo.site.processes import PR_SET_CHILD_SUBREAPER, adopt_orphans
from tests.harness import ROOT

HELP, NONSENSE = ["--help"], ["nonsense"]


@pytest.fixture
def _as_supervisor() -> Iterator[None]:
    adopt_orphans()
    yield
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


@pytest.mark.usefixtures("_as_supervisor")
def test_a_copy_does_what_the_command_does_and_a_dead_program_is_loaded_again(tmp_path: Path) -> None:
    program = Preloaded(["starostwo.site.__main__"], _environment(tmp_path), tmp_path / "program.log")
    try:
        assert _done(program, HELP, tmp_path / "help") == 0
        assert (tmp_path / "help").read_text() == _printed(HELP, tmp_path)
        assert _done(program, NONSENSE, tmp_path / "nonsense") == 2
        assert "nonsense" in (tmp_path / "nonsense").read_text()

        assert program._process is not None
        os.kill(program._process.pid, signal.SIGKILL)
        program._process.wait(10)
        assert _done(program, HELP, tmp_path / "again") == 0
    finally:
        program.close()


def test_a_child_that_is_killed_says_so_and_one_that_lives_is_waited_for() -> None:
    child = Copy(subprocess.Popen(["/bin/sleep", "60"]).pid)
    assert child.poll() is None
    with pytest.raises(subprocess.TimeoutExpired):
        child.wait(0.05)

    child.send_signal(signal.SIGTERM)

    assert child.wait(10) == -signal.SIGTERM
    child.send_signal(signal.SIGTERM)  # to nobody


def _done(program: Preloaded, arguments: list[str], log: Path) -> int:
    command = [sys.executable, "-m", "starostwo.site", *arguments]
    copy = program.copy(command, log=log, orphan_signal=signal.SIGKILL)
    assert copy is not None
    return copy.wait(20)


def _printed(arguments: list[str], folder: Path) -> str:
    command = [sys.executable, "-m", "starostwo.site", *arguments]
    return subprocess.run(
        command, env=_environment(folder), capture_output=True, text=True, check=True
    ).stdout


def _environment(folder: Path) -> dict[str, str]:
    return os.environ | {"DATA_DIR": str(folder), "PYTHONPATH": str(ROOT), "COLUMNS": "100"}
