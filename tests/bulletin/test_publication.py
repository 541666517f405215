"""The bulletin is files: all pages at once, compared byte by byte, read without the application."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.test import Client

from starostwo.audit import api as audit
from starostwo.bulletin import services, store
from starostwo.bulletin.models import Publication
from starostwo.office import testing as office
from starostwo.procedures import api as procedures
from starostwo.records.testing import make_case

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
TODAY = date(2026, 11, 23)


@pytest.fixture
def county(db: None, settings: object, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    office.make_office()
    office.make_unit("ST", name="Starosta")
    procedures.load_forms(actor="system", now=NOW)
    procedures.load_cards(actor="system", valid_from=date(2026, 1, 1), now=NOW)


def test_publishing_writes_every_page_and_notes_their_hashes(county: None) -> None:
    made = services.publish(actor="system", now=NOW, today=TODAY)

    assert {"index.html", "uslugi/index.html", "kolejnosc-spraw/index.html", "redakcja/index.html"} < set(
        made.pages
    )
    assert len([page for page in made.pages if page.startswith("uslugi/")]) == 1 + len(
        procedures.cards(on=TODAY)
    )
    assert services.changed_pages() == []
    assert [entry.verb for entry in audit.history(services.THING)] == ["publish"]


def test_the_front_page_names_the_address_of_the_box(county: None) -> None:
    services.publish(actor="system", now=NOW, today=TODAY)

    page = Client().get("/bip/")

    assert page.status_code == 200
    assert "/starostwo-zgierz/skrytka" in page.content.decode()


@pytest.mark.law("ustawa o dostępie do informacji publicznej art. 6 ust. 1 pkt 3")
def test_the_order_of_settling_is_published(county: None) -> None:
    services.publish(actor="system", now=NOW, today=TODAY)

    assert "Stan na 23 listopada 2026" in Client().get("/bip/kolejnosc-spraw/").content.decode()


def test_the_order_of_settling_counts_cases_and_names_nobody(county: None) -> None:
    make_case("Sprawa pana Wrony", on=TODAY)
    make_case("Sprawa po terminie", on=date(2026, 3, 10))
    services.publish(actor="system", now=NOW, today=TODAY)

    page = Client().get("/bip/kolejnosc-spraw/").content.decode()

    cells = re.findall(r'<td class="st-num">(\d+)</td>', page)
    assert cells == ["2", "1", "0"], "open, late, settled"
    assert "GN – Wydział Gospodarki Nieruchomościami" in page
    assert "Wron" not in page


def test_there_is_an_instruction_and_each_page_leads_to_the_main_page_of_bulletins(county: None) -> None:
    made = services.publish(actor="system", now=NOW, today=TODAY)

    assert "Jak korzystać z Biuletynu" in Client().get("/bip/instrukcja/").content.decode()
    for address in made.pages:
        page = Client().get(f"/bip/{address.removesuffix('index.html')}").content.decode()
        for said in ('href="https://www.gov.pl/bip"', "Podmiot udostępniający", "23 listopada 2026"):
            assert said in page, address


def test_one_changed_byte_is_found(county: None) -> None:
    services.publish(actor="system", now=NOW, today=TODAY)
    file = services.root() / store.CURRENT / "index.html"
    content = bytearray(file.read_bytes())
    content[100] ^= 1
    file.write_bytes(content)

    assert services.changed_pages() == ["index.html"]


def test_the_next_publication_takes_the_place_of_the_last(county: None) -> None:
    services.publish(actor="system", now=NOW, today=TODAY)
    services.publish(actor="system", now=NOW.replace(hour=10), today=TODAY)

    assert Publication.objects.count() == 2
    assert "godz. 11:05" in Client().get("/bip/").content.decode()


@pytest.mark.parametrize("address", ["../keys/secret", "/etc/passwd", "uslugi", "nie-ma/", "..%2f..%2fkeys/"])
def test_nothing_else_is_served(county: None, address: str) -> None:
    services.publish(actor="system", now=NOW, today=TODAY)

    assert Client().get(f"/bip/{address}").status_code == 404


def test_only_editors_publish(county: None) -> None:
    editor = office.make_staff("p.cis", "Paulina Cis", unit="OR", rights=(office.Right.EDIT_BULLETIN,))

    assert office.client_of(office.anna()).post("/urzad/bip/").status_code == 404
    assert Publication.objects.count() == 0
    assert office.client_of(editor).post("/urzad/bip/").status_code == 302
    assert Publication.objects.count() == 1
    assert "Paulina Cis" in Client().get("/bip/redakcja/").content.decode()
