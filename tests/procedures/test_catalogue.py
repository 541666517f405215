"""The catalogue: the county's cards and forms are entered once, dated, and published forms are frozen."""

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.test import Client
from lxml import etree
from pytest_django import DjangoAssertNumQueries

from starostwo.audit import api as audit
from starostwo.office import testing as office
from starostwo.procedures import api as procedures
from starostwo.procedures import fees
from starostwo.procedures.models import Fee, FormVersion, ServiceCard
from starostwo.procedures.services import DATA, AlreadyPublished, publish_form
from starostwo.search.testing import index_all

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
CARDS = tomllib.loads((DATA / "cards.toml").read_text())["card"]


@pytest.fixture
def loaded() -> None:
    procedures.load_forms(actor="system", now=NOW)
    procedures.load_cards(actor="system", valid_from=date(2026, 1, 1), now=NOW)


def test_the_county_has_its_25_services_and_two_for_all_else_once(loaded: None) -> None:
    assert procedures.load_cards(actor="system", valid_from=date(2026, 1, 1), now=NOW) == 0
    assert procedures.load_forms(actor="system", now=NOW) == 0
    assert len(procedures.cards(on=TODAY)) == 25 + 2
    assert [line.verb for line in audit.history("procedures.card:prawo-jazdy")] == ["enter"]
    assert [line.verb for line in audit.history("procedures.form:zaswiadczenie")] == ["publish"]


