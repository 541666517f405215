"""A pytest plugin that writes down how each test ended and which provisions of law it proves.

`-p checks.report` with the file's name in REPORT. The lists of features and of law are checked against it.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

_ended: dict[str, dict[str, object]] = {}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the provisions travel with the reports, also from xdist's workers."""
    for item in items:
        provisions = {provision for mark in item.iter_markers("law") for provision in mark.args}
        item.user_properties.extend(("law", provision) for provision in sorted(provisions))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Keep the worst of set-up, call and tear-down."""
    known = _ended.setdefault(report.nodeid, {"outcome": "passed", "law": []})
    if report.outcome != "passed":
        known["outcome"] = "failed" if report.outcome == "failed" else "skipped"
    known["law"] = sorted({str(value) for name, value in report.user_properties if name == "law"})


@pytest.hookimpl(wrapper=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    """Write the report; only the controller does, workers send it theirs."""
    yield
    file = os.environ.get("REPORT")
    if file and not hasattr(session.config, "workerinput"):
        Path(file).write_text(json.dumps(_ended, ensure_ascii=False, indent=1), encoding="utf-8")
