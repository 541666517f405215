"""The nightly proof is no proof if it cannot fail: broken books are found."""

import psycopg

from starostwo.ledger import testing as ledger
from starostwo.ledger.queries.balances import broken_links, gaps
from starostwo.ledger.testing import posted


def test_a_missing_number_a_changed_byte_and_a_wrong_balance_are_found(committed_database: str) -> None:
    year = ledger.make_year()
    posted(year, ledger.note(year), ledger.note(year))
    assert (gaps(year), broken_links(year)) == ([], [])

    _as_owner(
        committed_database, "UPDATE ledger_line SET debit = debit + 1 WHERE position = 1", "ledger_line"
    )
    _as_owner(
        committed_database, "UPDATE ledger_voucher SET text = 'inny' WHERE number = 2", "ledger_voucher"
    )

    assert [(gap.debit, gap.credit) for gap in gaps(year)] == [(-2, 0)]
    assert [number for _, number in broken_links(year)] == [1, 2]


def _as_owner(address: str, sql: str, table: str) -> None:
    with psycopg.connect(address.replace("starostwo_app", "postgres"), autocommit=True) as owner:
        owner.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        owner.execute(sql)
        owner.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
