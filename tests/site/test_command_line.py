"""`starostwo`: Polish throughout, refusals on standard error, exit code 0 only when done."""

import re
import subprocess
import sys

import pytest

from starostwo.site.cli import COMMANDS, main
from starostwo.site.data_folder import is_there

ENGLISH = re.compile(
    r"\b(usage|options|arguments|show|help message|exit|error|choose|invalid|required)\b", re.I
)
PRESENT = [command.name for command in COMMANDS if not command.needs or is_there(command.needs)]


def _ask(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[object, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    printed = capsys.readouterr()
    return ended.value.code, printed.out, printed.err


@pytest.mark.parametrize("command", ["", *PRESENT])
def test_help_is_polish_throughout(capsys: pytest.CaptureFixture[str], command: str) -> None:
    code, out, err = _ask(capsys, *filter(None, [command]), "--help")

    assert (code, err) == (0, "")
    assert out.startswith("Użycie: starostwo")
    assert "Opcje:" in out
    assert ENGLISH.findall(out.replace("--help", "")) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Błąd: brakuje: POLECENIE"),
        (["zrob"], "nieznane 'zrob' (do wyboru: 'run'"),
        (["backup"], "Błąd: brakuje: FOLDER"),
        (["backup", "a", "b"], "nieznane argumenty: b"),
        (["run", "--port"], "nieznane argumenty: --port"),
    ],
)
def test_a_wrong_command_is_refused_on_standard_error(
    capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    code, out, err = _ask(capsys, *arguments)

    assert (code, out) == (2, "")
    assert said in err
    assert "--help" in err
    assert ENGLISH.findall(err.replace("--help", "")) == []


def test_a_refused_command_ends_with_one(capsys: pytest.CaptureFixture[str], tmp_path: object) -> None:
    assert main(["restore", str(tmp_path)]) == 1

    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.startswith("Błąd: W folderze")


def test_settings_that_make_no_sense_are_refused_in_a_line() -> None:
    asked = subprocess.run(
        [sys.executable, "-m", "starostwo.site", "run"], env={"PORT": "osiem", "DATA_DIR": "/nonexistent/x"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert asked.returncode == 1
    assert asked.stderr.splitlines() == ["Błąd: nieprawidłowe ustawienie w środowisku: PORT='osiem'"]
