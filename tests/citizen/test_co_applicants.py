"""Applying together: each signs the same frozen document as himself, or it is not sent."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.utils.timezone import now

from starostwo.channels.models import Mail
from starostwo.citizen import co_applicants, services
from starostwo.citizen.models import CoApplicant, Draft
from starostwo.files import api as files
from starostwo.intake.models import Submission, SubmissionFile
from starostwo.office import testing as office
from starostwo.procedures import api as procedures
from starostwo.records import residents
from starostwo.records.models import LetterSender
from starostwo.signatures import api as signatures
from starostwo.signatures.testing import build_keys

NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
CARD = "pozwolenie-na-budowe"
MARIA = {"given_name": "Maria", "family_name": "Zych", "email": "maria@example.pl"}


@pytest.fixture(autouse=True)
def open_office(db: None) -> None:
    office.make_office()
    office.starosta()
    office.make_unit("AB", name="Wydział Architektury", parent="ST")
    procedures.load_forms(actor="system", now=NOW)
    procedures.load_cards(actor="system", valid_from=date(2026, 1, 1), now=NOW)
    build_keys(
        [
            signatures.demo_pki.DemoPerson(each.pk, each.given_name, each.family_name, pesel=each.pesel or "")
            for each in (office.piotr(), office.maria())
        ]
    )


@pytest.fixture
def piotr() -> Client:
    return office.client_of(office.piotr())


@pytest.fixture
def maria() -> Client:
    return office.client_of(office.maria())


def filled() -> Draft:
    """Piotr's application for a building permit, filled with its sample and its documents."""
    actor = office.actor(office.piotr())
    draft = services.begin(CARD, actor=actor, known={}, now=NOW, today=NOW.date())
    form = procedures.form(CARD)
    assert form is not None
    draft.answers = procedures.sample_of(form) | {"w_imieniu": "wlasnym"}
    draft.save()
    for each in procedures.Answered(form, draft.answers).documents:
        services.attach(
            draft.pk, actor=actor, name=f"{each.name}.txt", content=b"plik", kind=each.name, now=now()
        )
    return draft


def named(draft: Draft, **lines: str) -> CoApplicant:
    actor = office.actor(office.piotr())
    return co_applicants.name_co_applicant(draft.pk, actor=actor, lines={**MARIA, **lines}, now=now())


@pytest.fixture
def asked(piotr: Client) -> CoApplicant:
    """Maria, named without a PESEL, invited to the closed document."""
    return invited(piotr)


def invited(piotr: Client, **lines: str) -> CoApplicant:
    draft = filled()
    person = named(draft, **lines)
    piotr.post(f"/eboi/wnioski/{draft.pk}/zamkniecie/")
    piotr.post(f"/eboi/wnioski/{draft.pk}/wspolnie/{person.pk}/zaproszenie/")
    person.refresh_from_db()
    assert person.state == "INVITED"
    return person


def link() -> str:
    found = re.search(r"(/eboi/zaproszenie/[\w-]+/)", Mail.objects.order_by("-id")[0].body)
    assert found is not None
    return found[1]


def page_of(person: CoApplicant) -> str:
    return f"/eboi/do-podpisu/{person.pk}/"


def content(blob: files.Blob | None) -> bytes:
    assert blob is not None
    with files.open_blob(blob.sha256) as file:
        return file.read()


def test_people_are_named_after_the_questions(piotr: Client) -> None:
    draft = filled()
    address = f"/eboi/wnioski/{draft.pk}/wspolnie/"

    wrong = piotr.post(address, {**MARIA, "pesel": "123"})
    assert (wrong.status_code, "Zych" in wrong.content.decode()) == (422, True)
    piotr.post(address, MARIA)

    assert "Maria Zych" in piotr.get(address).content.decode()
    assert "Maria Zych" in piotr.get(f"/eboi/wnioski/{draft.pk}/sprawdzenie/").content.decode()
    piotr.post(f"{address}{CoApplicant.objects.get().pk}/usuniecie/")
    assert not CoApplicant.objects.exists()


def test_a_service_of_one_person_asks_for_nobody(piotr: Client) -> None:
    actor = office.actor(office.piotr())
    draft = services.begin("pismo-ogolne", actor=actor, known={}, now=NOW, today=NOW.date())

    assert piotr.get(f"/eboi/wnioski/{draft.pk}/wspolnie/")["Location"].endswith("/zalaczniki/")
    with pytest.raises(co_applicants.TooManyPeople):
        named(draft)


def test_the_mail_holds_a_link_and_no_word_of_the_matter(asked: CoApplicant) -> None:
    mail = Mail.objects.get()

    assert (mail.to, mail.is_secret) == ("maria@example.pl", True)
    for secret in ("Maria", "Zych", "Wrona", "pozwolenie"):
        assert secret not in mail.subject + mail.body
    assert len(link().split("/")[3]) >= 40, "long enough to be masked in logs"


