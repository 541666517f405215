"""Charts, dictionaries and own dimensions: statutory, dated, marked, and added to by whoever may."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from starostwo.ledger import testing as ledger
from starostwo.ledger.models import Account, Classification, DictionaryEntry, FiscalYear, Limit
from starostwo.ledger.queries.balances import trial_balance
from starostwo.ledger.rules.classification import position
from starostwo.ledger.rules.vouchers import Entry
from starostwo.ledger.services import chart, posting
from starostwo.ledger.services.dictionaries import Dimensions, UnknownSymbol, classify, load_dictionaries
from starostwo.ledger.testing import NOW, account, income, owed, posted, supplier, voucher
from starostwo.office import testing as office
from tests.ledger.test_screens import BOOKS, client

pytestmark = pytest.mark.django_db


@pytest.fixture
def year() -> FiscalYear:
    office.make_office()
    return ledger.make_year(year=localdate().year)


@pytest.mark.law("rozp. MRiF 13.09.2017 zał. 3")
def test_the_statutory_charts(year: FiscalYear) -> None:
    budget = ledger.make_year("POWIAT", kind="BUDGET", year=year.year)
    of_unit, of_budget = (
        set(Account.objects.filter(fiscal_year=one).values_list("number", flat=True))
        for one in (year, budget)
    )

    assert {"011", "080", "130", "130-2", "201", "221", "223", "800", "860", "980", "998", "999"} <= of_unit
    assert of_budget == {*"133 134 135 140 222 223 224 225 240 250 260 290".split(),
                         *"901 902 903 904 909 960 961 962 968 991 992 993".split()}  # fmt: skip
    off_balance = Account.objects.filter(fiscal_year=year, kind="OFF_BALANCE").values_list(
        "number", flat=True
    )
    assert all(number.startswith("9") for number in off_balance)


def test_each_name_says_where_it_comes_from_on_the_screen(year: FiscalYear) -> None:
    ledger.accountant()
    page = client("k.saldo").get(f"{BOOKS}{year.pk}/plan-kont/").content.decode()
    symbols = client("k.saldo").get(f"{BOOKS}slowniki/?slownik=SPENDING").content.decode()

    assert "z publicznego źródła, niesprawdzone z tekstem prawa" in page
    assert "z pamięci, niesprawdzone" in symbols


@pytest.mark.law("rozp. MF 2.03.2010")
def test_a_symbol_holds_in_its_years_alone(year: FiscalYear) -> None:
    load_dictionaries()
    DictionaryEntry.objects.filter(kind="SPENDING", symbol="8500").update(valid_from=date(2026, 1, 1))

    assert classify(position("758.75818.8500"), year=2026, kind="W").group == "1500"
    with pytest.raises(UnknownSymbol):
        classify(position("758.75818.8500"), year=2025, kind="W")
    with pytest.raises(IntegrityError), transaction.atomic():
        DictionaryEntry.objects.create(
            kind="SPENDING", symbol="8500", name="Druga", valid_from=date(2027, 1, 1), source="L"
        )


def test_the_same_classification_is_one_row_that_stays(year: FiscalYear) -> None:
    first = classify(position("750.75020.4217"), year=year.year, kind="W")

    assert classify(position("75020 4217"), year=year.year, kind="W") == first
    assert first.group == "1500"
    with pytest.raises(Exception, match="update"), transaction.atomic():
        Classification.objects.filter(pk=first.pk).update(chapter="75095")


def test_own_dimensions_are_wanted_where_the_account_says_so(year: FiscalYear) -> None:
    treasurer, chief = ledger.treasurer(), ledger.chief()
    for kind, symbol in (("TASK", "DROGI"), ("PROJECT", "KPO-1")):
        chart.add_symbol(
            kind, symbol, symbol, valid_from=date(year.year, 1, 1), valid_to=None, actor=treasurer, now=NOW
        )
    said = chart.SaidAccount("402-1", "Usługi projektu", "BALANCE", requires=["PROJECT", "TASK"])
    new = chart.add_account(year, said, actor=chief, now=NOW)
    plain = classify(position("600.60014.4300"), year=year.year, kind="W")
    full = classify(
        position("600.60014.4300"),
        year=year.year,
        kind="W",
        dimensions=Dimensions(task="DROGI", project="KPO-1"),
    )

    def entries(row: Classification) -> list[Entry]:
        return [Entry(new.pk, debit=5, classification=row.pk), Entry(account(year, "800"), credit=5)]

    with pytest.raises(posting.DimensionIsMissing) as missing:
        posted(year, _of_the_year(year, entries(plain)))
    posted(year, _of_the_year(year, entries(full)))

    assert missing.value.what == "TASK"
    with pytest.raises(UnknownSymbol):
        classify(position("600.60014.4300"), year=year.year, kind="W", dimensions=Dimensions(task="NIC"))


def _of_the_year(year: FiscalYear, entries: list[Entry]) -> posting.NewVoucher:
    day = date(year.year, 1, 5)
    return voucher(entries, month=1, issued_on=day, operation_on=day)


def test_accounts_are_added_and_changed_on_the_screen(year: FiscalYear) -> None:
    ledger.chief()
    halina = client("h.bilans")
    at = f"{BOOKS}{year.pk}/plan-kont/nowe/"
    told = {"number": "201-1", "name": "Dostawcy usług", "kind": "BALANCE", "requires": ["COUNTERPARTY"],
            "control": "", "is_posting": "on"}  # fmt: skip

    assert "trzy cyfry" in halina.post(at, told | {"number": "20"}).content.decode()
    assert "Plan kont nie ma konta 666" in halina.post(at, told | {"number": "666-1"}).content.decode()
    assert halina.post(at, told)["Location"] == f"{BOOKS}{year.pk}/plan-kont/"
    assert "ma już takie konto" in halina.post(at, told).content.decode()
    new = Account.objects.get(fiscal_year=year, number="201-1")
    rules = f"{BOOKS}konta/{new.pk}/zasady/"
    assert halina.post(rules, told | {"name": "Dostawcy mediów"}).status_code == 302
    posted(year, _of_the_year(year, [
        Entry(new.pk, credit=5, counterparty=supplier().pk), Entry(account(year, "401"), debit=5),
    ]))  # fmt: skip
    assert "Są już zapisy na tym koncie" in halina.post(rules, told | {"requires": []}).content.decode()
    ledger.accountant()
    assert client("k.saldo").post(rules, told).status_code == 404
    new.refresh_from_db()
    assert (new.name, new.requires) == ("Dostawcy mediów", ["COUNTERPARTY"])


def test_own_symbols_are_added_on_the_screen(year: FiscalYear) -> None:
    ledger.treasurer()
    wanda = client("w.skarb")
    told = {
        "kind": "TASK",
        "symbol": "DROGI",
        "name": "Drogi powiatowe",
        "valid_from": "01.01.2026",
        "valid_to": "",
    }
    at = f"{BOOKS}slowniki/nowy/"

    assert "wielkie litery" in wanda.post(at, told | {"symbol": "drogi"}).content.decode()
    assert (
        "Koniec leży przed początkiem" in wanda.post(at, told | {"valid_to": "01.01.2025"}).content.decode()
    )
    assert wanda.post(at, told).status_code == 302
    assert "jest już taki symbol" in wanda.post(at, told).content.decode()
    assert "Drogi powiatowe" in wanda.get(f"{BOOKS}slowniki/?slownik=TASK").content.decode()


@pytest.mark.law("u.o.r. art. 18 ust. 1")
def test_the_trial_balance_shows_opening_month_cumulative_and_both_sides(year: FiscalYear) -> None:
    """A claim on one and a debt to another are not set off against each other."""
    row, cash = income(year=year.year), account(year, "720")
    other = supplier("Inny dłużnik", "1111111111")
    fees = account(year, "221")

    def fee(amount: int, party: int, debt: int, month: int, kind: str = "PK") -> None:
        day = date(year.year, max(month, 1), 5)
        entries = [
            Entry(fees, debit=amount, classification=row.pk, counterparty=party, settlement=debt),
            Entry(cash, credit=amount, classification=row.pk),
        ]
        posted(year, voucher(entries, month=month, kind=kind, issued_on=day, operation_on=day))

    one, two = owed(year, "D/1"), owed(year, "D/2", to=other)
    fee(700, supplier().pk, one.pk, 0, "BO")
    fee(100, supplier().pk, one.pk, 1)
    fee(-300, other.pk, two.pk, 2)

    found = next(found for found in trial_balance(year, 2) if found.number == "221")

    assert (found.opening_debit, found.month_debit, found.total_debit) == (700, -300, 500)
    assert (found.debit_balance, found.credit_balance) == (800, 300)


@pytest.mark.law("ufp art. 52 ust. 1 pkt 2")
def test_a_plan_by_groups_of_paragraphs_is_one_limit(year: FiscalYear) -> None:
    FiscalYear.objects.filter(pk=year.pk).update(detail="GROUP")
    year.refresh_from_db()
    ledger.plan(year, "750.75020.4210", amount=100)
    paper, services = (
        classify(position(f"750.75020.{one}"), year=year.year, kind="W") for one in ("4210", "4300")
    )

    def pay(row: Classification, amount: int) -> None:
        posted(year, _of_the_year(year, [
            Entry(account(year, "800"), debit=amount),
            Entry(account(year, "130-2"), credit=amount, classification=row.pk),
        ]))  # fmt: skip

    pay(paper, 60)
    with pytest.raises(posting.AbovePlan):
        pay(services, 41)
    pay(services, 40)

    assert list(Limit.objects.values_list("position", "paid")) == [("W.750.75020.g1500", 100)]
