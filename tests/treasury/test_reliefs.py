"""Decisions on claims: remissions, instalments, deferrals in the books, in interest and in Rb-27S."""

from datetime import date
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client

from starostwo.ledger import testing as ledger
from starostwo.ledger.api import settlements
from starostwo.ledger.models import FiscalYear, Voucher
from starostwo.ledger.queries.reports import filled, form_for
from starostwo.ledger.testing import NOW, TODAY
from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.treasury.models import Claim, Relief, ReliefLapse
from starostwo.treasury.queries.claims import interest_on
from starostwo.treasury.rules.interest import Kind, interest
from starostwo.treasury.rules.reliefs import Part, beyond, instalments
from starostwo.treasury.services import claims, relief_lapses, reliefs

DUE = date(2026, 3, 31)
NEXT = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("amount", "count", "first_on", "parts", "why"),
    [
        (100_00, 3, date(2026, 1, 31),
         [(date(2026, 1, 31), 33_34), (date(2026, 2, 28), 33_33), (date(2026, 3, 31), 33_33)],
         "odd grosze first, the last day of short months"),
        (90_00, 2, date(2026, 12, 15), [(date(2026, 12, 15), 45_00), (date(2027, 1, 15), 45_00)],
         "into the next year"),
        (5_00, 1, date(2027, 2, 1), [(date(2027, 2, 1), 5_00)], "a deferral is one term"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_instalments(
    amount: int, count: int, first_on: date, parts: list[tuple[date, int]], why: str
) -> None:
    assert [(part.due_on, part.amount) for part in instalments(amount, count, first_on)] == parts, why


def test_only_what_goes_beyond_the_month_is_an_effect() -> None:
    parts = [Part(date(2026, 11, 30), 10), Part(date(2026, 12, 1), 7), Part(date(2027, 1, 1), 5)]
    assert beyond(parts, TODAY) == 12


@pytest.fixture
def year(db: None) -> FiscalYear:
    office.make_office()
    made = ledger.make_year()
    ledger.accountant()
    return made


def claimed(year: FiscalYear, amount: int = 900_00, **said: Any) -> int:
    new = claims.NewClaim(
        settlements.Known("Jan Kos", pesel="80010112345"), "GN/7/2026", amount, date(2026, 3, 1), DUE,
        "700.70005.0550", "opłata", claims.Ground(kind="USUFRUCT", **said),
    )  # fmt: skip
    return claims.assess(year.book_id, new, actor=ledger.accountant(), now=NOW)


def decided(year: FiscalYear, claim: int, **said: Any) -> Relief:
    whole = {"kind": "REMISSION", "number": "FN.323.1.2026", "decided_on": TODAY, "reason": "ważny interes"}
    return reliefs.decide(
        claim, reliefs.Decision(**(whole | said)), book_id=year.book_id, actor=ledger.accountant(),
        today=TODAY, now=NOW,
    )  # fmt: skip


def rb27s(year: FiscalYear, month: int = 11) -> dict[str, int]:
    rows = {row.key: dict(row.cells) for row in filled(form_for("rb-27s", 2026, month), year, month)}
    return rows.get("700.70005.0550", {})


@pytest.mark.law("rozp. MF 29.01.2025")
@pytest.mark.law("ufp art. 57")
def test_a_remission_takes_back_and_is_an_effect_of_the_report(year: FiscalYear) -> None:
    claim = claimed(year)
    decided(year, claim, amount=400_00)
    assert rb27s(year) == {"NA": 500_00, "NO": 500_00, "NZ": 500_00, "Umorzenia": 400_00}
    assert rb27s(year, 10) == {"NA": 900_00, "NO": 900_00, "NZ": 900_00}
    with pytest.raises(claims.Wrong):
        decided(year, claim, number="FN.323.2.2026", amount=500_01)
    with pytest.raises(claims.Wrong):
        decided(year, claim, amount=1_00)  # the same number again
    assert Relief.objects.count() == 1


@pytest.mark.law("rozp. MF 29.01.2025")
@pytest.mark.law("o.p. art. 67a par. 1")
def test_instalments_move_the_term_in_the_books_and_stop_interest(year: FiscalYear) -> None:
    claim = claimed(year)
    decided(year, claim, kind="INSTALMENTS", count=3, first_on=date(2026, 11, 30))
    parts = list(settlements.open_of(year.book, settlements.RECEIVABLE).order_by("due_on"))
    assert [(one.document_number, one.due_on, one.left) for one in parts] == [  # type: ignore[attr-defined]
        ("GN/7/2026/R1", date(2026, 11, 30), 300_00), ("GN/7/2026/R2", date(2026, 12, 30), 300_00),
        ("GN/7/2026/R3", date(2027, 1, 30), 300_00),
    ]  # fmt: skip
    assert rb27s(year) == {"NA": 900_00, "NO": 900_00, "Raty": 600_00}  # nothing is overdue any more
    assert rb27s(year, 10) == {"NA": 900_00, "NO": 900_00, "NZ": 900_00}
    row = Claim.objects.get(settlement=parts[1])
    assert (row.main and row.main.settlement_id, row.first_due_on, row.paused_on) == (claim, DUE, TODAY)
    wanted = interest(Kind.DELAY, 300_00, DUE, TODAY)
    assert interest_on(parts[1], row, date(2026, 12, 20)) == wanted > 0


@pytest.mark.law("rozp. MF 29.01.2025")
def test_an_effect_ends_once_when_its_term_has_come(year: FiscalYear) -> None:
    decided(year, claimed(year), kind="INSTALMENTS", count=2, first_on=date(2026, 12, 30))
    assert rb27s(year)["Raty"] == 900_00
    later = date(2026, 12, 31)

    def release() -> int:
        return reliefs.release_effects(year.book_id, actor=ledger.accountant(), today=later, now=NOW)

    assert (release(), release()) == (1, 0)
    assert (rb27s(year)["Raty"], rb27s(year, 12)["Raty"]) == (900_00, 450_00)


def test_a_deferral_is_one_new_term(year: FiscalYear) -> None:
    decided(year, claimed(year), kind="DEFERRAL", first_on=NEXT)
    [one] = settlements.open_of(year.book, settlements.RECEIVABLE)
    assert (one.due_on, one.left) == (NEXT, 900_00)  # type: ignore[attr-defined]
    with pytest.raises(ProgrammingError), transaction.atomic():
        Relief.objects.update(amount=1)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"amount": 0}, "amount"), ({"number": " "}, "number"), ({"reason": ""}, "reason"),
        ({"decided_on": date(2026, 12, 24)}, "decided_on"), ({"kind": "DEFERRAL"}, "first_on"),
        ({"kind": "DEFERRAL", "first_on": TODAY}, "first_on"),
        ({"kind": "INSTALMENTS", "first_on": NEXT, "count": 1}, "count"),
    ],
)  # fmt: skip
def test_a_wrong_decision_changes_nothing(year: FiscalYear, said: dict[str, Any], field: str) -> None:
    claim = claimed(year)
    with pytest.raises(claims.Wrong) as refused:
        decided(year, claim, **said)
    assert refused.value.field == field
    assert (Voucher.objects.count(), Relief.objects.count(), Claim.objects.count()) == (1, 0, 1)


