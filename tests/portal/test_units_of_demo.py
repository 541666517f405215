"""The units of the demonstration county are filled through the services."""

import pytest
from django.test import Client
from django.utils.timezone import localdate, now

from starostwo.site.demo import county_site, unit_sites
from starostwo.site.demo.people import set_up

pytestmark = pytest.mark.django_db


def test_two_units_live_at_their_domains() -> None:
    cast = set_up(now=now(), today=localdate())

    unit_sites.fill(cast, list(county_site.told("units")), now=now())

    school = Client(HTTP_HOST="zs1.powiat.example")
    assert "Nasz robot" in school.get("/").content.decode()
    assert school.get("/strony/rekrutacja/").status_code == 200
    assert "a11y-wstep" in school.get("/deklaracja-dostepnosci/").content.decode()
    assert "Wtorki do osiemnastej" in Client().get("/jednostki/pcpr/").content.decode()
