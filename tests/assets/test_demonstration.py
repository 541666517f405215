"""The demonstration's assets, built alone: enough of them, in all buildings, with documents of every kind."""

import pytest
from django.db import connection

from starostwo.assets.models import (
    Asset,
    Bid,
    Confirmation,
    Declaration,
    Difference,
    Disposal,
    Document,
    Licence,
    Loan,
    RoomKeeper,
    Sale,
    Seat,
    ServiceContract,
    StockTake,
    Supply,
    SupplyMove,
    TaxTerms,
    UseReading,
    Wish,
)
from starostwo.assets.testing import NOW, TODAY
from starostwo.site.demo.assets import fill_assets
from starostwo.site.demo.assets_in_use import live_with_assets
from starostwo.site.demo.people import set_up
from starostwo.site.demo.places import furnish
from starostwo.site.demo.stocktaking import count_assets


@pytest.mark.django_db
def test_the_county_has_its_things_counted() -> None:
    cast = set_up(now=NOW, today=TODAY)
    furnish()
    fill_assets(cast, now=NOW, seed=7)
    count_assets(cast, now=NOW)
    live_with_assets(cast, now=NOW)
    assert Asset.objects.count() > 250
    assert set(Document.objects.values_list("kind", flat=True)) == {"BO", "OT", "ZW", "MT", "PT", "LT", "AM"}
    assert list(StockTake.objects.order_by("id").values_list("state", flat=True)) == ["CLOSED", "COUNTING"]
    assert set(Difference.objects.values_list("kind", flat=True)) == {"SHORTAGE", "MISPLACED", "SURPLUS"}
    for table in (Supply, SupplyMove, Wish, Licence, Seat, Loan, RoomKeeper, Confirmation, Declaration):
        assert table._default_manager.exists(), table
    assert set(Disposal.objects.values_list("state", flat=True)) == {
        "APPLIED",
        "EXAMINED",
        "APPROVED",
        "DONE",
    }
    for table in (ServiceContract, Bid, TaxTerms, UseReading):
        assert table._default_manager.exists(), table
    assert list(Sale.objects.order_by("id").values_list("state", flat=True)) == ["OFFERED", "CHOSEN", "SOLD"]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
