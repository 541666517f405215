"""The register of debt: schedules, vouchers proposed and posted, Rb-Z by titles and creditors, screens."""

from datetime import date

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client

from starostwo.ledger import settlements
from starostwo.ledger import testing as ledger
from starostwo.ledger.models import DebtInstalment, DebtInstrument, DebtMove, Draft, FiscalYear, Voucher
from starostwo.ledger.queries import debts as queries
from starostwo.ledger.queries.reports import filled, form_for
from starostwo.ledger.rules.debts import Kind, NotASchedule, read_schedule, title
from starostwo.ledger.services import debts, drafts
from starostwo.ledger.services.books import NewBook, open_book
from starostwo.ledger.services.reports import approve
from starostwo.ledger.settlements import Known
from starostwo.ledger.testing import NOW, TODAY
from starostwo.ledger.web.reports_saved import table_of
from starostwo.office import testing as office
from starostwo.office.models import Account

DEBTS = "/urzad/dlug/"
SIGNED = date(2026, 2, 2)
SCHEDULE = "31.03.2026 100000,00 5000,00\n30.06.2027 200000,00 4000,00"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "harmonogram"), ("kiedyś 1 1", "Wiersz 1"), ("31.03.2026 -5", "Wiersz 1"),
        ("31.03.2026 300000,00\n31.03.2026 0 1", "dwa razy"), ("31.03.2026 1,00", "razem"),
        ("31.01.2026 300000,00", "przed"), ("31.03.2026 0 0", "zerowe"),
    ],
)  # fmt: skip
def test_a_schedule_that_does_not_hold_is_refused(typed: str, words: str) -> None:
    with pytest.raises(NotASchedule) as refused:
        read_schedule(typed, since=SIGNED, amount=300_000_00)
    assert words in str(refused.value)


def test_a_schedule_is_read_in_order_of_days() -> None:
    rows = read_schedule("30.06.2027 200000\n31.03.2026;100000,00;5000", since=SIGNED, amount=300_000_00)
    assert [(row.due_on, row.principal, row.interest) for row in rows] == [
        (date(2026, 3, 31), 100_000_00, 5_000_00), (date(2027, 6, 30), 200_000_00, 0),
    ]  # fmt: skip


@pytest.mark.law("ufp art. 72")
@pytest.mark.parametrize(
    ("kind", "last", "said"),
    [
        (Kind.LOAN, date(2027, 2, 2), "LOAN-SHORT"), (Kind.BORROWING, date(2027, 2, 3), "LOAN-LONG"),
        (Kind.BOND, date(2030, 1, 1), "BOND-LONG"), (Kind.GUARANTEE, date(2030, 1, 1), "GUARANTEE"),
    ],
)  # fmt: skip
def test_titles_of_debt(kind: Kind, last: date, said: str) -> None:
    assert title(kind, SIGNED, last) == said


@pytest.fixture
def budget(db: None) -> FiscalYear:
    office.make_office()
    unit = ledger.make_year()
    ledger.plan(unit, "757.75702.8110", amount=50_000_00)
    book = open_book(NewBook("POWIAT", "Budżet", "BUDGET", ledger.UNIT), actor=ledger.treasurer(), now=NOW)
    ledger.accountant()
    return ledger.make_year(book.code, kind="BUDGET")


def registered(
    budget: FiscalYear, kind: str = "LOAN", number: str = "KR/1/2026", schedule: str = SCHEDULE
) -> DebtInstrument:
    said = debts.NewDebt(
        kind,
        number,
        Known("Bank Próbny S.A.", nip="5260250274"),
        "BANK",
        "most",
        SIGNED,
        300_000_00,
        schedule,
    )
    return debts.register(budget.book_id, said, actor=ledger.treasurer(), now=NOW)


def post_all() -> None:
    for draft in Draft.objects.order_by("id"):
        drafts.post_draft(draft.pk, actor=ledger.accountant(), now=NOW)


def rb_z(budget: FiscalYear, month: int) -> dict[tuple[str, str], int]:
    rows = filled(form_for("rb-z", 2026, month), budget, month)
    return {(row.key, key): value for row in rows for key, value in row.cells.items() if value}


