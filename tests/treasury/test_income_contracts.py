"""Contracts that bring claims: their periods, one batch a period, never twice, on the screen."""

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
from starostwo.treasury.models import Claim, IncomeContract
from starostwo.treasury.rules.income_contracts import Rhythm, Terms, amount_on, period_of
from starostwo.treasury.services import claims
from starostwo.treasury.services import income_contracts as services

LIST = "/urzad/naleznosci/umowy/"
BATCH = "/urzad/naleznosci/naliczanie/"
MARCH = Terms(Rhythm.YEAR, 3, 31, date(2020, 5, 1), None, is_usufruct=True)
RENT = Terms(Rhythm.MONTH, None, 31, date(2026, 2, 10), date(2026, 4, 5))


@pytest.mark.law("u.g.n. art. 71 ust. 4")
@pytest.mark.law("k.c. art. 669")
@pytest.mark.parametrize(
    ("terms", "year", "month", "name", "due_on", "why"),
    [
        (MARCH, 2026, None, "2026", date(2026, 3, 31), "each year by 31 March"),
        (MARCH, 2020, None, None, None, "nothing for the year of its establishment"),
        (MARCH, 2021, None, "2021", date(2021, 3, 31), "the first year after it"),
        (MARCH, 2026, 3, None, None, "no months of a yearly fee"),
        (RENT, 2026, 2, "2026-02", date(2026, 2, 28), "the last day of a shorter month"),
        (RENT, 2026, 4, "2026-04", date(2026, 4, 30), "the month in which it ends"),
        (RENT, 2026, 5, None, None, "ended before"),
        (RENT, 2026, 1, None, None, "not begun"),
        (RENT, 2026, None, None, None, "no year of a monthly rent"),
    ],
    ids=lambda value: str(value) if isinstance(value, str) else "",
)
def test_periods(
    terms: Terms, year: int, month: int | None, name: str | None, due_on: date | None, why: str
) -> None:
    found = period_of(terms, year, month)
    assert (found and found.name, found and found.due_on) == (name, due_on), why


def test_the_rate_of_a_period_is_that_of_its_first_day() -> None:
    rates = [(date(2024, 1, 1), 500_00), (date(2026, 7, 1), 600_00)]
    assert amount_on(rates, date(2026, 1, 1)) == 500_00
    assert amount_on(rates, date(2027, 1, 1)) == 600_00
    assert amount_on(rates, date(2023, 1, 1)) is None
    assert amount_on([(date(2026, 4, 10), 70_00)], date(2026, 1, 1)) == 70_00


@pytest.fixture
def year(db: None) -> FiscalYear:
    office.make_office()
    made = ledger.make_year()
    ledger.accountant()
    return made


def contract(year: FiscalYear, number: str = "UW/1", **said: Any) -> IncomeContract:
    whole = {
        "kind": "USUFRUCT", "basis": "CONTRACT", "number": number, "signed_on": date(2015, 3, 2),
        "debtor": settlements.Known("Jan Kos", pesel="80010112345"), "subject": "działka 12/3, ul. Polna",
        "rhythm": "YEAR", "due_month": 3, "due_day": 31, "starts_on": date(2015, 3, 2),
        "position": "700.70005.0550", "amount": 1200_00, "interest": "DELAY", "of_state": True,
    } | said  # fmt: skip
    return services.register(year.book_id, services.NewContract(**whole), actor=ledger.accountant(), now=NOW)


def run(year: FiscalYear, *, of: int = 2026, chosen: tuple[int, ...] = ()) -> int:
    wanted = services.Batch("USUFRUCT", of, None, chosen)
    return services.assess_period(year.book_id, wanted, actor=ledger.accountant(), today=TODAY, now=NOW)


@pytest.mark.law("u.g.n. art. 71 ust. 4")
def test_a_batch_assesses_every_contract_once(year: FiscalYear) -> None:
    first, _ = contract(year), contract(year, "UW/2", debtor=settlements.Known("Anna Lis"))
    contract(year, "UW/3", starts_on=date(2026, 2, 1))  # established this year: nothing yet
    assert run(year, chosen=(first.pk,)) == 1
    assert run(year) == 1
    with pytest.raises(services.NothingToAssess):
        run(year)
    kept = Claim.objects.select_related("settlement", "classification").order_by("id")
    assert [(one.settlement.document_number, one.period) for one in kept] == [
        ("UW/1/2026", "2026"), ("UW/2/2026", "2026"),
    ]  # fmt: skip
    assert {(one.classification.funding, one.settlement.due_on) for one in kept} == {
        ("SP", date(2026, 3, 31))
    }
    assert Voucher.objects.count() == 2
    assert sum(Line.objects.filter(account__number="221").values_list("debit", flat=True)) == 2400_00