def clerk(login: str = "k.saldo") -> Client:
    return office.client_of(Account.objects.get(login=login))


def test_a_decision_is_entered_on_the_screen(year: FiscalYear) -> None:
    claim = claimed(year)
    client, page = clerk(), f"/urzad/naleznosci/{year.book_id}/{claim}/"
    assert "Wpisz decyzję o uldze" in client.get(page).content.decode()
    said = {
        "kind": "INSTALMENTS", "number": "FN.323.7.2026", "decided_on": "02.11.2026", "reason": "choroba",
        "first_on": "", "count": "3",
    }  # fmt: skip
    wrong = client.post(f"{page}decyzja/", said)
    assert wrong.status_code == 422
    assert "Nowy termin musi być późniejszy" in wrong.content.decode()
    assert "FN.323.7.2026" in wrong.content.decode()
    done = client.post(f"{page}decyzja/", said | {"first_on": "31.12.2026"}, follow=True)
    assert "rozłożenie na raty" in done.content.decode()
    part = Claim.objects.exclude(main=None).order_by("id")[0]
    shown = client.get(f"/urzad/naleznosci/{year.book_id}/{part.settlement_id}/").content.decode()
    assert "FN.323.7.2026" in shown
    assert "odsetki wstrzymano 2 listopada 2026" in shown
    released = client.post("/urzad/naleznosci/decyzje/", follow=True)
    assert "termin minął: 0" in released.content.decode()


