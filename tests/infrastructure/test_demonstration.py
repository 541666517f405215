"""The demonstration's network, built alone through the services: every part of it filled with life."""

import pytest
from django.db import connection

from starostwo.assets.testing import NOW, TODAY
from starostwo.infrastructure import models
from starostwo.infrastructure.api import trace
from starostwo.office.api import actor_for
from starostwo.site.demo.assets import fill_assets
from starostwo.site.demo.network import wire
from starostwo.site.demo.people import set_up
from starostwo.site.demo.places import furnish


@pytest.mark.django_db
def test_both_buildings_are_wired() -> None:
    cast = set_up(now=NOW, today=TODAY)
    furnish()
    fill_assets(cast, now=NOW, seed=7)
    wire(cast, now=NOW)
    assert models.Cable.objects.count() > 150
    assert models.PlanSpot.objects.count() > 50
    assert set(models.WorkOrder.objects.values_list("state", flat=True)) == {"DONE", "OPEN"}
    desk = models.Port.objects.filter(device__name__startswith="TEL-S", name="lan").order_by("id")[0]
    way = trace(desk.pk, actor=actor_for(cast.staff["w.kabel"], today=TODAY))
    assert way is not None
    [line] = way.lines
    assert [stop.device.device_type.category for stop in line] == ["PHONE", "SOCKET", "PANEL", "SWITCH"]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
