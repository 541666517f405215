"""The units of the demonstration county are filled through the services."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils.timezone import localdate, now

from starostwo.bulletin.services import checking
from starostwo.portal.models import UnitSite
from starostwo.site.demo import county_site, unit_sites
from starostwo.site.demo.people import set_up

pytestmark = pytest.mark.django_db


def test_two_units_live_at_their_domains(settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR, settings.LOG_DIR = tmp_path, tmp_path / "log"
    cast = set_up(now=now(), today=localdate())

    unit_sites.fill(cast, list(county_site.told("units")), now=now())

    school = Client(HTTP_HOST="zs1.powiat.example")
    assert "Nasz robot" in school.get("/").content.decode()
    assert school.get("/strony/rekrutacja/").status_code == 200
    assert "a11y-wstep" in school.get("/deklaracja-dostepnosci/").content.decode()
    bip = school.get("/bip/").content.decode()
    assert "Zarządzenie w sprawie telefonów" in bip
    assert "pomyłkę w wartości" in school.get("/bip/rejestr-zmian/").content.decode()
    assert "utworzono filię" in school.get("/bip/rejestr-zmian/").content.decode()
    assert checking.check(UnitSite.objects.get(slug="zs1").body, now=now()).faults == []
    assert "Kierownictwo Centrum" in Client().get("/jednostki/pcpr/bip/").content.decode()
    assert "Wtorki do osiemnastej" in Client().get("/jednostki/pcpr/").content.decode()
