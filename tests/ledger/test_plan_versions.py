"""Acts become versions of the plan: limits, voucher, history; an approved act never changes."""

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from starostwo.audit import api as audit
from starostwo.ledger import testing as ledger
from starostwo.ledger.models import FiscalYear, Limit, Line, PlanChange, PlanDraft, PlanVersion, Voucher
from starostwo.ledger.queries import plans
from starostwo.ledger.queries.balances import gaps
from starostwo.ledger.queries.reports import last_day, plan_of
from starostwo.ledger.rules.vouchers import Entry
from starostwo.ledger.services import plan_versions, posting
from starostwo.ledger.testing import NOW, TODAY, account, posted, spending, voucher
from tests.ledger.planning import adopted, approved, typed

pytestmark = pytest.mark.django_db
PRINTING, REPAIRS = "750.75020.4300", "750.75020.4270"


@pytest.fixture
def year() -> FiscalYear:
    return ledger.make_year()


def state() -> list[object]:
    """What a refusal may not change."""
    return [
        list(model.objects.order_by("pk").values())
        for model in (PlanVersion, PlanChange, Limit, Voucher, Line)
    ]


def limits(year: FiscalYear) -> dict[str, int]:
    return dict(Limit.objects.filter(fiscal_year=year).values_list("position", "plan"))


def lines_of(year: FiscalYear) -> list[tuple[str, int, int]]:
    """Account, debit and credit of everything in the journal of the plan."""
    found = Line.objects.filter(voucher__fiscal_year=year, voucher__journal__code="PL").order_by("id")
    return list(found.values_list("account__number", "debit", "credit"))


@pytest.mark.law("ufp art. 257")
def test_acts_make_the_plan_of_a_day(year: FiscalYear) -> None:
    adopted(year)
    second = approved(
        year,
        typed("7/2026", day="20.11.2026", W=f"{PRINTING} -400,00\n{REPAIRS} 400,00")
        | {"lines_D": "756.75618.0420 9", "said_D": "9,00"},
    )  # fmt: skip

    assert (second.number, second.size) == (2, 3)
    assert limits(year) == {f"W.{PRINTING}": 600_00, f"W.{REPAIRS}": 400_00, "D.756.75618.0420": 9_00}
    before = plans.plan_on(year, date(2026, 11, 19)).order_by(*plans.KEY)
    after = plans.plan_on(year, date(2026, 11, 20)).order_by(*plans.KEY)
    assert [(str(row), row.plan) for row in before] == [(PRINTING, 1000_00)]
    assert [(str(row), row.first, row.plan) for row in after] == [
        ("756.75618.0420", 0, 9_00), (REPAIRS, 0, 400_00), (PRINTING, 1000_00, 600_00),
    ]  # fmt: skip
    assert plans.totals_on(year, TODAY) == {"W": 1000_00, "D": 9_00}


@pytest.mark.law("rozp. MRiF 13.09.2017 zał. 3")
def test_an_act_of_a_unit_is_entered_on_980_and_in_history(year: FiscalYear) -> None:
    first = adopted(year)
    approved(year, typed("2/2026", day="20.11.2026", W=f"{PRINTING} -400,00\n{REPAIRS} 400,00"))

    assert lines_of(year) == [("980", 1000_00, 0), ("980", -400_00, 0), ("980", 400_00, 0)]
    made = Voucher.objects.get(origin=plan_versions.origin_of(first))
    assert (made.kind, made.month, made.external_number) == ("PL", 1, "1/2026")
    assert [entry.verb for entry in audit.history(f"ledger.plan:{first.pk}")] == ["approve"]
    assert gaps(year) == []


@pytest.mark.law("rozp. MRiF 13.09.2017 zał. 2")
def test_an_act_of_the_budget_is_entered_on_991_and_992() -> None:
    budget = ledger.make_year("BUDZET", kind="BUDGET")
    approved(
        budget,
        typed(day="30.12.2025", D="756.75618.0420 10", W=f"{PRINTING} 8", P="952 1", R="992 3")
        | {"said_D": "10", "said_W": "8", "said_P": "1", "said_R": "3"},
    )
    approved(budget, typed("2/2026", W=f"{PRINTING} -2", said_W="-2"))

    assert lines_of(budget) == [("991", 0, 10_00), ("992", 8_00, 0), ("992", 0, 2_00)]
    assert limits(budget) == {
        "D.756.75618.0420": 10_00, f"W.{PRINTING}": 6_00, "P.9520": 1_00, "R.9920": 3_00
    }  # fmt: skip


