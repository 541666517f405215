"""Deposits and bid bonds, the social fund: registers with their vouchers, terms, interest, on the screen."""

from datetime import date
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client

from starostwo.ledger import testing as ledger
from starostwo.ledger.api import settlements
from starostwo.ledger.models import FiscalYear, Line, Voucher
from starostwo.ledger.testing import NOW, TODAY
from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.treasury import testing as treasury
from starostwo.treasury.models import BankOperation, Deposit, FundEntry
from starostwo.treasury.queries.deposits import fund_balance, loan_left
from starostwo.treasury.rules.deposits import Kept, Kind, interest, return_by
from starostwo.treasury.services import deposits, social_fund, statements
from starostwo.treasury.services.claims import Wrong
from starostwo.treasury.services.statement_posting import post_statement

DEPOSITS, FUND = "/urzad/depozyty/", "/urzad/fundusz-socjalny/"
SINCE = date(2026, 2, 2)


@pytest.mark.law("Pzp art. 98 ust. 1")
@pytest.mark.law("Pzp art. 453 ust. 1")
@pytest.mark.parametrize(
    ("kind", "day"),
    [
        (Kind.BID_BOND, date(2026, 3, 8)), (Kind.PERFORMANCE, date(2026, 3, 31)),
        (Kind.AUCTION, date(2026, 3, 4)), (Kind.OTHER, None),
    ],
)  # fmt: skip
def test_by_when_it_goes_back(kind: Kind, day: date | None) -> None:
    assert return_by(kind, date(2026, 3, 1)) == day


@pytest.mark.law("Pzp art. 98 ust. 4")
@pytest.mark.parametrize(
    ("rate", "cost", "borne"), [(150, 0, 150_00), (150, 20_00, 130_00), (0, 0, 0), (1, 20_00, 0)]
)
def test_interest_of_the_account_less_its_costs(rate: int, cost: int, borne: int) -> None:
    kept = Kept(10_000_00, date(2026, 1, 1), date(2027, 1, 1), rate)
    assert interest(kept, cost) == borne


@pytest.fixture
def year(db: None) -> FiscalYear:
    office.make_office()
    made = ledger.make_year()
    ledger.accountant()
    return made


def taken(year: FiscalYear, **said: Any) -> Deposit:
    whole = {
        "kind": "BID_BOND", "owner": settlements.Known("Budowa sp. z o.o.", nip="5260250274"),
        "subject": "ZP.272.4.2026", "amount": 10_000_00, "received_on": SINCE, "rate": 150,
    } | said  # fmt: skip
    return deposits.take(
        year.book_id, deposits.NewDeposit(**whole), actor=ledger.accountant(), today=TODAY, now=NOW
    )


def balance(number: str) -> int:
    rows = Line.objects.filter(account__number=number).values_list("debit", "credit")
    return sum(debit - credit for debit, credit in rows)


@pytest.mark.law("rozp. MRiF 13.09.2017 zał. 3")
def test_a_deposit_is_taken_ended_and_given_back_with_interest(year: FiscalYear) -> None:
    made = taken(year)
    assert made.shown_number == "D/1/2026"
    assert (balance("139"), balance("240")) == (10_000_00, -10_000_00)
    ended = deposits.end(made.pk, on=date(2026, 11, 2), actor=ledger.accountant(), now=NOW)
    assert ended.return_by == date(2026, 11, 9)
    back = deposits.give_back(made.pk, on=TODAY, cost=5_00, actor=ledger.accountant(), today=TODAY, now=NOW)
    assert back.returned == 10_000_00 + interest(Kept(10_000_00, SINCE, TODAY, 150), 5_00)
    assert (balance("139"), balance("240")) == (0, 0)
    with pytest.raises(deposits.NoSuchDeposit):
        deposits.give_back(made.pk, on=TODAY, cost=0, actor=ledger.accountant(), today=TODAY, now=NOW)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Deposit.objects.update(returned=1)


def test_a_forfeited_deposit_becomes_income(year: FiscalYear) -> None:
    made = taken(year)
    said = {"on": TODAY, "actor": ledger.accountant(), "today": TODAY, "now": NOW}
    with pytest.raises(Wrong):
        deposits.keep(made.pk, reason=" ", position="750.75020.0950", **said)
    with pytest.raises(Wrong):
        deposits.keep(made.pk, reason="uchyla się od umowy", position="nie wiem", **said)
    deposits.keep(made.pk, reason="uchyla się od umowy", position="750.75020.0950", **said)
    assert (balance("139"), balance("240"), balance("720")) == (10_000_00, 0, -10_000_00)


@pytest.mark.parametrize(
    ("said", "field"), [({"amount": 0}, "amount"), ({"received_on": date(2027, 1, 1)}, "received_on")]
)
def test_a_wrong_deposit_changes_nothing(year: FiscalYear, said: dict[str, Any], field: str) -> None:
    with pytest.raises(Wrong) as refused:
        taken(year, **said)
    assert refused.value.field == field
    assert (Deposit.objects.count(), Voucher.objects.count()) == (0, 0)


def clerk() -> Client:
    return office.client_of(Account.objects.get(login="k.saldo"))


