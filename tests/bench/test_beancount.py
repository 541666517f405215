"""beancount, a program beside ours in an environment of its own, reads a year and finds the same balances."""

import csv
import io
import subprocess
from decimal import Decimal
from pathlib import Path

import pytest

from bench.environments import environment_of
from starostwo.ledger import testing as ledger
from starostwo.ledger.queries.balances import trial_balance
from starostwo.ledger.testing import NOW
from starostwo.site.demo.finance import ground_of
from starostwo.site.demo.worked_year import Heads, work_year
from tests.ledger.test_screens import BOOKS, client

SUMS = "SELECT account, sum(number) AS net WHERE account ~ 'Assets' GROUP BY account"


@pytest.mark.journey
@pytest.mark.law("u.o.r. art. 18 ust. 1")
def test_beancount_accepts_the_year_and_sums_it_as_we_do(db: None, tmp_path: Path) -> None:
    year = ledger.make_year()
    work_year(
        ground_of(year, by=ledger.accountant(), now=NOW),
        Heads(ledger.treasurer(), ledger.chief()),
        seed=11,
        vouchers=600,
        tell=str,
    )
    answer = client("k.saldo").get(f"{BOOKS}{year.pk}/zapisy.beancount")
    file = tmp_path / "year.beancount"
    file.write_bytes(b"".join(answer.streaming_content))  # type: ignore[attr-defined]

    programs = environment_of("books_anchor", wheels_only=False) / "bin"
    subprocess.run([programs / "bean-check", file], check=True)
    said = subprocess.run(
        [programs / "bean-query", "--format", "csv", file, SUMS], check=True, capture_output=True, text=True
    )
    theirs = {
        row["account"]: int(100 * Decimal(row["net"])) for row in csv.DictReader(io.StringIO(said.stdout))
    }
    assert theirs == {
        f"Assets:K{row.number}": row.total_debit - row.total_credit for row in trial_balance(year, 13)
    }
