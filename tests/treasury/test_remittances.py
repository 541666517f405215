"""Income of the State Treasury: shares, deadlines, transfers to the voivode, the share in the budget."""

from datetime import date

import pytest
from django.db import ProgrammingError, transaction

from starostwo.ledger import testing as ledger
from starostwo.ledger.api import Entry, settlements
from starostwo.ledger.models import FiscalYear, Line
from starostwo.ledger.queries.reports import filled, form_for
from starostwo.ledger.services import bridge
from starostwo.ledger.testing import NOW, TODAY
from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.treasury import testing as treasury
from starostwo.treasury.models import BankAccount, PaymentOrder, Remittance, RemittanceLine
from starostwo.treasury.rules.state_income import deadline_for, deadlines, outstanding, share_of, shared
from starostwo.treasury.services import bank_accounts, payment_files, payments, remittances
from starostwo.treasury.services.claims import Wrong

PAGE = "/urzad/naleznosci/skarb-panstwa/"
VOIVODE = remittances.Payee("Łódzki Urząd Wojewódzki", treasury.PAYEE)
USUFRUCT, COSTS = "700.70005.0550", "700.70005.0640"
Years = tuple[FiscalYear, FiscalYear]


@pytest.mark.law("u.g.n. art. 23 ust. 3")
@pytest.mark.law("u.d.j.s.t. art. 5 ust. 1 pkt 6")
@pytest.mark.parametrize(
    ("paragraph", "percent"), [("0550", 25), ("0470", 25), ("0750", 25), ("0690", 5), ("0640", 0)]
)
def test_shares_are_dated_and_from_memory(paragraph: str, percent: int) -> None:
    row = share_of(paragraph, TODAY)
    assert (row.value, row.verified) == (percent, False)
    assert sum(shared(1000_01, percent)) == 1000_01


@pytest.mark.law("ufp art. 255 ust. 1")
@pytest.mark.parametrize(
    ("today", "until", "pay_by"),
    [
        (date(2026, 11, 9), date(2026, 10, 20), date(2026, 10, 25)),
        (date(2026, 11, 10), date(2026, 11, 10), date(2026, 11, 15)),
        (date(2026, 11, 23), date(2026, 11, 20), date(2026, 11, 25)),
        (date(2027, 1, 4), date(2026, 12, 31), date(2027, 1, 8)),
    ],
)
def test_deadlines(today: date, until: date, pay_by: date) -> None:
    found = deadline_for(today)
    assert (found.until, found.pay_by) == (until, pay_by)
    assert len(deadlines(2026, 12)) == 3


def test_what_was_passed_on_or_given_back_is_not_passed_on_again() -> None:
    assert outstanding({1: 100, 2: 50, 3: 10}, {1: 60, 2: 50, 3: 30}) == [(1, 40)]


@pytest.fixture
def years(db: None) -> Years:
    office.make_office()
    unit, budget = ledger.make_year(), ledger.make_year("POWIAT", kind="BUDGET")
    ledger.accountant()
    return unit, budget


def received(unit: FiscalYear, typed: str, amount: int, *, on: date = date(2026, 11, 18)) -> None:
    row = settlements.income(typed, year=2026, of_state=True).pk
    entries = [
        Entry(ledger.account(unit, "130-1"), amount, classification=row),
        Entry(ledger.account(unit, "720"), 0, amount, classification=row),
    ]
    ledger.posted(unit, ledger.voucher(entries, issued_on=on, operation_on=on), into="WB")


def account_of(budget: FiscalYear) -> BankAccount:
    new = bank_accounts.NewAccount(
        number=treasury.OTHER, name="Rachunek budżetu", owner_name="Powiat", owner_address="Zgierz",
        account_out="133", account_in="133",
    )  # fmt: skip
    return bank_accounts.name_account(budget.book_id, new, actor=ledger.treasurer(), now=NOW)


def pass_on(account: BankAccount, today: date = TODAY) -> Remittance:
    return remittances.pass_on(account, VOIVODE, actor=ledger.accountant(), today=today, now=NOW)


@pytest.mark.law("ufp art. 255 ust. 1")
def test_what_came_by_the_day_goes_to_the_voivode_less_the_share(years: Years) -> None:
    unit, budget = years
    received(unit, USUFRUCT, 1000_00)
    received(unit, COSTS, 16_00)
    received(unit, USUFRUCT, 500_00, on=date(2026, 11, 21))  # after the counting day
    account = account_of(budget)
    made = pass_on(account)
    assert (made.until, made.pay_by) == (date(2026, 11, 20), date(2026, 11, 25))
    lines = RemittanceLine.objects.filter(remittance=made).order_by("classification__paragraph")
    assert [(one.classification.paragraph, one.received, one.share) for one in lines] == [
        ("0550", 1000_00, 250_00), ("0640", 16_00, 0),
    ]  # fmt: skip
    orders = PaymentOrder.objects.order_by("amount")
    assert [(one.amount, one.ledger_account, one.pay_on) for one in orders] == [
        (16_00, "224", made.pay_by), (750_00, "224", made.pay_by),
    ]  # fmt: skip
    credited = Line.objects.filter(account__number="901").values_list("credit", "classification__paragraph")
    assert list(credited) == [(250_00, "2360")]
    with pytest.raises(remittances.NothingToPassOn):
        pass_on(account)
    later = pass_on(account, date(2026, 12, 11))
    assert [one.received for one in RemittanceLine.objects.filter(remittance=later)] == [500_00]


