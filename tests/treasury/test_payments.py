"""Transfers: from what is owed to the file for the bank, by two people, each once."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from starostwo.ledger import testing as ledger
from starostwo.ledger.models import FiscalYear
from starostwo.ledger.testing import NOW, TODAY
from starostwo.office import testing as office
from starostwo.office.api import Right, actor_for
from starostwo.treasury import testing as treasury
from starostwo.treasury.models import BankAccount, PaymentFile, PaymentOrder
from starostwo.treasury.rules.payment_states import Role, next_role
from starostwo.treasury.services import bank_accounts, payment_files, payments
from starostwo.treasury.testing import OTHER, OWN, PAYEE

pytestmark = pytest.mark.django_db


@pytest.fixture
def year() -> FiscalYear:
    made = ledger.make_year()
    ledger.plan(made)
    return made


def content(**said: Any) -> payments.Content:
    return payments.Content(
        **{
            "payee_account": PAYEE, "payee_name": "Drukarnia", "title": "druk map", "amount": 1_000_00,
            "pay_on": date(2026, 11, 30), "position": "750.75020.4300",
        } | said
    )  # fmt: skip


def test_a_transfer_is_proposed_for_what_is_left_and_once(year: FiscalYear) -> None:
    owed = treasury.debt(year)
    account = treasury.bank_account(year)
    [order] = payments.propose(account, [owed.pk], pay_on=TODAY, actor=ledger.accountant(), now=NOW)
    assert (order.amount, order.payee_account, order.title) == (1_230_00, PAYEE, "Zapłata za FV 1/2026")
    assert str(order.classification) == "750.75020.4300"
    with pytest.raises(payments.NothingOwed):
        payments.propose(account, [owed.pk], pay_on=TODAY, actor=ledger.accountant(), now=NOW)
    payments.change(order.pk, content(), actor=ledger.accountant(), now=NOW)
    [rest] = payments.propose(account, [owed.pk], pay_on=TODAY, actor=ledger.accountant(), now=NOW)
    assert rest.amount == 230_00


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"payee_account": "12"}, "payee_account"),
        ({"payee_account": OWN}, "payee_account"),
        ({"amount": 0}, "amount"),
        ({"amount": 1_230_01}, "amount"),
        ({"position": "bzdura"}, "position"),
        ({"position": "750.75020.9999"}, "position"),
        ({"is_split": True, "vat": 1_000_00, "invoice": "FV 1"}, "vat"),
        ({"is_split": True, "vat": 1, "invoice": "F" * 36}, "invoice"),
    ],
)
def test_a_wrong_change_is_refused_and_named(year: FiscalYear, said: dict[str, Any], field: str) -> None:
    order = treasury.proposed(year)
    with pytest.raises(payments.Wrong) as refused:
        payments.change(order.pk, content(**said), actor=ledger.accountant(), now=NOW)
    assert refused.value.field == field
    before = order.title, order.amount, order.payee_account
    order.refresh_from_db()
    assert (order.title, order.amount, order.payee_account) == before


@pytest.mark.law("ustawa o VAT art. 108a ust. 3")
def test_a_split_payment_gets_its_title(year: FiscalYear) -> None:
    order = treasury.proposed(year)
    split = content(is_split=True, vat=230_00, invoice="FV 1/2026", amount=1_230_00)
    changed = payments.change(order.pk, split, actor=ledger.accountant(), now=NOW)
    assert changed.title == "/VAT/230,00/IDC/5260250274/INV/FV 1/2026/TXT/druk map"


CHIEF, TREASURER = Role.CHIEF, Role.TREASURER


@pytest.mark.law("ufp art. 54 ust. 1 pkt 3")
@pytest.mark.parametrize(
    ("roles", "me", "first", "any_two", "role", "why"),
    [
        ({CHIEF}, 1, ("", None), False, CHIEF, "the first approval"),
        ({TREASURER}, 1, ("", None), False, TREASURER, "the treasurer may begin"),
        ({CHIEF}, 1, ("CHIEF", 1), False, None, "nobody approves twice"),
        ({CHIEF, TREASURER}, 1, ("CHIEF", 1), True, None, "not even in another capacity"),
        ({CHIEF}, 2, ("CHIEF", 1), False, None, "two chief accountants are not enough"),
        ({CHIEF}, 2, ("CHIEF", 1), True, CHIEF, "unless the account says any two"),
        ({TREASURER}, 2, ("CHIEF", 1), False, TREASURER, "chief accountant, then treasurer"),
        (set(), 2, ("CHIEF", 1), True, None, "an accountant approves nothing"),
    ],
)
def test_who_approves_next(
    roles: set[Role], me: int, first: tuple[str, int | None], any_two: bool, role: Role | None, why: str
) -> None:
    said = next_role(frozenset(roles), me, first_role=first[0], first_person=first[1], any_two=any_two)
    assert said == role, why


def test_two_people_approve_and_the_accountant_does_not(year: FiscalYear) -> None:
    order = treasury.proposed(year)
    with pytest.raises(payments.NotYours):
        treasury.approved(order, ledger.accountant())
    once = treasury.approved(order, ledger.chief())
    assert once.state == "APPROVED"
    with pytest.raises(payments.NotYours):
        treasury.approved(order, ledger.chief())
    twice = treasury.approved(order, ledger.treasurer())
    assert (twice.state, twice.first_as, twice.second_as) == ("READY", "CHIEF", "TREASURER")
    with pytest.raises(payments.NoSuchOrder):
        payments.change(order.pk, content(), actor=ledger.accountant(), now=NOW)


def test_a_transfer_without_account_or_classification_is_not_approved(year: FiscalYear) -> None:
    order = treasury.proposed(year)
    PaymentOrder.objects.filter(pk=order.pk).update(classification=None)
    with pytest.raises(payments.Incomplete):
        treasury.approved(order)


def test_each_transfer_goes_out_once_and_its_file_stays(year: FiscalYear) -> None:
    order = treasury.approved(treasury.proposed(year))
    account = order.bank_account
    file = payment_files.export(account, [order.pk], actor=ledger.accountant(), today=TODAY, now=NOW)
    assert (file.name, file.count, file.total) == (f"URZAD-{account.pk}-2026-1.pli", 1, 1_230_00)
    assert bytes(PaymentFile.objects.get().content) == bytes(file.content)
    assert f'"P{order.pk}"'.encode() in bytes(file.content)
    with pytest.raises(payment_files.NothingReady):
        payment_files.export(account, [order.pk], actor=ledger.accountant(), today=TODAY, now=NOW)
    assert PaymentFile.objects.count() == 1


def test_an_account_of_xml_gets_xml(year: FiscalYear) -> None:
    treasury.bank_account(year, file_format=BankAccount.Format.PAIN)
    order = treasury.approved(treasury.proposed(year))
    file = payment_files.export(
        order.bank_account, [order.pk], actor=ledger.accountant(), today=TODAY, now=NOW
    )
    assert file.name.endswith(".xml")
    assert "pain.001.001.03" in bytes(file.content).decode()


def test_what_is_withdrawn_frees_the_debt(year: FiscalYear) -> None:
    order = treasury.proposed(year)
    with pytest.raises(payments.ReasonIsMissing):
        payments.withdraw(order.pk, reason=" ", actor=ledger.accountant(), now=NOW)
    payments.withdraw(order.pk, reason="zły rachunek", actor=ledger.accountant(), now=NOW)
    [again] = payments.propose(
        order.bank_account, [order.settlement_id or 0], pay_on=TODAY, actor=ledger.accountant(), now=NOW
    )
    assert again.amount == order.amount


@pytest.mark.parametrize(
    "change",
    [
        {"amount": 1},
        {"payee_account": OTHER},
        {"title": "inny"},
        {"state": "EXPORTED"},
        {"state": "PAID"},
        {"state": "READY"},
        {"state": "PROPOSED"},
        {"second_by": 1, "first_by": 1},
    ],
)
def test_the_database_keeps_what_was_approved(year: FiscalYear, change: dict[str, Any]) -> None:
    order = treasury.approved(treasury.proposed(year), ledger.chief())
    with pytest.raises(DatabaseError), transaction.atomic():
        PaymentOrder.objects.filter(pk=order.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        PaymentOrder.objects.filter(pk=order.pk).delete()


def test_who_keeps_other_books_does_not_see_it(year: FiscalYear) -> None:
    order = treasury.proposed(year)
    stranger = actor_for(
        office.make_staff("j.obcy", "Jan Obcy", unit="GN", rights=[Right.KEEP_BOOKS]), today=TODAY
    )
    with pytest.raises(payments.NoSuchOrder):
        payments.withdraw(order.pk, reason="x", actor=stranger, now=NOW)


@pytest.mark.parametrize(
    ("number", "refusal"),
    [("61109010140000071219812875", bank_accounts.NotAnAccount), (OWN, bank_accounts.AccountIsThere)],
)
def test_a_bank_account_has_a_right_number_and_stands_once(
    year: FiscalYear, number: str, refusal: type[Exception]
) -> None:
    treasury.bank_account(year)
    said = bank_accounts.NewAccount(number, "Drugi", "Starostwo", "Zgierz", "139", "139")
    with pytest.raises(refusal):
        bank_accounts.name_account(year.book_id, said, actor=ledger.treasurer(), now=NOW)
    assert BankAccount.objects.count() == 1
