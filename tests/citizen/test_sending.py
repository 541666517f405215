"""Signing and sending: three ways to sign, what is refused, one receipt however often it is pressed."""

from datetime import UTC, date, datetime

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.timezone import now

from starostwo.citizen import services
from starostwo.citizen.models import Draft, Opinion
from starostwo.files import api as files
from starostwo.intake import api as intake
from starostwo.office import testing as office
from starostwo.office.api import Actor
from starostwo.procedures import api as procedures
from starostwo.records.models import Letter, LetterFile
from starostwo.signatures import api as signatures
from starostwo.signatures.testing import build_keys

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
ANSWERS = {
    "rodzaj": "wniosek",
    "w_imieniu": "wlasnym",
    "sposob_odbioru": "konto",
    "temat": "Wycinka lipy",
    "tresc": "Proszę o zgodę na usunięcie lipy.",
}


@pytest.fixture(autouse=True)
def open_office(db: None) -> None:
    office.make_office()
    office.make_unit("ST", name="Starosta")
    office.make_unit("OR", name="Wydział Organizacyjny", parent="ST")
    procedures.load_forms(actor="system", now=NOW)
    procedures.load_cards(actor="system", valid_from=date(2026, 1, 1), now=NOW)
    piotr = office.piotr()
    build_keys([signatures.demo_pki.DemoPerson(piotr.pk, "Piotr", "Wrona", pesel=piotr.pesel or "")])


@pytest.fixture
def actor() -> Actor:
    return office.actor(office.piotr())


@pytest.fixture
def piotr() -> Client:
    return office.client_of(office.piotr())


@pytest.fixture
def draft(actor: Actor) -> Draft:
    """A draft that is filled, has one attachment and is closed for signing."""
    known = {"given_name": "Piotr", "family_name": "Wrona", "street": "ul. Leśna 12", "postcode": "95-100",
             "town": "Zgierz", "email": "piotr@example.pl"}  # fmt: skip
    made = services.begin("pismo-ogolne", actor=actor, known=known, now=NOW, today=NOW.date())
    form = procedures.form("pismo-ogolne")
    assert form is not None
    for step in form.steps:
        given = {f.name: ANSWERS[f.name] for f in step.fields if f.name in ANSWERS}
        view = services.answer(made.pk, actor=actor, step=step.name, answers=given, now=NOW)
    assert view.errors == []
    services.attach(made.pk, actor=actor, name="mapa.txt", content=b"mapa dzialki", now=NOW)
    return services.close(made.pk, actor=actor, addressee="Starostwo", now=NOW, today=NOW.date())


def content(blob: files.Blob | None) -> bytes:
    assert blob is not None
    with files.open_blob(blob.sha256) as file:
        return file.read()


def signed_xml(draft: Draft) -> bytes:
    key = signatures.staff_keys(draft.account_id)[0]
    return signatures.sign_xml(content(draft.document), key=key, at=now())


def test_signed_here_in_two_clicks_and_sent(piotr: Client, draft: Draft) -> None:
    piotr.post(f"/eboi/wnioski/{draft.pk}/podpis-testowy/")
    answer = piotr.post(f"/eboi/wnioski/{draft.pk}/wyslanie/")

    letter = Letter.objects.get()
    page = piotr.get(answer["Location"]).content.decode()
    assert letter.shown_number in page
    main = LetterFile.objects.get(letter=letter, role="main")
    assert main.report is not None
    assert (main.report["verdict"], main.report["findings"][0]["signer"]) == ("green", "Piotr Wrona")
    assert main.report["findings"][0]["is_test"]
    assert letter.title == "Pismo ogólne: Wycinka lipy"


def test_after_sending_one_question_is_asked_once(piotr: Client, draft: Draft) -> None:
    receipt = piotr.post(f"/eboi/wnioski/{draft.pk}/wyslanie/")["Location"]
    assert "Jak łatwo było złożyć ten wniosek?" in piotr.get(receipt).content.decode()
    refused = piotr.post(f"{receipt}ocena/", {"unclear": "pytanie o temat"})
    assert (refused.status_code, "pytanie o temat" in refused.content.decode()) == (422, True)
    assert not Opinion.objects.exists()

    assert piotr.post(f"{receipt}ocena/", {"ease": "2", "unclear": "pytanie o temat"})["Location"] == receipt

    assert Opinion.objects.get().unclear == "pytanie o temat"
    assert "Jak łatwo" not in piotr.get(receipt).content.decode()
    assert piotr.post(f"{receipt}ocena/", {"ease": "1"}).status_code == 404
    assert office.client_of(office.maria()).post(f"{receipt}ocena/", {"ease": "1"}).status_code == 404


