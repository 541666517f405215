"""A form of ours that comes in: read, named, its signature validated, its receipt filed beside the letter."""

import re
from datetime import UTC, date, datetime
from hashlib import sha256

import pytest
from django.conf import settings

from starostwo.files.testing import pdf
from starostwo.intake.models import Submission
from starostwo.intake.rules.sender import Sender
from starostwo.intake.services.filing import file_receipt
from starostwo.intake.services.submission import From, submit
from starostwo.intake.testing import NOW, SENDER, open_the_box, send, upload
from starostwo.office import testing as office
from starostwo.procedures import api as procedures
from starostwo.records.api import Channel
from starostwo.records.models import Letter, LetterFile, LetterSender
from starostwo.records.testing import make_letter
from starostwo.search import api as search
from starostwo.signatures import api as signatures
from starostwo.signatures.demo_pki import DemoPerson

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("box")]
SIGNED_AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ANSWERS = {
    "rodzaj": "wniosek",
    "temat": "Naprawa przepustu w Dąbrówce",
    "tresc": "Proszę o naprawę przepustu.",
    "w_imieniu": "podmiotu",
    "podmiot": "Sołectwo Dąbrówka",
    "imie": "Piotr",
    "nazwisko": "Wrona",
    "ulica": "ul. Leśna 12",
    "kod_pocztowy": "95-100",
    "miejscowosc": "Zgierz",
    "sposob_odbioru": "konto",
}
NOBODY = Sender()


@pytest.fixture
def box() -> None:
    open_the_box()


def letter_xml(*attachments: bytes) -> bytes:
    form = procedures.form("pismo-ogolne")
    assert form is not None
    return procedures.to_xml(
        form,
        ANSWERS,
        sender=procedures.Answered(form, ANSWERS).sender,
        addressee="Starostwo Powiatowe w Zgierzu",
        made_on=date(2026, 11, 23),
        attachments=[
            procedures.NamedFile(f"z{place}.pdf", sha256(content).hexdigest(), len(content))
            for place, content in enumerate(attachments)
        ],
    )


def key_of_piotr() -> signatures.KeyRef:
    person = DemoPerson(7, "Piotr", "Wrona", pesel="80010112340")
    return signatures.demo_pki.build(settings.KEYS_DIR, [person], now=SIGNED_AT).people[7]


def test_a_form_names_its_letter_and_its_sender() -> None:
    send(letter_xml(), sender=NOBODY)

    letter, submission = Letter.objects.get(), Submission.objects.get()
    assert letter.title == submission.title == "Pismo ogólne: Naprawa przepustu w Dąbrówce"
    assert (submission.form_code, submission.form_version) == ("pismo-ogolne", 1)
    sender = LetterSender.objects.get()
    assert (sender.organization, sender.family_name, sender.town) == ("Sołectwo Dąbrówka", "Wrona", "Zgierz")
    assert submission.sender_name == "Sołectwo Dąbrówka, Piotr Wrona"


@pytest.mark.parametrize(
    ("named", "sent", "remarks"),
    [
        ([b"A"], [b"A"], []),
        ([b"A"], [], ["Brak załączników wymienionych w dokumencie: 1."]),
        ([], [b"A"], ["Załączniki niewymienione w dokumencie: 1."]),
        ([b"A"], [b"B"], [
            "Brak załączników wymienionych w dokumencie: 1.", "Załączniki niewymienione w dokumencie: 1.",
        ]),
    ],
)  # fmt: skip
def test_attachments_are_compared_with_those_that_the_document_names(
    named: list[bytes], sent: list[bytes], remarks: list[str]
) -> None:
    send(letter_xml(*named), attachments=[(content, "z.txt") for content in sent])

    assert Letter.objects.get().remarks == remarks


def test_a_form_that_breaks_its_schema_is_a_general_letter() -> None:
    send(letter_xml().replace(b"<rodzaj>wniosek", b"<rodzaj>cokolwiek"))

    assert Letter.objects.get().title == "Pismo: pismo.xml"


