"""Claims: assessed and reduced in the books, shown with interest; rates say where they come from."""

from datetime import date
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client

from starostwo.ledger import testing as ledger
from starostwo.ledger.api import settlements
from starostwo.ledger.models import FiscalYear, Line, Settlement, Voucher
from starostwo.ledger.testing import NOW, TODAY
from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.treasury.models import Claim
from starostwo.treasury.services import claims

pytestmark = pytest.mark.django_db
LIST = "/urzad/naleznosci/"


@pytest.fixture
def year() -> FiscalYear:
    office.make_office()
    made = ledger.make_year()
    ledger.accountant()
    return made


def new(**said: Any) -> claims.NewClaim:
    whole = {
        "debtor": settlements.Known("Jan Kos", pesel="80010112345"), "document_number": "GN/7/2026",
        "amount": 300_00, "issued_on": TODAY, "due_on": date(2026, 12, 1), "position": "756.75618.0420",
        "text": "opłata",
    } | said  # fmt: skip
    return claims.NewClaim(**whole)


def assessed(year: FiscalYear, **said: Any) -> int:
    return claims.assess(year.book_id, new(**said), actor=ledger.accountant(), now=NOW)


def turnover(number: str) -> tuple[int, int]:
    rows = Line.objects.filter(account__number=number).values_list("debit", "credit")
    return sum(debit for debit, _ in rows), sum(credit for _, credit in rows)


@pytest.mark.law("rozp. MRiF 13.09.2017 zał. 3")
def test_a_claim_is_assessed_and_reduced_by_red_entries(year: FiscalYear) -> None:
    claim = assessed(year)
    assert (turnover("221"), turnover("720")) == ((300_00, 0), (0, 300_00))
    claims.reduce(
        claim,
        100_00,
        book_id=year.book_id,
        reason="decyzja FN.1",
        actor=ledger.accountant(),
        today=TODAY,
        now=NOW,
    )
    assert (turnover("221"), turnover("720")) == ((200_00, 0), (0, 200_00))
    assert Voucher.objects.latest("id").text == "Odpis: decyzja FN.1"
    [left] = settlements.open_of(year.book, settlements.RECEIVABLE)
    assert left.left == 200_00  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("said", "field"),
    [({"amount": 0}, "amount"), ({"due_on": date(2026, 1, 1)}, "due_on"), ({"position": "x"}, "position")],
)
def test_a_wrong_claim_is_refused_and_changes_nothing(
    year: FiscalYear, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(claims.Wrong) as refused:
        assessed(year, **said)
    assert refused.value.field == field
    assert (Settlement.objects.count(), Voucher.objects.count()) == (0, 0)


@pytest.mark.parametrize(("amount", "reason"), [(300_01, "x"), (0, "x"), (1, " ")])
def test_no_more_is_reduced_than_is_owed_and_never_without_a_reason(
    year: FiscalYear, amount: int, reason: str
) -> None:
    claim = assessed(year)
    with pytest.raises(claims.Wrong):
        claims.reduce(
            claim,
            amount,
            book_id=year.book_id,
            reason=reason,
            actor=ledger.accountant(),
            today=TODAY,
            now=NOW,
        )
    assert Voucher.objects.count() == 1


def test_the_register_keeps_what_it_was_told(year: FiscalYear) -> None:
    claim = Claim.objects.get(settlement=assessed(year))
    assert (claim.kind, claim.interest, claim.basis, claim.first_due_on) == (
        "FEE",
        "DELAY",
        "LAW",
        date(2026, 12, 1),
    )
    with pytest.raises(ProgrammingError), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).update(kind="OTHER")
    with pytest.raises(ProgrammingError), transaction.atomic():
        Claim.objects.filter(pk=claim.pk).delete()


def clerk() -> Client:
    return office.client_of(Account.objects.get(login="k.saldo"))


def test_a_claim_is_typed_shown_and_reduced_on_the_screen(year: FiscalYear) -> None:
    client = clerk()
    said = {
        "book_id": str(year.book_id), "name": "Jan Kos", "nip": "", "pesel": "",
        "document_number": "GN/8/2026", "text": "czynsz", "amount": "300,00", "issued_on": "01.02.2026",
        "due_on": "15.02.2026",
        "position": "700.70005.0750", "kind": "LEASE", "interest": "DELAY", "basis": "CONTRACT",
        "basis_number": "GN.6845.3.2026", "basis_on": "02.01.2026", "of_state": "on",
    }  # fmt: skip
    nothing = client.post(f"{LIST}nowa/", said | {"basis_number": ""})
    assert "Podaj numer i dzień decyzji albo umowy" in nothing.content.decode()
    strange = client.post(f"{LIST}nowa/", said | {"case_mark": "FN.321.99.2026"})
    assert "Nie ma takiej sprawy" in strange.content.decode()
    wrong = client.post(f"{LIST}nowa/", said | {"position": "nie wiem"})
    assert wrong.status_code == 422
    assert 'value="nie wiem"' in wrong.content.decode()
    assert 'value="GN/8/2026"' in wrong.content.decode()
    address = client.post(f"{LIST}nowa/", said)["Location"]
    page = client.get(address).content.decode()
    assert "z pamięci" in page
    assert "Skarb Państwa" in page
    assert "umowa GN.6845.3.2026 z dnia" in page
    assert "GN/8/2026" not in client.get(LIST, {"rodzaj": "FEE"}).content.decode()
    assert "GN/8/2026" in client.get(LIST, {"rodzaj": "LEASE", "po": "1", "q": "kos"}).content.decode()
    assert "GN/8/2026" in client.get(LIST).content.decode()
    too_much = client.post(address, {"amount": "301,00", "reason": "decyzja"})
    assert too_much.status_code == 422
    assert "nie większy niż to, co zostało" in too_much.content.decode()
    assert client.post(address, {"amount": "300,00", "reason": "decyzja"}).status_code == 302
    assert client.get(address).status_code == 404


def test_interest_is_counted_on_the_screen_with_its_rates(year: FiscalYear) -> None:
    said = {"kind": "DELAY", "principal": "1000,00", "due_on": "24.11.2025", "paid_on": "13.12.2025"}
    page = clerk().get(f"{LIST}odsetki/", said).content.decode()
    assert "Odsetki: 5,01" in page.replace("\u00a0", " ")
    assert "9,75 %" in page
    assert "z pamięci, niesprawdzone" in page
    wrong = clerk().get(f"{LIST}odsetki/", said | {"principal": "sto"}).content.decode()
    assert "Podaj kwotę w złotych" in wrong
    assert (
        "100 euro"
        in clerk()
        .get(f"{LIST}odsetki/", said | {"kind": "COMMERCE", "principal": "50000,00"})
        .content.decode()
    )
    assert (
        "stawek zaczyna się w 2021"
        in clerk().get(f"{LIST}odsetki/", said | {"due_on": "1.1.2019"}).content.decode()
    )


def test_the_list_costs_the_same_for_many_and_is_closed_to_strangers(
    year: FiscalYear, django_assert_num_queries: Any
) -> None:
    for number in range(4):
        assessed(year, document_number=f"GN/{number}")
    client = clerk()
    client.get(LIST)
    with django_assert_num_queries(8):
        client.get(LIST)
    stranger = office.client_of(office.make_staff("a.nowak", "Anna Nowak"))
    assert stranger.get(LIST).status_code == 404