def test_the_transfer_is_approved_without_a_position_and_wrong_accounts_are_refused(years: Years) -> None:
    unit, budget = years
    received(unit, USUFRUCT, 1000_00)
    account = account_of(budget)
    wrong = remittances.Payee("Wojewoda", "12 3456")
    with pytest.raises(Wrong):
        remittances.pass_on(account, wrong, actor=ledger.accountant(), today=TODAY, now=NOW)
    with pytest.raises(Wrong):
        pass_on(treasury.bank_account(unit))
    assert (Remittance.objects.count(), PaymentOrder.objects.count()) == (0, 0)
    pass_on(account)
    assert treasury.approved(PaymentOrder.objects.get()).state == "READY"
    with pytest.raises(ProgrammingError), transaction.atomic():
        RemittanceLine.objects.update(share=0)


@pytest.mark.law("rozp. MRiF 13.09.2017 zał. 2")
def test_the_budget_owes_income_of_the_state_and_reports_only_its_own(years: Years) -> None:
    unit, budget = years
    received(unit, USUFRUCT, 1000_00)
    pass_on(account_of(budget))
    bridge.enter_units(budget, until=11, actor=ledger.treasurer(), now=NOW)
    owed = Line.objects.filter(account__number="224", account__fiscal_year=budget)
    assert sum(line.credit - line.debit for line in owed) == 750_00
    rows = filled(form_for("rb-27s", 2026, 11), budget, 11)
    assert [(row.key, dict(row.cells)) for row in rows] == [("700.70005.2360", {"NA": 250_00, "DW": 250_00})]


def test_a_remittance_is_looked_at_and_made_on_the_screen(years: Years) -> None:
    unit, budget = years
    received(unit, USUFRUCT, 1000_00, on=date(2026, 1, 5))
    account = account_of(budget)
    client = office.client_of(Account.objects.get(login="k.saldo"))
    page = client.get(PAGE).content.decode()
    assert "250,00" in page
    assert "z pamięci" in page
    said = {"account": str(account.pk), "payee_name": "Wojewoda Łódzki", "payee_account": "1234"}
    wrong = client.post(PAGE, said)
    assert wrong.status_code == 422
    assert "numer rachunku się nie zgadza" in wrong.content.decode()
    assert 'value="Wojewoda Łódzki"' in wrong.content.decode()
    done = client.post(PAGE, said | {"payee_account": treasury.PAYEE}, follow=True)
    assert "do zatwierdzenia" in done.content.decode()
    assert "nie ma czego odprowadzić" in client.get(PAGE).content.decode()
    assert client.post(PAGE, said | {"payee_account": treasury.PAYEE}).status_code == 422
    stranger = office.client_of(office.make_staff("a.nowak", "Anna Nowak"))
    assert stranger.get(PAGE).status_code == 404


def test_a_transfer_that_the_bank_refused_is_prepared_again(years: Years) -> None:
    unit, budget = years
    received(unit, USUFRUCT, 1000_00)
    pass_on(account_of(budget))
    order = treasury.approved(PaymentOrder.objects.get())
    line = RemittanceLine.objects.get()
    client = office.client_of(Account.objects.get(login="k.saldo"))
    address = f"/urzad/naleznosci/skarb-panstwa/{line.pk}/ponownie/"
    assert client.post(address).status_code == 404  # it is on its way still
    payment_files.export(order.bank_account, [order.pk], actor=ledger.accountant(), today=TODAY, now=NOW)
    refused = payments.withdraw(order.pk, reason="bank odrzucił", actor=ledger.accountant(), now=NOW)
    assert refused.state == "REFUSED"
    assert address in client.get("/urzad/naleznosci/skarb-panstwa/").content.decode()
    client.post(address, {"payee_account": "12 34"})
    assert PaymentOrder.objects.count() == 1
    client.post(address)
    line.refresh_from_db()
    again = PaymentOrder.objects.exclude(pk=order.pk).get()
    assert line.order_id == again.pk
    assert (again.state, again.amount, again.payee_account) == ("PROPOSED", order.amount, order.payee_account)
    assert client.post(address).status_code == 404
