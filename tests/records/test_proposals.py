"""What is proposed when a case is opened, and the sticker as a scanner reads it."""

import subprocess
from datetime import date
from pathlib import Path

import pytest
import zxingcpp
from django.urls import reverse
from PIL import Image

from starostwo.office import testing as office
from starostwo.procedures import api as procedures
from starostwo.records.models import Case
from starostwo.records.queries.proposals import proposed_classes, term_of_service
from starostwo.records.rules.clock import TermUnit
from starostwo.records.testing import at, make_assigned, make_case, make_letter, make_plan

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


def test_the_class_of_the_service_comes_first_then_practice_each_with_its_reason() -> None:
    make_case(on=TODAY)
    make_case("Druga", class_symbol="6620", on=TODAY)
    letter = make_assigned(on=TODAY)
    found = proposed_classes(letter, actor=office.actor(office.anna(), today=TODAY), on=TODAY)
    assert [(one.symbol, one.why) for one in found] == [
        ("6620", "z wcześniejszych pism nadawcy"),
        ("6621", "z wcześniejszych pism nadawcy"),
    ]
    stranger = office.actor(office.jan(), today=TODAY)
    assert proposed_classes(letter, actor=stranger, on=TODAY) == [], "practice is what the person may see"


def test_the_term_comes_from_the_service_card() -> None:
    procedures.load_forms(actor="system", now=at(TODAY))
    procedures.load_cards(actor="system", valid_from=date(2026, 1, 1), now=at(TODAY))
    cards = [card for card in procedures.cards(on=TODAY) if card.office_terms]
    assert cards
    for card in cards:
        term = term_of_service(card.code, on=TODAY)
        assert term is not None
        assert (term.amount, term.unit in TermUnit) == (card.office_terms[0].number or 0, True)
    assert term_of_service("nie-ma-takiej", on=TODAY) is None
    assert term_of_service("", on=TODAY) is None


@pytest.mark.law("k.p.a. art. 217 par. 3")
def test_a_case_opened_by_the_letter_of_a_service_has_its_term() -> None:
    make_plan()
    procedures.load_forms(actor="system", now=at(TODAY))
    procedures.load_cards(actor="system", valid_from=date(2026, 1, 1), now=at(TODAY))
    letter = make_assigned(on=TODAY, service_code="samodzielnosc-lokalu")
    client = office.client_of(office.anna())

    client.post(reverse("records:new_case_of_letter", args=[letter.pk]), {"klass": "6621", "title": "Lokal"})

    case = Case.objects.get()
    assert (case.term_amount, case.term_unit, case.term_law) == (7, "DAY", "k.p.a. art. 217 par. 3")
    shown = client.get(reverse("records:case", args=[case.mark])).content.decode()
    assert "art. 217 § 3" in shown


def test_a_scanner_reads_the_number_from_the_sticker(tmp_path: Path) -> None:
    make_plan()
    letter = make_letter(on=TODAY)
    pdf = office.client_of(office.clerk()).get(reverse("records:sticker", args=[letter.pk])).content
    (tmp_path / "sticker.pdf").write_bytes(pdf)
    subprocess.run(
        ["pdftoppm", "-r", "200", "-png", "-singlefile", "sticker.pdf", "sticker"], cwd=tmp_path, check=True
    )
    with Image.open(tmp_path / "sticker.png") as picture:
        (code,) = zxingcpp.read_barcodes(picture)
    assert (code.format, code.text) == (zxingcpp.BarcodeFormat.DataMatrix, "RPW-1-2026")