def test_the_link_leads_to_signing_in_and_shows_nothing_before(asked: CoApplicant) -> None:
    stranger = Client()

    answer = stranger.get(link())

    assert answer["Location"] == page_of(asked)
    on = stranger.get(answer["Location"])["Location"]
    assert link().split("/")[3] not in on, "the secret does not go on in an address"


def test_she_reads_exactly_the_frozen_document_and_signs_by_log_in(
    piotr: Client, maria: Client, asked: CoApplicant
) -> None:
    draft = asked.draft
    maria.get(link())
    page = maria.get(page_of(asked)).content.decode()
    assert draft.document is not None
    assert draft.document.sha256 in page
    assert "pzt.txt" in page
    pdf = b"".join(maria.get(f"{page_of(asked)}dokument.pdf").streaming_content)  # type: ignore[attr-defined]
    assert pdf == content(draft.printout)

    signed = maria.post(f"{page_of(asked)}potwierdzenie/", follow=True).content.decode()

    assert "Dokument jest podpisany" in signed
    asked.refresh_from_db()
    assert (asked.state, asked.way, asked.signer_id) == ("TO_ACCEPT", "LOGIN", office.maria().pk)
    sealed = content(asked.signed)
    assert draft.document.sha256.encode() in sealed
    assert signatures.verify(sealed, name="potwierdzenie.xml", attachments={}, at=now()).findings
    shown = piotr.get(f"/eboi/wnioski/{draft.pk}/podpis/").content.decode()
    assert "Podpisał(a) <strong>Maria Zych</strong>" in shown


def test_it_is_sent_when_all_have_signed_and_the_receipt_names_all(
    piotr: Client, maria: Client, asked: CoApplicant
) -> None:
    address = f"/eboi/wnioski/{asked.draft_id}"
    early = piotr.post(f"{address}/wyslanie/", follow=True).content.decode()
    assert "Nie wszyscy jeszcze podpisali" in early
    assert not Submission.objects.exists()
    maria.get(link())
    maria.post(f"{page_of(asked)}potwierdzenie/")
    piotr.post(f"{address}/wspolnie/{asked.pk}/uznanie/")

    piotr.post(f"{address}/wyslanie/")

    submission = Submission.objects.get()
    assert "Maria Zych" in submission.sender_name
    assert "Maria Zych" in bytes(submission.upo.xml).decode()
    assert SubmissionFile.objects.filter(part="SIGNATURE", name__startswith="podpis-1-").count() == 1
    rows = list(LetterSender.objects.order_by("position"))
    assert [row.party.account_id for row in rows if row.party] == [office.piotr().pk, office.maria().pk]
    assert submission.letter is not None
    assert submission.letter.remarks == [], "signatures beside the document are no unnamed attachments"
    hers = residents.resident_cases(office.maria().pk)
    assert [case.reference for case in hers] == [submission.letter.identifier]


def test_she_signs_with_a_file(maria: Client, asked: CoApplicant) -> None:
    maria.get(link())
    key = signatures.staff_keys(office.maria().pk)[0]
    other = SimpleUploadedFile("inny.xml", b"<a/>")
    assert "nie zawiera dokumentu" in maria.post(page_of(asked), {"signed": other}).content.decode()
    xml = signatures.sign_xml(content(asked.draft.document), key=key, at=now())

    maria.post(page_of(asked), {"signed": SimpleUploadedFile("podpisany.xml", xml)})

    asked.refresh_from_db()
    assert (asked.way, asked.signed_name) == ("FILE", "podpisany.xml")


def test_she_refuses_with_a_reason_that_the_applicant_reads(
    piotr: Client, maria: Client, asked: CoApplicant
) -> None:
    maria.get(link())
    assert maria.post(f"{page_of(asked)}odmowa/", {"reason": " "}).status_code == 422

    maria.post(f"{page_of(asked)}odmowa/", {"reason": "Nie zgadzam się na garaż"})

    page = piotr.get(f"/eboi/wnioski/{asked.draft_id}/podpis/").content.decode()
    assert "Nie zgadzam się na garaż" in page
    assert "Wyślij do urzędu" not in page


def test_a_pesel_that_no_provider_proves_opens_nothing_without_the_link(piotr: Client, maria: Client) -> None:
    person = invited(piotr, pesel=office.maria().pesel or "")
    assert maria.get(page_of(person)).status_code == 404
    assert page_of(person) not in maria.get("/eboi/").content.decode()

    maria.get(link())

    assert maria.get(page_of(person)).status_code == 200


def test_with_her_pesel_nobody_else_signs_and_she_needs_no_link(
    piotr: Client, maria: Client, settings: LazySettings
) -> None:
    settings.PESEL_PROVEN_BY = ["https://idp.test"]
    person = invited(piotr, pesel=office.maria().pesel or "")
    other = office.client_of(office.make_resident("obcy", "Jan Obcy", pesel="44051401359"))
    other.get(link())

    assert other.get(page_of(person)).status_code == 404
    assert other.post(f"{page_of(person)}potwierdzenie/").status_code == 404
    assert page_of(person) in maria.get("/eboi/").content.decode()
    maria.post(f"{page_of(person)}potwierdzenie/")
    person.refresh_from_db()
    assert person.state == "SIGNED", "known by her PESEL: nothing to accept"