def test_a_deposit_on_the_screen(year: FiscalYear) -> None:
    client = clerk()
    said = {
        "book_id": str(year.book_id), "name": "Budowa sp. z o.o.", "nip": "5260250274", "kind": "BID_BOND",
        "subject": "ZP.272.4.2026", "amount": "10000,00", "received_on": "02.02.2026", "rate": "1.5",
    }  # fmt: skip
    wrong = client.post(f"{DEPOSITS}nowy/", said | {"amount": "dużo"})
    assert (wrong.status_code, 'value="ZP.272.4.2026"' in wrong.content.decode()) == (422, True)
    page = client.post(f"{DEPOSITS}nowy/", said)["Location"]
    assert client.post(f"{page}wygasniecie/", {"ended_on": "01.01.2026"}).status_code == 422
    assert client.post(f"{page}wygasniecie/", {"ended_on": "02.11.2026"}).status_code == 302
    assert "Zwrócić do" in client.get(page).content.decode()
    assert "ZP.272.4.2026" in client.get(DEPOSITS, {"q": "budowa"}).content.decode()
    nothing = client.post(f"{page}zatrzymanie/", {"on": "23.11.2026", "reason": "", "position": "x"})
    assert nothing.status_code == 422
    assert client.post(f"{page}zwrot/", {"on": "20.11.2026", "cost": "5,00"}).status_code == 302
    assert "Zwrócono" in client.get(page).content.decode()
    assert "D/1/2026" in client.get(DEPOSITS, {"stan": "zwrocone"}).content.decode()
    stranger = office.client_of(office.make_staff("a.nowak", "Anna Nowak"))
    assert {stranger.get(one).status_code for one in (DEPOSITS, page, FUND)} == {404}


def entered(year: FiscalYear, kind: str, amount: int, name: str = "") -> FundEntry:
    person = settlements.Known(name) if name else None
    said = social_fund.NewEntry(kind, amount, TODAY, "wpis", person)
    return social_fund.add(year.book_id, said, actor=ledger.accountant(), today=TODAY, now=NOW)


@pytest.mark.law("u.z.f.ś.s. art. 12")
def test_the_fund_gives_no_more_than_it_has_and_takes_back_what_it_lent(year: FiscalYear) -> None:
    with pytest.raises(Wrong):
        entered(year, "HOLIDAY", 100_00, "Jan Kos")
    entered(year, "ALLOWANCE", 5_000_00)
    with pytest.raises(Wrong):
        entered(year, "RELIEF", 100_00)
    entered(year, "RELIEF", 1_000_00, "Jan Kos")
    loan = entered(year, "LOAN", 2_000_00, "Anna Lis")
    entered(year, "REPAYMENT", 500_00, "Anna Lis")
    with pytest.raises(Wrong):
        entered(year, "REPAYMENT", 1_500_01, "Anna Lis")
    assert (fund_balance(year.book), loan_left(year.book, loan.counterparty)) == (2_500_00, 1_500_00)
    assert (balance("135"), balance("851"), balance("234")) == (2_500_00, -4_000_00, 1_500_00)
    with pytest.raises(ProgrammingError), transaction.atomic():
        FundEntry.objects.all().delete()


def test_the_fund_on_the_screen(year: FiscalYear) -> None:
    client = clerk()
    said = {
        "book_id": str(year.book_id),
        "kind": "ALLOWANCE",
        "amount": "5000,00",
        "on_day": "20.11.2026",
        "text": "odpis",
    }
    assert client.post(f"{FUND}nowy/", said).status_code == 302
    wrong = client.post(f"{FUND}nowy/", said | {"kind": "HOLIDAY", "text": "kolonie"})
    assert wrong.status_code == 422
    assert "Podaj osobę" in wrong.content.decode()
    assert 'value="kolonie"' in wrong.content.decode()
    client.post(f"{FUND}nowy/", said | {"kind": "HOLIDAY", "name": "Jan Kos", "amount": "800,00"})
    page = client.get(FUND, {"q": "kos", "rodzaj": "HOLIDAY"}).content.decode().replace("\u00a0", " ")
    assert "4 200,00" in page
    assert "Jan Kos" in page
    ledger.treasurer()
    reader = office.client_of(Account.objects.get(login="w.skarb"))
    assert reader.get(FUND).status_code == 404  # benefits tell how people live


def test_a_bank_operation_names_the_counterparty_that_its_account_wants(year: FiscalYear) -> None:
    account = treasury.bank_account(year, account_in="139", account_out="139")
    file = (
        f":20:ST1\n:25:PL{account.number}\n:28C:1/2026\n:60F:C261120PLN0,00\n"
        ":61:2611201120C500,00NTRF//BR1\n:86:020^00PRZELEW^20wadium^32Budowa\n:62F:C261120PLN500,00\n-\n"
    ).encode("cp1250")
    [taken] = statements.take(account, file, "w.sta", actor=ledger.accountant(), now=NOW)
    row = BankOperation.objects.get()
    page = f"/urzad/bank/operacje/{row.pk}/"
    said = {
        "settlement": "",
        "ledger_account": "240",
        "party": "Budowa sp. z o.o.",
        "position": "",
        "learn_title": "",
    }
    assert clerk().post(page, said).status_code == 302
    post_statement(taken.pk, actor=ledger.accountant(), now=NOW)
    line = Line.objects.select_related("counterparty").get(account__number="240")
    assert line.counterparty is not None
    assert line.counterparty.name == "Budowa sp. z o.o."
