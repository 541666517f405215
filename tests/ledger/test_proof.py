"""The nightly proof is no proof if it cannot fail: broken books are found."""

import psycopg
import pytest

from starostwo.audit import api as audit
from starostwo.ledger import testing as ledger
from starostwo.ledger.models import JournalHead
from starostwo.ledger.queries.balances import broken_links, gaps
from starostwo.ledger.rules.vouchers import Entry
from starostwo.ledger.services import proving
from starostwo.ledger.testing import NOW, posted


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


def test_a_wrong_balance_of_a_settlement_is_found(committed_database: str) -> None:
    year = ledger.make_year()
    said = {"counterparty": ledger.supplier().pk, "settlement": ledger.owed(year).pk}
    bill = [
        Entry(ledger.account(year, "401"), debit=5),
        Entry(ledger.account(year, "201"), credit=5, classification=ledger.spending().pk, **said),
    ]
    posted(year, ledger.voucher(bill))
    assert gaps(year) == []

    _as_owner(
        committed_database, "UPDATE ledger_settlementbalance SET credit = 7", "ledger_settlementbalance"
    )

    assert [(gap.debit, gap.credit) for gap in gaps(year)] == [(0, 2)]


@pytest.mark.law("u.o.r. art. 24 ust. 4")
@pytest.mark.django_db
def test_each_posting_binds_the_end_of_its_journal_into_the_history() -> None:
    year = ledger.make_year()
    posted(year, ledger.note(year), ledger.note(year))
    posted(year, ledger.note(year))

    head = JournalHead.objects.get(journal=ledger.journal(year))
    first, last = audit.history(f"ledger.journal:{head.pk}")

    assert (first.payload["from"], first.payload["to"]) == (1, 2)
    assert last.payload == {"from": 3, "to": 3, "hash": bytes(head.hash).hex()}
    assert last.actor_name == "Krystyna Saldo"


@pytest.mark.django_db
def test_what_the_night_found_is_kept() -> None:
    assert proving.last_proof() is None
    assert proving.prove() == []
    proving.note_faults([proving.Fault("URZAD", 2026, "saldo konta 5 różni się")], now=NOW)

    found = proving.last_proof()

    assert found == (NOW, ["URZAD 2026: saldo konta 5 różni się"])
