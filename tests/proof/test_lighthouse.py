"""Lighthouse on five public pages, as a phone loads them: accessible, fast, and standing still."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.county import County
from tests.proof.programs import modules, run

pytestmark = pytest.mark.journey
PAGES = ["/", "/bip/", "/uslugi/rejestracja-pojazdu/", "/aktualnosci/", "/wizyty/"]
FLAGS = "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage"
LONGEST_LCP_MS = 1_500
LARGEST_SHIFT = 0.02
TRIES = 3  # at times the browser's trace lacks its beginning, and Lighthouse asks to be run again
LCP = "largest-contentful-paint"


@pytest.mark.parametrize("address", PAGES)
def test_a_phone_gets_an_accessible_page_that_stands_still(
    county: County, address: str, tmp_path: Path
) -> None:
    report = lighthouse(county.address + address, tmp_path / "report.json")
    painted = report["audits"][LCP]["numericValue"]
    for _ in range(TRIES - 1):
        if painted >= LONGEST_LCP_MS:  # others on this machine only make it longer
            again = lighthouse(county.address + address, tmp_path / "again.json")
            painted = min(painted, again["audits"][LCP]["numericValue"])

    assert report["categories"]["accessibility"]["score"] == 1, failed(report)
    assert report["audits"]["cumulative-layout-shift"]["numericValue"] < LARGEST_SHIFT
    assert painted < LONGEST_LCP_MS
    assert report["audits"]["errors-in-console"]["score"] == 1


def lighthouse(address: str, file: Path) -> Any:
    """Ask Lighthouse with its simulated slow phone; the timings are computed, not taken from the clock."""
    program = modules() / "lighthouse" / "cli" / "index.js"
    kinds = "--only-categories=accessibility,performance,best-practices"
    chosen = ["--quiet", "--output=json", f"--output-path={file}", f"--chrome-flags={FLAGS}", kinds]
    chromium = os.environ.get("CHROME_PATH", "/usr/bin/chromium")
    report: Any = {}
    for _ in range(TRIES):
        done = run(program, address, *chosen, CHROME_PATH=chromium, NO_UPDATE_NOTIFIER="1")
        assert file.exists(), done.stderr[-2000:]
        report = json.loads(file.read_text())
        if "runtimeError" not in report:
            return report
    raise AssertionError(f"Lighthouse could not record the page: {report['runtimeError']}")


def failed(report: Any) -> list[str]:
    """The audits of accessibility that did not pass."""
    wanted = {one["id"] for one in report["categories"]["accessibility"]["auditRefs"] if one["weight"]}
    return [
        f"{name}: {audit['title']}"
        for name, audit in report["audits"].items()
        if name in wanted and audit["score"] not in (1, None)
    ]
