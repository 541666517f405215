"""Everything that must hold, in one run: checks of the code beside the tests, then the journeys.

Two cores are enough: the checks run on one while pytest uses both. Nothing may be skipped.
"""

import argparse
import json
import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
REPORTS = ROOT / "var" / "tests"
PHASES = {"testy": "not journey", "podróże": "journey"}
LONGEST_PHASE = 40 * 60
CHECKS: dict[str, list[str | Path]] = {
    "styl": [BIN / "ruff", "check", "--quiet", "."],
    "format": [BIN / "ruff", "format", "--check", "--quiet", "."],
    "importy": [BIN / "lint-imports"],
    "migracje": [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
    "typy": [BIN / "mypy"],
}


@dataclass
class Outcome:
    """What a run has shown so far."""

    began: float = field(default_factory=time.monotonic)
    broken: list[str] = field(default_factory=list)
    tests: dict[str, dict[str, object]] = field(default_factory=dict)

    def say(self, line: str) -> None:
        """Print a line with the time since the beginning."""
        print(f"[{time.monotonic() - self.began:5.0f} s] {line}", flush=True)

    def count(self, outcome: str) -> int:
        """How many tests ended so."""
        return sum(1 for test in self.tests.values() if test["outcome"] == outcome)


def main() -> int:
    """Run what the arguments name; the last line counts."""
    arguments = _arguments()
    outcome = Outcome()
    REPORTS.mkdir(parents=True, exist_ok=True)
    if arguments.paths:
        return subprocess.call([sys.executable, "-m", "pytest", *arguments.paths], cwd=ROOT)
    checking = threading.Thread(target=_run_checks, args=(outcome,))
    checking.start()
    if not arguments.checks_only:
        for name, which in PHASES.items():
            _run_tests(outcome, name, which)
    checking.join()
    if not arguments.checks_only:
        _run_lists(outcome)
    return _close(outcome, counted=not arguments.checks_only)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="checks.suite")
    parser.add_argument("--checks-only", action="store_true")
    parser.add_argument("paths", nargs="*")
    return parser.parse_args()


def _run_checks(outcome: Outcome) -> None:
    for name, command in CHECKS.items():
        done = subprocess.run(
            [str(part) for part in command], cwd=ROOT, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            outcome.broken.append(name)
            print(done.stdout + done.stderr, flush=True)
        outcome.say(f"{name}: {'w porządku' if done.returncode == 0 else 'BŁĄD'}")


def _run_tests(outcome: Outcome, name: str, which: str) -> None:
    outcome.say(f"{name}: początek")
    report = REPORTS / f"report-{'journey' if which == 'journey' else 'suite'}.json"
    report.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-p", "checks.report", "-m", which, "-n", "2"]
    command += ["--dist", "worksteal", "-q", "-o", "faulthandler_timeout=300", "--durations=10"]
    try:
        code = subprocess.run(
            command, cwd=ROOT, env=os.environ | {"REPORT": str(report)}, timeout=LONGEST_PHASE, check=False
        ).returncode
    except subprocess.TimeoutExpired:
        outcome.say(f"{name}: przerwano po {LONGEST_PHASE // 60} minutach")
        code = 1
    if report.exists():
        outcome.tests.update(json.loads(report.read_text(encoding="utf-8")))
    if code != 0:
        outcome.broken.append(name)
    outcome.say(f"{name}: {'w porządku' if code == 0 else 'BŁĄD'}")


def _run_lists(outcome: Outcome) -> None:
    """The lists that must stay true to this very run."""
    reports = [str(file) for file in sorted(REPORTS.glob("report-*.json"))]
    for name, module in {"lista funkcji": "checks.features", "lista przepisów": "checks.law"}.items():
        if subprocess.run([sys.executable, "-m", module, *reports], cwd=ROOT, check=False).returncode != 0:
            outcome.broken.append(name)
    if outcome.count("skipped"):
        outcome.broken.append("pominięte testy")


def _close(outcome: Outcome, *, counted: bool) -> int:
    if outcome.broken:
        outcome.say(f"Nie przeszło: {', '.join(outcome.broken)}")
    if counted:
        print(f"{outcome.count('passed')} passed, {outcome.count('failed')} failed", flush=True)
    return 1 if outcome.broken else 0


if __name__ == "__main__":
    sys.exit(main())