@pytest.mark.law("ufp art. 89")
def test_a_loan_is_drawn_and_repaid_by_vouchers_that_accountants_post(budget: FiscalYear) -> None:
    debt = registered(budget)
    with pytest.raises(debts.WrongDebt):
        debts.draw(debt.pk, 300_000_01, on=SIGNED, actor=ledger.treasurer(), now=NOW)
    debts.draw(debt.pk, 300_000_00, on=SIGNED, actor=ledger.treasurer(), now=NOW)
    assert queries.left_of(queries.visible(ledger.treasurer()).get()) == 0  # a draft is no entry yet
    first = DebtInstalment.objects.earliest("due_on")
    debts.repay(first.pk, on=date(2026, 3, 31), unit_code="URZAD", actor=ledger.treasurer(), now=NOW)
    with pytest.raises(debts.WrongDebt):
        debts.repay(first.pk, on=TODAY, unit_code="URZAD", actor=ledger.treasurer(), now=NOW)
    post_all()

    assert queries.left_of(queries.visible(ledger.treasurer()).get()) == 200_000_00
    assert {one.state for one in queries.standings(debt)} == {"POSTED"}
    told = rb_z(budget, 11)
    assert (told["E2.2", "z"], told["E2.2", "banki"], told["E", "krajowi"]) == (200_000_00,) * 3
    assert rb_z(budget, 2)["E2.2", "z"] == 300_000_00
    assert ("E2.3", "z") not in told
    assert {row.key: row.cells.get("w") for row in filled(form_for("rb-nds", 2026, 3), budget, 3)}["D11"] == (
        300_000_00
    )
    assert not settlements.open_of(budget.book, settlements.PAYABLE).exists()  # nobody pays it as an invoice


def test_the_paper_of_rb_z_leaves_out_groups_without_amounts(budget: FiscalYear) -> None:
    debt = registered(budget)
    debts.draw(debt.pk, 300_000_00, on=SIGNED, actor=ledger.treasurer(), now=NOW)
    post_all()
    form = form_for("rb-z", 2026, 3)
    report = approve(form, budget, 3, remark="tak", actor=ledger.treasurer(), now=NOW)
    table = table_of(report, form)
    assert [one.label for one in table.columns] == [
        "Wyszczególnienie", "Kwota ogółem", "wierzyciele krajowi", "banki",
    ]  # fmt: skip
    assert "Kolumny grup bez kwot pominięto." in table.about


def test_a_proposal_thrown_away_is_proposed_again(budget: FiscalYear) -> None:
    debt = registered(budget)
    move = debts.draw(debt.pk, 300_000_00, on=SIGNED, actor=ledger.treasurer(), now=NOW)
    drafts.discard(move.draft_id or 0, actor=ledger.accountant(), now=NOW)
    assert queries.standings(debt)[0].state == "GONE"
    debts.draw(debt.pk, 300_000_00, on=SIGNED, actor=ledger.treasurer(), now=NOW)
    assert [one.state for one in queries.standings(debt)] == ["DRAFT", "GONE"]


def test_an_annex_replaces_what_nothing_was_paid_of(budget: FiscalYear) -> None:
    debt = registered(budget)
    first = DebtInstalment.objects.earliest("due_on")
    debts.repay(first.pk, on=TODAY, unit_code="URZAD", actor=ledger.treasurer(), now=NOW)
    with pytest.raises(debts.WrongDebt):
        debts.reschedule(debt.pk, "30.06.2028 150000,00", actor=ledger.treasurer(), now=NOW)
    debts.reschedule(
        debt.pk, "30.06.2028 150000,00 3000\n30.06.2029 50000,00", actor=ledger.treasurer(), now=NOW
    )
    rows = queries.schedule(debt, queries.standings(debt))
    assert [one.row.due_on.year for one in rows] == [2026, 2028, 2029]
    assert queries.burdens(budget.book, since=2026, until=2030) == {
        2026: 105_000_00, 2028: 153_000_00, 2029: 50_000_00,
    }  # fmt: skip


@pytest.mark.law("ufp art. 243")
def test_a_guarantee_has_no_entries_is_reported_and_burdens_its_years(budget: FiscalYear) -> None:
    with pytest.raises(debts.WrongDebt):
        registered(budget, "GUARANTEE", "POR/1/2026")
    calm = "31.03.2026 100000,00\n30.06.2027 200000,00"
    debt = registered(budget, "GUARANTEE", "POR/1/2026", calm)
    with pytest.raises(debts.WrongDebt):
        debts.draw(debt.pk, 1, on=TODAY, actor=ledger.treasurer(), now=NOW)
    first = DebtInstalment.objects.earliest("due_on")
    debts.repay(first.pk, on=date(2026, 4, 1), unit_code="", actor=ledger.treasurer(), now=NOW)
    assert (Draft.objects.count(), Voucher.objects.filter(external_number="POR/1/2026").count()) == (0, 0)
    assert rb_z(budget, 3)["F", "z"] == 300_000_00
    assert rb_z(budget, 6)["F", "banki"] == 200_000_00
    assert queries.burdens(budget.book, since=2026, until=2027) == {2026: 100_000_00, 2027: 200_000_00}