def test_all_cards_are_read_with_four_queries(
    loaded: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(4):
        titles = [card.title for card in procedures.cards(on=TODAY)]

    assert titles[:2] == [
        "Aktualizacja danych ewidencji gruntów i budynków",
        "Czasowa rejestracja pojazdu na wniosek",
    ]


@pytest.mark.law("k.p.a. art. 217 par. 3")
def test_a_card_says_fee_term_basis_and_that_it_was_not_checked(loaded: None) -> None:
    card = procedures.card("samodzielnosc-lokalu", on=TODAY)

    assert card is not None
    assert [(fee.label, fee.amount) for fee in card.fees] == [("opłata skarbowa", 1700)]
    assert [(term.number, term.kind, term.source) for term in card.office_terms] == [
        (7, "DAYS", "k.p.a. art. 217 par. 3")
    ]
    assert (card.unit_symbol, card.form_code, card.verified) == ("AB", "samodzielnosc-lokalu", False)


def test_every_card_starts_with_a_form_that_is_published(loaded: None) -> None:
    assert [card.code for card in procedures.cards(on=TODAY) if card.code != card.form_code] == []
    for card in procedures.cards(on=TODAY):
        assert procedures.form(card.form_code) is not None
        assert card.office_terms
        assert all(each.source for each in (*card.fees, *card.office_terms, *card.resident_terms))


@pytest.mark.parametrize(
    ("words", "first", "why"),
    [
        ("pozwolenie na budowę", "pozwolenie-na-budowe", "as it is written"),
        ("pozwolenia na budowę domu", "pozwolenie-na-budowe", "inflected"),
        ("wycinka drzew", "wyciecie-drzew", "a keyword"),
        ("wymianę prawa jazdy", "prawo-jazdy", "inflected"),
        ("zgubiłem dowód rejestracyjny", "wtornik-dowodu", "a verb among the keywords"),
        ("samodzielnosci lokalu", "samodzielnosc-lokalu", "without diacritics"),
    ],
)
def test_a_resident_finds_a_card_in_his_own_words(loaded: None, words: str, first: str, why: str) -> None:
    index_all()

    assert [card.code for card in procedures.search_cards(words, on=TODAY)][:1] == [first]


def test_words_that_nothing_has_find_nothing(loaded: None) -> None:
    assert procedures.search_cards("kosmodrom", on=TODAY) == []


def test_a_fee_that_changes_holds_from_its_day(loaded: None) -> None:
    card = ServiceCard.objects.get(code="prawo-jazdy")
    Fee.objects.filter(card=card).update(valid_to=date(2027, 1, 1))
    Fee.objects.create(
        card=card,
        label="prawo jazdy",
        amount=11550,
        position=9,
        valid_from=date(2027, 1, 1),
        source="nowy akt",
    )

    assert _amounts(date(2026, 12, 31)) == [10000]
    assert _amounts(date(2027, 1, 1)) == [11550]


def _amounts(day: date) -> list[int | None]:
    card = procedures.card("prawo-jazdy", on=day)
    assert card is not None
    return [fee.amount for fee in card.fees]


def old_installation(code: str = "prawo-jazdy") -> None:
    """The card as it stood before it had a form of its own."""
    ServiceCard.objects.filter(code=code).update(edition=1, form_code="pismo-ogolne", title="Po staremu")


def test_a_newer_edition_of_a_card_holds_from_its_day_and_keeps_what_the_office_corrected(
    loaded: None,
) -> None:
    old_installation()
    editor = office.make_staff("p.cis", "Paweł Cis", unit="OR", rights=[office.Right.EDIT_FORMS])
    change = fees.Rate("prawo jazdy", 11550, "sprawdzone w urzędzie", valid_from=date(2026, 12, 1))
    fees.change_fee("prawo-jazdy", 0, change, actor=office.actor(editor), today=TODAY, now=NOW)

    assert procedures.load_cards(actor="system", valid_from=TODAY, now=NOW) == 1
    assert procedures.load_cards(actor="system", valid_from=TODAY, now=NOW) == 0

    before, after = (
        procedures.card("prawo-jazdy", on=date(2026, 11, 22)),
        procedures.card("prawo-jazdy", on=TODAY),
    )
    assert before is not None
    assert after is not None
    assert (before.title, before.form_code) == ("Po staremu", "pismo-ogolne")
    assert (after.form_code, after.title) == ("prawo-jazdy", "Wydanie albo wymiana prawa jazdy")
    assert [fee.amount for fee in after.fees] == [10000]
    then = procedures.card("prawo-jazdy", on=date(2026, 12, 1))
    assert then is not None
    assert [(fee.amount, fee.source) for fee in then.fees] == [(11550, "sprawdzone w urzędzie")]
    assert after.office_terms
    verbs = [line.verb for line in audit.history("procedures.card:prawo-jazdy")]
    assert verbs == ["enter", "change_fee", "renew"]


def test_a_card_that_begins_today_takes_the_newer_text_at_once(loaded: None) -> None:
    old_installation()

    procedures.load_cards(actor="system", valid_from=date(2026, 1, 1), now=NOW)

    assert ServiceCard.objects.get(code="prawo-jazdy").form_code == "prawo-jazdy"


def test_a_matter_for_which_one_must_come_says_why_and_has_no_form(
    loaded: None, client: Client, tmp_path: Path
) -> None:
    text = (DATA / "cards.toml").read_text().partition("[[card]]")[2].partition("[[card]]")[0]
    text = text.replace(
        'form_code = "rejestracja-pojazdu"', 'in_person = "Ustawa każe stawić się osobiście."'
    )
    source = tmp_path / "cards.toml"
    source.write_text("[[card]]" + text.replace("edition = 3", "edition = 4"))

    assert procedures.load_cards(actor="system", valid_from=date(2026, 2, 1), now=NOW, source=source) == 1

    page = client.get("/uslugi/rejestracja-pojazdu/").content.decode()
    assert "Tej sprawy nie załatwisz przez Internet. Ustawa każe stawić się osobiście." in page
    assert "/eboi/uslugi/" not in page
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceCard.objects.filter(code="prawo-jazdy").update(form_code="")


def test_there_is_no_card_before_its_day(loaded: None) -> None:
    assert procedures.card("prawo-jazdy", on=date(2025, 12, 31)) is None
    assert procedures.cards(on=date(2025, 12, 31)) == []


def test_a_published_form_cannot_change(loaded: None) -> None:
    row = FormVersion.objects.get(code="pismo-ogolne")

    for change in (lambda: FormVersion.objects.update(definition={}), row.delete):
        with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
            change()

    row.refresh_from_db()
    assert row.definition["code"] == "pismo-ogolne"
    with pytest.raises(AlreadyPublished):
        publish_form(row.definition | {"title": {"pl": "Inny"}}, actor="system", now=NOW)
    assert FormVersion.objects.count() == 25 + 2 + 1  # one of them in two versions


def test_schemas_are_public(loaded: None, client: Client) -> None:
    answer = client.get("/schematy/zaswiadczenie/1.xsd")

    assert answer.status_code == 200
    assert etree.XMLSchema(etree.fromstring(answer.content))
    described = client.get("/schematy/zaswiadczenie/1.json").json()
    assert described["$id"] == "urn:x-starostwo:formularz:zaswiadczenie:1"
    assert client.get("/schematy/zaswiadczenie/2.json").status_code == 404
    assert client.get("/schematy/formularz.json").json()["type"] == "object"
    assert client.get("/schematy/zaswiadczenie/2.xsd").status_code == 404
    assert client.get("/schematy/nie-ma/1.xsd").status_code == 404


@pytest.mark.parametrize("row", CARDS, ids=lambda row: row["code"])
def test_a_card_is_written_plainly(row: dict[str, str]) -> None:
    sentences = [*row["summary"].split(". "), *row["who_may"].split(". "), *row["documents"]]

    assert len(row["title"]) <= 70
    assert median(len(sentence.split()) for sentence in sentences) <= 15


def test_the_file_of_cards_says_that_it_was_written_from_memory() -> None:
    assert "z pamięci" in Path(DATA / "cards.toml").read_text().partition("[[card]]")[0]