def test_a_plan_by_groups_moves_within_a_group_without_a_limit() -> None:
    year = ledger.make_year()
    FiscalYear.objects.filter(pk=year.pk).update(detail="GROUP")
    year.refresh_from_db()
    adopted(year, "750.75020.4010 10,00\n750.75020.4040 5,00", "15,00")
    approved(year, typed("2/2026", W="750.75020.4010 -10,00\n750.75020.4040 10,00"))

    [(name, plan)] = limits(year).items()
    assert name.startswith("W.750.75020.g")
    assert plan == 15_00


def paid(year: FiscalYear, amount: int) -> None:
    entries = [
        Entry(account(year, "800"), debit=amount),
        Entry(account(year, "130-2"), credit=amount, classification=spending().pk),
    ]
    posted(year, voucher(entries))


@pytest.mark.law("ufp art. 52 ust. 1 pkt 2")
@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (typed("2/2026", W=f"{PRINTING} -301,00", said_W="-301"), posting.AbovePlan),
        (typed("2/2026", D="756.75618.0420 -1", said_D="-1"), posting.PlanBelowZero),
        (typed("2/2026", W="750.75020.9999 5", said_W="5"), plan_versions.UnknownPositions),
        (typed("1/2026", W=f"{PRINTING} 5", said_W="5"), plan_versions.ActApprovedBefore),
        (typed("2/2026", W=f"{PRINTING} 5", said_W="6"), plan_versions.ActIsWrong),
    ],
)
def test_a_refused_act_changes_nothing_and_stays_a_draft(
    year: FiscalYear, content: dict[str, str], refusal: type[Exception]
) -> None:
    adopted(year)
    paid(year, 700_00)
    before = state()

    with pytest.raises(refusal), transaction.atomic():
        approved(year, content)

    assert state() == before


def test_only_the_treasurer_approves_and_only_accountants_of_the_book_type(year: FiscalYear) -> None:
    draft = plan_versions.save_draft(
        year, typed(W=f"{PRINTING} 1", said_W="1"), draft=None, actor=ledger.accountant(), now=NOW
    )
    with pytest.raises(plan_versions.MayNotPlan):
        plan_versions.approve(draft, actor=ledger.chief(), today=TODAY, now=NOW)
    elsewhere = ledger.make_year()
    elsewhere.book.unit_symbol = "INNA"
    with pytest.raises(plan_versions.MayNotPlan):
        plan_versions.save_draft(elsewhere, {}, draft=None, actor=ledger.accountant(), now=NOW)

    assert list(PlanDraft.objects.values_list("author", flat=True)) == ["Krystyna Saldo"]
    assert not PlanVersion.objects.exists()


WRITES = [
    "UPDATE ledger_planversion SET act_number = 'x'",
    "DELETE FROM ledger_planversion",
    "UPDATE ledger_planchange SET amount = amount + 1",
    "DELETE FROM ledger_planchange",
    "TRUNCATE ledger_planchange",
    "INSERT INTO ledger_planchange (version_id, position, classification_id, amount)"
    " SELECT version_id, 2, classification_id, 5 FROM ledger_planchange",
]


@pytest.mark.parametrize("sql", WRITES)
def test_an_approved_act_cannot_be_changed_by_the_role_of_the_application(year: FiscalYear, sql: str) -> None:
    adopted(year)
    before = state()

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)

    assert state() == before


@pytest.mark.law("rozp. MF 29.01.2025")
def test_a_report_shows_the_plan_of_its_last_day(year: FiscalYear) -> None:
    adopted(year)
    approved(year, typed("7/2026", day="20.11.2026", W=f"{PRINTING} -400,00\n{REPAIRS} 400,00"))

    october, november = (
        {(row.place.chapter, row.place.paragraph): row.amount for row in plan_of(year, last_day(2026, month))}
        for month in (10, 11)
    )

    assert october == {("75020", "4300"): 1000_00}
    assert november == {("75020", "4300"): 600_00, ("75020", "4270"): 400_00}


def test_a_plan_that_came_without_acts_is_shown_as_it_is(year: FiscalYear) -> None:
    ledger.plan(year, PRINTING, amount=5_00)

    assert [row.amount for row in plan_of(year, last_day(2026, 1))] == [5_00]
