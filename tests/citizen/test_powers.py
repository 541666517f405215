"""Acting for somebody: by what right, what it costs, who is entered where, used again, given up."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.timezone import localdate, now

from starostwo.citizen import powers, services
from starostwo.citizen.models import Draft, DraftFile, Power
from starostwo.intake.models import Due, DueLine, Submission
from starostwo.office import testing as office
from starostwo.procedures import api as procedures
from starostwo.records.models import CaseParty, Letter, LetterSender, Message
from starostwo.records.services.assignments import Target, assign
from starostwo.records.services.cases import open_case
from starostwo.records.testing import make_plan
from starostwo.signatures.testing import build_keys

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
KNOWN = {"given_name": "Piotr", "family_name": "Wrona", "street": "ul. Leśna 12", "postcode": "95-100",
         "town": "Zgierz", "email": "piotr@example.pl"}  # fmt: skip
ANSWERS = {"rodzaj": "wniosek", "w_imieniu": "innej_osoby", "mocodawca": "Maria Anna Cicha",
           "sposob_odbioru": "konto", "temat": "Wycinka lipy", "tresc": "Proszę o zgodę."}  # fmt: skip
LINES = {"given_name": "Maria", "family_name": "Cicha", "street": "ul. Prosta 1", "postcode": "95-100",
         "town": "Zgierz", "basis": "pelnomocnictwo", "scope": "ALL"}  # fmt: skip


@pytest.fixture(autouse=True)
def open_office(db: None) -> None:
    office.make_office()
    office.starosta()
    office.anna()
    office.make_unit("OR", name="Wydział Organizacyjny", parent="ST")
    procedures.load_forms(actor="system", now=NOW)
    procedures.load_cards(actor="system", valid_from=date(2026, 1, 1), now=NOW)
    build_keys([])


@pytest.fixture
def piotr() -> Client:
    return office.client_of(office.piotr())


def filled(**other: str) -> Draft:
    """A draft of Piotr's that acts for Maria Cicha."""
    actor = office.actor(office.piotr())
    made = services.begin("pismo-ogolne", actor=actor, known=KNOWN, now=NOW, today=NOW.date())
    form = procedures.form("pismo-ogolne")
    assert form is not None
    for step in form.steps:
        given = {f.name: v for f in step.fields if (v := (ANSWERS | other).get(f.name))}
        services.answer(made.pk, actor=actor, step=step.name, answers=given, now=now())
    made.refresh_from_db()
    return made


def page_of(draft: Draft) -> str:
    return f"/eboi/wnioski/{draft.pk}/pelnomocnictwo/"


