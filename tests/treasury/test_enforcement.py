"""Enforcement titles: when, what the file says, the signature, the states, what payments change."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from lxml import etree

from starostwo.files import api as files
from starostwo.ledger import testing as ledger
from starostwo.ledger.api import Entry
from starostwo.ledger.models import FiscalYear, Settlement
from starostwo.ledger.testing import NOW, TODAY
from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.records import testing as records
from starostwo.records.models import DocumentVersion
from starostwo.signatures import api as signatures
from starostwo.treasury.models import EnforcementTitle
from starostwo.treasury.queries import enforcement as queries
from starostwo.treasury.rules.enforcement import MOVES, Move, State, after, may_issue_on
from starostwo.treasury.rules.reminders import Kind
from starostwo.treasury.services import enforcement
from starostwo.treasury.services.claims import Wrong
from tests.records.document_makers import give_key
from tests.treasury.test_reminders import claimed, clerk, run

TITLES = "/urzad/naleznosci/tytuly/"
DELIVERED = date(2026, 11, 10)
ORGAN = "Naczelnik Urzędu Skarbowego w Zgierzu"


@pytest.mark.law("u.p.e.a. art. 15 par. 1")
def test_a_title_waits_until_seven_days_after_the_reminder_have_passed() -> None:
    assert may_issue_on(date(2026, 11, 10)) == date(2026, 11, 18)


@pytest.mark.parametrize(
    ("state", "move", "then"),
    [
        (State.PREPARED, Move.SIGN, State.ISSUED), (State.PREPARED, Move.SEND, None),
        (State.SENT, Move.SUSPEND, State.SUSPENDED), (State.SUSPENDED, Move.RESUME, State.SENT),
        (State.WITHDRAWN, Move.SEND, None), (State.PAID, Move.WITHDRAW, None),
        (State.ISSUED, Move.RESUME, None),
    ],
)  # fmt: skip
def test_where_a_title_may_go(state: State, move: Move, then: State | None) -> None:
    assert after(state, move) == then
    assert {one for (_, one) in MOVES} == set(Move)


@pytest.fixture
def year(db: None) -> FiscalYear:
    office.make_office()
    made = ledger.make_year()
    records.make_plan()
    clerk()
    ledger.chief()
    return made


def prepared(year: FiscalYear) -> EnforcementTitle:
    claimed(year)
    claimed(year, "KM/2")
    [reminder] = run(year, Kind.REMINDER, date(2026, 11, 9))
    said = enforcement.NewTitle(reminder.pk, DELIVERED, ORGAN)
    return enforcement.prepare(year.book_id, said, actor=clerk(), today=TODAY, now=NOW)


def pay(year: FiscalYear, number: str, amount: int) -> None:
    claim = Settlement.objects.get(document_number=number)
    row = ledger.income("756.75618.0570").pk
    entries = [
        Entry(ledger.account(year, "130-1"), debit=amount, classification=row),
        Entry(ledger.account(year, "221"), credit=amount, classification=row,
              counterparty=claim.counterparty_id, settlement=claim.pk),
    ]  # fmt: skip
    ledger.posted(year, ledger.voucher(entries))


def xml_of(blob: object) -> etree._Element:
    with files.open_blob(blob.sha256) as file:  # type: ignore[attr-defined]
        return etree.fromstring(file.read())


@pytest.mark.law("u.p.e.a. art. 27 par. 1")
def test_the_file_says_who_owes_what_since_when_and_by_what_right(year: FiscalYear) -> None:
    title = prepared(year)
    root = xml_of(title.blob)
    assert title.shown_number == "TW/1/2026"
    assert (root.tag, root.get("wzor"), root.get("struktura")) == ("TytulWykonawczy", "TW-1(7)", "z-pamieci")
    assert root.findtext("Zobowiazany/Nazwa") == "Jan Kos"
    assert root.findtext("Naglowek/OrganEgzekucyjny") == ORGAN
    dues = root.findall("Naleznosc")
    assert [due.findtext("Dokument") for due in dues] == ["KM/1", "KM/2"]
    assert {due.findtext("OdsetkiOdDnia") for due in dues} == {"2026-03-01"}
    assert dues[0].findtext("PodstawaPrawna") == "decyzja KM.1 z dnia 01.02.2026"
    assert (root.findtext("Upomnienie/Koszty"), root.findtext("Razem/NaleznoscGlowna")) == (
        "16.00",
        "1000.00",
    )


def test_a_copy_lies_in_the_case_of_the_reminder(year: FiscalYear) -> None:
    title = prepared(year)
    assert title.document is not None
    assert title.document.case_id == title.reminder.document.case_id
    assert title.document.title == "Tytuł wykonawczy TW/1/2026"
    text = DocumentVersion.objects.get(document=title.document).text
    assert "KM/2" in text
    assert ORGAN in text


def test_a_title_too_early_or_twice_is_refused_and_nothing_changes(year: FiscalYear) -> None:
    claimed(year)
    [reminder] = run(year, Kind.REMINDER, date(2026, 11, 9))
    for delivered, organ, field in (
        (date(2026, 11, 16), ORGAN, "delivered_on"), (date(2026, 11, 1), ORGAN, "delivered_on"),
        (DELIVERED, " ", "organ"),
    ):  # fmt: skip
        said = enforcement.NewTitle(reminder.pk, delivered, organ)
        with pytest.raises(Wrong) as refused:
            enforcement.prepare(year.book_id, said, actor=clerk(), today=TODAY, now=NOW)
        assert refused.value.field == field
    assert not EnforcementTitle.objects.exists()
    said = enforcement.NewTitle(reminder.pk, DELIVERED, ORGAN)
    made = enforcement.prepare(year.book_id, said, actor=clerk(), today=TODAY, now=NOW)
    with pytest.raises(enforcement.NoSuchTitle):
        enforcement.prepare(year.book_id, said, actor=clerk(), today=TODAY, now=NOW)
    enforcement.move(made.pk, Move.WITHDRAW, reason="pomyłka", actor=clerk(), now=NOW)
    again = enforcement.prepare(year.book_id, said, actor=clerk(), today=TODAY, now=NOW)
    assert again.number == 2


def test_a_title_is_signed_sent_and_changed_by_payments_alone(year: FiscalYear) -> None:
    title = prepared(year)
    with pytest.raises(enforcement.NotSigned):
        enforcement.sign(title.pk, actor=ledger.chief(), now=NOW)
    give_key(Account.objects.get(login="h.bilans"), on=TODAY)
    with pytest.raises(enforcement.NoSuchTitle):
        enforcement.sign(title.pk, actor=clerk(), now=NOW)
    signed = enforcement.sign(title.pk, actor=ledger.chief(), now=NOW)
    assert signed.signed is not None
    with files.open_blob(signed.signed.sha256) as file:
        report = signatures.verify(file.read(), name="tytul.xml", at=NOW)
    assert "Halina Bilans" in report.signer
    enforcement.move(title.pk, Move.SEND, reason="", actor=clerk(), now=NOW)
    with pytest.raises(Wrong):
        enforcement.move(title.pk, Move.SUSPEND, reason=" ", actor=clerk(), now=NOW)

    pay(year, "KM/1", 200_00)
    assert [one.last_left for one in enforcement.update_paid(year.book, actor=clerk(), now=NOW)] == [800_00]
    assert enforcement.update_paid(year.book, actor=clerk(), now=NOW) == []
    pay(year, "KM/1", 300_00)
    pay(year, "KM/2", 500_00)
    [paid] = enforcement.update_paid(year.book, actor=clerk(), now=NOW)
    assert (paid.state, paid.last_left) == ("PAID", 0)
    assert [one.what for one in paid.steps.order_by("pk")] == ["PREPARED", "SIGN", "SEND", "UPDATE", "PAY"]
    for change in ({"state": "SENT"}, {"organ": "inny"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            EnforcementTitle.objects.update(**change)


def test_titles_on_the_screen(year: FiscalYear) -> None:
    claimed(year)
    [reminder] = run(year, Kind.REMINDER, date(2026, 11, 9))
    client = office.client_of(Account.objects.get(login="k.saldo"))
    assert "Jan Kos" in client.get(f"{TITLES}nowe/").content.decode()
    page = f"{TITLES}nowe/{reminder.pk}/"
    wrong = client.post(page, {"delivered_on": "10.11.2026", "organ": ""})
    assert (wrong.status_code, 'value="10.11.2026"' in wrong.content.decode()) == (422, True)
    made = client.post(page, {"delivered_on": "10.11.2026", "organ": ORGAN})["Location"]
    assert "z pamięci" in client.get(made).content.decode()
    assert client.post(f"{made}podpis/").status_code == 404  # whoever keeps books does not sign
    give_key(Account.objects.get(login="h.bilans"), on=TODAY)
    chief = office.client_of(Account.objects.get(login="h.bilans"))
    assert chief.post(f"{made}podpis/").status_code == 302
    assert client.post(f"{made}stan/", {"what": "SEND"}).status_code == 302
    assert client.post(f"{made}stan/", {"what": "SUSPEND", "reason": ""}).status_code == 422
    assert client.post(f"{made}stan/", {"what": "SIGN"}).status_code == 422
    assert b"Signature" in b"".join(client.get(f"{made}tytul.xml").streaming_content)  # type: ignore[attr-defined]
    assert client.post(f"{TITLES}wplaty/").status_code == 302
    assert "TW/1/2026" in client.get(TITLES, {"stan": "SENT", "q": "kos"}).content.decode()
    stranger: Client = office.client_of(office.make_staff("a.nowak", "Anna Nowak"))
    assert {stranger.get(one).status_code for one in (TITLES, made, page, f"{made}tytul.xml")} == {404}


def test_what_a_title_asked_for_stays_while_what_is_left_moves(year: FiscalYear) -> None:
    title = prepared(year)
    pay(year, "KM/2", 500_00)
    assert (queries.first_left(title), queries.left_of([title])[title.pk]) == (1000_00, 500_00)
