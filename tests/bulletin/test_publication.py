"""The bulletin is files: all pages at once, compared byte by byte, read without the application."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client

from starostwo.audit import api as audit
from starostwo.bulletin import store
from starostwo.bulletin.models import Publication
from starostwo.bulletin.services import publishing as services
from starostwo.office import testing as office
from starostwo.procedures import api as procedures
from starostwo.records.services.information import note_withdrawal
from starostwo.records.testing import make_case

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
TODAY = date(2026, 11, 23)


@pytest.fixture
def county(db: None, settings: object, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]
    settings.LOG_DIR = tmp_path / "log"  # type: ignore[attr-defined]
    office.make_office()
    office.make_unit("ST", name="Starosta")
    procedures.load_forms(actor="system", now=NOW)
    procedures.load_cards(actor="system", valid_from=date(2026, 1, 1), now=NOW)


def test_publishing_writes_every_page_and_notes_their_hashes(county: None) -> None:
    made = services.publish(actor="system", now=NOW, today=TODAY)
    assert made is not None

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
    assert "doręczeń elektronicznych" not in page.content.decode()

    office.Office.objects.update(delivery_address="AE:PL-12345-67890-ABCDE-12")
    services.publish(actor="system", now=NOW, today=TODAY)

    assert "AE:PL-12345-67890-ABCDE-12" in Client().get("/bip/").content.decode()


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


@pytest.mark.law("ustawa o dostępie do informacji publicznej art. 6 ust. 1 pkt 3")
def test_the_answers_to_requests_are_counted_in_the_bulletin(county: None) -> None:
    case = make_case("Pytanie pana Wrony", on=TODAY, is_information=True)
    make_case("Drugie pytanie", on=TODAY, is_information=True)
    note_withdrawal(
        case.pk, actor=office.actor(office.anna(), today=TODAY), reason="e-mail", today=TODAY, now=NOW
    )
    services.publish(actor="system", now=NOW, today=TODAY)

    page = Client().get("/bip/kolejnosc-spraw/").content.decode()

    told = page.split("Wnioski o informację publiczną w 2026 roku")[1]
    assert re.findall(r'<td class="st-num">(\d+)</td>', told) == ["2", "1", "1", "0", "1"]
    assert "Wnioskodawca wycofał wniosek" in told
    assert "Wron" not in page


def test_there_is_an_instruction_and_each_page_leads_to_the_main_page_of_bulletins(county: None) -> None:
    made = services.publish(actor="system", now=NOW, today=TODAY)
    assert made is not None

    assert "Jak korzystać z Biuletynu" in Client().get("/bip/instrukcja/").content.decode()
    for address in made.pages:
        if not address.endswith(".html") or address.startswith(("en/", "uk/")):
            continue
        page = Client().get(f"/bip/{address.removesuffix('index.html')}").content.decode()
        for said in ('href="https://www.gov.pl/bip"', "Podmiot udostępniający", "23 listopada 2026"):
            assert said in page, address


def test_one_changed_byte_is_found(county: None) -> None:
    services.publish(actor="system", now=NOW, today=TODAY)
    file = services.root() / store.PAGES / "index.html"
    content = bytearray(file.read_bytes())
    content[100] ^= 1
    file.write_bytes(content)

    assert services.changed_pages() == ["index.html"]


def test_a_page_that_says_nothing_new_keeps_its_moment(county: None) -> None:
    services.publish(actor="system", now=NOW, today=TODAY)
    before = Client().get("/bip/").content
    assert services.publish(actor="system", now=NOW.replace(hour=10), today=TODAY) is None

    make_case("Nowa sprawa", on=TODAY)
    made = services.publish(actor="system", now=NOW.replace(hour=11), today=TODAY)

    assert made is not None
    assert list(made.pages) == ["kolejnosc-spraw/index.html"]
    assert Client().get("/bip/").content == before
    assert "godz. 12:05" in Client().get("/bip/kolejnosc-spraw/").content.decode()


def test_what_was_staged_before_a_crash_is_shown_by_the_next_one(county: None) -> None:
    with transaction.atomic():
        services.one_at_a_time()
        services.put_out(list(services.every_page(TODAY)), actor="system", now=NOW)
    assert Client().get("/bip/").status_code == 404

    services.place()

    assert Client().get("/bip/").status_code == 200
    assert services.changed_pages() == []


def test_what_was_rolled_back_is_never_shown(county: None) -> None:
    with transaction.atomic():
        services.put_out(list(services.every_page(TODAY)), actor="system", now=NOW)
        transaction.set_rollback(True)

    services.place()

    assert Client().get("/bip/").status_code == 404


@pytest.mark.parametrize("address", ["../keys/secret", "/etc/passwd", "uslugi", "nie-ma/", "..%2f..%2fkeys/"])
def test_nothing_else_is_served(county: None, address: str) -> None:
    services.publish(actor="system", now=NOW, today=TODAY)

    assert Client().get(f"/bip/{address}").status_code == 404


def test_only_editors_publish(county: None) -> None:
    editor = office.make_staff("p.cis", "Paulina Cis", unit="OR", rights=(office.Right.EDIT_BULLETIN,))

    assert office.client_of(office.anna()).post("/urzad/bip/publikacje/").status_code == 404
    assert Publication.objects.count() == 0
    assert office.client_of(editor).post("/urzad/bip/publikacje/").status_code == 302
    assert Publication.objects.count() == 1
    assert "Paulina Cis" in Client().get("/bip/redakcja/").content.decode()