@pytest.mark.law("k.p.a. art. 63 par. 3a")
def test_a_signed_form_comes_with_the_report_of_its_signature() -> None:
    signed = signatures.sign_xml(letter_xml(), key=key_of_piotr(), at=SIGNED_AT)

    receipt = send(signed, "pismo-podpisane.xml")

    report = signatures.reports_for([sha256(signed).hexdigest()], about=str(receipt.submission))
    [finding] = report[sha256(signed).hexdigest()].findings
    assert (finding.indication.value, finding.is_test) == ("TOTAL-PASSED", True)
    assert "Wrona" in finding.signer
    kept = LetterFile.objects.get(role="main").report
    assert kept is not None
    assert kept["findings"][0]["signer"] == finding.signer
    assert "80010112340" not in str(kept)
    assert Letter.objects.get().title == "Pismo ogólne: Naprawa przepustu w Dąbrówce"


@pytest.mark.law("k.p.a. art. 64 par. 2")
def test_a_broken_signature_refuses_nothing_and_is_shown() -> None:
    signed = signatures.sign_xml(letter_xml(), key=key_of_piotr(), at=SIGNED_AT)

    receipt = send(signed.replace(b"Naprawa przepustu", b"Budowa przepustu"))

    assert receipt.submission.state == Submission.State.REGISTERED
    assert LetterFile.objects.get().report["verdict"] == "red"
    page = office.client_of(office.clerk()).get(f"/urzad/zlozenia/{receipt.submission.pk}/")
    assert "nieważny" in page.content.decode()


def test_a_signed_pdf_comes_with_the_report_of_its_signature() -> None:
    signed = signatures.sign_pdf(pdf(), key=key_of_piotr(), reason="wniosek", at=SIGNED_AT, timestamp=False)

    send(signed, "wniosek.pdf")

    report = LetterFile.objects.get().report
    assert report is not None
    assert [finding["form"] for finding in report["findings"]] == ["PAdES"]


def test_the_receipt_is_filed_beside_the_letter_once_and_its_text_is_found() -> None:
    receipt = send(attachments=[("Umowa dzierżawy gruntu rolnego".encode(), "umowa.txt")])

    for _ in range(2):
        file_receipt(receipt.submission.pk, now=NOW)

    filed = LetterFile.objects.get(role="receipt")
    assert filed.blob.sha256 == sha256(receipt.upo_xml).hexdigest()
    tokens = office.actor(office.clerk()).tokens
    assert [hit.title for hit in search.find("dzierżawę", tokens=tokens).hits] == ["Pismo: pismo.xml"]


def test_letters_of_all_channels_stand_in_one_queue() -> None:
    make_letter("Pismo z poczty", on=NOW.date())
    send(b"<pismo>ze skrzynki</pismo>", "ze-skrzynki.xml")
    submit(
        document=upload(b"<pismo>z konta</pismo>", "z-konta.xml"),
        attachments=[],
        origin=From(sender=SENDER, account_id=office.piotr().pk, channel=Channel.ACCOUNT),
        now=NOW,
    )

    page = office.client_of(office.clerk()).get("/urzad/kancelaria/").content.decode()

    rows = re.findall(r"RPW/\d/2026</a></td>\s*<td[^>]*>([^<]+)</td>", page)
    assert rows == ["konto w e-urzędzie", "elektroniczna skrzynka podawcza", "poczta (papier)"]


def test_a_service_leads_the_letter_to_its_unit() -> None:
    office.make_unit("AB", name="Wydział Architektury")
    procedures.load_cards(actor="system", valid_from=date(2026, 1, 1), now=NOW)

    send(service_code="samodzielnosc-lokalu")
    send(service_code="prawo-jazdy")

    assert list(Letter.objects.order_by("number").values_list("unit", "service_code")) == [
        ("AB", "samodzielnosc-lokalu"),
        ("ST", "prawo-jazdy"),
    ]
