"""Contracts commit the plan, payments use them up, years take them over; leave above the plan is signed."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from starostwo.audit import api as audit
from starostwo.ledger import testing as ledger
from starostwo.ledger.models import (
    Contract,
    ContractAnnex,
    ContractPart,
    Counterparty,
    FiscalYear,
    Limit,
    Line,
    Overcommitment,
    Voucher,
)
from starostwo.ledger.queries import contracts as queries
from starostwo.ledger.queries.balances import gaps
from starostwo.ledger.rules.classification import position
from starostwo.ledger.services import contracts, overcommitments, posting
from starostwo.ledger.testing import NOW, TODAY
from tests.ledger.contracting import WHERE, committed, on, paid, registered, typed

pytestmark = pytest.mark.django_db
KEPT = (Contract, ContractAnnex, ContractPart, Counterparty, Overcommitment, Limit, Voucher, Line)


@pytest.fixture
def year() -> FiscalYear:
    made = ledger.make_year()
    ledger.plan(made, amount=150_00)
    return made


def state() -> list[object]:
    return [list(model.objects.order_by("pk").values()) for model in KEPT]


@pytest.mark.law("rozp. MRiF 13.09.2017 zał. 3")
def test_a_contract_is_numbered_and_committed(year: FiscalYear) -> None:
    first = registered(year)
    second = registered(year, typed(document_number="2", amount="50,00", parts=f"2026 {WHERE} 50,00"))

    assert [(one.number, one.year) for one in (first, second)] == [(1, 2026), (2, 2026)]
    assert first.counterparty_id == second.counterparty_id
    assert on(year, "998") == [(0, 100_00), (0, 50_00)]
    assert on(year, "999") == [(0, 200_00)]
    assert committed(year) == 150_00
    made = Voucher.objects.get(origin=f"ledger.contract:{first.pk}")
    assert (made.kind, made.month, made.external_number) == ("UM", 11, "FK.273.4.2026")
    assert {line.contract_id for line in made.lines.all()} == {first.pk}
    assert [entry.verb for entry in audit.history(f"ledger.contract:{first.pk}")] == ["register"]
    assert gaps(year) == []


@pytest.mark.law("ufp art. 46 ust. 1")
def test_a_commitment_above_the_plan_is_refused_and_changes_nothing(year: FiscalYear) -> None:
    registered(year)
    before = state()

    with pytest.raises(posting.CommitmentAbovePlan) as refused, transaction.atomic():
        registered(year, typed(document_number="2", amount="50,01", parts=f"2026 {WHERE} 50,01"))

    assert refused.value.what == f"W.{WHERE}"
    assert state() == before


@pytest.mark.law("u.o.n.d.f.p. art. 15")
def test_signed_leave_covers_it_and_stays_in_history(year: FiscalYear) -> None:
    registered(year)
    leave = overcommitments.allow_above_plan(
        year, position(WHERE), amount=1, reason=" Awaria  dachu ", actor=ledger.treasurer(), now=NOW
    )
    registered(year, typed(document_number="2", amount="50,01", parts=f"2026 {WHERE} 50,01"))

    assert (leave.reason, leave.signed_by_name, leave.overcommitted_by) == ("Awaria dachu", "Wanda Skarb", 1)
    [entry] = audit.history(f"ledger.overcommitment:{leave.pk}")
    assert (entry.verb, entry.payload["reason"]) == ("allow", "Awaria dachu")
    assert committed(year) == 150_01


def test_leave_needs_the_treasurer_a_reason_and_an_amount(year: FiscalYear) -> None:
    before = state()
    with pytest.raises(overcommitments.MayNotAllow):
        overcommitments.allow_above_plan(
            year, position(WHERE), amount=1, reason="Awaria", actor=ledger.chief(), now=NOW
        )
    for amount, reason in ((0, "Awaria"), (-1, "Awaria"), (1, "  ")):
        with pytest.raises(overcommitments.NoReason):
            overcommitments.allow_above_plan(
                year, position(WHERE), amount=amount, reason=reason, actor=ledger.treasurer(), now=NOW
            )

    assert state() == before


def test_payments_use_a_contract_up_and_are_entered_once(year: FiscalYear) -> None:
    made = registered(year)
    paid(year, made, 60_00)
    actor = ledger.accountant()

    assert [(row.year, row.agreed, row.left) for row in queries.parts_of(made)] == [
        (2026, 100_00, 40_00), (2027, 200_00, 200_00),
    ]  # fmt: skip
    contracts.note_paid(year, actor=actor, today=TODAY, now=NOW)
    assert contracts.note_paid(year, actor=actor, today=TODAY, now=NOW) == []
    paid(year, made, 5_00)
    contracts.note_paid(year, actor=actor, today=TODAY, now=NOW)

    assert on(year, "998") == [(0, 100_00), (60_00, 0), (5_00, 0)]
    assert committed(year) == 100_00


def test_a_new_year_takes_over_what_waited_on_999(year: FiscalYear) -> None:
    made = registered(year)
    annexed(made, parts=f"2027 {WHERE} 50,00\n2028 {WHERE} 30,00")
    following = ledger.make_year(year=2027)
    ledger.plan(following, amount=1_000_00)
    moved = contracts.move_to_year(following, actor=ledger.accountant(), today=TODAY, now=NOW)

    assert len(moved) == 2
    assert (on(following, "999"), on(following, "998")) == ([(0, 280_00), (250_00, 0)], [(0, 250_00)])
    assert committed(following) == 250_00
    assert contracts.move_to_year(following, actor=ledger.accountant(), today=TODAY, now=NOW) == []


def annex_of(**said: str) -> dict[str, str]:
    return {
        "document_number": "1", "subject": "Więcej druków", "signed_on": "20.11.2026",
        "parts": f"2026 {WHERE} -40,00\n2027 {WHERE} 60,00",
    } | said  # fmt: skip


def annexed(made: Contract, **said: str) -> ContractAnnex:
    return contracts.annex(made, annex_of(**said), actor=ledger.accountant(), today=TODAY, now=NOW)


def test_an_annex_changes_commitments_and_not_the_contract(year: FiscalYear) -> None:
    made = registered(year)
    annex = annexed(made, ends_on="31.12.2028")

    assert (annex.number, annex.amount, annex.ends_on) == (1, 20_00, date(2028, 12, 31))
    assert [(row.year, row.agreed) for row in queries.parts_of(made)] == [(2026, 60_00), (2027, 260_00)]
    assert (on(year, "998"), on(year, "999")) == ([(0, 100_00), (0, -40_00)], [(0, 200_00), (0, 60_00)])
    assert committed(year) == 60_00
    assert [entry.verb for entry in audit.history(f"ledger.contract:{made.pk}")] == ["register", "annex"]


def test_a_wrong_annex_changes_nothing(year: FiscalYear) -> None:
    made = registered(year)
    before = state()
    for wrong, refusal in (
        (annex_of(parts=f"2026 {WHERE} -101,00"), contracts.ContractIsWrong),
        (annex_of(parts=f"2026 {WHERE} 51,00"), posting.CommitmentAbovePlan),
    ):
        with pytest.raises(refusal), transaction.atomic():
            contracts.annex(made, wrong, actor=ledger.accountant(), today=TODAY, now=NOW)

    assert state() == before


def test_who_does_not_keep_the_book_enters_no_contract(year: FiscalYear) -> None:
    stranger = replace(ledger.accountant(), own=replace(ledger.accountant().own, units=frozenset({"AB"})))
    budget = ledger.make_year("BUDZET", kind="BUDGET")
    for book, actor in ((year.book, stranger), (budget.book, ledger.treasurer())):
        with pytest.raises(contracts.MayNotContract):
            contracts.save_draft(book, typed(), draft=None, actor=actor, now=NOW)
    assert list(queries.visible(stranger)) == []


WRITES = [
    "UPDATE ledger_contract SET amount = 1",
    "DELETE FROM ledger_contract",
    "UPDATE ledger_contractpart SET amount = 1",
    "DELETE FROM ledger_contractpart",
    "UPDATE ledger_contractannex SET amount = 1",
    "DELETE FROM ledger_contractannex",
    "UPDATE ledger_overcommitment SET reason = 'inny'",
    "DELETE FROM ledger_overcommitment",
    "TRUNCATE ledger_overcommitment",
    "INSERT INTO ledger_overcommitment (fiscal_year_id, classification_id, overcommitted_by, reason,"
    " signed_at, signed_by, signed_by_name)"
    " SELECT fiscal_year_id, classification_id, 5, '', signed_at, '', '' FROM ledger_overcommitment",
]


@pytest.mark.parametrize("sql", WRITES)
def test_the_register_cannot_be_changed_by_the_role_of_the_application(year: FiscalYear, sql: str) -> None:
    made = registered(year)
    annexed(made)
    overcommitments.allow_above_plan(
        year, position(WHERE), amount=1, reason="Awaria", actor=ledger.treasurer(), now=NOW
    )
    before = state()

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)

    assert state() == before
