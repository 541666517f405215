"""Before anything is installed: one line that says what to type, and lists held to the run."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from checks import features, law
from tests.site.machine import ROOT

ORDINARY = "nobody" if os.geteuid() == 0 else None
WITHOUT = "import sys, runpy; sys.modules.update(dict.fromkeys({missing!r})); sys.argv = {argv!r}; "
Ended = dict[str, str]
TEST = "tests/a.py::test_a"


@pytest.fixture
def checkout() -> Iterator[Path]:
    """A copy of what runs before set-up, in a folder that an ordinary user reads and cannot write."""
    with tempfile.TemporaryDirectory(prefix="st-clone-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        for part in ("run.py", "checks/system.py", "requirements/setup.txt", "requirements/run.txt"):
            (folder / part).parent.mkdir(exist_ok=True)
            (folder / part).write_bytes((ROOT / part).read_bytes())
        yield folder


def _as_ordinary_user(code: str, *, path: str = "/usr/bin:/bin") -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        ["/usr/bin/python3", "-c", code], user=ORDINARY, env={"PATH": path, "HOME": "/nonexistent"}, cwd="/",
        capture_output=True, text=True, timeout=20, check=False,
    )  # fmt: skip


def test_without_venv_and_pip_an_ordinary_user_gets_one_line(checkout: Path) -> None:
    run = str(checkout / "run.py")
    code = WITHOUT.format(missing=["ensurepip", "pip"], argv=[run, "setup"])

    refused = _as_ordinary_user(f"{code} runpy.run_path({run!r}, run_name='__main__')")

    assert refused.returncode == 1
    assert refused.stderr.splitlines() == [
        "Brakuje modułów venv i pip. Proszę wykonać: "
        "sudo apt-get install -y --no-install-recommends python3-venv"
    ]


def test_without_debian_packages_an_ordinary_user_gets_one_line_within_seconds(checkout: Path) -> None:
    system = str(checkout / "checks" / "system.py")
    began = time.monotonic()

    refused = _as_ordinary_user(
        "import runpy, shutil; shutil.which = lambda *given, **named: None; "
        f"runpy.run_path({system!r}, run_name='__main__')"
    )

    assert refused.returncode == 1
    assert time.monotonic() - began < 5
    [line] = refused.stderr.splitlines()
    assert line.startswith("Testy wymagają pakietów Debiana 12: sudo apt-get install -y")
    assert {"chromium", "softhsm2", "poppler-utils", "nginx"} <= set(line.split())


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["zrob"], 2), (["--help"], 0)])
def test_run_py_explains_itself(arguments: list[str], code: int) -> None:
    asked = subprocess.run(
        [sys.executable, str(ROOT / "run.py"), *arguments], capture_output=True, text=True, check=False
    )

    assert asked.returncode == code
    assert "Użycie: python3 run.py POLECENIE" in (asked.stdout if code == 0 else asked.stderr)


def _row(number: str, state: str, test: str) -> features.Row:
    return dict(zip(features.COLUMNS, ["records", number, "a feature", state, test, ""], strict=True))


@pytest.mark.parametrize(
    ("state", "test", "ended", "fault"),
    [
        ("yes", TEST, {TEST: "passed"}, None),
        ("yes", TEST, {f"{TEST}[1]": "passed", f"{TEST}[2]": "passed"}, None),
        ("yes", TEST, {f"{TEST}[1]": "passed", f"{TEST}[2]": "failed"}, "test"),
        ("yes", f"{TEST}[2]", {f"{TEST}[1]": "passed"}, "test"),
        ("yes", TEST, {}, "test"),
        ("yes", "", {}, "bez testu"),
        ("part", "", {}, None),
        ("no", "", {}, None),
        ("maybe", "", {}, "nieznany stan"),
    ],
)
def test_a_claim_needs_a_test_that_passed(state: str, test: str, ended: Ended, fault: str | None) -> None:
    faults = list(features.faults_of([_row("1", state, test)], ended))

    assert (faults == []) if fault is None else (len(faults) == 1 and fault in faults[0])


def test_a_row_stands_once() -> None:
    faults = list(features.faults_of([_row("1", "no", ""), _row("1", "no", "")], {}))

    assert faults == ["docs/features.csv: wiersz records 1 stoi 2 razy"]


def test_the_page_of_law_names_act_provision_and_test() -> None:
    made = law.page(
        {"k.p.a. art. 35 par. 3": {"tests/a.py::test_a"}, "k.p.a. art. 9": {"tests/b.py::test_b"}}
    )

    assert made.index("| art. 9 |") < made.index("| art. 35 par. 3 | `tests/a.py::test_a` |")


def test_an_unknown_act_is_a_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "report.json"
    report.write_text(json.dumps({"tests/a.py::test_a": {"outcome": "passed", "law": ["ustawa X art. 1"]}}))

    assert law.main([str(report)]) == 1
    assert "ustawa X art. 1: aktu nie ma w docs/law-sources.csv" in capsys.readouterr().err


def test_what_is_required_is_proved_or_said_to_be_missing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    required, report = tmp_path / "required.csv", tmp_path / "report.json"
    required.write_text("provision,asks,missing\nzał. A pkt 1,name,\nzał. A pkt 2,town,later\n")
    report.write_text("{}")
    monkeypatch.setattr(law, "REQUIRED", required)

    assert law.main([str(report)]) == 1
    assert "zał. A pkt 1: bez testu" in capsys.readouterr().err
    made = law.page({"zał. A pkt 1": {TEST}})
    assert f"| zał. A pkt 1 | name | `{TEST}` |  |" in made
    assert "| zał. A pkt 2 | town | **not done** | later |" in made
