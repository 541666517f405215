"""`make mutants`: proves that the rules bite: one operator is changed or one check removed, and a test fails.

Each mutant is met by the tests of its module alone. One that nobody notices fails the run, unless
docs/mutants-equivalent.csv says why it changes nothing. The results are kept in docs/mutants.md.
"""

import argparse
import importlib
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile

from checks import mutants_page as page
from checks.mutants_page import Result
from checks.mutation import changes

ROOT = Path(__file__).resolve().parents[1]
NOTES = ROOT / "var" / "tests" / "mutants"
LONGEST_SECONDS = 3600
START_SECONDS = 30
TIMES_LONGER = 5


@dataclass(frozen=True)
class Target:
    """A module of rules, the tests that must notice its mutants, and its functions that hold the rules."""

    module: str
    tests: Sequence[str]
    functions: Sequence[str] = ()


CLOCK = ("tests/records/test_rules_clock.py", "tests/records/test_rules_clock_edges.py")
RECORDS_ACCESS = (
    "tests/records/test_access_rules.py",
    "tests/records/test_access_of_lists.py",
    "tests/records/test_visibility.py",
)
DOCUMENTS = ("tests/records/test_access_rules.py", "tests/records/test_access_of_documents.py")
INTAKE = ("tests/intake/test_rules.py", "tests/intake/test_rules_edges.py")
PAYMENTS = ("tests/intake/test_payment_rules.py",)
XADES = (
    "tests/signatures/test_xades_references.py",
    "tests/signatures/test_xades_structure.py",
    "tests/signatures/test_xades_accepted.py",
    "tests/signatures/test_xades_refused.py",
)
TARGETS = [
    Target("starostwo.records.rules.clock", CLOCK),
    Target("starostwo.records.rules.ledger", CLOCK),
    Target("starostwo.records.rules.terms", CLOCK),
    Target("starostwo.platform.workdays", ["tests/platform/test_workdays.py"]),
    Target("starostwo.records.rules.delivery", ["tests/records/test_delivery_rules.py"]),
    Target("starostwo.records.rules.numbering", ["tests/records/test_rules_numbering.py"]),
    Target(
        "starostwo.records.services.series",
        ["tests/records/test_letters_register.py", "tests/records/test_numbering_under_load.py"],
    ),
    Target("starostwo.records.access", RECORDS_ACCESS),
    Target("starostwo.records.document_access", DOCUMENTS),
    Target(
        "starostwo.office.access",
        ["tests/office/test_access.py", "tests/office/test_stand_ins.py", "tests/office/test_structure.py"],
    ),
    Target("starostwo.intake.access", ["tests/intake/test_access.py"]),
    Target("starostwo.citizen.access", ["tests/citizen/test_access.py"]),
    Target("starostwo.signatures.xades.references", XADES),
    Target("starostwo.signatures.xades.verifier", [*XADES, "tests/signatures/test_xades_corners.py"]),
    Target("starostwo.signatures.xades.transforms", ["tests/signatures/test_xades_transforms.py"]),
    Target("starostwo.platform.canonical_xml", ["tests/platform/test_canonical_xml.py"]),
    Target("starostwo.signatures.xades.value", ["tests/signatures/test_xades_value.py"]),
    Target("starostwo.platform.safe_xml", ["tests/platform/test_safe_xml.py"]),
    Target("starostwo.signatures.xades.certificates", ["tests/signatures/test_xades_certificates.py"]),
    Target("starostwo.signatures.xades.trusted_profile", ["tests/signatures/test_xades_certificates.py"]),
    Target("starostwo.office.saml.assertions", ["tests/office/test_saml_assertions.py"]),
    Target("starostwo.office.saml.answers", ["tests/office/test_saml_answers.py"]),
    Target("starostwo.office.saml.verifying", ["tests/office/test_saml_verifying.py"]),
    Target("starostwo.office.saml.decrypting", ["tests/office/test_saml_verifying.py"]),
    Target("starostwo.office.saml.elements", ["tests/office/test_saml_verifying.py"]),
    Target("starostwo.signatures.rules.verdict", ["tests/signatures/test_verdict.py"]),
    Target("starostwo.intake.payment_access", ["tests/intake/test_payment_access.py"]),
    Target("starostwo.intake.rules.payment_states", PAYMENTS),
    Target("starostwo.intake.rules.gateway_messages", PAYMENTS),
    Target("starostwo.intake.rules.reference", PAYMENTS),
    Target("starostwo.intake.rules.bank_account", PAYMENTS),
    Target("starostwo.intake.rules.transfer_code", PAYMENTS),
    Target("starostwo.intake.rules.limits", INTAKE),
    Target("starostwo.intake.rules.access_code", INTAKE),
    Target("starostwo.intake.rules.fingerprint", INTAKE),
    Target("starostwo.intake.rules.sender", INTAKE),
    Target("starostwo.intake.rules.signed", INTAKE),
    Target("starostwo.audit.rules.chain", ["tests/audit/test_rules_chain.py"]),
    Target("starostwo.audit.rules.merkle", ["tests/audit/test_rules_chain.py"]),
    Target("starostwo.records.rules.assignment", ["tests/records/test_rules_assignment.py"]),
    Target("starostwo.records.rules.acceptance", ["tests/records/test_acceptance_rules.py"]),
]


class Broken(Exception):
    """The tests of the module do not pass without any change."""


@dataclass(frozen=True)
class Place:
    """Where the mutants of one module live: the source tree, a folder to work in, the surroundings."""

    root: Path
    work: Path
    environment: dict[str, str]


