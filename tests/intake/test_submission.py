"""Receiving: a number, a sealed receipt and a code, all or nothing."""

import subprocess
from hashlib import sha256
from pathlib import Path

import pytest
from django.conf import settings
from django.db import ProgrammingError, connection, transaction
from lxml import etree

from starostwo.audit import api as audit
from starostwo.files import api as files
from starostwo.intake.models import AccessCode, Submission, SubmissionFile, Upo
from starostwo.intake.rules.access_code import hash_of
from starostwo.intake.services.submission import KeyUsedForOther
from starostwo.intake.services.taking import Refused
from starostwo.intake.testing import NOW, SENDER, open_the_box, send
from starostwo.office import testing as office
from starostwo.records.models import Letter, LetterFile
from starostwo.signatures import api as signatures
from starostwo.signatures.models import TimeStamp

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("box")]
POS = "{http://crd.gov.pl/xml/schematy/UPO/2008/05/09/}"


@pytest.fixture
def box() -> None:
    open_the_box()


def test_a_submission_gets_a_number_a_receipt_and_a_code() -> None:
    receipt = send(attachments=[(b"tekst", "notatka.txt")])

    submission = Submission.objects.get()
    letter = Letter.objects.get()
    assert receipt.submission == submission
    assert (submission.state, submission.letter) == (Submission.State.REGISTERED, letter)
    assert (letter.shown_number, letter.title, letter.sender_name) == (
        "RPW/1/2026",
        "Pismo: pismo.xml",
        "Łęcka Zofia",
    )
    assert list(LetterFile.objects.order_by("id").values_list("name", "role")) == [
        ("pismo.xml", "main"),
        ("notatka.txt", "attachment"),
    ]
    assert bytes(Upo.objects.get().xml) == receipt.upo_xml
    assert AccessCode.objects.get().code_hash == hash_of(receipt.access_code)
    assert [line.verb for line in audit.history(str(submission))] == ["submit"]


@pytest.mark.law("ustawa o informatyzacji art. 3 pkt 20")
def test_the_receipt_names_number_files_and_moment() -> None:
    content = b"<pismo>tresc</pismo>"
    receipt = send(content)

    body = etree.fromstring(receipt.upo_xml)[0]

    def said(name: str) -> str:
        return body.findtext(f"{POS}{name}") or ""

    assert said("IdentyfikatorDokumentu") == str(receipt.submission.pk)
    assert said("DataDoreczenia") == "2026-11-23T10:30:00+01:00"
    assert body.findtext(f"{POS}Nadawca/{POS}Nazwa") == "Zofia Łęcka"
    assert body.findtext(f"{POS}Adresat/{POS}Nazwa") == "Starostwo Powiatowe w Zgierzu"
    additions = {each.get("TypInformacjiUzupelniajacej"): each.text for each in body if each.attrib}
    assert additions == {
        "Numer w rejestrze przesyłek": "RPW/1/2026",
        "Stan": "zarejestrowane",
        "SHA-256 pliku pismo.xml": sha256(content).hexdigest(),
    }


def test_the_seal_holds_for_a_program_that_we_did_not_write(tmp_path: Path) -> None:
    receipt = send()
    (tmp_path / "upo.xml").write_bytes(receipt.upo_xml)
    (tmp_path / "bad.xml").write_bytes(receipt.upo_xml.replace(b"RPW/1/2026", b"RPW/2/2026"))
    anchors = [
        part
        for pem in sorted(settings.KEYS_DIR.glob("trust/**/*.pem"))
        for part in ("--trusted-pem", str(pem))
    ]
    command = [
        "xmlsec1",
        "--verify",
        *anchors,
        "--id-attr:Id",
        "http://uri.etsi.org/01903/v1.3.2#:SignedProperties",
    ]

    good = subprocess.run([*command, tmp_path / "upo.xml"], capture_output=True, text=True, check=False)
    bad = subprocess.run([*command, tmp_path / "bad.xml"], capture_output=True, text=True, check=False)

    assert good.returncode == 0, good.stderr
    assert bad.returncode != 0


def test_the_receipt_is_seen_as_sealed_by_our_own_verifier() -> None:
    receipt = send()

    report = signatures.verify(receipt.upo_xml, name="upo.xml", at=NOW)

    assert [finding.indication.value for finding in report.findings] == ["TOTAL-PASSED"]
    assert report.is_test


def test_the_time_stamp_of_the_receipt_waits_for_its_batch() -> None:
    receipt = send()

    assert [row.sha256 for row in TimeStamp.objects.all()] == [sha256(receipt.upo_xml).hexdigest()]


