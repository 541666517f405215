"""Files asked for by name: each in its place, said to be missing until it is there, named in the document."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from lxml import etree

from starostwo.citizen import services
from starostwo.citizen.models import Draft, DraftFile
from starostwo.files import api as files
from starostwo.office import testing as office
from starostwo.procedures import api as procedures
from starostwo.procedures.models import FormVersion
from starostwo.procedures.rules.filled_json import answers_from_json

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
SERVICES = ["rejestracja-pojazdu", "wyciecie-drzew", "informacja-publiczna"]


@pytest.fixture(autouse=True)
def catalogue(db: None) -> None:
    office.make_office()
    office.make_unit("ST", name="Starosta")
    procedures.load_forms(actor="system", now=NOW)
    procedures.load_cards(actor="system", valid_from=date(2026, 1, 1), now=NOW)


@pytest.fixture
def piotr() -> Client:
    return office.client_of(office.piotr())


def filled(code: str) -> Draft:
    """A draft that holds the sample answers of the service and no file yet."""
    draft = services.begin(code, actor=office.actor(office.piotr()), known={}, now=NOW, today=NOW.date())
    row = FormVersion.objects.filter(code=code).latest("version")
    form = procedures.form(code)
    assert form is not None
    draft.answers = answers_from_json(form, row.sample)
    draft.save()
    return draft


def photo(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"skan dokumentu")


def test_a_document_has_its_own_field_and_says_when_it_is_there(piotr: Client) -> None:
    draft = filled("rejestracja-pojazdu")
    address = f"/eboi/wnioski/{draft.pk}/zalaczniki/"

    before = piotr.get(address).content.decode()
    piotr.post(address, {"dokument-wlasnosc": photo("umowa.txt"), "uploads": photo("list.txt")})

    assert before.count("do dołączenia") == 2
    assert sorted(DraftFile.objects.values_list("name", "kind")) == [
        ("list.txt", ""),
        ("umowa.txt", "wlasnosc"),
    ]
    after = piotr.get(address).content.decode()
    assert (after.count("do dołączenia"), after.count("dołączono")) == (1, 2)


def test_a_refused_file_is_said_at_its_own_field(piotr: Client) -> None:
    draft = filled("rejestracja-pojazdu")
    bad = SimpleUploadedFile("program.exe", b"MZ\x90\x00" + b"\x00" * 200)

    page = piotr.post(f"/eboi/wnioski/{draft.pk}/zalaczniki/", {"dokument-wlasnosc": bad}).content.decode()

    assert 'href="#id_dokument-wlasnosc"' in page
    assert not DraftFile.objects.exists()


def test_going_on_takes_the_files_that_were_chosen(piotr: Client) -> None:
    draft = filled("rejestracja-pojazdu")
    address = f"/eboi/wnioski/{draft.pk}/zalaczniki/"

    answer = piotr.post(address, {"dokument-wlasnosc": photo("umowa.txt"), "dalej": "1"})

    assert answer["Location"].endswith("/sprawdzenie/")
    assert [file.name for file in DraftFile.objects.all()] == ["umowa.txt"]
    assert piotr.post(address, {"dalej": "1"})["Location"].endswith("/sprawdzenie/")


def test_nothing_chosen_is_said_and_a_document_nobody_asks_for_is_refused(piotr: Client) -> None:
    draft = filled("rejestracja-pojazdu")

    page = piotr.post(f"/eboi/wnioski/{draft.pk}/zalaczniki/", {"x": "1"}).content.decode()

    assert "Wybierz przynajmniej jeden plik." in page
    with pytest.raises(services.NoSuchDocument):
        services.attach(
            draft.pk, actor=office.actor(office.piotr()), name="a.txt", content=b"a", kind="kot", now=NOW
        )


def test_a_missing_document_stops_the_signing_and_leads_to_its_place(piotr: Client) -> None:
    draft = filled("rejestracja-pojazdu")

    check = piotr.get(f"/eboi/wnioski/{draft.pk}/sprawdzenie/").content.decode()
    answer = piotr.post(f"/eboi/wnioski/{draft.pk}/zamkniecie/")

    assert "Brakuje dokumentów: Dowód własności" in check
    assert "Przygotuj dokument do podpisu" not in check
    assert answer["Location"].endswith("/sprawdzenie/")
    draft.refresh_from_db()
    assert draft.state == Draft.State.FILLING


@pytest.mark.parametrize("code", SERVICES)
def test_a_filled_service_is_closed_with_its_documents_named(piotr: Client, code: str) -> None:
    draft = filled(code)
    form = procedures.form(code)
    assert form is not None
    needed = procedures.Answered(form, draft.answers).documents_missing([])
    for each in needed:
        upload = {f"dokument-{each.name}": photo(f"{each.name}.txt")}
        piotr.post(f"/eboi/wnioski/{draft.pk}/zalaczniki/", upload)

    piotr.post(f"/eboi/wnioski/{draft.pk}/zamkniecie/")

    draft.refresh_from_db()
    assert draft.document is not None
    with files.open_blob(draft.document.sha256) as file:
        xml = file.read()
    kinds = [each.text for each in etree.fromstring(xml).iterfind(".//{*}zalacznik/{*}rodzaj")]
    assert kinds == [each.name for each in needed]
    assert procedures.recognise(xml) is not None
    assert piotr.get(f"/eboi/wnioski/{draft.pk}/dokument.pdf").content.startswith(b"%PDF-")


@pytest.mark.parametrize("code", SERVICES)
def test_every_page_of_a_service_is_shown(piotr: Client, code: str) -> None:
    draft = filled(code)
    form = procedures.form(code)
    assert form is not None

    for step in procedures.Answered(form, draft.answers).steps:
        page = piotr.get(f"/eboi/wnioski/{draft.pk}/pytania/{step.name}/")
        assert page.status_code == 200
        assert procedures.in_language(step.title) in page.content.decode()