def test_the_receipt_is_the_sealed_xml_and_a_pdf(piotr: Client, draft: Draft) -> None:
    answer = piotr.post(f"/eboi/wnioski/{draft.pk}/wyslanie/")
    submission = intake.of_resident(Draft.objects.get().submission, account_id=draft.account_id)  # type: ignore[arg-type]

    assert submission is not None
    assert piotr.get(f"{answer['Location']}upo.xml").content == bytes(submission.upo.xml)
    assert piotr.get(f"{answer['Location']}upo.pdf").content.startswith(b"%PDF-")


def test_signed_elsewhere_as_xml(piotr: Client, draft: Draft) -> None:
    upload = SimpleUploadedFile("podpisany.xml", signed_xml(draft))

    answer = piotr.post(f"/eboi/wnioski/{draft.pk}/podpis/", {"signed": upload})

    draft.refresh_from_db()
    assert (answer.status_code, draft.signed_name) == (302, "podpisany.xml")


def test_signed_elsewhere_as_pdf_goes_with_the_data_beside_it(piotr: Client, draft: Draft) -> None:
    key = signatures.staff_keys(draft.account_id)[0]
    pdf = signatures.sign_pdf(content(draft.printout), key=key, reason="wniosek", at=now())
    piotr.post(f"/eboi/wnioski/{draft.pk}/podpis/", {"signed": SimpleUploadedFile("pismo.pdf", pdf)})
    piotr.post(f"/eboi/wnioski/{draft.pk}/wyslanie/")

    names = list(LetterFile.objects.order_by("id").values_list("name", "role"))
    assert names == [
        ("pismo.pdf", "main"),
        ("pismo-ogolne-dane.xml", "attachment"),
        ("mapa.txt", "attachment"),
    ]


@pytest.mark.parametrize("change", ["other words", "another draft's document", "unsigned pdf", "not ours"])
def test_a_signed_file_of_something_else_is_refused_and_nothing_changes(
    piotr: Client, draft: Draft, change: str
) -> None:
    contents = {
        "other words": signed_xml(draft).replace(b"Wycinka lipy", b"Wycinka debu"),
        "another draft's document": signed_xml(draft).replace(b"<sha256>", b"<sha256>0", 1),
        "unsigned pdf": content(draft.printout),
        "not ours": b"<a/>",
    }
    name = "plik.pdf" if "pdf" in change else "plik.xml"

    page = piotr.post(
        f"/eboi/wnioski/{draft.pk}/podpis/", {"signed": SimpleUploadedFile(name, contents[change])}
    ).content.decode()

    assert "govuk-error-summary" in page
    draft.refresh_from_db()
    assert draft.signed is None


def test_sent_without_a_signature_it_is_received_and_marked(piotr: Client, draft: Draft) -> None:
    piotr.post(f"/eboi/wnioski/{draft.pk}/wyslanie/")

    report = LetterFile.objects.get(role="main").report
    assert report is not None
    assert report["verdict"] == "none"


def test_sending_twice_gives_one_letter_and_the_same_receipt(piotr: Client, draft: Draft) -> None:
    first = piotr.post(f"/eboi/wnioski/{draft.pk}/wyslanie/")
    second = piotr.post(f"/eboi/wnioski/{draft.pk}/wyslanie/")

    assert first["Location"] == second["Location"]
    assert Letter.objects.count() == 1


def test_a_crash_between_receipt_and_note_loses_nothing(piotr: Client, draft: Draft) -> None:
    """The submission is committed, the draft is not marked yet: the next press finds the same receipt."""
    first = piotr.post(f"/eboi/wnioski/{draft.pk}/wyslanie/")
    Draft.objects.filter(pk=draft.pk).update(state="CLOSED", submission=None)

    assert piotr.post(f"/eboi/wnioski/{draft.pk}/wyslanie/")["Location"] == first["Location"]
    assert Letter.objects.count() == 1


def test_changing_the_answers_drops_the_signature(piotr: Client, draft: Draft) -> None:
    piotr.post(f"/eboi/wnioski/{draft.pk}/podpis-testowy/")

    piotr.post(f"/eboi/wnioski/{draft.pk}/zmiana/")

    draft.refresh_from_db()
    assert (draft.state, draft.document, draft.signed) == ("FILLING", None, None)
    assert draft.answers["temat"] == "Wycinka lipy"


def test_another_resident_does_not_find_the_receipt(piotr: Client, draft: Draft) -> None:
    address = piotr.post(f"/eboi/wnioski/{draft.pk}/wyslanie/")["Location"]
    maria = office.client_of(office.maria())

    assert [maria.get(address + rest).status_code for rest in ("", "upo.xml", "upo.pdf")] == [404, 404, 404]
    assert piotr.get(address).status_code == 200


def test_no_test_signature_where_it_is_no_demonstration(
    piotr: Client, draft: Draft, settings: object
) -> None:
    settings.DEMO = False  # type: ignore[attr-defined]

    assert piotr.post(f"/eboi/wnioski/{draft.pk}/podpis-testowy/").status_code == 404


def test_the_keys_lie_in_the_data_folder() -> None:
    assert (settings.KEYS_DIR / "seal.json").exists()
