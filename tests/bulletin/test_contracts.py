"""The register of contracts is pulled from the books and published as a page and as data."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from starostwo.bulletin.services import publishing as services
from starostwo.ledger import testing as ledger
from starostwo.ledger.services import contracts
from starostwo.office import testing as office
from tests.ledger.contracting import WHERE, registered, typed

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
TODAY = date(2026, 11, 23)
HERE = "/bip/rejestr-umow/"


@pytest.fixture
def county(db: None, settings: object, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    settings.LOG_DIR = tmp_path / "log"  # type: ignore[attr-defined]
    office.make_office()


def page(name: str = "") -> str:
    answer = Client().get(f"{HERE}{name}")
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return content.decode().replace("\xa0", " ")


@pytest.mark.law("ufp art. 34a")
def test_contracts_are_published_with_their_annexes(county: None) -> None:
    year = ledger.make_year()
    ledger.plan(year, amount=500_00)
    made = registered(year)
    registered(year, typed(document_number="=1+1", name="Jan Kowalski", nip="", amount="5,00",
                           parts=f"2026 {WHERE} 5,00", funding="Fundusz Dróg"))  # fmt: skip
    contracts.annex(
        made,
        {"document_number": "1", "subject": "Dłużej", "signed_on": "20.11.2026", "ends_on": "31.12.2028",
         "parts": f"2028 {WHERE} 50,00"},
        actor=ledger.accountant(), today=TODAY, now=NOW,
    )  # fmt: skip
    services.publish(actor="system", now=NOW, today=TODAY)

    shown = page()
    assert "Drukarnia Bzura" in shown
    assert "350,00 zł" in shown
    assert "31.12.2028" in shown
    assert "Jan Kowalski" not in shown
    assert "osoba fizyczna" in shown
    assert "z pamięci" in shown
    [second, first] = json.loads(page("umowy.json"))
    assert (first["value"], first["ends_on"], first["number"]) == ("350.00", "2028-12-31", "1/2026")
    assert (second["party"], second["funding"]) == ("osoba fizyczna", "Fundusz Dróg")
    assert "'=1+1" in page("umowy.csv")
    with translation.override("uk"):  # pages are Polish, whatever whoever publishes reads
        again = services.publish(actor="system", now=NOW, today=TODAY)
    assert again is None or not [one for one in again.pages if one.startswith("rejestr-umow/")]


def test_an_empty_register_says_so_and_is_found_in_the_menu(county: None) -> None:
    services.publish(actor="system", now=NOW, today=TODAY)

    assert "Rejestr jest pusty" in page()
    assert HERE in Client().get("/bip/menu/").content.decode()
