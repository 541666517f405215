"""An issued invoice in the books: once, tax aside, as a claim that is watched; corrections on the same."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction
from pytest_django.fixtures import Settings

from starostwo.ledger import testing as ledger
from starostwo.ledger.api import settlements
from starostwo.ledger.models import Line as Entry
from starostwo.ledger.models import Voucher
from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.treasury import testing as treasury
from starostwo.treasury.models import Claim, SaleInvoice
from starostwo.treasury.rules.fa3_writing import Line
from starostwo.treasury.services import sale_posting, sales
from starostwo.treasury.services.claims import Wrong

pytestmark = pytest.mark.django_db
NOW, TODAY = treasury.NOW, treasury.TODAY
RENT = "700.70005.0750"


@pytest.fixture(autouse=True)
def seller(settings: Settings) -> None:
    settings.KSEF_NIP, settings.KSEF_NAME = treasury.NIP, "Powiat Zgierski"
    settings.KSEF_ADDRESS = "ul. Sadowa 6a, 95-100 Zgierz"
    office.make_office()


def issued() -> SaleInvoice:
    said = sales.NewSale(
        unit_id=treasury.make_unit().pk, buyer=treasury.SUPPLIER,
        lines=[Line("Najem sali", Decimal(3), "godz.", 100_00, "23")], due_on=date(2026, 12, 7),
    )  # fmt: skip
    return sales.issue(said, actor=ledger.accountant(), today=TODAY, now=NOW)


def posted(sale: SaleInvoice, position: str = RENT) -> SaleInvoice:
    said = sale_posting.Posting(position, TODAY)
    return sale_posting.post_sale(sale.pk, said, actor=ledger.accountant(), now=NOW)


@pytest.mark.law("u.o.r. art. 20 ust. 1")
def test_a_sale_is_posted_once_with_its_tax_and_becomes_a_claim() -> None:
    sale = posted(issued())
    rows = (
        Entry.objects.filter(voucher=sale.voucher_id)
        .order_by("position")
        .values_list("account__number", "debit", "credit")
    )
    assert list(rows) == [("221", 369_00, 0), ("720", 0, 300_00), ("225", 0, 69_00)]
    voucher = Voucher.objects.get(pk=sale.voucher_id)
    assert (voucher.kind, voucher.document, voucher.external_number) == (
        "FS", f"treasury.sale:{sale.pk}", sale.number,
    )  # fmt: skip
    [open_one] = settlements.open_of(sale.unit.book, settlements.RECEIVABLE)
    assert (open_one.left, open_one.due_on) == (369_00, date(2026, 12, 7))  # type: ignore[attr-defined]
    assert Claim.objects.get(settlement=open_one).interest == "COMMERCE"
    with pytest.raises(sale_posting.NotToPost):
        posted(sale)
    with pytest.raises(DatabaseError), transaction.atomic():
        SaleInvoice.objects.update(gross=1)


def test_a_correction_lowers_the_claim_of_its_invoice() -> None:
    first = issued()
    less = sales.correct(
        first.pk, [Line("Najem sali", Decimal(2), "godz.", 100_00, "23")], reason="pomyłka",
        actor=ledger.accountant(), today=TODAY, now=NOW,
    )  # fmt: skip
    with pytest.raises(Wrong):
        posted(less)  # the invoice itself comes first
    posted(first)
    posted(less)
    [open_one] = settlements.open_of(first.unit.book, settlements.RECEIVABLE)
    assert open_one.left == 246_00  # type: ignore[attr-defined]
    assert Claim.objects.count() == 1


def test_wrong_positions_and_strangers_change_nothing() -> None:
    sale = issued()
    with pytest.raises(Wrong):
        posted(sale, "nie wiem")
    with pytest.raises(sale_posting.NotToPost):
        sale_posting.post_sale(sale.pk, sale_posting.Posting(RENT, TODAY), actor=ledger.treasurer(), now=NOW)
    assert (Voucher.objects.count(), Claim.objects.count()) == (0, 0)


def test_a_sale_is_posted_on_the_screen_and_the_next_one_knows_how() -> None:
    sale, following = issued(), issued()
    client = office.client_of(Account.objects.get(login="k.saldo"))
    page = f"/urzad/faktury/sprzedaz/{sale.pk}/"
    said = {"position": RENT, "operation_on": "23.11.2026", "interest": "COMMERCE"}
    wrong = client.post(f"{page}zapis/", said | {"position": "x.y"})
    assert (wrong.status_code, 'value="x.y"' in wrong.content.decode()) == (422, True)
    assert client.post(f"{page}zapis/", said).status_code == 302
    assert "zaksięgowana" in client.get(page).content.decode()
    assert client.post(f"{page}zapis/", said).status_code == 404
    assert f'value="{RENT}"' in client.get(f"/urzad/faktury/sprzedaz/{following.pk}/").content.decode()