def test_who_only_reads_enters_no_decision(year: FiscalYear) -> None:
    claim = claimed(year)
    ledger.treasurer()
    reader, stranger = clerk("w.skarb"), office.client_of(office.make_staff("a.nowak", "Anna Nowak"))
    page = f"/urzad/naleznosci/{year.book_id}/{claim}/decyzja/"
    assert (reader.get(page).status_code, stranger.get(page).status_code) == (404, 404)
    assert reader.get("/urzad/naleznosci/decyzje/").status_code == 200
    assert reader.post("/urzad/naleznosci/decyzje/").status_code == 404
    assert stranger.get("/urzad/naleznosci/decyzje/").status_code == 404


def lapsed(relief: Relief, *, whole: bool = False, on: date = date(2026, 12, 10)) -> ReliefLapse:
    return relief_lapses.lapse(relief.pk, is_whole=whole, actor=ledger.accountant(), today=on, now=NOW)


@pytest.mark.law("o.p. art. 259 par. 1")
def test_an_instalment_not_paid_is_owed_as_before_the_decision(year: FiscalYear) -> None:
    claimed(year)
    relief = decided(
        year, settlements.open_of(year.book, settlements.RECEIVABLE).get().pk, kind="INSTALMENTS", count=3,
        first_on=date(2026, 11, 30),
    )  # fmt: skip
    with pytest.raises(relief_lapses.NothingLapses):
        lapsed(relief, on=date(2026, 11, 30))  # the term itself has not passed
    made = lapsed(relief)
    assert (made.amount, made.is_whole) == (300_00, False)
    left = {
        one.document_number: (one.due_on, one.left)  # type: ignore[attr-defined]
        for one in settlements.open_of(year.book, settlements.RECEIVABLE)
    }
    assert left == {
        "GN/7/2026/W1": (DUE, 300_00), "GN/7/2026/R2": (date(2026, 12, 30), 300_00),
        "GN/7/2026/R3": (date(2027, 1, 30), 300_00),
    }  # fmt: skip
    back = Claim.objects.select_related("settlement").get(settlement__document_number="GN/7/2026/W1")
    row = settlements.open_among([back.settlement_id]).get()
    assert interest_on(row, back, TODAY) == interest(Kind.DELAY, 300_00, DUE, TODAY)  # without a pause
    with pytest.raises(relief_lapses.NothingLapses):
        lapsed(relief)


def test_where_the_decision_says_so_all_of_it_lapses_with_its_effects(year: FiscalYear) -> None:
    relief = decided(year, claimed(year), kind="INSTALMENTS", count=3, first_on=date(2026, 11, 30))
    assert rb27s(year)["Raty"] == 600_00
    made = lapsed(relief, whole=True)
    assert made.amount == 900_00
    assert rb27s(year, 12) == {"NA": 900_00, "NO": 900_00, "NZ": 900_00, "Raty": 300_00}  # due in December
    again = reliefs.release_effects(
        year.book_id, actor=ledger.accountant(), today=date(2026, 12, 31), now=NOW
    )
    assert (again, rb27s(year, 12).get("Raty", 0)) == (1, 0)
    assert settlements.open_of(year.book, settlements.RECEIVABLE).count() == 1
    with pytest.raises(ProgrammingError), transaction.atomic():
        ReliefLapse.objects.all().delete()


def test_a_lapse_is_entered_on_the_screen(year: FiscalYear) -> None:
    claim = claimed(year)
    said = reliefs.Decision(
        "INSTALMENTS", "FN.323.9", date(2026, 6, 1), "choroba", first_on=date(2026, 7, 1), count=3
    )
    made = reliefs.decide(
        claim, said, book_id=year.book_id, actor=ledger.accountant(), today=date(2026, 6, 1), now=NOW
    )
    client = office.client_of(Account.objects.get(login="k.saldo"))
    address = f"/urzad/naleznosci/decyzje/{made.pk}/wygasniecie/"
    assert address in client.get("/urzad/naleznosci/decyzje/").content.decode()
    assert client.post(address, {"co": "zalegle"}).status_code == 302
    assert "wygasła" in client.get("/urzad/naleznosci/decyzje/").content.decode()
    assert client.post(address, {"co": "zalegle"}).status_code == 404