def paper(name: str = "pelnomocnictwo.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"Upowazniam Piotra Wrone.")


def sent(piotr: Client, **lines: str) -> Draft:
    """An application that Piotr has sent for Maria."""
    draft = filled()
    piotr.post(page_of(draft), {**LINES, **lines, "document": paper()})
    piotr.post(f"/eboi/wnioski/{draft.pk}/zamkniecie/")
    piotr.post(f"/eboi/wnioski/{draft.pk}/wyslanie/")
    draft.refresh_from_db()
    assert draft.state == "SENT"
    return draft


def test_after_the_questions_one_says_for_whom(piotr: Client) -> None:
    draft = filled()
    last = f"/eboi/wnioski/{draft.pk}/pytania/odpowiedz/"

    assert piotr.post(last, {"sposob_odbioru": "konto"})["Location"] == page_of(draft)
    page = piotr.get(page_of(draft)).content.decode()
    assert 'value="Maria Anna"' in page
    assert 'value="Cicha"' in page
    assert "17,00\u00a0zł" in page
    assert "wpisano z pamięci" in page


@pytest.mark.law("k.p.a. art. 33 par. 3")
def test_without_the_document_nothing_goes_on_and_what_was_typed_stays(piotr: Client) -> None:
    draft = filled()

    answer = piotr.post(page_of(draft), LINES)

    assert answer.status_code == 422
    assert "ul. Prosta 1" in answer.content.decode()
    assert not Power.objects.exists()
    check = piotr.get(f"/eboi/wnioski/{draft.pk}/sprawdzenie/").content.decode()
    assert "nie podano pełnomocnictwa" in check
    assert piotr.post(f"/eboi/wnioski/{draft.pk}/zamkniecie/")["Location"].endswith("/sprawdzenie/")
    draft.refresh_from_db()
    assert draft.state == "FILLING"


@pytest.mark.law("ustawa o opłacie skarbowej art. 1 ust. 1 pkt 2")
@pytest.mark.parametrize(
    ("exemption", "told"),
    [
        ("", "<strong>17,00\u00a0zł</strong>"),
        ("malzonek", "Opłata skarbowa się nie należy: mocodawca jest małżonkiem"),
    ],
)
def test_the_check_says_what_is_due(piotr: Client, exemption: str, told: str) -> None:
    draft = filled()

    piotr.post(page_of(draft), {**LINES, "exemption": exemption, "document": paper()})

    check = piotr.get(f"/eboi/wnioski/{draft.pk}/sprawdzenie/").content.decode()
    assert told in check
    assert "Maria Cicha, ul. Prosta 1, 95-100 Zgierz" in check


def test_the_fee_and_the_people_go_with_the_submission_and_stay(piotr: Client) -> None:
    sent(piotr)

    submission = Submission.objects.get()
    receipt = piotr.get(f"/eboi/zlozone/{submission.pk}/").content.decode()
    assert "17,00\u00a0zł" in receipt
    clerk = office.client_of(office.clerk()).get(f"/urzad/zlozenia/{submission.pk}/").content.decode()
    assert "Opłata skarbowa: pełnomocnictwo: 17,00\u00a0zł" in clerk
    assert submission.fees == [
        {
            "title": "Opłata skarbowa: pełnomocnictwo",
            "grosze": 1700,
            "basis": "ustawa z 16.11.2006 o opłacie skarbowej, załącznik, część IV",
            "exemption": "",
            "is_verified": False,
        }
    ]
    assert submission.sender_name == "Maria Cicha; pełnomocnik: Piotr Wrona"
    upo = bytes(submission.upo.xml).decode()
    assert "Maria Cicha" in upo
    assert 'TypInformacjiUzupelniajacej="Pełnomocnik"' in upo
    with pytest.raises(Exception, match="Cannot update"), transaction.atomic():
        Submission.objects.update(fees=[])


def test_the_duty_becomes_a_payment_to_the_city_unless_it_is_not_due(piotr: Client) -> None:
    sent(piotr)
    due = Due.objects.get()
    assert (due.kind, due.submission, due.account_id) == (
        "STAMP",
        Submission.objects.get(),
        office.piotr().pk,
    )
    assert [(line.label, line.amount, line.verified) for line in DueLine.objects.filter(due=due)] == [
        ("Opłata skarbowa: pełnomocnictwo", 1700, False)
    ]

    sent(piotr, exemption="malzonek")

    assert Due.objects.count() == 1


def test_the_letter_names_the_party_first_and_the_attorney_behind(piotr: Client) -> None:
    sent(piotr)

    rows = LetterSender.objects.order_by("position")
    assert [(str(row), row.role) for row in rows] == [
        ("Cicha Maria", "PARTY"),
        ("Wrona Piotr", "REPRESENTATIVE"),
    ]
    assert [row.party.account_id for row in rows if row.party] == [None, office.piotr().pk]
    assert Letter.objects.get().remarks == []


def test_the_signed_document_says_for_whom_and_by_what_right(piotr: Client) -> None:
    draft = filled()
    piotr.post(
        page_of(draft), {**LINES, "number": "44051401359", "exemption": "zstepny", "document": paper()}
    )
    piotr.post(f"/eboi/wnioski/{draft.pk}/zamkniecie/")

    said = procedures.recognise(piotr.get(f"/eboi/wnioski/{draft.pk}/dokument.xml").content)

    assert said is not None
    who = said.people.represented
    assert who is not None
    assert (who.who.family_name, who.who.pesel, who.basis) == ("Cicha", "44051401359", "pełnomocnictwo")
    assert who.exemption.startswith("mocodawca jest zstępnym")


@pytest.mark.law("k.p.a. art. 33 par. 4")
def test_the_closest_family_need_not_file_the_document(piotr: Client) -> None:
    draft = filled()

    assert piotr.post(page_of(draft), {**LINES, "exemption": "malzonek"}).status_code == 302
    answer = piotr.post(f"/eboi/wnioski/{draft.pk}/zamkniecie/")

    assert answer["Location"].endswith("/podpis/")


def test_a_company_is_the_party_and_who_acts_for_it_its_representative(piotr: Client) -> None:
    draft = filled(w_imieniu="podmiotu", podmiot="Tartak Sp. z o.o.")
    lines = {"organisation": "Tartak Sp. z o.o.", "number": "0000123456", "street": "ul. Leśna 1",
             "postcode": "95-100", "town": "Zgierz", "basis": "odpis", "scope": "ALL"}  # fmt: skip

    assert piotr.post(page_of(draft), lines).status_code == 302
    piotr.post(f"/eboi/wnioski/{draft.pk}/zamkniecie/")
    piotr.post(f"/eboi/wnioski/{draft.pk}/wyslanie/")

    assert Submission.objects.get().sender_name == "Tartak Sp. z o.o.; pełnomocnik: Piotr Wrona"
    assert Submission.objects.get().fees[0]["grosze"] == 0


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"number": "44051401358"}, "PESEL"),
        ({"postcode": "95100"}, "kod pocztowy"),
        ({"basis": "prokura"}, ""),
    ],
)
def test_wrong_lines_are_pointed_out(piotr: Client, wrong: dict[str, str], field: str) -> None:
    answer = piotr.post(page_of(filled()), {**LINES, **wrong, "document": paper()})

    assert answer.status_code == 422
    assert field in answer.content.decode()
    assert not Power.objects.exists()


