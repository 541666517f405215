"""The process in which a module's tests meet its mutants. Nothing is written into the source tree.

The tests are collected once. A change inside a function is tried in a fork: the function's code is exchanged
there, and the tests that call the function run until one fails. What already ran while modules were imported
would not see such a change; its mutants are left for a new process each, that loads the changed module.
"""

import contextlib
import gc
import importlib.abc
import importlib.machinery
import importlib.util
import inspect
import json
import os
import resource
import select
import shutil
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Generator, Iterator, Sequence
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

import pytest

from checks import mutation

RAN = "functions_that_ran"
BASELINE_SECONDS = 900
LEAST_SECONDS = 10
TIMES_LONGER = 5
MEMORY = 6 << 30
OPTIONS = ("-q", "-p", "no:randomly", "-p", "no:cacheprovider", "-p", "no:xdist")
CACHED = type(cache(len))
Answer = dict[str, Any]


class Module(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Gives the one module from a syntax tree of ours; every other comes as usual."""

    def __init__(self, name: str, file: Path, source: str) -> None:
        self.name, self._file, self.source = name, file, source
        self.ran: set[str] = set()
        self.code = self.compiled(mutation.watched(self.source, RAN))

    def compiled(self, tree: Any) -> CodeType:
        """Compile a tree of this module under its own name."""
        return compile(tree, str(self._file), "exec", dont_inherit=True)

    def find_spec(
        self, fullname: str, path: object, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self.name:
            return None
        return importlib.util.spec_from_file_location(fullname, self._file, loader=self)

    def exec_module(self, module: ModuleType) -> None:
        setattr(module, RAN, self.ran)
        exec(self.code, module.__dict__)  # noqa: S102

    def exchange(self, function: str, number: int) -> None:
        """Give every living copy of the function the code that it has in the mutant."""
        fresh = _codes(self.compiled(mutation.changed(self.source, number)))[function]
        for old, new in zip(_codes(self.code)[function], fresh, strict=True):
            for owner in gc.get_referrers(old):
                if isinstance(owner, FunctionType):
                    owner.__code__ = new


class Trials:
    """A pytest plugin: runs the collected tests without a change, then against each mutant in a fork."""

    def __init__(self, module: Module, out: Path, numbers: set[int]) -> None:
        self._module, self._out, self._numbers = module, out, numbers
        self._failed = ""
        self._fixtures: dict[str, set[str]] = defaultdict(set)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        at_import = set(self._module.ran)
        baseline = _in_fork(lambda: self._baseline(session.items), BASELINE_SECONDS)
        self._say(baseline)
        if baseline.get("failed") == "":
            for change in mutation.changes(self._module.source):
                is_wanted = change.number in self._numbers and change.function not in at_import
                if is_wanted and change.runs_when_called:
                    self._say(self._trial(session.items, change, baseline["tests"]))
        return True

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and not self._failed:
            self._failed = report.nodeid

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Generator[None, object, object]:
        """What a fixture of many tests calls, it calls for each of them."""
        ran = self._module.ran
        before = ran.copy()
        ran.clear()
        value = yield
        if fixturedef.scope != "function":
            self._fixtures[fixturedef.argname] |= ran
        ran |= before
        return value

    def _trial(self, items: Sequence[pytest.Item], change: mutation.Change, tests: Answer) -> Answer:
        chosen = [item for item in items if change.function in tests[item.nodeid]["ran"]]
        if not chosen:
            return {"number": change.number, "ended": "survived", "test": "", "seconds": 0}
        ordered = in_order(chosen, tests)
        limit = LEAST_SECONDS + TIMES_LONGER * sum(tests[item.nodeid]["seconds"] for item in chosen)
        began = time.monotonic()

        def work() -> Answer:
            self._module.exchange(change.function, change.number)
            return {"ended": "noticed" if self._run(ordered) else "survived", "test": self._failed}

        answer = _in_fork(work, limit)
        return {"number": change.number, "seconds": time.monotonic() - began} | answer

    def _baseline(self, items: Sequence[pytest.Item]) -> Answer:
        tests: Answer = {}
        for item, following in _in_pairs(items):
            _forget_caches(self._module.name)
            self._module.ran.clear()
            began = time.monotonic()
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            tests[item.nodeid] = {"seconds": time.monotonic() - began, "ran": set(self._module.ran)}
        for item in items:
            for name in getattr(item, "fixturenames", ()):
                tests[item.nodeid]["ran"] |= self._fixtures[name]
        return {"failed": self._failed, "tests": {k: v | {"ran": sorted(v["ran"])} for k, v in tests.items()}}

    def _run(self, items: Sequence[pytest.Item]) -> str:
        for item, following in _in_pairs(items):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self._failed:
                break
        return self._failed

    def _say(self, answer: Answer) -> None:
        with self._out.open("a", encoding="utf-8") as out:
            out.write(json.dumps(answer) + "\n")


class FirstFailure:
    """A pytest plugin for one mutant in a process of its own: the quickest tests first, the first failure."""

    def __init__(self, tests: Answer) -> None:
        self.failed = ""
        self._tests = tests

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = in_order(items, self._tests)

    def pytest_sessionstart(self) -> None:
        _clean_ground()

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self._note(report)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._note(report)

    def _note(self, report: pytest.CollectReport | pytest.TestReport) -> None:
        if report.failed and not self.failed:
            self.failed = report.nodeid


def in_order(items: Sequence[pytest.Item], tests: Answer) -> list[pytest.Item]:
    """Sort the tests so that quick files come first, and quick tests first in each."""
    files: dict[str, float] = defaultdict(float)
    for item in items:
        files[item.nodeid.split("::")[0]] += tests.get(item.nodeid, {"seconds": 0})["seconds"]

    def place(item: pytest.Item) -> tuple[float, str, float]:
        file = item.nodeid.split("::")[0]
        return files[file], file, tests.get(item.nodeid, {"seconds": 0})["seconds"]

    return sorted(items, key=place)


def main(arguments: Sequence[str]) -> int:
    """Try the mutants in forks, or with a number the one mutant here."""
    name, file, kept, out, how, numbers, *paths = arguments
    module = Module(name, Path(file), Path(kept).read_text(encoding="utf-8"))
    sys.meta_path.insert(0, module)
    options = [*OPTIONS, "-m", "not journey", f"--basetemp={out}.tmp"]
    wanted = {int(number) for number in numbers.split(",") if number}
    if how == "forks":
        return int(pytest.main([*options, *paths], plugins=[Trials(module, Path(out), wanted)]))
    with Path(out).open(encoding="utf-8") as lines:
        failures = FirstFailure(json.loads(lines.readline())["tests"])
    module.code = module.compiled(mutation.changed(module.source, *wanted))
    _limit_memory()
    code = pytest.main([*options, "-x", *paths], plugins=[failures])
    print(f"\n{failures.failed}")
    return int(code)


def _in_fork(work: Callable[[], Answer], limit: float) -> Answer:
    """Do the work in a child process and return its answer; whatever it leaves running is killed."""
    _clean_ground()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.setsid()
        _limit_memory()
        try:
            answer = work()
        except BaseException as error:  # ours, not the tests': pytest keeps theirs
            answer = {"ended": "error", "test": repr(error)}
        with os.fdopen(writing, "w", encoding="utf-8") as out:
            out.write(json.dumps(answer) + "\n")
            out.flush()
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb", buffering=0) as answers:
        line = _line_within(answers.fileno(), limit)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    if line is None:
        return {"ended": "limit", "test": ""}
    return dict(json.loads(line)) if line.strip() else {"ended": "noticed", "test": "(the process died)"}


def _line_within(reading: int, limit: float) -> bytes | None:
    """Read up to the end of the line or of the writer; None when the time is over."""
    end, line = time.monotonic() + limit, b""
    while not line.endswith(b"\n"):
        ready, _, _ = select.select([reading], [], [], max(0, end - time.monotonic()))
        if not ready:
            return None
        part = os.read(reading, 1 << 16)
        if not part:
            break
        line += part
    return line


def _clean_ground() -> None:
    """Each mutant finds a fresh database and an empty data folder, where its tests need any."""
    harness = sys.modules.get("tests.harness")
    if harness is not None:
        harness.postgres.drop_database(harness.CLUSTER, f"test_{harness.WORKER}")
        shutil.rmtree(os.environ["DATA_DIR"], ignore_errors=True)


def _forget_caches(module: str) -> None:
    """What an earlier test left in a cache would hide that this test needs the function."""
    package = module.split(".")[0]
    for one in gc.get_objects():
        if type(one) is CACHED and (one.__module__ or "").split(".")[0] == package:
            one.cache_clear()


def _limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _codes(code: CodeType) -> dict[str, list[CodeType]]:
    """The code of each function of the module or class that does not lie in another function."""
    found: dict[str, list[CodeType]] = defaultdict(list)
    for one in code.co_consts:
        if not isinstance(one, CodeType) or one.co_name.startswith("<"):
            continue
        if one.co_flags & inspect.CO_OPTIMIZED:  # a function, not the body of a class
            found[one.co_qualname].append(one)
        else:
            for name, codes in _codes(one).items():
                found[name] += codes
    return found


def _in_pairs(items: Sequence[pytest.Item]) -> Iterator[tuple[pytest.Item, pytest.Item | None]]:
    yield from zip(items, [*items[1:], None], strict=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
