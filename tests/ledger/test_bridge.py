"""Units and the budget: each month entered once, corrections as differences; 130 checked and made pure."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from starostwo.ledger import testing as ledger
from starostwo.ledger.models import FiscalYear, Line, Voucher
from starostwo.ledger.queries import bridge as queries
from starostwo.ledger.queries import purity
from starostwo.ledger.queries.balances import gaps
from starostwo.ledger.rules.vouchers import Entry
from starostwo.ledger.services import books, bridge
from starostwo.ledger.services.posting import MayNotPost
from starostwo.ledger.services.purity import IsPure, make_pure
from starostwo.ledger.testing import NOW, account, income, posted, spending, voucher
from starostwo.office import testing as office
from starostwo.office.models import Account
from tests.ledger.planning import approved, typed

pytestmark = pytest.mark.django_db
UNITS, PURITY = "/urzad/plan/BUDZET/2026/jednostki/", "/urzad/plan/URZAD/2026/czystosc/"


@pytest.fixture
def unit() -> FiscalYear:
    made = ledger.make_year()
    ledger.plan(made, amount=1_000_00)
    return made


@pytest.fixture
def budget() -> FiscalYear:
    return ledger.make_year("BUDZET", kind="BUDGET")


def spent(unit: FiscalYear, amount: int, month: int = 11) -> None:
    move(unit, month, Entry(account(unit, "800"), debit=amount),
         Entry(account(unit, "130-2"), credit=amount, classification=spending().pk))  # fmt: skip


def received(unit: FiscalYear, amount: int, month: int = 11) -> None:
    move(unit, month, Entry(account(unit, "130-1"), debit=amount, classification=income().pk),
         Entry(account(unit, "800"), credit=amount))  # fmt: skip


def given(unit: FiscalYear, amount: int) -> None:
    move(unit, 11, Entry(account(unit, "130-0"), debit=amount), Entry(account(unit, "223"), credit=amount))


def passed(unit: FiscalYear, amount: int) -> None:
    move(unit, 11, Entry(account(unit, "222"), debit=amount), Entry(account(unit, "130-0"), credit=amount))


def move(unit: FiscalYear, month: int, *entries: Entry) -> Voucher:
    day = ledger.TODAY.replace(month=month)
    [made] = posted(
        unit, voucher(entries, kind="WB", month=month, issued_on=day, operation_on=day), into="WB"
    )
    return Voucher.objects.select_related("fiscal_year__book", "journal").get(pk=made.id)


def entered(budget: FiscalYear, number: str) -> list[tuple[int, int]]:
    lines = Line.objects.filter(account__fiscal_year=budget, account__number=number).order_by("id")
    return list(lines.values_list("debit", "credit"))


@pytest.mark.law("rozp. MRiF 13.09.2017 zał. 2")
def test_the_budget_takes_reports_and_transfers_once(unit: FiscalYear, budget: FiscalYear) -> None:
    spent(unit, 300), spent(unit, 40, month=10), received(unit, 70), given(unit, 500), passed(unit, 60)
    actor = ledger.treasurer()
    first = bridge.enter_units(budget, until=11, actor=actor, now=NOW)

    assert len(first) == 3
    assert bridge.enter_units(budget, until=12, actor=actor, now=NOW) == []
    assert (entered(budget, "902"), entered(budget, "901")) == ([(40, 0), (300, 0)], [(0, 70)])
    assert entered(budget, "223") == [(0, 40), (0, 300), (500, 0)]
    assert entered(budget, "222") == [(70, 0), (0, 60)]
    assert entered(budget, "133") == [(0, 500), (60, 0)]
    assert gaps(budget) == []


def test_a_correction_of_a_unit_enters_as_a_difference(unit: FiscalYear, budget: FiscalYear) -> None:
    spent(unit, 300)
    actor = ledger.treasurer()
    bridge.enter_units(budget, until=11, actor=actor, now=NOW)
    spent(unit, -100), spent(unit, 7, month=10)
    [gap_october, gap] = queries.missing(budget, until=11)
    assert (gap_october.figures.spending_total, gap.figures.spending_total) == (7, -100)
    bridge.enter_units(budget, until=11, actor=actor, now=NOW)

    assert entered(budget, "902") == [(300, 0), (7, 0), (-100, 0)]
    assert queries.missing(budget, until=12) == []


def test_a_month_closed_in_the_budget_is_entered_in_the_next(unit: FiscalYear, budget: FiscalYear) -> None:
    spent(unit, 40, month=10)
    for month in range(11):
        books.set_month(budget, month, state="CLOSED", actor=ledger.treasurer(), now=NOW)
    bridge.enter_units(budget, until=10, actor=ledger.treasurer(), now=NOW)

    assert Voucher.objects.get(fiscal_year=budget).month == 11
    assert queries.missing(budget, until=12) == []


def test_transfers_that_the_statement_entered_are_not_entered_again(
    unit: FiscalYear, budget: FiscalYear
) -> None:
    spent(unit, 1)
    bridge.enter_units(budget, until=11, actor=ledger.treasurer(), now=NOW)
    party = queries.counterparty_of(unit.book)
    assert party is not None
    given(unit, 500)
    move(budget, 11, Entry(account(budget, "223"), debit=500, counterparty=party.pk),
         Entry(account(budget, "133"), credit=500))  # fmt: skip

    assert queries.missing(budget, until=11) == []


@pytest.mark.law("rozp. MRiF 13.09.2017 zał. 3")
def test_the_end_of_the_year_enters_differences_only(unit: FiscalYear) -> None:
    spent(unit, 300), received(unit, 70)
    actor = ledger.accountant()
    bridge.end_year(unit, actor=actor, now=NOW)
    assert bridge.end_year(unit, actor=actor, now=NOW) == []
    spent(unit, 5)
    bridge.end_year(unit, actor=actor, now=NOW)

    assert [(v.month, v.kind) for v in Voucher.objects.filter(journal__code="ZR")] == [(13, "ZR")] * 2
    assert (entered(unit, "222"), entered(unit, "223")) == ([(0, 70)], [(300, 0), (5, 0)])
    with pytest.raises(bridge.MayNotBridge):
        bridge.enter_units(unit, until=11, actor=actor, now=NOW)


@pytest.mark.law("rozp. MRiF 13.09.2017 zał. 2")
def test_the_plan_of_a_year_ends(unit: FiscalYear, budget: FiscalYear) -> None:
    approved(unit, typed(W="600.60014.4270 50,00", said_W="50,00"))
    income_too = {"lines_D": "756.75618.0420 9", "said_D": "9"}
    approved(budget, typed(W="600.60014.4270 50,00", said_W="50,00") | income_too)
    actor = ledger.treasurer()
    with pytest.raises(bridge.TooEarly):
        bridge.end_plan(unit, actor=actor, today=ledger.TODAY, now=NOW)
    for year in (unit, budget):
        bridge.end_plan(year, actor=actor, today=date(2026, 12, 31), now=NOW)
        assert bridge.end_plan(year, actor=actor, today=date(2027, 1, 5), now=NOW) == []

    assert entered(unit, "980") == [(50_00, 0), (0, 50_00)]
    assert entered(budget, "991") == [(0, 9_00), (9_00, 0)]
    assert entered(budget, "992") == [(50_00, 0), (0, 50_00)]


def test_the_plan_of_a_past_year_ends_on_the_screen() -> None:
    last_year = ledger.make_year(year=2024)
    lines = {"act_on": "05.01.2024"}
    approved(last_year, typed(W="600.60014.4270 50,00", said_W="50,00") | lines)
    browser, here = client(ledger.treasurer()), "/urzad/plan/URZAD/2024/jednostki/"
    assert "Zamknij plan roku" in text(browser.get(here))
    browser.post(here, {"co": "plan"})

    assert "Zamknij plan roku" not in text(browser.get(here))
    assert entered(last_year, "980") == [(50_00, 0), (0, 50_00)]


def test_the_plan_of_this_year_does_not_end_before_its_last_day() -> None:
    ahead = ledger.make_year(year=2099)
    refused = client(ledger.treasurer()).post("/urzad/plan/URZAD/2099/jednostki/", {"co": "plan"})

    assert refused.status_code == 422
    assert "ostatnim dniu" in text(refused)
    assert ahead.year == 2099


@pytest.mark.law("rozp. MRiF 13.09.2017 zał. 3")
def test_a_refund_breaks_purity_until_its_technical_entry(unit: FiscalYear) -> None:
    spent(unit, 300)
    refund = move(unit, 11, Entry(account(unit, "130-2"), debit=100, classification=spending().pk),
                  Entry(account(unit, "800"), credit=100))  # fmt: skip
    assert list(purity.breaking(unit)) == [refund]
    assert [(one.right, one.wrong) for one in purity.turnovers(unit)] == [(300, 100), (0, 0)]
    with pytest.raises(MayNotPost):
        make_pure(refund, actor=ledger.treasurer(), now=NOW)
    make_pure(refund, actor=ledger.accountant(), now=NOW)

    assert list(purity.breaking(unit)) == []
    assert [(one.right, one.wrong) for one in purity.turnovers(unit)] == [(200, 0), (0, 0)]
    with pytest.raises(IsPure):
        make_pure(refund, actor=ledger.accountant(), now=NOW)


def client(actor: Any) -> Client:
    return office.client_of(Account.objects.get(pk=actor.account_id))


def text(answer: Any) -> str:
    return str(answer.content.decode().replace("\xa0", " "))


def test_the_screen_of_units_shows_what_it_would_enter(unit: FiscalYear, budget: FiscalYear) -> None:
    spent(unit, 300_00)
    browser = client(ledger.treasurer())
    assert "300,00 zł" in text(browser.get(UNITS, {"do": 11}))
    assert browser.get(UNITS, {"do": 13}).status_code == 404
    assert browser.get(UNITS, {"do": "x"}).status_code == 404
    browser.post(UNITS, {"do": 11})
    assert "Budżet ma wszystko" in text(browser.get(UNITS, {"do": 11}))

    here = "/urzad/plan/URZAD/2026/jednostki/"
    assert "wydatki 223/800" in text(browser.get(here))
    browser.post(here)
    assert entered(unit, "223") == [(300_00, 0)]
    inspector = office.client_of(office.make_staff("i.kon", "Iga Kontrola", rights=[office.Right.INSPECT]))
    assert inspector.post(here).status_code == 404


def test_a_closed_month_is_said_on_the_screens(unit: FiscalYear, budget: FiscalYear) -> None:
    spent(unit, 300_00)
    refund = move(unit, 11, Entry(account(unit, "130-2"), debit=100, classification=spending().pk),
                  Entry(account(unit, "800"), credit=100))  # fmt: skip
    for year in (unit, budget):
        for month in range(13):
            books.set_month(year, month, state="CLOSED", actor=ledger.treasurer(), now=NOW)
    refused = client(ledger.treasurer()).post(UNITS, {"do": 11})
    assert refused.status_code == 422
    assert "zamknięty" in text(refused)
    answer = client(ledger.accountant()).post(f"{PURITY}{refund.pk}/zapis/", follow=True)
    assert "Nie zaksięgowano" in text(answer)


def test_the_screen_of_purity_posts_the_technical_entry(unit: FiscalYear) -> None:
    spent(unit, 300_00)
    refund = move(unit, 11, Entry(account(unit, "130-2"), debit=100_00, classification=spending().pk),
                  Entry(account(unit, "800"), credit=100_00))  # fmt: skip
    browser = client(ledger.accountant())
    page = text(browser.get(PURITY))
    assert "różnica" in page
    assert "130-2 750.75020.4300 100,00 zł" in page
    browser.post(f"{PURITY}{refund.pk}/zapis/")

    page = text(browser.get(PURITY))
    assert "Żaden dowód" in page
    assert "różnica" not in page
    assert browser.post(f"{PURITY}{refund.pk}/zapis/").status_code == 404


def test_the_dashboard_shows_plan_commitment_and_execution(unit: FiscalYear, budget: FiscalYear) -> None:
    approved(
        unit, typed(W="600.60014.4270 50,00", said_W="50,00") | {"lines_D": "756.75618.0420 9", "said_D": "9"}
    )
    approved(budget, typed(W="750.75020.4300 900,00", said_W="900,00"))
    spent(unit, 300_00)
    bridge.enter_units(budget, until=11, actor=ledger.treasurer(), now=NOW)
    browser = client(ledger.treasurer())
    page = text(browser.get("/urzad/plan/URZAD/2026/wykonanie/"))
    assert "<svg" in page
    assert "700,00 zł" in page
    assert "600.60014.4270" in page
    assert "756.75618.0420" in text(browser.get("/urzad/plan/URZAD/2026/wykonanie/?rodzaj=dochody"))
    assert "600,00 zł" in text(browser.get("/urzad/plan/BUDZET/2026/wykonanie/"))


@pytest.mark.parametrize(
    ("address", "count"),
    [("/urzad/plan/URZAD/2026/wykonanie/", 10), (PURITY, 11), (UNITS, 9)],
)
def test_lists_ask_a_fixed_number_of_questions(
    unit: FiscalYear, budget: FiscalYear, address: str, count: int, django_assert_num_queries: Any
) -> None:
    for month in (9, 10, 11):
        spent(unit, 300, month=month)
        move(unit, month, Entry(account(unit, "130-2"), debit=10, classification=spending().pk),
             Entry(account(unit, "800"), credit=10))  # fmt: skip
    browser = client(ledger.treasurer())
    browser.get(address)

    with django_assert_num_queries(count):
        assert browser.get(address).status_code == 200
