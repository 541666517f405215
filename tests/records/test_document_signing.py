"""The final acceptance is a signature: what it makes, who may, what it refuses, and that it stays."""

import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction

from starostwo.audit import api as audit
from starostwo.files import api as files
from starostwo.office import testing as office
from starostwo.records.models import AcceptanceStep, Document, SignedFile
from starostwo.records.rules.acceptance import NotInThisState
from starostwo.records.rules.document_kinds import Kind
from starostwo.records.services.acceptance import CannotDecide
from starostwo.records.services.document_signing import SignatureRefused, sign_document, sign_many
from starostwo.records.testing import TODAY, at
from starostwo.records.typeset import check_archivable
from starostwo.signatures import api as signatures
from starostwo.signatures.models import StaffKey
from tests.records.document_makers import (
    give_key,
    make_draft,
    make_online_case,
    make_signed,
    make_submitted,
)

pytestmark = pytest.mark.django_db
NOW = at(TODAY, 15)


def unsigned(document: Document) -> bool:
    document.refresh_from_db()
    waiting = AcceptanceStep.objects.filter(document=document, outcome="WAITING").count()
    nothing = not SignedFile.objects.filter(document=document).exists()
    return (
        nothing
        and waiting == 1
        and (document.state, document.number, document.mark) == ("IN_ACCEPTANCE", None, "")
    )


def content_of(document: Document) -> bytes:
    with files.open_blob(SignedFile.objects.get(document=document).sha256) as file:
        return file.read()


@pytest.mark.law("k.p.a. art. 107 par. 1 pkt 8", "instrukcja kancelaryjna par. 39")
@pytest.mark.law("k.p.a. art. 14 par. 1a")
@pytest.mark.law("k.p.a. art. 268a")
def test_a_signed_decision_is_valid_for_a_program_that_we_did_not_write(tmp_path: Path) -> None:
    document = make_signed()
    path = tmp_path / "decision.pdf"
    path.write_bytes(content_of(document))

    seen = subprocess.run(["pdfsig", str(path)], capture_output=True, text=True, check=False).stdout
    text = subprocess.run(
        ["pdftotext", "-layout", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout

    assert "Signature is Valid" in seen
    assert "Total document signed" in seen
    assert "TEST Ewa Lis" in seen
    for part in (
        "Znak: GN.6621.1.2026.1.AN",
        "Zgierz, 10 marca 2026 r.",
        "Piotr Wrona",
        "z up. Starosty",
        "naczelniczka wydziału",
    ):
        assert part in text
    check_archivable(path.read_bytes())


def test_letters_of_a_case_are_numbered_one_after_another() -> None:
    case = make_online_case()

    marks = [make_signed(case=case, kind=kind).mark for kind in (Kind.LETTER, Kind.DECISION)]

    assert marks == ["GN.6621.1.2026.1.AN", "GN.6621.1.2026.2.AN"]


def test_history_says_who_signed_what_and_in_whose_place() -> None:
    ewa, adam = office.ewa(), office.adam()
    office.make_office()
    give_key(adam)
    document = make_submitted()
    office.make_stand_in(ewa, adam, since=TODAY, until=TODAY + timedelta(days=3))

    signed = sign_document(document.pk, actor=office.actor(adam, today=TODAY), now=NOW)

    assert (signed.signer_id, signed.in_place_of_id, signed.authority) == (adam.pk, ewa.pk, "z up. Starosty")
    last = audit.history(str(document.case))[-1]
    assert (last.verb, last.actor, last.in_place_of) == (
        "sign_document",
        f"account:{adam.pk}",
        f"account:{ewa.pk}",
    )
    assert last.payload["sha256"] == signed.sha256


@pytest.mark.law("k.p.a. art. 268a")
def test_the_starosta_signs_as_the_organ() -> None:
    office.make_office()
    give_key(office.starosta())
    document = make_submitted(office.starosta())

    signed = sign_document(document.pk, actor=office.actor(office.starosta(), today=TODAY), now=NOW)

    assert signed.authority == ""
    signed.refresh_from_db()
    assert signed.printed["signature"] == ["Starosta", "Tomasz Sokół"]


def test_without_a_key_nothing_changes() -> None:
    document = make_submitted()

    with pytest.raises(SignatureRefused, match="Nie masz klucza"):
        sign_document(document.pk, actor=office.actor(office.ewa(), today=TODAY), now=NOW)

    assert unsigned(document)


def test_a_certificate_of_another_person_is_refused_and_nothing_changes() -> None:
    document = make_submitted()
    give_key(office.jan())
    foreign = signatures.staff_keys(office.jan().pk)[0]
    signatures.assign_key(office.ewa().pk, foreign, now=NOW)

    with pytest.raises(SignatureRefused, match="należy do innej osoby"):
        sign_document(document.pk, actor=office.actor(office.ewa(), today=TODAY), now=NOW)

    assert unsigned(document)


def test_a_wrong_passphrase_is_refused_and_nothing_changes() -> None:
    document = make_submitted()
    give_key(office.ewa())
    wrong = settings.KEYS_DIR / "wrong"
    wrong.mkdir(mode=0o700, exist_ok=True)
    (wrong / "passphrase").write_text("zle-haslo")
    key = wrong / "key.p12"
    key.write_bytes(Path(signatures.staff_keys(office.ewa().pk)[0].location).read_bytes())
    key.chmod(0o600)
    StaffKey.objects.filter(account_id=office.ewa().pk).update(location=str(key))

    with pytest.raises(SignatureRefused, match="niedostępny"):
        sign_document(document.pk, actor=office.actor(office.ewa(), today=TODAY), now=NOW)

    assert unsigned(document)


def test_who_has_not_his_turn_does_not_sign() -> None:
    give_key(office.starosta())
    give_key(office.jan())
    document = make_submitted(office.ewa(), office.starosta())

    for person in (office.starosta(), office.jan(), office.ewa()):
        with pytest.raises(CannotDecide):
            sign_document(document.pk, actor=office.actor(person, today=TODAY), now=NOW)

    assert not SignedFile.objects.exists()


def test_a_document_is_signed_once() -> None:
    document = make_signed()

    with pytest.raises(NotInThisState, match="podpisany"):
        sign_document(document.pk, actor=office.actor(office.ewa(), today=TODAY), now=NOW)

    assert SignedFile.objects.count() == 1


@pytest.mark.law("rozp. MSWiA 30.10.2006 par. 6 pkt 1")
def test_the_database_keeps_a_signed_document_and_its_file() -> None:
    document = make_signed()

    for change in (
        lambda: Document.objects.filter(pk=document.pk).update(title="inny"),
        lambda: Document.objects.filter(pk=document.pk).update(state="DRAFT", number=None, mark=""),
        lambda: SignedFile.objects.filter(document=document).update(signer_name="Ktoś Inny"),
        lambda: SignedFile.objects.filter(document=document).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_several_documents_are_signed_in_one_action_and_each_has_its_result() -> None:
    office.make_office()
    give_key(office.ewa())
    case = make_online_case()
    good = [make_submitted(case=case, kind=kind) for kind in (Kind.LETTER, Kind.DECISION)]
    draft = make_draft(case=case)

    results = sign_many(
        [good[0].pk, draft.pk, good[1].pk], actor=office.actor(office.ewa(), today=TODAY), now=NOW
    )

    assert [(result.is_signed, result.mark) for result in results] == [
        (True, "GN.6621.1.2026.1.AN"),
        (False, ""),
        (True, "GN.6621.1.2026.2.AN"),
    ]
    assert "projektem" in results[1].problem
    assert SignedFile.objects.count() == 2