@pytest.mark.law("rozp. MSWiA 30.10.2006 par. 6 pkt 1")
def test_the_original_bytes_are_kept() -> None:
    content = b"<pismo>  odst\xc4\x99py \n zostaj\xc4\x85 </pismo>\n"
    send(content)

    row = SubmissionFile.objects.select_related("blob").get()

    with files.open_blob(row.blob.sha256) as kept:
        assert kept.read() == content


@pytest.mark.law("k.p.a. art. 64 par. 2")
def test_a_missing_signature_refuses_nothing_and_is_written_down() -> None:
    receipt = send()

    reports = signatures.reports_for(
        [sha256(b"<pismo>Dzie\xc5\x84 dobry</pismo>").hexdigest()], about=str(receipt.submission)
    )

    assert [report.verdict.value for report in reports.values()] == ["none"]
    assert LetterFile.objects.get().report["verdict"] == "none"


@pytest.mark.parametrize("table", [Submission, SubmissionFile, Upo])
def test_what_was_received_cannot_be_removed(table: type[Submission]) -> None:
    send()

    with (
        pytest.raises(ProgrammingError, match=r"Cannot (update or )?delete"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"DELETE FROM {table._meta.db_table}")

    assert table.objects.count() == 1


@pytest.mark.parametrize("change", [{"title": "inny"}, {"sender_name": "Ktoś"}, {"request_sha256": "0" * 64}])
def test_what_was_received_cannot_be_changed(change: dict[str, str]) -> None:
    send()

    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Submission.objects.update(**change)


def test_a_receipt_cannot_be_changed() -> None:
    receipt = send()

    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Upo.objects.update(xml=b"inny")

    assert bytes(Upo.objects.get().xml) == receipt.upo_xml


def test_the_same_key_gives_the_same_receipt_and_no_second_number() -> None:
    first = send(key="k-1")
    second = send(key="k-1")

    assert second.upo_xml == first.upo_xml
    assert second.is_replay
    assert second.submission == first.submission
    assert second.access_code != first.access_code
    assert (Submission.objects.count(), Letter.objects.count(), Upo.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"content": b"<pismo>inne</pismo>"}, "another document"),
        ({"name": "inne.xml"}, "another name"),
        ({"attachments": [(b"tekst", "a.txt")]}, "one attachment more"),
    ],
)
def test_the_same_key_with_other_content_is_refused(other: dict[str, object], why: str) -> None:
    send(key="k-1")

    with pytest.raises(KeyUsedForOther):
        send(key="k-1", **other)  # type: ignore[arg-type]

    assert Submission.objects.count() == 1


def test_a_key_means_one_account_or_one_address() -> None:
    piotr, maria = office.piotr(), office.maria()

    sent = [
        send(key="k", account_id=piotr.pk),
        send(key="k", account_id=maria.pk),
        send(key="k", address="192.0.2.1"),
        send(key="k", address="192.0.2.2"),
    ]

    assert len({receipt.submission.pk for receipt in sent}) == 4
    assert [receipt.is_replay for receipt in sent] == [False] * 4


def test_the_same_bytes_without_a_key_are_two_letters_and_the_second_is_named_a_repeat() -> None:
    piotr, maria = office.piotr(), office.maria()

    first = send(account_id=piotr.pk)
    second = send(account_id=piotr.pk)
    other = send(account_id=maria.pk)

    assert second.submission.repeats == first.submission
    assert (first.submission.repeats, other.submission.repeats) == (None, None)
    assert Letter.objects.count() == 3


def test_a_refused_file_leaves_no_trace_in_the_registers() -> None:
    with pytest.raises(Refused):
        send(b"<pismo>", attachments=[(b"tekst", "a.txt")])

    assert (Submission.objects.count(), Letter.objects.count(), Upo.objects.count()) == (0, 0, 0)
    assert audit.history_of(["records.letter:1"]) == []


def test_without_an_office_nothing_is_received() -> None:
    office.make_office().__class__.objects.all().delete()

    with pytest.raises(Exception, match="Zarejestruj urząd"):
        send()

    assert (Submission.objects.count(), Letter.objects.count()) == (0, 0)


def test_the_sender_is_written_as_named() -> None:
    receipt = send(sender=SENDER)

    assert (receipt.submission.sender_name, receipt.submission.sender_address) == (
        "Zofia Łęcka",
        "ul. Długa 4, 95-100 Zgierz",
    )