def test_a_general_power_is_used_again_with_its_document(piotr: Client) -> None:
    earlier = Power.objects.get(draft=sent(piotr))
    draft = filled()
    assert f'value="{earlier.pk}"' in piotr.get(page_of(draft)).content.decode()

    piotr.post(f"{page_of(draft)}uzycie/", {"pelnomocnictwo": earlier.pk})

    taken = Power.objects.get(draft=draft)
    assert (taken.name, taken.taken_from) == ("Maria Cicha", earlier)
    assert DraftFile.objects.get(draft=draft).name == "pelnomocnictwo.txt"


def test_a_power_for_one_case_is_not_offered_again(piotr: Client) -> None:
    earlier = Power.objects.get(draft=sent(piotr, scope="CASE"))
    draft = filled()

    piotr.post(f"{page_of(draft)}uzycie/", {"pelnomocnictwo": earlier.pk})

    assert not Power.objects.filter(draft=draft).exists()


def test_given_up_it_is_offered_no_more_and_the_office_is_told(piotr: Client) -> None:
    power = Power.objects.get(draft=sent(piotr))
    case_mark = opened()

    page = piotr.post(f"/eboi/pelnomocnictwa/{power.pk}/wypowiedzenie/", follow=True).content.decode()

    assert case_mark in page
    assert "nie reprezentuję już: Maria Cicha" in Message.objects.get().text
    assert powers.standing_powers(office.actor(office.piotr())) == []
    assert piotr.post(f"/eboi/pelnomocnictwa/{power.pk}/wypowiedzenie/").status_code == 404


def opened() -> str:
    """The case that Anna opens with the letter; the attorney's account sees it."""
    make_plan()
    letter, today = Letter.objects.get(), localdate()
    ewa, anna = office.actor(office.ewa()), office.actor(office.anna())
    starosta = office.actor(office.starosta())
    assign([letter.pk], actor=starosta, lead=Target(unit="GN"), today=today, now=now())
    assign([letter.pk], actor=ewa, lead=Target(account_id=office.anna().pk), today=today, now=now())
    case = open_case(letter.pk, actor=anna, class_symbol="6621", title="", today=today, now=now())
    assert CaseParty.objects.filter(case=case, role="REPRESENTATIVE").count() == 1
    return case.mark


def test_another_resident_sees_and_uses_nothing_of_it(piotr: Client) -> None:
    power = Power.objects.get(draft=sent(piotr))
    draft = filled()
    maria = office.client_of(office.maria())

    assert maria.get(page_of(draft)).status_code == 404
    assert maria.post(f"{page_of(draft)}uzycie/", {"pelnomocnictwo": power.pk}).status_code == 404
    assert maria.get(f"/eboi/pelnomocnictwa/{power.pk}/wypowiedzenie/").status_code == 404
    assert "Maria Cicha" not in maria.get("/eboi/pelnomocnictwa/").content.decode()


def test_the_database_keeps_a_power_of_a_person_or_of_an_organisation() -> None:
    draft = filled()
    with pytest.raises(IntegrityError), transaction.atomic():
        Power.objects.create(
            draft=draft, acts_for="innej_osoby", organisation="Firma", street="x", postcode="x", town="x",
            basis="pelnomocnictwo", scope="CASE",
        )  # fmt: skip
