"""`make bench` at a tiny size: every measurement runs and the table has its shape; no time is judged."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from bench import others, telephony
from bench.books import BooksRow, table
from bench.ground import Ground
from bench.result import Row, percentile
from bench.telephony import Load
from tests.harness import ROOT

TINY = (
    "--letters 300 --asks 2 --cases 1000 --seconds 1 --rest 0 --clients 2 --publications 2 --lines 2000 "
    "--invoices 14 --without-tryton --cables 200 --assets 400 --counted 40 "
    "--devices 20 --registrations 200 --calls 40 --at-once 5"
).split()
EVERY = (
    "list: queue of letters, mail desk",
    "list: cases, head of unit",
    "page: case, case worker",
    "search: frequent word, case worker",
    "search: inflected, without diacritics, mail desk",
    "search: part of a case mark, starosta",
    "letters registered, 2 clients",
    "submissions with UPO, XAdES checked, 2 clients",
)
LEDGERS = (
    "vouchers posted one by one",
    "vouchers imported, 500 at a time",
    "trial balance of the year",
    "account card, first page",
)
VISITED = (
    "information published, until its page can be read",
    "bulletin from files by nginx",
    "news made anew for each visit",
)


@pytest.mark.journey
def test_a_tiny_county_gives_a_whole_table(tmp_path: Path) -> None:
    page = tmp_path / "bench.md"
    command = [sys.executable, "-m", "bench", *TINY, "--out", str(page)]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    kept = page.read_text()
    for what in EVERY:
        assert re.search(rf"^\| {re.escape(what)} +\|.*[0-9]\.[0-9]", kept, re.M), f"{what} is missing"
        assert what in done.stdout
    for what in VISITED:
        assert re.search(rf"^\| {what} \| [1-9][0-9]* ", kept, re.M), f"{what} is missing"
    for what in (name for name in EVERY if name.startswith("list: ")):
        assert re.search(rf"^\| {what} \| [0-9.]+ \| [0-9.]+ \| [0-9.]+ \| [^|]*met", kept, re.M), what
    assert "| with 1,000 cases |" in kept
    for what in LEDGERS:
        ours = r"[0-9.]+(/s| ms) \| [0-9.]+ \| [^|]+ \| [^|]*met[^|]*"
        assert re.search(rf"^\| {what} \| {ours} \| [0-9.]+(/s| ms) \| [0-9.]+ \| ", kept, re.M), what
    assert re.search(r"^\| report Rb-28S to December \| [0-9.]+ ms ", kept, re.M)
    assert "Tryton was not run" in kept
    assert re.search(r"^\| e-invoices parsed, routed and matched \| 14 \| [0-9.]+ \|", kept, re.M)
    for what in telephony.NAMES.values():
        assert re.search(rf"^\| {what} \| [0-9]+ \| 5 \| [1-9][0-9]*/s \| [0-9.]+ \| 0 \|", kept, re.M), what
    assert "Not measured" not in kept
    assert re.search(r"^- letters: 300$", kept, re.M)
    assert re.search(r"\*\*all processes\*\* \| \*\*[1-9][0-9]+\*\*", kept)


def test_another_program_that_fails_leaves_an_empty_column_and_a_remark(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(others, "not_measured", [])
    told: list[str] = []

    def fails() -> float:
        raise RuntimeError("no wheels today")

    assert others.tried("Tryton", fails, tell=told.append) is None
    assert others.tried("django-hordak", lambda: 7.0, tell=told.append) == 7.0
    assert told == ["Tryton", "Tryton: not measured, RuntimeError: no wheels today", "django-hordak"]
    assert others.remark().endswith("ended with a fault: Tryton.\n")


def test_a_row_says_what_is_left_of_the_database_and_if_its_limit_is_kept() -> None:
    row = Row("letters", count=9, per_second=50, raw_per_second=200, median=10, p95=199.9, limit=200)
    assert (row.ratio, row.is_met) == (0.25, True)
    assert Row("pages", count=9, median=10, p95=200, limit=200).is_met is False
    assert Row("pages", count=9, p95=10).is_met is None
    assert [percentile([3.0, 1.0, 2.0, 4.0], part) for part in (0, 0.5, 0.95, 1)] == [1, 3, 4, 4]


def test_a_row_of_books_says_how_many_times_faster_ours_is_and_if_the_goal_is_kept() -> None:
    posting = BooksRow("posting", "/s", ours=400, p95=3, goal=400, hordak=100, tryton=10)
    assert (posting.is_kept, posting.ratio(100), posting.ratio(10), posting.ratio(None)) == (
        True,
        4,
        40,
        None,
    )
    balance = BooksRow("balance", " ms", ours=5, p95=20, goal=20, hordak=500)
    assert (balance.is_kept, balance.ratio(500)) == (False, 100)
    assert table([balance]).splitlines()[2] == (
        "| balance | 5.0 ms | 20.0 | under 20.0 ms | **not met** | 500.0 ms | 100.0 |  |  |"
    )


def test_a_row_of_telephony_says_what_is_left_of_a_static_exchange() -> None:
    calls = Load("calls", count=1000, at_once=50, ours=310.4, ms=12.34, failed=1, static=620.8)
    assert (calls.ratio, calls.is_kept) == (0.5, True)
    assert Load("calls", 1000, 50, 310.0, 1.0, failed=2, static=None).is_kept is False
    assert telephony.table([calls]).splitlines()[2] == (
        "| calls, sound from phone to phone | 1000 | 50 | 310/s | 12.3 | 1 | 621/s | 0.50 | 300/s | met |"
    )


def test_without_sipp_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    assert telephony.missing() == ""
    monkeypatch.setattr(telephony, "NEEDED", {"/nowhere/sipp": "sip-tester", "/bin/sh": "dash"})
    told: list[str] = []
    ground = Ground(ROOT / "nowhere", 1)

    assert telephony.measure(ground, registrations=1, calls=1, at_once=1, tell=told.append) == []
    assert told == ["Telefonia: nie zmierzono. Zainstaluj: sudo apt-get install sip-tester"]
    assert telephony.table([]) == told[0]