def test_the_database_keeps_the_register(budget: FiscalYear) -> None:
    debt = registered(budget)
    debts.draw(debt.pk, 1_00, on=SIGNED, actor=ledger.treasurer(), now=NOW)
    for change in (
        lambda: DebtInstrument.objects.update(amount=1), lambda: DebtInstalment.objects.update(principal=1),
        lambda: DebtMove.objects.update(amount=1), lambda: DebtMove.objects.all().delete(),
    ):  # fmt: skip
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()


def signed_in(login: str) -> Client:
    return office.client_of(Account.objects.get(login=login))


def test_the_register_on_the_screen(budget: FiscalYear) -> None:
    client = signed_in("w.skarb")
    said = {
        "book_id": str(budget.book_id), "kind": "LOAN", "number": "KR/7/2026", "name": "Bank Próbny S.A.",
        "nip": "526-025-02-74", "sector": "BANK", "subject": "szkoła", "signed_on": "02.02.2026",
        "amount": "300000,00", "schedule": SCHEDULE,
    }  # fmt: skip
    wrong = client.post(f"{DEBTS}nowy/", said | {"schedule": "31.03.2026 1,00"})
    assert (wrong.status_code, 'value="KR/7/2026"' in wrong.content.decode()) == (422, True)
    page = client.post(f"{DEBTS}nowy/", said)["Location"]
    assert client.post(f"{page}zaciagniecie/", {"on": "03.02.2026", "amount": "1"}).status_code == 302
    assert client.post(f"{page}zaciagniecie/", {"on": "03.02.2026", "amount": "dużo"}).status_code == 422
    first = DebtInstalment.objects.earliest("due_on")
    assert client.post(f"{page}raty/{first.pk}/", {"on": "31.03.2026", "unit": "URZAD"}).status_code == 302
    kept = client.post(f"{page}harmonogram/", {"schedule": "30.06.2028 5"})
    assert (kept.status_code, "30.06.2028 5" in kept.content.decode()) == (422, True)
    assert client.post(f"{page}harmonogram/", {"schedule": "30.06.2028 200000,00"}).status_code == 302
    shown = client.get(page).content.decode()
    assert "dowód roboczy u księgowych" in shown
    assert "30.06.2028" in shown
    assert "KR/7/2026" in client.get(DEBTS, {"q": "próbny"}).content.decode()
    assert signed_in("k.saldo").post(f"{DEBTS}nowy/", said).status_code == 404
    stranger = office.client_of(office.make_staff("a.nowak", "Anna Nowak"))
    assert {stranger.get(one).status_code for one in (DEBTS, page, f"{DEBTS}relacja/")} == {404}


def test_the_relation_on_the_screen(budget: FiscalYear) -> None:
    registered(budget)
    client = signed_in("w.skarb")
    assert "brak danych" in client.get(f"{DEBTS}relacja/").content.decode()
    said = {"current_income": "100000000", "current_spending": "90000000", "source": "WPF"}
    for year in range(2019, 2028):
        assert client.post(f"{DEBTS}relacja/{year}/", said).status_code == 302
    shown = client.get(f"{DEBTS}relacja/").content.decode()
    assert "0,11 %" in shown
    assert "10,00 %" in shown
    assert "spełniona" in shown
    taken = client.get(f"{DEBTS}relacja/2026/?ze-sprawozdania").content.decode()
    assert "Rb-NDS 2026, plan" in taken
    assert client.post(f"{DEBTS}relacja/2026/", said | {"source": ""}).status_code == 422
    assert client.get(f"{DEBTS}relacja/2200/").status_code == 404


def test_the_list_asks_a_fixed_number_of_times(budget: FiscalYear, django_assert_num_queries: object) -> None:
    client = signed_in("w.skarb")
    client.get(DEBTS)
    counts = []
    for number in ("A/1", "A/2"):
        registered(budget, number=number)
        with django_assert_num_queries(7) as asked:  # type: ignore[operator]
            client.get(DEBTS)
        counts.append(len(asked))
    assert counts[0] == counts[1]
