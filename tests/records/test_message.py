"""Messages in a case both ways, and the answer to a call that becomes an incoming letter of the case."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from starostwo.audit import api as audit
from starostwo.channels import api as channels
from starostwo.files import api as files
from starostwo.office import testing as office
from starostwo.records import api as records
from starostwo.records.models import Dispatch, Letter, LetterFile, Message
from starostwo.records.rules.document_kinds import Kind
from starostwo.records.services.cases import close_case
from starostwo.records.services.message import (
    LONGEST,
    CannotAnswer,
    CannotWrite,
    answer_call,
    reply,
    send_message,
)
from starostwo.records.testing import TODAY, at
from tests.records.document_makers import make_online_case, make_sent

pytestmark = pytest.mark.django_db
NOW = at(TODAY, 19)


def piotr() -> object:
    return office.actor(office.piotr(), today=TODAY)


def opened_call() -> Dispatch:
    row = make_sent(kind=Kind.CALL)
    records.residents.open_delivery(row.pk, actor=piotr(), now=at(TODAY, 18))
    return row


def answer(row: Dispatch, *, text: str = "Dołączam mapę.", by: str = "piotr", on: date = TODAY) -> Letter:
    person = office.actor(getattr(office, by)(), today=on)
    return answer_call(row.pk, actor=person, text=text, today=on, now=at(on, 19))


def test_both_sides_write_and_both_read() -> None:
    case = make_online_case()

    send_message(case.mark, actor=piotr(), text="Kiedy dostanę wypis?", now=NOW)
    anna = office.actor(office.anna(), today=TODAY)
    reply(case.pk, actor=anna, resident_id=office.piotr().pk, text="W tym tygodniu.", now=at(TODAY, 20))

    seen = records.residents.resident_case(office.piotr().pk, case.mark)
    assert seen is not None
    assert [(one.author, one.text, one.is_from_office) for one in seen.messages] == [
        ("Piotr Wrona", "Kiedy dostanę wypis?", False),
        ("Anna Nowak", "W tym tygodniu.", True),
    ]
    assert [entry.verb for entry in audit.history(str(case))].count("write_message") == 2


def test_a_question_waits_for_the_holder_until_he_answers() -> None:
    case = make_online_case()
    anna = office.actor(office.anna(), today=TODAY)
    asked = send_message(case.mark, actor=piotr(), text="Kiedy?", now=NOW)

    assert records.work_of(anna, today=TODAY).to_answer == [asked]
    assert records.work_of(office.actor(office.jan(), today=TODAY), today=TODAY).to_answer == []
    reply(case.pk, actor=anna, resident_id=office.piotr().pk, text="Jutro.", now=at(TODAY, 20))
    assert records.work_of(anna, today=TODAY).to_answer == []


def test_an_answer_of_the_office_is_told_by_mail_without_its_content() -> None:
    case = make_online_case()
    anna = office.actor(office.anna(), today=TODAY)
    of_the_case = {mail.id for mail in channels.unsent_mail()}

    reply(case.pk, actor=anna, resident_id=office.piotr().pk, text="tajna treść", now=NOW)

    [mail] = [mail for mail in channels.unsent_mail() if mail.id not in of_the_case]
    assert mail.to == "piotr@example.pl"
    assert "tajna" not in repr(mail)


@pytest.mark.parametrize("person", ["maria", "jan", "anna"])
def test_a_stranger_writes_nothing(person: str) -> None:
    case = make_online_case()

    with pytest.raises(CannotWrite):
        send_message(case.mark, actor=office.actor(getattr(office, person)(), today=TODAY), text="?", now=NOW)

    assert not Message.objects.exists()


@pytest.mark.parametrize(("person", "to"), [("jan", "piotr"), ("anna", "maria"), ("ewa", "piotr")])
def test_the_office_writes_only_by_who_handles_the_case_and_only_to_its_party(person: str, to: str) -> None:
    case = make_online_case()
    writer = office.actor(getattr(office, person)(), today=TODAY)

    with pytest.raises(CannotWrite):
        reply(case.pk, actor=writer, resident_id=getattr(office, to)().pk, text="x", now=NOW)

    assert not Message.objects.exists()


@pytest.mark.parametrize("text", ["", "  \n", "x" * (LONGEST + 1)])
def test_an_empty_or_endless_message_is_refused(text: str) -> None:
    case = make_online_case()

    with pytest.raises(CannotWrite):
        send_message(case.mark, actor=piotr(), text=text, now=NOW)

    assert not Message.objects.exists()


def test_the_database_keeps_a_message() -> None:
    case = make_online_case()
    message = send_message(case.mark, actor=piotr(), text="x", now=NOW)

    with pytest.raises(DatabaseError), transaction.atomic():
        Message.objects.filter(pk=message.pk).update(text="y")


@pytest.mark.law("k.p.a. art. 64 par. 2")
def test_an_answer_to_a_call_is_an_incoming_letter_of_the_case() -> None:
    row = opened_call()

    letter = answer(row)

    assert (letter.case_id, letter.state, letter.channel) == (row.document.case_id, "FILED", "ACCOUNT")
    assert letter.shown_number == "RPW/2/2026"
    assert letter.sender_reference == row.document.mark
    [file] = LetterFile.objects.filter(letter=letter)
    assert files.open_blob(file.blob.sha256).read().decode() == "Dołączam mapę."
    seen = records.residents.resident_case(office.piotr().pk, row.document.case.mark)
    assert seen is not None
    assert (seen.step.label, seen.letters[0].is_answered) == ("w toku", True)
    assert "answer_call" in [entry.verb for entry in audit.history(str(row.document.case))]


def test_who_sees_the_case_sees_the_answer() -> None:
    letter = answer(opened_call())

    assert f"person:{office.anna().pk}" in letter.audience
    assert f"person:{office.jan().pk}" not in letter.audience


def test_a_late_answer_is_registered_all_the_same() -> None:
    late = date(2026, 5, 4)

    assert answer(opened_call(), on=late).received_on == late


def test_an_answer_in_a_closed_case_is_registered_and_waits_for_assignment() -> None:
    row = opened_call()
    close_case(row.document.case_id, actor=office.actor(office.anna(), today=TODAY), today=TODAY, now=NOW)

    letter = answer(row)

    assert (letter.case_id, letter.state) == (None, "REGISTERED")


@pytest.mark.parametrize(
    ("by", "text", "why"),
    [("maria", "x", "a stranger"), ("anna", "x", "staff"), ("piotr", " ", "nothing said")],
)
def test_a_wrong_answer_is_refused_and_takes_no_number(by: str, text: str, why: str) -> None:
    row = opened_call()

    with pytest.raises(CannotAnswer):
        answer(row, by=by, text=text)

    assert Letter.objects.count() == 1, why


def test_a_call_must_be_opened_before_it_is_answered() -> None:
    row = make_sent(kind=Kind.CALL)

    with pytest.raises(CannotAnswer, match="Najpierw otwórz"):
        answer(row)


def test_a_decision_is_not_answered() -> None:
    with pytest.raises(CannotAnswer):
        answer(make_sent())
