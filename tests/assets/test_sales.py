"""Used things are offered, bid for, sold by an LT; the accountant sees that an invoice is missing."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils.timezone import now as clock

from starostwo.assets import testing as assets
from starostwo.assets.models import Bid, Document, Sale
from starostwo.assets.queries.export import write_archive
from starostwo.assets.rules.selling import NotAnOffer, Offered, check_amount, may_choose, taken_by_rule
from starostwo.assets.services import sales
from starostwo.assets.services.sales import Announced
from starostwo.assets.testing import TODAY, taken
from starostwo.channels.models import Mail
from starostwo.ledger import testing as ledger
from starostwo.office import testing as office
from starostwo.office.api import actor_for
from starostwo.office.models import Account
from starostwo.treasury import testing as treasury

pytestmark = pytest.mark.django_db
ROOT = "/urzad/majatek/sprzedaze/"
DAY = timedelta(days=1)


def keeper() -> Client:
    office.make_office()
    return office.client_of(Account.objects.get(pk=assets.manager().account_id))


def announced(way: str = "HIGHEST", audience: str = "ANYBODY", *, ends: timedelta = DAY) -> Sale:
    """A sale that began yesterday and ends tomorrow."""
    asset, since = taken(kind="LOW", value=900_00), clock() - DAY
    said = Announced("Monitor", "sprawny", audience, way, 100_00, since, clock() + ends)
    return sales.announce_sale([asset.pk], said, actor=assets.manager(), today=TODAY, now=since)


def over(sale: Sale) -> datetime:
    """A moment after the last one for offers."""
    return sale.closes_at + timedelta(minutes=1)


def choose(sale: Sale, bid: Bid, reason: str = "") -> Sale:
    return sales.choose(sale.pk, bid.pk, reason, actor=assets.manager(), today=TODAY, now=over(sale))


@pytest.mark.parametrize(
    ("way", "offers", "wins", "why"),
    [
        ("FIRST", [(1, 100, 5), (2, 100, 3)], 2, "the earlier"),
        ("HIGHEST", [(1, 100, 5), (2, 150, 9)], 2, "the higher"),
        ("HIGHEST", [(1, 150, 5), (2, 150, 3)], 2, "of equal ones the earlier"),
        ("HIGHEST", [], None, "nobody"),
    ],
)
def test_which_offer_wins(way: str, offers: list[tuple[int, int, int]], wins: int | None, why: str) -> None:
    at = datetime(2026, 11, 1, tzinfo=clock().tzinfo)
    found = [Offered(key, amount, at + timedelta(hours=hour)) for key, amount, hour in offers]
    assert taken_by_rule(way, found) == wins, why


@pytest.mark.parametrize(
    ("way", "amount", "fits"),
    [("FIRST", 100, True), ("FIRST", 120, False), ("HIGHEST", 120, True), ("HIGHEST", 99, False)],
)
def test_which_amount_fits(way: str, amount: int, fits: bool) -> None:
    try:
        check_amount(way, amount, price=100)
    except NotAnOffer:
        assert not fits
    else:
        assert fits


def test_the_highest_is_chosen_only_after_the_term() -> None:
    assert (may_choose("FIRST", is_open=True), may_choose("HIGHEST", is_open=True)) == (True, False)


def test_a_sale_is_announced_on_the_screen_and_a_thing_is_in_one_at_a_time() -> None:
    client, asset = keeper(), taken()
    told = {
        "s": asset.pk, "title": "Serwer", "text": "bez dysków", "audience": "STAFF", "way": "FIRST",
        "price": "500,00", "opens_at": f"{clock() - DAY:%Y-%m-%dT%H:%M}",
        "closes_at": f"{clock() + DAY:%Y-%m-%dT%H:%M}",
    }  # fmt: skip
    assert client.post(f"{ROOT}nowa/", told | {"closes_at": "2020-01-01T10:00"}).status_code == 422
    assert client.post(f"{ROOT}nowa/", told).status_code == 302
    again = client.post(f"{ROOT}nowa/", told)
    assert "już w innej sprzedaży" in again.content.decode()
    assert "Serwer" in office.client_of(office.jan()).get(ROOT).content.decode()
    made = Sale.objects.get()
    client.post(f"{ROOT}{made.pk}/odwolanie/", {"reason": "przyda się w Głownie"})
    assert client.post(f"{ROOT}nowa/", told).status_code == 302


def test_employees_bid_and_nobody_sees_amounts_before_the_term() -> None:
    client, sale = keeper(), announced()
    anna, jan = office.client_of(office.anna()), office.client_of(office.jan())
    address = f"{ROOT}{sale.pk}/"
    assert anna.post(f"{address}oferta/", {"amount": "50,00"}).status_code == 422
    assert anna.post(f"{address}oferta/", {"amount": "150,00"}).status_code == 302
    assert anna.post(f"{address}oferta/", {"amount": "170,00"}).status_code == 422
    assert client.post(f"{address}oferta/", {"amount": "170,00"}).status_code == 422  # whoever runs it
    outside = {"name": "Jan Obcy", "address": "Zgierz, Próbna 5", "amount": "160,00"}
    assert client.post(f"{address}oferta-z-zewnatrz/", outside).status_code == 302
    assert jan.post(f"{address}oferta-z-zewnatrz/", outside).status_code == 404
    assert "150,00" in anna.get(address).content.decode()
    for reader in (client, jan):
        page = reader.get(address).content.decode()
        assert "150,00" not in page
        assert "160,00" not in page
    for moment, rows in ((clock(), 1), (over(sale), 3)):
        archive = BytesIO()
        write_archive(archive, now=moment)
        with ZipFile(archive) as read:
            assert len(read.read("oferta-kupna.csv").splitlines()) == rows
    mine = Bid.objects.get(account=office.anna())
    assert jan.post(f"{ROOT}oferty/{mine.pk}/wycofanie/").status_code == 404
    anna.post(f"{ROOT}oferty/{mine.pk}/wycofanie/")
    assert anna.post(f"{address}oferta/", {"amount": "180,00"}).status_code == 302
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Bid.objects.update(amount=1)


def test_another_choice_than_the_rule_needs_a_reason() -> None:
    client, sale = keeper(), announced()
    for who, amount in ((office.anna(), 150_00), (office.jan(), 170_00)):
        sales.bid(sale.pk, amount, actor=actor_for(who, today=TODAY), now=clock())
    lower = Bid.objects.get(amount=150_00)
    with pytest.raises(sales.Refused) as refused:
        sales.choose(sale.pk, lower.pk, "", actor=assets.manager(), today=TODAY, now=clock())
    assert refused.value.field == "bid"
    with pytest.raises(sales.Refused) as refused:
        choose(sale, lower)
    assert refused.value.field == "reason"
    assert choose(sale, lower, "wyższa oferta nie została opłacona").state == "CHOSEN"
    assert "wyższa oferta" in client.get(f"{ROOT}{sale.pk}/").content.decode()


def test_the_first_is_chosen_told_and_sold_by_an_lt() -> None:
    client, sale = keeper(), announced("FIRST", "STAFF")
    Account.objects.filter(pk=office.anna().pk).update(email="a@x.example")
    address = f"{ROOT}{sale.pk}/"
    office.client_of(office.anna()).post(f"{address}oferta/", {"amount": "100,00"})
    chosen = Bid.objects.get()
    assert client.post(f"{address}wybor/", {"bid": chosen.pk, "reason": ""}).status_code == 302
    assert Mail.objects.filter(to="a@x.example").count() == 1
    client.post(f"{address}odbior/")
    sale.refresh_from_db()
    document = Document.objects.get(kind="LT")
    assert (sale.state, sale.document, document.event) == ("SOLD", document, "LT-SALE")
    assert document.other_side == office.anna().name
    assert client.post(f"{address}faktura/", {"invoice": "1/2026"}).status_code == 404


def test_accounting_sees_what_is_sold_without_an_invoice_and_notes_it() -> None:
    keeper()
    sale = announced("FIRST", "STAFF")
    bid = sales.bid(sale.pk, 100_00, actor=actor_for(office.anna(), today=TODAY), now=clock())
    choose(sale, bid)
    sales.carry_out(sale.pk, actor=assets.manager(), today=TODAY, now=clock())
    accountant = seller()
    first = accountant.get("/urzad/").content.decode()
    assert "Sprzedany majątek bez faktury" in first
    begun = first.split('href="/urzad/faktury/sprzedaz/nowa/?')[1].split('"')[0].replace("&amp;", "&")
    form = accountant.get(f"/urzad/faktury/sprzedaz/nowa/?{begun}").content.decode()
    assert office.anna().name in form
    assert 'value="100,00"' in form
    accountant.post(f"{ROOT}{sale.pk}/faktura/", {"invoice": "FS/7/2026"})
    sale.refresh_from_db()
    assert sale.invoice == "FS/7/2026"
    assert "Sprzedany majątek" not in accountant.get("/urzad/").content.decode()
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Sale.objects.update(invoice="inna")


def seller() -> Client:
    """An accountant of the unit whose book the register names."""
    treasury.make_unit()
    return office.client_of(Account.objects.get(pk=ledger.accountant().account_id))


def test_the_list_costs_the_same_however_long(django_assert_num_queries: Any) -> None:
    client = keeper()
    for _ in range(3):
        announced()
    client.get(ROOT)
    with django_assert_num_queries(6):
        assert client.get(ROOT).content.decode().count("Monitor") == 3