def main(arguments: Sequence[str]) -> int:
    """Try the named modules, or all; print the results and keep them."""
    chosen = _arguments(arguments)
    targets = [one for one in TARGETS if not chosen.parts or any(part in one.module for part in chosen.parts)]
    results: dict[str, Result] = {}
    broken = []
    with _ground() as places, ThreadPoolExecutor(max_workers=chosen.jobs) as pool:
        waiting = [pool.submit(try_module, target, places(target)) for target in targets]
        for target, answer in zip(targets, waiting, strict=True):
            try:
                results[target.module] = answer.result()
            except Broken as error:
                broken.append(target.module)
                print(f"{target.module}: testy nie przechodzą bez żadnej zmiany: {error}", flush=True)
            else:
                print(page.in_words(target.module, results[target.module]), flush=True)
                _note(target.module, results[target.module])
    page.write(results, [target.module for target in TARGETS])
    left, stale = page.unnoticed(results), page.stale(results)
    print("\n".join([*stale, f"Zmian, których nikt nie wykrył: {left}. Modułów bez wyniku: {len(broken)}."]))
    return 1 if left or stale or broken else 0


def try_module(target: Target, place: Place) -> Result:
    """Let the module's tests meet each of its mutants; those that forks cannot try get their own process."""
    file = place.root / f"{target.module.replace('.', '/')}.py"
    kept = place.work / f"{target.module}.py"  # so that nobody's editing moves the numbers
    kept.write_bytes(file.read_bytes())
    every = changes(kept.read_text(encoding="utf-8"))
    every = [one for one in every if not target.functions or one.function in target.functions]
    out = place.work / f"{target.module}.jsonl"

    def run(numbers: Sequence[int], *, alone: bool, limit: float) -> tuple[int | None, str]:
        how = [str(out), "alone" if alone else "forks", ",".join(map(str, numbers))]
        command = [sys.executable, "-m", "checks.mutant_process", target.module, str(file), str(kept), *how]
        return _within([*command, *target.tests], place=place, limit=limit)

    code, said = run([one.number for one in every], alone=False, limit=LONGEST_SECONDS)
    baseline, *answers = [json.loads(line) for line in out.read_text().splitlines()] if out.exists() else [{}]
    if code != 0 or baseline.get("failed") != "":
        raise Broken(baseline.get("failed") or said[-2000:])
    tried = {answer["number"]: answer for answer in answers if answer["ended"] != "error"}
    limit = START_SECONDS + TIMES_LONGER * sum(test["seconds"] for test in baseline["tests"].values())
    result = Result()
    for change in every:
        answer = tried.get(change.number) or _alone(run, change.number, limit)
        result.add(change, answer["ended"], answer["test"])
    return result


def _arguments(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="checks.mutants")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    parser.add_argument("parts", nargs="*", help="części nazw modułów")
    return parser.parse_args(arguments)


@contextmanager
def _ground() -> Iterator[Callable[[Target], Place]]:
    """One cluster for all, started once; each module has its own database and folder there."""
    harness = importlib.import_module("tests.harness")
    harness.TEST_ROOT.chmod(0o711)
    harness.copy_of_migrated_cluster(harness.CLUSTER.folder)
    harness.postgres.start(harness.CLUSTER)

    def place(target: Target) -> Place:
        worker = f"mutant{TARGETS.index(target)}"
        environment = {
            "STAROSTWO_TEST_ROOT": str(harness.TEST_ROOT),
            "PYTEST_XDIST_WORKER": worker,  # so the tests use the cluster that runs
            "PYTEST_ADDOPTS": "--hypothesis-seed=0",
            "HYPOTHESIS_STORAGE_DIRECTORY": str(harness.TEST_ROOT / "hypothesis"),
        }
        return Place(ROOT, Path(work), environment)

    try:
        with TemporaryDirectory(prefix="mutants-") as work:
            yield place
    finally:
        harness.postgres.stop(harness.CLUSTER)
        shutil.rmtree(harness.TEST_ROOT, ignore_errors=True)


def _alone(run: Callable[..., tuple[int | None, str]], number: int, limit: float) -> dict[str, str]:
    code, said = run([number], alone=True, limit=limit)
    if code is None:
        return {"ended": "limit", "test": ""}
    if code == 0:
        return {"ended": "survived", "test": ""}
    return {"ended": "noticed", "test": said.strip().rsplit("\n", 1)[-1]}


def _within(command: Sequence[str], *, place: Place, limit: float) -> tuple[int | None, str]:
    """Run the command; return its code, None when the time was over, and what it said."""
    environment = os.environ | {"PYTHONPATH": f"{ROOT}{os.pathsep}{place.root}"} | place.environment
    with TemporaryFile("w+", encoding="utf-8") as said:
        process = subprocess.Popen(
            command, cwd=place.root, env=environment, stdin=subprocess.DEVNULL,
            stdout=said, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        code: int | None = None
        with suppress(subprocess.TimeoutExpired):
            code = process.wait(limit)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        said.seek(0)
        return code, said.read()


def _note(module: str, result: Result) -> None:
    """Keep for the curious which test noticed which change."""
    NOTES.mkdir(parents=True, exist_ok=True)
    lines = [f"{change.line}\t{change.function}\t{change.before} -> {change.after}\t{ended}\t{test}\n"
             for change, ended, test in result.tried]  # fmt: skip
    (NOTES / f"{module}.txt").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
