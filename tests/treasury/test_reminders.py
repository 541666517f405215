"""Reminders, calls and notes: who gets one, once, as drafts of records; costs and interest in the books."""

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.test import Client

from starostwo.ledger import testing as ledger
from starostwo.ledger.api import Entry, settlements
from starostwo.ledger.models import FiscalYear, Line
from starostwo.ledger.testing import NOW, TODAY
from starostwo.office import testing as office
from starostwo.office.api import Actor, Right, actor_for
from starostwo.office.models import Account
from starostwo.records import testing as records
from starostwo.records.models import Case, CaseParty, Document, DocumentVersion
from starostwo.treasury.models import Claim, Reminder, ReminderLine
from starostwo.treasury.rules import reminder_letters as letters
from starostwo.treasury.rules.interest import Kind as InterestOf
from starostwo.treasury.rules.interest import interest
from starostwo.treasury.rules.reminders import COST, Kind, Listed, may_again, sums
from starostwo.treasury.services import claims, reminders

CLASS = "0141"
BATCH = "/urzad/naleznosci/upomnienia/nowe/"


@pytest.mark.law("u.p.e.a. art. 15 par. 1")
@pytest.mark.law("k.c. art. 455")
@pytest.mark.parametrize(
    ("kind", "last_on", "may", "why"),
    [
        (Kind.REMINDER, None, True, "never reminded"),
        (Kind.REMINDER, date(2020, 1, 1), False, "a reminder comes once"),
        (Kind.CALL, date(2026, 10, 25), False, "a call again only after 30 days"),
        (Kind.CALL, date(2026, 10, 24), True, "30 days have passed"),
        (Kind.NOTE, date(2026, 9, 1), False, "a note again only after 90 days"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_when_a_claim_is_reminded_again(kind: Kind, last_on: date | None, may: bool, why: str) -> None:
    assert may_again(kind, last_on, TODAY) is may, why


def test_the_cost_is_dated_and_only_a_reminder_has_it() -> None:
    row = Listed("GN/1", "opłata", date(2026, 1, 1), 100_00, 5_00)
    assert sums(Kind.REMINDER, [row], TODAY).total == 121_00
    assert sums(Kind.REMINDER, [row], date(2020, 1, 1)).total == 116_60
    assert (sums(Kind.CALL, [row], TODAY).total, sums(Kind.NOTE, [row], TODAY).total) == (105_00, 5_00)
    assert not COST.row_on(TODAY).verified


@pytest.mark.parametrize("kind", list(Kind), ids=lambda kind: kind.value)
def test_a_letter_says_what_is_asked_and_leaves_no_gap(kind: Kind) -> None:
    rows = [Listed("GN/1", "opłata", date(2026, 1, 1), 100_00, 5_00)]
    text = letters.text(kind, rows, sums(kind, rows, TODAY), day=TODAY, account="61 1090")
    assert "GN/1" in text
    assert "61 1090" in text
    assert ("koszty upomnienia" in text) is (kind is Kind.REMINDER)
    assert "[uzupełnij" not in text
    assert "{" not in text


@pytest.fixture
def year(db: None) -> FiscalYear:
    office.make_office()
    made = ledger.make_year()
    records.make_plan()
    clerk()
    return made


def clerk() -> Actor:
    account = office.make_staff(
        "k.saldo", "Krystyna Saldo", unit=ledger.UNIT, rights=[Right.KEEP_BOOKS, Right.HANDLE]
    )
    return actor_for(account, today=TODAY)


def claimed(year: FiscalYear, number: str = "KM/1", *, tax: bool = True, **debtor: str) -> int:
    ground = claims.Ground(
        kind="PENALTY" if tax else "LEASE", interest="TAX" if tax else "DELAY", basis="DECISION",
        number="KM.1", on=date(2026, 2, 1),
    )  # fmt: skip
    known = {"name": "Jan Kos", "pesel": "80010112345"} | debtor
    said = claims.NewClaim(
        settlements.Known(**known), number, 500_00, date(2026, 2, 1), date(2026, 2, 28),
        "756.75618.0570", "kara", ground,
    )  # fmt: skip
    return claims.assess(year.book_id, said, actor=clerk(), now=NOW)


def run(year: FiscalYear, kind: Kind, today: date = TODAY) -> list[Reminder]:
    everybody = tuple(Claim.objects.values_list("settlement__counterparty_id", flat=True).distinct())
    batch = reminders.Batch(kind, everybody, CLASS)
    return reminders.remind(year.book_id, batch, actor=clerk(), today=today, now=NOW)


@pytest.mark.law("u.p.e.a. art. 15 par. 1")
def test_a_debtor_gets_one_letter_for_all_his_claims_once(year: FiscalYear) -> None:
    claimed(year)
    claimed(year, "KM/2")
    claimed(year, "KM/3", name="Anna Lis", pesel="")
    claimed(year, "GN/9", tax=False)  # a civil claim is called for, not reminded of
    made = run(year, Kind.REMINDER)
    assert [(one.counterparty.name, one.left, one.cost) for one in made] == [
        ("Anna Lis", 500_00, 16_00), ("Jan Kos", 1000_00, 16_00),
    ]  # fmt: skip
    document = Document.objects.select_related("case", "addressee").get(pk=made[1].document_id)
    text = DocumentVersion.objects.get(document=document).text
    assert "KM/1" in text
    assert "KM/2" in text
    assert document.addressee is not None
    assert (document.addressee.name, document.case.title) == ("Kos Jan", "Dochodzenie należności: Jan Kos")
    assert CaseParty.objects.filter(case=document.case, party=document.addressee).exists()
    with pytest.raises(reminders.NobodyToRemind):
        run(year, Kind.REMINDER, date(2026, 12, 23))
    costs = Claim.objects.filter(kind="COSTS").select_related("classification", "settlement")
    assert {(str(one.classification), one.interest) for one in costs} == {("756.75618.0640", "NONE")}
    assert sum(Line.objects.filter(account__number="221").values_list("debit", flat=True)) == 2032_00


def test_the_next_letter_lies_in_the_same_case(year: FiscalYear) -> None:
    claimed(year)
    claimed(year, "GN/9", tax=False)
    [first] = run(year, Kind.REMINDER)
    [second] = run(year, Kind.CALL)
    assert first.document.case_id == second.document.case_id
    assert Case.objects.count() == 1
    with pytest.raises(reminders.NobodyToRemind):
        run(year, Kind.CALL)
    [again] = run(year, Kind.CALL, date(2026, 12, 23))
    assert again.left == 500_00


@pytest.mark.law("k.c. art. 481")
def test_a_note_assesses_interest_and_never_the_same_twice(year: FiscalYear) -> None:
    main = claimed(year, tax=False)
    [note] = run(year, Kind.NOTE)
    kept = Claim.objects.select_related("settlement", "classification", "main").get(kind="INTEREST")
    assert str(kept.classification) == "756.75618.0920"
    assert kept.main is not None
    assert kept.main.settlement_id == main
    credited = Line.objects.filter(account__number="750").values_list("credit", flat=True)
    assert list(credited) == [note.interest]
    later = date(2026, 12, 31)
    with pytest.raises(reminders.NobodyToRemind):
        run(year, Kind.NOTE, later)


def test_a_letter_that_records_refuse_changes_nothing(year: FiscalYear) -> None:
    claimed(year)
    party = Claim.objects.get().settlement.counterparty_id
    batch = reminders.Batch(Kind.REMINDER, [party], "9999")
    with pytest.raises(reminders.CannotWrite):
        reminders.remind(year.book_id, batch, actor=clerk(), today=TODAY, now=NOW)
    assert (Reminder.objects.count(), Claim.objects.count(), Case.objects.count()) == (0, 1, 0)


def test_the_database_keeps_letters_and_one_reminder_a_claim(year: FiscalYear) -> None:
    claimed(year)
    run(year, Kind.REMINDER)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Reminder.objects.update(cost=0)
    line = ReminderLine.objects.get()
    line.pk = None
    line.made_on = date(2026, 12, 30)
    with pytest.raises(IntegrityError), transaction.atomic():
        line.save(force_insert=True)


def test_a_batch_is_looked_at_and_drafted_on_the_screen(year: FiscalYear) -> None:
    claim = claimed(year)
    client = office.client_of(Account.objects.get(login="k.saldo"))
    preview = client.get(BATCH).content.decode()
    assert "Jan Kos" in preview
    assert "16,00" in preview
    assert "z pamięci" in preview
    party = str(Claim.objects.get().settlement.counterparty_id)
    nobody = client.post(BATCH, {"class_symbol": CLASS})
    assert (nobody.status_code, "Zaznacz dłużników" in nobody.content.decode()) == (422, True)
    wrong = client.post(BATCH, {"class_symbol": "9999", "dluznik": party})
    assert wrong.status_code == 422
    assert "Nie można założyć sprawy" in wrong.content.decode()
    assert 'value="9999"' in wrong.content.decode()
    empty = client.post(BATCH, {"class_symbol": "", "dluznik": party})
    assert empty.status_code == 422
    done = client.post(BATCH, {"class_symbol": CLASS, "dluznik": party}, follow=True)
    assert "Przygotowano pisma: 1" in done.content.decode()
    letter = client.get(f"/urzad/dokumenty/{Reminder.objects.get().document_id}/")
    assert "Upomnienie" in letter.content.decode()
    assert "Nie ma dłużników" in client.get(BATCH).content.decode()
    page = client.get(f"/urzad/naleznosci/{year.book_id}/{claim}/").content.decode()
    assert "upomnienie z dnia" in page


def test_lists_cost_the_same_for_many_and_are_closed_to_strangers(
    year: FiscalYear, django_assert_num_queries: Any
) -> None:
    for number in range(4):
        claimed(year, f"KM/{number}", name=f"Dłużnik {number}", pesel="")
    client: Client = office.client_of(Account.objects.get(login="k.saldo"))
    client.get(BATCH)
    with django_assert_num_queries(10):
        client.get(BATCH)
    run(year, Kind.REMINDER)
    with django_assert_num_queries(8):
        client.get("/urzad/naleznosci/upomnienia/")
    stranger = office.client_of(office.make_staff("a.nowak", "Anna Nowak"))
    assert stranger.get("/urzad/naleznosci/upomnienia/").status_code == 404
    ledger.treasurer()
    reader = office.client_of(Account.objects.get(login="w.skarb"))
    assert reader.get("/urzad/naleznosci/upomnienia/").status_code == 200
    assert reader.get(BATCH).status_code == 404


def paid(year: FiscalYear, number: str, amount: int, on: date) -> None:
    claim = settlements.open_of(year.book, settlements.RECEIVABLE).get(document_number=number)
    row = ledger.income("756.75618.0570").pk
    entries = [
        Entry(ledger.account(year, "130-1"), debit=amount, classification=row),
        Entry(ledger.account(year, "221"), credit=amount, classification=row,
              counterparty=claim.counterparty_id, settlement=claim.pk),
    ]  # fmt: skip
    ledger.posted(year, ledger.voucher(entries, kind="RK", operation_on=on, issued_on=on))


@pytest.mark.law("k.c. art. 481 par. 1")
def test_a_note_asks_for_interest_of_what_was_paid_late_once(year: FiscalYear) -> None:
    claimed(year, "GN/1", tax=False)
    claimed(year, "GN/2", tax=False)
    paid(year, "GN/1", 500_00, date(2026, 5, 4))
    paid(year, "GN/2", 500_00, date(2026, 2, 28))  # on its term
    [made] = run(year, Kind.NOTE)
    wanted = interest(InterestOf.DELAY, 500_00, date(2026, 2, 28), date(2026, 5, 4))
    assert (made.left, made.interest) == (0, wanted)
    [line] = ReminderLine.objects.all()
    assert (line.claim.settlement.document_number, line.interest) == ("GN/1", wanted)
    text = DocumentVersion.objects.get(document=made.document_id).text
    assert "zapłacono po terminie" in text
    noted = Claim.objects.get(kind="INTEREST")
    assert noted.main_id == line.claim_id
    with pytest.raises(reminders.NobodyToRemind):
        run(year, Kind.NOTE, date(2027, 4, 1))