def test_without_the_link_and_without_a_pesel_nobody_finds_it(maria: Client, asked: CoApplicant) -> None:
    for rest in ("", "dokument.pdf", "dokument.xml", "zalaczniki/1/"):
        assert maria.get(page_of(asked) + rest).status_code == 404


def test_the_applicant_does_not_sign_for_others(piotr: Client, asked: CoApplicant) -> None:
    piotr.get(link())

    assert piotr.post(f"{page_of(asked)}potwierdzenie/").status_code == 404
    asked.refresh_from_db()
    assert asked.state == "INVITED"


@pytest.mark.parametrize("over", ["expired", "withdrawn", "sent again", "used", "foreign"])
def test_a_link_that_is_over_gives_a_way_on(
    piotr: Client, maria: Client, asked: CoApplicant, over: str
) -> None:
    old, address = link(), f"/eboi/wnioski/{asked.draft_id}/wspolnie/{asked.pk}"
    match over:
        case "expired":
            CoApplicant.objects.update(token_expires_at=now() - timedelta(seconds=1))
        case "withdrawn":
            piotr.post(f"{address}/cofniecie/")
        case "sent again":
            piotr.post(f"{address}/zaproszenie/")
        case "used":
            maria.get(old)
            maria.post(f"{page_of(asked)}potwierdzenie/")
        case _:
            old = f"/eboi/zaproszenie/{'x' * 43}/"

    answer = Client().get(old)

    assert answer.status_code == 404
    assert "Poproś osobę, która Cię zaprosiła" in answer.content.decode()


def test_a_change_of_the_answers_cancels_every_signature_and_says_so(
    piotr: Client, maria: Client, asked: CoApplicant
) -> None:
    maria.get(link())
    maria.post(f"{page_of(asked)}potwierdzenie/")
    Mail.objects.all().delete()

    page = piotr.post(f"/eboi/wnioski/{asked.draft_id}/zmiana/", follow=True).content.decode()

    assert "Unieważniono podpisy: Maria Zych" in page
    asked.refresh_from_db()
    assert (asked.state, asked.signed, asked.signer, asked.token_hash) == ("NAMED", None, None, None)
    assert "podpis nie są już ważne" in Mail.objects.get().body


def test_who_signed_without_a_pesel_may_be_rejected(piotr: Client, maria: Client, asked: CoApplicant) -> None:
    maria.get(link())
    maria.post(f"{page_of(asked)}potwierdzenie/")

    piotr.post(f"/eboi/wnioski/{asked.draft_id}/wspolnie/{asked.pk}/odrzucenie/")

    asked.refresh_from_db()
    assert (asked.state, asked.signed) == ("NAMED", None)


def test_another_resident_acts_on_nobody(maria: Client, asked: CoApplicant) -> None:
    address = f"/eboi/wnioski/{asked.draft_id}/wspolnie/{asked.pk}"

    assert [maria.post(f"{address}/{what}/").status_code for what in ("cofniecie", "uznanie")] == [404, 404]


def test_one_person_signs_once(piotr: Client, maria: Client) -> None:
    draft = filled()
    people = [named(draft), named(draft, given_name="Anna")]
    piotr.post(f"/eboi/wnioski/{draft.pk}/zamkniecie/")
    for person in people:
        piotr.post(f"/eboi/wnioski/{draft.pk}/wspolnie/{person.pk}/zaproszenie/")
        maria.get(link())
        maria.post(f"{page_of(person)}potwierdzenie/")

    assert sorted(CoApplicant.objects.values_list("state", flat=True)) == ["INVITED", "TO_ACCEPT"]
    first = CoApplicant.objects.get(state="TO_ACCEPT")
    with pytest.raises(IntegrityError), transaction.atomic():
        CoApplicant.objects.filter(state="INVITED").update(
            state="SIGNED", signer=first.signer, signed=first.signed, token_hash=None, token_expires_at=None
        )


def test_the_database_lets_nothing_be_sent_unsigned_and_nothing_be_signed_afterwards(
    piotr: Client, asked: CoApplicant
) -> None:
    drafts = Draft.objects.filter(pk=asked.draft_id)
    with pytest.raises(DatabaseError, match="not every co-applicant"), transaction.atomic():
        drafts.update(state="SENT", submission=asked.draft_id)
    CoApplicant.objects.all().delete()
    drafts.update(state="SENT", submission=asked.draft_id)
    with pytest.raises(DatabaseError, match="takes no signature now"), transaction.atomic():
        CoApplicant.objects.create(draft=asked.draft, **MARIA)
