"""A resident takes his data away and deletes his account: his own alone, and what the law keeps stays."""

import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.test import Client
from django.utils import timezone

from starostwo.audit import api as audit
from starostwo.citizen import leaving
from starostwo.citizen.models import Draft, DraftFile
from starostwo.files import api as files
from starostwo.files.collecting import collect
from starostwo.files.models import Blob
from starostwo.files.testing import stored
from starostwo.intake import api as intake
from starostwo.intake.models import Submission
from starostwo.office import testing as office
from starostwo.office.models import Account, SignIn
from starostwo.office.services.residents import account_of
from starostwo.office.services.sign_in import Visitor, note_sign_in
from starostwo.office.vouched import Person
from starostwo.records.models import Case, Dispatch, Letter
from starostwo.records.services.cases import close_case
from starostwo.records.services.dispatch import default_way
from starostwo.signatures.testing import build_keys
from starostwo.visits import testing as visits
from starostwo.visits.services.booking import Person as Visiting
from starostwo.visits.services.booking import Wish, book_own
from tests.records.document_makers import make_online_case, make_sent

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)
ZIP, LEAVE = "/eboi/konto/moje-dane.zip", "/eboi/konto/usuniecie/"


@pytest.fixture
def piotr() -> Client:
    office.make_office()
    return office.client_of(office.piotr())


def make_draft(account: Account, title: str, *, content: bytes = b"mapa") -> Draft:
    made = Draft.objects.create(
        account=account, card_code="pismo-ogolne", form_code="pismo-ogolne", form_version=1, title=title,
        answers={"tresc": f"Treść: {title}"}, started_at=NOW, saved_at=NOW,
    )  # fmt: skip
    DraftFile.objects.create(draft=made, blob=stored(content), name="mapa.txt", added_at=NOW)
    return made


def taken(client: Client) -> ZipFile:
    answer = client.get(ZIP)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/zip"
    return ZipFile(BytesIO(b"".join(answer)))  # type: ignore[arg-type]


def said(archive: ZipFile, name: str) -> object:
    return json.loads(archive.read(name))


@pytest.mark.law("RODO art. 15 ust. 3")
def test_everything_of_the_person_and_nothing_of_others_is_in_the_file(piotr: Client) -> None:
    me, maria = office.piotr(), office.maria()
    note_sign_in(me, way="login.gov.pl", visitor=Visitor("10.0.0.7", "Firefox"), session_key="x", now=NOW)
    note_sign_in(maria, way="login.gov.pl", visitor=Visitor("10.0.0.8"), session_key="y", now=NOW)
    mine, _ = make_draft(me, "Moja lipa"), make_draft(maria, "Lipa Marii", content=b"mapa Marii")
    row = make_sent()
    piotr.post(f"/eboi/pisma/{row.pk}/odbior/")
    make_online_case(resident=maria)

    archive = taken(piotr)

    account = said(archive, "konto.json")
    assert isinstance(account, dict)
    assert account["dane"]["nazwisko"] == "Wrona"
    assert account["dane"]["PESEL"] == (me.pesel or "")
    assert [entry["adres"] for entry in account["logowania"]] == ["10.0.0.7"]
    drafts = said(archive, "wnioski-w-przygotowaniu.json")
    assert isinstance(drafts, list)
    assert [one["tytuł"] for one in drafts] == ["Moja lipa"]
    assert archive.read(f"wnioski/{mine.pk}/mapa.txt") == b"mapa"
    cases = said(archive, "sprawy.json")
    assert isinstance(cases, list)
    assert [one["znak"] for one in cases] == [row.document.case.mark]
    files = [name for name in archive.namelist() if name.startswith(f"pisma/{row.pk}/")]
    assert len(files) == 2
    assert any(archive.read(name).startswith(b"%PDF") for name in files)
    whole = b"".join(archive.read(name) for name in archive.namelist())
    for foreign in (b"Lipa Marii", b"mapa Marii", b"10.0.0.8", b"Zych"):
        assert foreign not in whole


def test_what_was_sent_is_there_with_its_receipt(piotr: Client) -> None:
    build_keys([])
    origin = intake.From(intake.Sender("Piotr", "Wrona"), account_id=office.piotr().pk)
    upload = intake.Upload("pismo.txt", BytesIO(b"Prosze o odpis."))
    intake.submit(document=upload, origin=origin, now=timezone.now())
    sent_row = Submission.objects.get()

    archive = taken(piotr)

    sent = said(archive, "zlozone.json")
    assert isinstance(sent, list)
    assert sent[0]["numer w rejestrze"] == Letter.objects.get().identifier
    assert archive.read(f"zlozone/{sent_row.pk}/UPO.xml") == bytes(sent_row.upo.xml)
    assert b"Prosze o odpis." in [archive.read(name) for name in archive.namelist()]


def test_a_letter_that_was_not_opened_is_named_and_not_served_by_the_file(piotr: Client) -> None:
    row = make_sent()

    archive = taken(piotr)

    cases = said(archive, "sprawy.json")
    assert isinstance(cases, list)
    assert cases[0]["pisma z urzędu"][0]["odebrane"] is None
    assert not [name for name in archive.namelist() if name.startswith("pisma/")]
    assert row.document.mark not in str(cases[0]["pisma z urzędu"])


