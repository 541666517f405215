"""Sending: by account or on paper with the printout of the law, each in the register of outgoing letters."""

import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from openpyxl import load_workbook

from starostwo.files import api as files
from starostwo.office import testing as office
from starostwo.records.document_access import visible_dispatches
from starostwo.records.models import Case, Dispatch
from starostwo.records.queries.document import outgoing, outgoing_rows, to_dispatch
from starostwo.records.rules.document_kinds import Kind
from starostwo.records.services.dispatch import CannotDispatch, dispatch_document
from starostwo.records.testing import TODAY, at, make_case
from tests.records.document_makers import make_draft, make_online_case, make_sent, make_signed

pytestmark = pytest.mark.django_db
NOW = at(TODAY, 16)


def send(document: object, *, by: str = "anna", **ways: object) -> list[Dispatch]:
    person = office.actor(getattr(office, by)(), today=TODAY)
    return dispatch_document(document.pk, actor=person, now=NOW, **ways)  # type: ignore[attr-defined,arg-type]


@pytest.mark.law("k.p.a. art. 39 par. 1")
def test_a_party_with_an_account_gets_the_letter_there() -> None:
    [row] = send(make_signed())

    assert (row.channel, row.account_id, str(row)) == ("ACCOUNT", office.piotr().pk, "RKW/1/2026")
    assert (row.addressee_name, row.addressee_address) == ("Piotr Wrona", "ul. Leśna 12, 95-100 Zgierz")


@pytest.mark.law("k.p.a. art. 39(3)")
def test_a_party_without_an_account_gets_a_printout_with_the_statutory_note(tmp_path: Path) -> None:
    document = make_signed(case=make_case())

    [row] = send(document)

    assert (row.channel, row.account_id) == ("PAPER", None)
    assert row.printout is not None
    (tmp_path / "p.pdf").write_bytes(files.open_blob(row.printout.sha256).read())
    text = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "p.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout
    assert "Wydruk pisma wydanego w postaci elektronicznej (art. 39³" in text
    assert "Ewa Lis, naczelniczka wydziału" in text
    assert "Identyfikator pisma: GN.6621.1.2026.1.AN" in text
    assert "orzekam zgodnie z wnioskiem" in text


def test_paper_is_chosen_by_the_sender_when_it_must_be() -> None:
    document = make_signed()
    assert document.addressee_id is not None

    [row] = send(document, ways={document.addressee_id: Dispatch.Channel.PAPER})

    assert row.channel == "PAPER"


def test_numbers_of_the_register_go_on_without_gaps_and_begin_anew_each_year() -> None:
    case = make_online_case()
    numbers = [str(send(make_signed(case=case, kind=Kind.LETTER))[0]) for _ in range(3)]
    later = make_signed(case=case, kind=Kind.LETTER)

    [row] = dispatch_document(
        later.pk, actor=office.actor(office.anna(), today=date(2027, 1, 4)), now=at(date(2027, 1, 4))
    )

    assert [*numbers, str(row)] == ["RKW/1/2026", "RKW/2/2026", "RKW/3/2026", "RKW/1/2027"]


def test_a_letter_is_sent_once_to_everybody() -> None:
    document = make_signed()
    send(document)

    with pytest.raises(CannotDispatch, match="wysłano już"):
        send(document)

    assert Dispatch.objects.count() == 1


def test_a_draft_is_not_sent() -> None:
    with pytest.raises(CannotDispatch, match="podpisane"):
        send(make_draft())

    assert not Dispatch.objects.exists()


@pytest.mark.parametrize("person", ["jan", "adam", "ewa"])
def test_a_stranger_sends_nothing(person: str) -> None:
    document = make_signed()

    with pytest.raises(CannotDispatch):
        send(document, by=person)

    assert not Dispatch.objects.exists()


def test_the_mail_desk_sends_for_everybody() -> None:
    document = make_signed()

    assert to_dispatch(office.actor(office.clerk(), today=TODAY)) == [document]
    assert to_dispatch(office.actor(office.anna(), today=TODAY)) == [document]
    assert to_dispatch(office.actor(office.jan(), today=TODAY)) == []
    send(document, by="clerk")
    assert to_dispatch(office.actor(office.clerk(), today=TODAY)) == []


@pytest.mark.law("k.p.a. art. 104 par. 1")
def test_a_sent_decision_settles_the_case_and_a_plain_letter_does_not() -> None:
    case = make_online_case()

    send(make_signed(case=case, kind=Kind.LETTER))
    assert Case.objects.get(pk=case.pk).settled_on is None
    send(make_signed(case=case))
    assert Case.objects.get(pk=case.pk).settled_on == TODAY


def test_the_register_shows_each_person_what_he_may_see() -> None:
    row = make_sent()

    assert list(outgoing(office.actor(office.clerk(), today=TODAY))) == [row]
    assert list(outgoing(office.actor(office.anna(), today=TODAY))) == [row]
    assert not visible_dispatches(office.actor(office.jan(), today=TODAY)).exists()


def test_the_database_keeps_the_register() -> None:
    row = make_sent()

    for change in (
        lambda: Dispatch.objects.filter(pk=row.pk).update(sent_on=date(2026, 1, 1)),
        lambda: Dispatch.objects.filter(pk=row.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.mark.law("instrukcja kancelaryjna par. 40")
def test_the_register_is_printed_and_saved_with_its_columns(tmp_path: Path) -> None:
    office.make_office()
    row = make_sent()
    client = office.client_of(office.clerk())
    period = {"od": "01.03.2026", "do": "31.03.2026"}

    pdf = client.get(reverse("records:outgoing_print", args=["pdf"]), period)
    sheet = client.get(reverse("records:outgoing_print", args=["xlsx"]), period)

    (tmp_path / "rkw.pdf").write_bytes(pdf.content)
    text = subprocess.run(
        ["pdftotext", "-layout", str(tmp_path / "rkw.pdf"), "-"], capture_output=True, text=True, check=True
    ).stdout
    for part in ("Lp.", "Adresat", "RKW/1/2026", "Piotr Wrona", "Wydrukowano"):
        assert part in text
    rows = list(load_workbook(BytesIO(sheet.content)).active.values)  # type: ignore[union-attr]
    assert rows[-1][0] == "RKW/1/2026"
    assert rows[-1][3] == row.document.mark


def test_the_register_of_another_period_is_empty() -> None:
    make_sent()
    clerk = office.actor(office.clerk(), today=TODAY)

    assert outgoing_rows(clerk, since=date(2026, 4, 1), until=date(2026, 4, 30)) == []
    assert len(outgoing_rows(clerk, since=date(2026, 3, 1), until=date(2026, 3, 31))) == 1
