"""Statements: each once and in order, matched, decided, posted as one voucher with purity of 130."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client

from starostwo.ledger import api
from starostwo.ledger import testing as ledger
from starostwo.ledger.api import Entry
from starostwo.ledger.models import FiscalYear, Limit, Line, Settlement, SettlementSum, Voucher
from starostwo.ledger.queries.balances import gaps
from starostwo.ledger.testing import NOW, TODAY
from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.treasury import testing as treasury
from starostwo.treasury.models import BankAccount, BankOperation, BankStatement, MatchRule, PaymentOrder
from starostwo.treasury.services import bank_accounts, payment_files, statement_posting, statements
from starostwo.treasury.testing import OTHER, OWN, PAYEE

pytestmark = pytest.mark.django_db
LIST = "/urzad/bank/wyciagi/"


@pytest.fixture
def year() -> FiscalYear:
    office.make_office()
    made = ledger.make_year()
    ledger.plan(made)
    treasury.bank_account(made)
    ledger.accountant()
    return made


def bank(*lines: tuple[int, str, str], number: int = 1, opening: int = 10_000_00) -> bytes:
    """An MT940 file of one statement: amount, our reference, title."""
    body, balance = "", opening
    for position, (amount, ours, title) in enumerate(lines):
        balance += amount
        side = "C" if amount > 0 else "D"
        sum_of = f"{abs(amount) // 100},{abs(amount) % 100:02d}"
        body += f":61:2611231123{side}{sum_of}NTRF{ours}//B{number}-{position}\n"
        body += f":86:020^00PRZELEW^20{title}^31{OTHER}^32Jan Kos\n"
    head = f":20:1\n:25:PL{OWN}\n:28C:{number}/2026\n:60F:C261123PLN{opening // 100},{opening % 100:02d}\n"
    return f"{head}{body}:62F:C261123PLN{balance // 100},{balance % 100:02d}\n".encode()


def taken(content: bytes) -> BankStatement:
    [made] = statements.take(BankAccount.objects.get(), content, "wb.sta", actor=ledger.accountant(), now=NOW)
    return made


def post(statement: BankStatement) -> Voucher:
    done = statement_posting.post_statement(statement.pk, actor=ledger.accountant(), now=NOW)
    return Voucher.objects.get(pk=done.voucher_id)


def lines(voucher: Voucher) -> list[tuple[str, int, int]]:
    rows = Line.objects.filter(voucher=voucher).select_related("account").order_by("position")
    return [(row.account.number, row.debit, row.credit) for row in rows]


def claim(year: FiscalYear, amount: int = 300_00, number: str = "GN/7/2026") -> Settlement:
    """A fee in the books: 221 against 720."""
    payer = api.settlements.keep_counterparty(api.settlements.Known("Jan Kos", pesel="80010112345"))
    said = api.settlements.Opened(api.settlements.RECEIVABLE, number, TODAY, TODAY)
    owed = api.settlements.new_settlement(year.book, payer, said)
    position = ledger.income().pk
    both = {"classification": position}
    entries = [
        Entry(ledger.account(year, "221"), debit=amount, counterparty=payer.pk, settlement=owed.pk, **both),
        Entry(ledger.account(year, "720"), credit=amount, **both),
    ]
    ledger.posted(year, ledger.voucher(entries, kind="PO"), into="FS")
    return owed


def sent(year: FiscalYear) -> PaymentOrder:
    order = treasury.approved(treasury.proposed(year))
    payment_files.export(order.bank_account, [order.pk], actor=ledger.accountant(), today=TODAY, now=NOW)
    return PaymentOrder.objects.get(pk=order.pk)


@pytest.mark.law("u.o.r. art. 24 ust. 3")
def test_a_statement_is_taken_in_once_and_in_its_order(year: FiscalYear) -> None:
    first = bank((100_00, "", "a"))
    taken(first)
    with pytest.raises(statements.TakenBefore):
        taken(first)
    with pytest.raises(statements.TakenBefore):
        taken(first + b"\n")
    with pytest.raises(statements.DoesNotFollow) as gap:
        taken(bank((1_00, "", "b"), number=3, opening=10_500_00))
    assert (gap.value.expected, gap.value.found) == (10_100_00, 10_500_00)
    taken(bank((1_00, "", "b"), number=2, opening=10_100_00))
    assert BankOperation.objects.count() == 2


def test_a_statement_of_another_account_is_refused(year: FiscalYear) -> None:
    with pytest.raises(statements.OtherAccount, match=OTHER):
        taken(bank((1_00, "", "a")).replace(OWN.encode(), OTHER.encode()))
    assert BankStatement.objects.count() == 0


def test_the_database_keeps_the_chain_and_what_the_bank_said(year: FiscalYear) -> None:
    statement = taken(bank((100_00, "", "a")))
    for change in ({"opening": 1}, {"number": "x"}, {"content": b""}):
        with pytest.raises(DatabaseError), transaction.atomic():
            BankStatement.objects.filter(pk=statement.pk).update(**change)
    for change in ({"amount": 1}, {"title": "x"}, {"fingerprint": "x"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            BankOperation.objects.update(**change)
    said = {name: getattr(statement, name) for name in (
        "bank_account_id", "opened_on", "closed_on", "closing", "file_name", "content",
        "taken_at", "taken_by",
    )}  # fmt: skip
    for wrong in ({"previous": statement, "opening": 1}, {"previous": None, "opening": statement.closing}):
        with pytest.raises(DatabaseError), transaction.atomic():
            BankStatement.objects.create(number="9", digest="x", **said, **wrong)


@pytest.mark.law("rozp. MRiF 13.09.2017 zał. 3")
def test_a_transfer_a_fee_and_an_unknown_credit_become_one_voucher(year: FiscalYear) -> None:
    order, fee = sent(year), claim(year)
    statement = taken(
        bank(
            (-1_230_00, order.reference, "FV 1/2026"),
            (300_00, "", "opłata GN/7/2026"),
            (5_00, "", "nie wiem"),
        )
    )
    voucher = post(statement)
    assert (voucher.kind, voucher.external_number, voucher.number) == ("WB", "1/2026", 1)
    assert lines(voucher) == [
        ("130-2", 0, 1_230_00), ("201", 1_230_00, 0),
        ("130-1", 300_00, 0), ("221", 0, 300_00),
        ("130-3", 5_00, 0), ("245", 0, 5_00),
    ]  # fmt: skip
    order.refresh_from_db()
    assert order.state == "PAID"
    sums = {row.settlement_id: row.debit - row.credit for row in SettlementSum.objects.all()}
    assert sums == {order.settlement_id: 0, fee.pk: 0}
    assert Limit.objects.get(position="W.750.75020.4300").paid == 1_230_00
    assert Limit.objects.get(position="D.756.75618.0420").paid == 300_00
    assert gaps(year) == []
    with pytest.raises(statements.AlreadyPosted):
        post(statement)


def test_what_comes_back_leaves_the_turnovers_of_130_as_executed(year: FiscalYear) -> None:
    order = sent(year)
    post(taken(bank((-1_230_00, order.reference, "FV 1/2026"))))
    back = taken(bank((230_00, "", "zwrot nadpłaty"), number=2, opening=8_770_00))
    said = statements.Decision(settlement=order.settlement_id)
    statements.decide(BankOperation.objects.get(statement=back).pk, said, actor=ledger.accountant(), now=NOW)
    assert lines(post(back)) == [
        ("130-2", 230_00, 0), ("201", 0, 230_00), ("130-2", -230_00, 0), ("130-2", 0, -230_00),
    ]  # fmt: skip
    assert Limit.objects.get(position="W.750.75020.4300").paid == 1_000_00
    turnover = Line.objects.filter(account__number="130-2").values_list("debit", "credit")
    assert [sum(side) for side in zip(*turnover, strict=True)] == [0, 1_000_00]


def test_an_unexplained_debit_is_not_posted(year: FiscalYear) -> None:
    statement = taken(bank((-7_00, "", "PROWIZJA")))
    with pytest.raises(statement_posting.Undecided) as refused:
        post(statement)
    assert refused.value.position == 1
    assert Voucher.objects.count() == 0


def test_a_decision_teaches_the_next_statement(year: FiscalYear) -> None:
    first = taken(bank((-7_00, "", "PROWIZJA ZA XI")))
    said = statements.Decision(ledger_account="402", position="750.75020.4300", learn_title="prowizja")
    statements.decide(BankOperation.objects.get().pk, said, actor=ledger.accountant(), now=NOW)
    assert lines(post(first)) == [("130-2", 0, 7_00), ("402", 7_00, 0)]
    assert MatchRule.objects.count() == 1
    second = taken(bank((-8_00, "", "Prowizja za XII"), number=2, opening=9_993_00))
    row = BankOperation.objects.get(statement=second)
    assert (row.meaning, row.ledger_account, row.why) == (
        "ACCOUNT",
        "402",
        "reguła nauczona przez pracownika",
    )
    post(second)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (statements.Decision(ledger_account="999-9"), "ledger_account"),
        (statements.Decision(ledger_account="402", position="x"), "position"),
        (statements.Decision(settlement=999_999), "settlement"),
    ],
)
def test_a_wrong_decision_is_refused_and_named(
    year: FiscalYear, said: statements.Decision, field: str
) -> None:
    taken(bank((-7_00, "", "PROWIZJA")))
    with pytest.raises(statements.Wrong) as refused:
        statements.decide(BankOperation.objects.get().pk, said, actor=ledger.accountant(), now=NOW)
    assert refused.value.field == field
    assert not BankOperation.objects.get().is_confirmed


def test_a_virtual_account_names_its_payer(year: FiscalYear) -> None:
    fee = claim(year)
    payer = api.settlements.Known("Jan Kos", pesel="80010112345")
    bank_accounts.give_virtual(BankAccount.objects.get(), PAYEE, payer, actor=ledger.accountant(), now=NOW)
    taken(bank((100_00, "", f"rata {PAYEE}")))
    row = BankOperation.objects.get()
    assert (row.settlement_id, row.why) == (fee.pk, "rachunek wirtualny")


def test_what_was_unknown_is_matched_again_once_its_debt_is_in_the_books(year: FiscalYear) -> None:
    statement = taken(bank((300_00, "", "GN/7/2026")))
    assert BankOperation.objects.get().meaning == "UNKNOWN"
    fee = claim(year)
    assert statements.match_again(statement.pk, actor=ledger.accountant(), now=NOW) == 1
    assert BankOperation.objects.get().settlement_id == fee.pk


def upload(client: Client, content: bytes) -> Any:
    file = SimpleUploadedFile("wb.sta", content)
    return client.post(LIST, {"account": BankAccount.objects.get().pk, "file": file})


def clerk() -> Client:
    return office.client_of(Account.objects.get(login="k.saldo"))


def test_a_statement_is_worked_through_on_the_screen(
    year: FiscalYear, django_assert_num_queries: Any
) -> None:
    client, fee = clerk(), claim(year)
    answer = upload(client, bank((300_00, "", "opłata GN/7/2026"), (-7_00, "", "PROWIZJA")))
    statement = BankStatement.objects.get()
    address = f"{LIST}{statement.pk}/"
    assert answer["Location"] == address
    assert fee.document_number in client.get(address).content.decode()
    refused = client.post(f"{address}zapis/", follow=True).content.decode()
    assert "Operacja 2: obciążenie rachunku trzeba wyjaśnić" in refused
    row = BankOperation.objects.get(position=2)
    one = f"/urzad/bank/operacje/{row.pk}/"
    wrong = client.post(
        one, {"settlement": "", "ledger_account": "402", "position": "zła", "learn_title": "prow"}
    )
    assert wrong.status_code == 422
    assert 'value="zła"' in wrong.content.decode()
    assert (
        client.post(
            one, {"settlement": "", "ledger_account": "402", "position": "750.75020.4300"}
        ).status_code
        == 302
    )
    assert "Zaksięgowano wyciąg" in client.post(f"{address}zapis/", follow=True).content.decode()
    assert "zaksięgowany" in client.get(LIST).content.decode()
    with django_assert_num_queries(8):
        client.get(LIST)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"to nie wyciag", "Nie wczytano niczego"),
        (b"<a/>", "Nie wczytano niczego"),
        (bank((1_00, "", "a")).replace(OWN.encode(), OTHER.encode()), "innego rachunku: 27 1140 2004"),
    ],
)
def test_a_wrong_file_is_explained(year: FiscalYear, content: bytes, words: str) -> None:
    answer = upload(clerk(), content)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_gap_between_statements_is_explained(year: FiscalYear) -> None:
    client = clerk()
    upload(client, bank((1_00, "", "a")))
    page = upload(client, bank((1_00, "", "b"), number=3, opening=20_000_00)).content.decode()
    assert "brakuje operacji" in page
    assert "10 001,00" in page.replace("\u00a0", " ")


def test_strangers_see_no_statement(year: FiscalYear) -> None:
    statement = taken(bank((1_00, "", "a")))
    stranger = office.client_of(office.make_staff("a.nowak", "Anna Nowak"))
    row = BankOperation.objects.get()
    for address in (LIST, f"{LIST}{statement.pk}/", f"/urzad/bank/operacje/{row.pk}/"):
        assert stranger.get(address).status_code == 404
    assert statement.closed_on == date(2026, 11, 23)