def test_a_raised_rate_holds_for_later_periods_and_an_ended_contract_brings_nothing(year: FiscalYear) -> None:
    made = contract(year)
    ended = contract(year, "UW/2")
    for say in (
        lambda: services.raise_rate(
            made.pk, 1500_00, since=date(2026, 1, 1), why="wypowiedzenie", actor=ledger.accountant(), now=NOW
        ),
        lambda: services.end(ended.pk, on=date(2025, 12, 31), actor=ledger.accountant(), now=NOW),
    ):
        say()
    assert run(year) == 1
    assert sum(Line.objects.filter(account__number="720").values_list("credit", flat=True)) == 1500_00
    with pytest.raises(claims.Wrong):
        services.raise_rate(made.pk, 1, since=date(2026, 1, 1), why="x", actor=ledger.accountant(), now=NOW)


def test_a_closed_year_refuses_the_whole_batch(year: FiscalYear) -> None:
    contract(year)
    with pytest.raises(LookupError):
        run(year, of=2027)
    assert (Claim.objects.count(), Voucher.objects.count()) == (0, 0)


def test_the_register_of_contracts_only_grows(year: FiscalYear) -> None:
    made = contract(year)
    with pytest.raises(claims.Wrong):
        contract(year)
    for change in (
        lambda: IncomeContract.objects.filter(pk=made.pk).update(subject="x"),
        lambda: made.rates.all().delete(),
        lambda: made.rates.update(amount=1),
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()


def clerk() -> Client:
    return office.client_of(Account.objects.get(login="k.saldo"))


def test_a_contract_is_typed_raised_and_assessed_on_the_screen(year: FiscalYear) -> None:
    client = clerk()
    said = {
        "book_id": str(year.book_id), "name": "Jan Kos", "nip": "", "pesel": "", "kind": "USUFRUCT",
        "basis": "CONTRACT", "number": "GN.6843.1.2015", "signed_on": "02.03.2015", "subject": "działka 12/3",
        "rhythm": "YEAR", "amount": "1200,00", "due_day": "31", "due_month": "3", "starts_on": "02.03.2015",
        "ends_on": "", "position": "700.70005.0550", "interest": "DELAY", "of_state": "on",
    }  # fmt: skip
    wrong = client.post(f"{LIST}nowa/", said | {"due_month": "", "subject": "pole pod lasem"})
    assert wrong.status_code == 422
    assert "Podaj miesiąc" in wrong.content.decode()
    assert "pole pod lasem" in wrong.content.decode()
    address = client.post(f"{LIST}nowa/", said)["Location"]
    page = client.get(address).content.decode()
    assert "z dnia" in page
    assert "Nic jeszcze nie naliczono" in page
    assert client.post(f"{address}stawka/", {"amount": "x"}).status_code == 422
    raised = {"amount": "1500,00", "since": "01.01.2026", "why": "wypowiedzenie stawki"}
    assert client.post(f"{address}stawka/", raised).status_code == 302
    preview = client.get(f"{BATCH}?rodzaj=USUFRUCT&rok=2026").content.decode()
    assert "Do naliczenia: <strong>1</strong>" in preview
    assert "1 500,00" in preview.replace("\u00a0", " ")
    nothing = client.post(f"{BATCH}?rodzaj=USUFRUCT&rok=2026")
    assert nothing.status_code == 422
    assert "Zaznacz umowy" in nothing.content.decode()
    chosen = {"umowa": str(IncomeContract.objects.get().pk)}
    assert client.post(f"{BATCH}?rodzaj=USUFRUCT&rok=2026", chosen).status_code == 302
    again = client.post(f"{BATCH}?rodzaj=USUFRUCT&rok=2026", chosen)
    assert "są już naliczone" in again.content.decode()
    assert Claim.objects.count() == 1
    assert client.post(f"{address}koniec/", {"ends_on": "31.12.2026"}).status_code == 302
    assert "31 grudnia 2026" in client.get(address).content.decode()


def test_lists_cost_the_same_for_many_and_are_closed_to_strangers(
    year: FiscalYear, django_assert_num_queries: Any
) -> None:
    for number in range(4):
        contract(year, f"UW/{number}")
    client = clerk()
    client.get(LIST)
    with django_assert_num_queries(8):
        client.get(LIST)
    with django_assert_num_queries(9):
        client.get(BATCH)
    stranger = office.client_of(office.make_staff("a.nowak", "Anna Nowak"))
    assert {stranger.get(page).status_code for page in (LIST, BATCH, f"{LIST}nowa/")} == {404}
    reader = office.client_of(Account.objects.get(login="w.skarb"))
    assert "Nalicz zaznaczone" not in reader.get(BATCH).content.decode()