def test_an_infected_file_is_named_and_left_out(piotr: Client) -> None:
    draft = make_draft(office.piotr(), "Lipa")
    Blob.objects.filter(pk=DraftFile.objects.get(draft=draft).blob_id).update(scan=Blob.Scan.INFECTED)

    archive = taken(piotr)

    assert "wykryto wirusa" in archive.read("wnioski-w-przygotowaniu.json").decode()
    assert f"wnioski/{draft.pk}/mapa.txt" not in archive.namelist()


@pytest.mark.parametrize("address", ["/eboi/konto/", ZIP, LEAVE])
def test_nobody_and_staff_get_nothing(piotr: Client, address: str) -> None:
    assert "/logowanie/" in Client().get(address).headers["Location"]
    assert office.client_of(office.anna()).get(address).status_code == 404


# Leaving


@pytest.mark.law("RODO art. 17 ust. 1")
def test_drafts_and_the_profile_go_and_the_files_of_the_office_stay(piotr: Client) -> None:
    case = make_online_case()
    close_case(case.pk, actor=office.actor(office.anna()), today=case.opened_on, now=NOW)
    me = office.piotr()
    note_sign_in(me, way="x", visitor=Visitor(None), session_key=piotr.session.session_key or "", now=NOW)
    make_draft(me, "Lipa")
    marias = make_draft(office.maria(), "Lipa Marii")

    page = piotr.get(LEAVE).content.decode()
    assert "akta, które urząd musi przechowywać" in page
    assert "wpisano z pamięci" in page
    answer = piotr.post(LEAVE, follow=True)

    assert "Konto zostało usunięte" in answer.content.decode()
    assert "_auth_user_id" not in piotr.session
    assert list(Draft.objects.all()) == [marias]
    me.refresh_from_db()
    assert (me.pesel, me.email, me.phone, me.street, me.building, me.town) == (None, "", "", "", "", "")
    assert (me.external_issuer, me.external_subject, me.is_active) == ("", "", False)
    assert me.name == "Piotr Wrona"
    assert Case.objects.filter(pk=case.pk).exists()
    assert SignIn.objects.get(account=me).ended_at is not None
    assert [line.verb for line in audit.history(f"office.account:{me.pk}")][-1] == "close_account"


@pytest.mark.law("RODO art. 17 ust. 1")
def test_the_files_of_deleted_drafts_leave_the_disk_unless_somebody_else_has_the_same(piotr: Client) -> None:
    assert "znikają z dysku w ciągu dziewięciu dni" in piotr.get(LEAVE).content.decode()
    for account, content in ((office.piotr(), b"moja mapa"), (office.piotr(), b"ta sama")):
        make_draft(account, "Lipa", content=content)
    make_draft(office.maria(), "Lipa Marii", content=b"ta sama")

    piotr.post(LEAVE)
    for days in (8, 9):
        collect(now=timezone.now() + timedelta(days=days))

    assert files.blob_of(sha256(b"moja mapa").hexdigest()) is None
    with pytest.raises(files.Missing):
        files.open_blob(sha256(b"moja mapa").hexdigest())
    with files.open_blob(sha256(b"ta sama").hexdigest()) as kept:
        assert kept.read() == b"ta sama"


def test_the_next_log_in_is_a_new_empty_account(piotr: Client) -> None:
    me = office.piotr()
    key = Person(me.external_issuer, me.external_subject, "Piotr", "Wrona", pesel=me.pesel)

    piotr.post(LEAVE)

    again = account_of(key)
    assert again.pk != me.pk
    assert again.is_active


def test_while_a_case_runs_nothing_is_deleted(piotr: Client) -> None:
    case = make_online_case()
    make_draft(office.piotr(), "Lipa")

    page = piotr.get(LEAVE).content.decode()
    answer = piotr.post(LEAVE)

    assert f"Sprawa w toku: {case.mark}" in page
    assert "Usuń konto na zawsze" not in page
    assert answer.status_code == 409
    assert Draft.objects.count() == 1
    assert office.piotr().is_active


def test_a_visit_to_come_keeps_the_account(piotr: Client) -> None:
    place = visits.a_place()
    person = Visiting("Piotr", "Wrona", "piotr@example.pl", "600100200")
    wish = Wish(place.pk, ("dowod",), visits.NINE)
    book_own(wish, person, actor=office.actor(office.piotr()), now=visits.NOW)
    me = office.actor(office.piotr())

    [why] = leaving.still_going_on(me, now=visits.NOW)
    assert "Umówiona wizyta" in why
    with pytest.raises(leaving.CannotLeave, match="Umówiona wizyta"):
        leaving.leave(me, now=visits.NOW)
    assert leaving.still_going_on(me, now=visits.NINE + timedelta(days=1)) == []


def test_a_closed_account_takes_no_letters(piotr: Client) -> None:
    """Nobody could open them, and the terms would run all the same."""
    row = make_sent()
    assert default_way(row.party, row.document) == Dispatch.Channel.ACCOUNT

    Account.objects.filter(pk=row.account_id).update(is_active=False)
    row.party.account.refresh_from_db()  # type: ignore[union-attr]

    assert default_way(row.party, row.document) == Dispatch.Channel.PAPER
