"""A resident sees what he owes by the books, pays it as any due, and the money closes the claim there."""

import json
from datetime import date, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils.timezone import localdate, now

from starostwo.intake.models import Attempt, Due, Payment
from starostwo.intake.payment_queries import due_of_resident
from starostwo.intake.rules.payment_states import Said
from starostwo.intake.services import claim_dues
from starostwo.intake.services.pulling import pull_transfers
from starostwo.intake.testing import open_the_cash_box
from starostwo.intake.transfer_paper import title_of
from starostwo.ledger import testing as ledger
from starostwo.ledger.api import settlements
from starostwo.ledger.models import FiscalYear, Line
from starostwo.office import testing as office
from starostwo.office.api import Right, actor_for
from starostwo.treasury import testing as treasury
from starostwo.treasury.models import BankAccount, Claim
from starostwo.treasury.rules.claim_payment import fall
from starostwo.treasury.rules.interest import Kind
from starostwo.treasury.services import claims, statements
from starostwo.treasury.services.statement_posting import post_statement
from tests.intake.gateway_peer import KEY
from tests.intake.paying import begun, told

PESEL = "80010112340"
MINE = "/eboi/oplaty/"


@pytest.mark.law("o.p. art. 55 par. 2")
@pytest.mark.law("k.c. art. 451 par. 1")
@pytest.mark.parametrize(
    ("kind", "paid", "parts", "why"),
    [
        (Kind.TAX, 110_00, (100_00, 10_00), "all of it"),
        (Kind.TAX, 55_00, (50_00, 5_00), "a public claim in proportion"),
        (Kind.DELAY, 55_00, (45_00, 10_00), "a civil claim interest first"),
        (Kind.DELAY, 120_00, (110_00, 10_00), "what is too much stays on the principal"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_on_what_a_payment_falls(kind: Kind, paid: int, parts: tuple[int, int], why: str) -> None:
    assert fall(kind, paid, 100_00, 10_00) == parts, why
    assert fall(kind, paid, 100_00, 0) == (paid, 0)


@pytest.fixture
def year(db: None, settings: LazySettings) -> FiscalYear:
    settings.PESEL_PROVEN_BY = ["https://idp.test"]
    settings.PAYMENT_GATEWAY_KEY = KEY
    open_the_cash_box()
    return ledger.make_year(year=localdate().year)


@pytest.fixture
def piotr(year: FiscalYear) -> Client:
    return office.client_of(office.piotr())


def claimed(year: FiscalYear, number: str = "GN/77/2026", *, pesel: str = PESEL, late: int = 60) -> Claim:
    due_on = max(localdate() - timedelta(days=late), date(year.year, 1, 2))
    debtor = settlements.Known(f"Dłużnik {pesel[-3:]}", pesel=pesel)
    said = claims.NewClaim(
        debtor, number, 1000_00, date(year.year, 1, 1), due_on, "700.70005.0550",
        "użytkowanie wieczyste, działka 12/3",
    )  # fmt: skip
    return Claim.objects.get(
        settlement=claims.assess(year.book_id, said, actor=ledger.accountant(), now=now())
    )


def asked(client: Client, claim: Claim) -> Due:
    answer = client.post(f"/eboi/naleznosci/{claim.pk}/zaplata/")
    assert answer.status_code == 302
    return Due.objects.get(claim=claim)


def test_a_resident_sees_his_own_claims_alone_with_interest(year: FiscalYear, piotr: Client) -> None:
    mine, other = claimed(year), claimed(year, "GN/78/2026", pesel="75051256786")
    page = piotr.get(MINE).content.decode()
    assert "GN/77/2026" in page
    assert "GN/78/2026" not in page
    assert "w tym odsetki na dziś" in page
    assert piotr.post(f"/eboi/naleznosci/{other.pk}/zaplata/").status_code == 404
    maria = office.client_of(office.maria())
    assert maria.post(f"/eboi/naleznosci/{mine.pk}/zaplata/").status_code == 404
    assert Due.objects.count() == 0


def test_a_pesel_that_nobody_proved_opens_nothing(
    year: FiscalYear, piotr: Client, settings: LazySettings
) -> None:
    claim = claimed(year)
    settings.PESEL_PROVEN_BY = []
    assert "GN/77/2026" not in piotr.get(MINE).content.decode()
    assert piotr.post(f"/eboi/naleznosci/{claim.pk}/zaplata/").status_code == 404


def test_asking_twice_makes_one_due_with_interest_of_today(year: FiscalYear, piotr: Client) -> None:
    claim = claimed(year)
    due = asked(piotr, claim)
    [principal, interest] = due.lines.order_by("position").values_list("amount", flat=True)
    assert (principal, due.amount) == (1000_00, 1000_00 + interest)
    assert interest > 0
    assert asked(piotr, claim).pk == due.pk
    page = piotr.get(f"{MINE}{due.pk}/").content.decode()
    assert "Zapłać przelewem" in page
    assert piotr.get(f"{MINE}{due.pk}/przelew.svg").status_code == 200
    assert page.count("odsetki na dzień") == 1
    assert str(due.pk) not in piotr.get(MINE).content.decode()  # it waits among the claims


def statement(account: BankAccount, title: str, amount: int) -> bytes:
    day, said = localdate(), f"{amount // 100},{amount % 100:02d}"
    return (
        f":20:ST1\n:25:PL{account.number}\n:28C:1/{day.year}\n:60F:C{day:%y%m%d}PLN0,00\n"
        f":61:{day:%y%m%d}{day:%m%d}C{said}NTRF//BR1\n:86:020^00PRZELEW^20{title[:60]}^32Piotr Wrona\n"
        f":62F:C{day:%y%m%d}PLN{said}\n-\n"
    ).encode("cp1250")


def test_a_transfer_closes_the_due_and_the_claim(year: FiscalYear, piotr: Client) -> None:
    claim = claimed(year)
    due = asked(piotr, claim)
    view = due_of_resident(due.pk, actor=office.actor(office.piotr()), on=localdate())
    assert view is not None
    account = treasury.bank_account(year)
    [taken] = statements.take(
        account, statement(account, title_of(view), due.amount), "w.sta", actor=ledger.accountant(), now=now()
    )
    post_statement(taken.pk, actor=ledger.accountant(), now=now())
    assert not settlements.open_among([claim.settlement_id]).exists()
    income = Line.objects.filter(account__number="750").values_list("credit", "classification__paragraph")
    assert list(income) == [(due.amount - 1000_00, "0920")]
    office.make_unit("FN", name="Wydział Finansowy", parent="ST")
    grosz = office.make_staff("w.grosz", "Weronika Grosz", unit="FN", rights=(Right.SETTLE,))
    assert pull_transfers(actor=actor_for(grosz, today=localdate()), today=localdate(), now=now()) == 1
    assert "Nie masz żadnych opłat" not in piotr.get(MINE).content.decode()
    assert Due.objects.get().state == "PAID"


def test_what_the_operator_took_is_entered_once(year: FiscalYear, piotr: Client) -> None:
    claim = claimed(year)
    due = asked(piotr, claim)
    attempt = begun(due, office.actor(office.piotr()))
    told(attempt, Said.PAID)
    assert Attempt.objects.get().state == "PAID"
    Payment.objects.count()
    accountant = ledger.accountant()

    def enter() -> int:
        return claim_dues.enter_payments(actor=accountant, today=localdate() + timedelta(days=1), now=now())

    assert (enter(), enter()) == (1, 0)
    assert not settlements.open_among([claim.settlement_id]).exists()
    debits: Any = Line.objects.filter(account__number="141").values_list("debit", flat=True)
    assert list(debits) == [due.amount]
    with pytest.raises(claim_dues.MayNotEnter):
        claim_dues.enter_payments(actor=office.actor(office.piotr()), today=localdate(), now=now())


@pytest.mark.law("RODO art. 15 ust. 3")
def test_the_copy_of_his_data_holds_his_claims_paid_ones_too_and_nobody_elses(
    year: FiscalYear, piotr: Client, settings: LazySettings
) -> None:
    claimed(year)
    claimed(year, "GN/79/2026", late=50)
    claimed(year, "GN/78/2026", pesel="75051256786")
    attempt = begun(asked(piotr, Claim.objects.order_by("pk")[0]), office.actor(office.piotr()))
    told(attempt, Said.PAID)
    claim_dues.enter_payments(actor=ledger.accountant(), today=localdate(), now=now())

    def copied() -> list[dict[str, Any]]:
        answer: Any = piotr.get("/eboi/konto/moje-dane.zip")
        return list(json.loads(ZipFile(BytesIO(b"".join(answer))).read("naleznosci.json")))

    paid, still_open = copied()
    assert (paid["numer"], still_open["numer"]) == ("GN/77/2026", "GN/79/2026")
    assert paid["wpłacono albo odpisano w groszach"] >= paid["przypisano w groszach"] == 1000_00
    assert paid["odsetki na dziś w groszach"] == 0
    assert still_open["pozostało w groszach"] == 1000_00
    assert still_open["odsetki na dziś w groszach"] > 0
    settings.PESEL_PROVEN_BY = []
    assert copied() == []
