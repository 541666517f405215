"""Verbs of conversation: a resident writes in his case, the office answers, a call is answered with files."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from starostwo.files import api as files
from starostwo.office.api import Actor
from starostwo.records import document_access
from starostwo.records.models import (
    CallAnswer,
    Case,
    CaseParty,
    Delivery,
    Dispatch,
    Letter,
    LetterFile,
    Message,
    Party,
)
from starostwo.records.rules.delivery import Remedy
from starostwo.records.rules.metadata import Channel, Received, Sender
from starostwo.records.services.acts import act
from starostwo.records.services.letters import NewFile, register_incoming
from starostwo.records.services.message_notices import Event, tell
from starostwo.records.services.visibility import show_letter

LONGEST = 5000
LIMIT = 1_000_000


class CannotWrite(Exception):
    """The case is not the person's, the text is empty or too long."""


@transaction.atomic
def send_message(mark: str, *, actor: Actor, text: str, now: datetime) -> Message:
    """Write to the office in one's own case."""
    case = document_access.cases_of_resident(actor.account_id).filter(mark=mark).first()
    if case is None:
        raise CannotWrite("Nie ma takiej sprawy na Twoim koncie.")
    return _add(case, resident_id=actor.account_id, actor=actor, is_from_office=False, text=text, now=now)


@transaction.atomic
def reply(case_id: int, *, actor: Actor, resident_id: int, text: str, now: datetime) -> Message:
    """Write to a party of the case on his account; he is told by e-mail that something waits."""
    case = Case.objects.get(pk=case_id)
    if not document_access.may_converse(actor, case):
        raise CannotWrite("Wiadomości wysyła prowadzący sprawę.")
    named = CaseParty.objects.filter(case=case, party__account_id=resident_id, to_on=None)
    party = named.select_related("party__account").first()
    if party is None:
        raise CannotWrite("Ta osoba nie jest stroną sprawy z kontem w urzędzie.")
    message = _add(case, resident_id=resident_id, actor=actor, is_from_office=True, text=text, now=now)
    tell(party.party, Event.MESSAGE)
    return message


class CannotAnswer(Exception):
    """There is no such call on the person's account, it was not opened yet, or the answer is empty."""


@transaction.atomic
def answer_call(
    dispatch_id: int,
    *,
    actor: Actor,
    text: str,
    attachments: Sequence[NewFile] = (),
    today: date,
    now: datetime,
) -> Letter:
    """Answer a call of the office: the answer becomes an incoming letter in the case.

    Law: k.p.a. art. 64 par. 2. A late answer is registered all the same; the case worker judges it.
    """
    mine = document_access.dispatches_of_resident(actor.account_id).filter(pk=dispatch_id)
    row = mine.select_related("document__case", "party").first()
    if row is None or row.document.remedy != Remedy.ANSWER:
        raise CannotAnswer("Nie ma takiego wezwania na Twoim koncie.")
    if not Delivery.objects.filter(dispatch=row).exists():
        raise CannotAnswer("Najpierw otwórz wezwanie.")
    if not text.strip() and not attachments:
        raise CannotAnswer("Napisz odpowiedź albo dołącz plik.")
    letter = register_incoming(
        actor=None,
        received=_received(row, attachments=len(attachments), today=today),
        files=[*_written(text), *attachments],
        channel=Channel.ACCOUNT,
        resident_account_id=actor.account_id,
        today=today,
        now=now,
    )
    CallAnswer.objects.create(document=row.document, letter=letter, answered_at=now)
    if row.document.case.state == Case.State.OPEN:
        _file(letter, row.document.case, actor=actor, now=now)
    return letter


def _received(row: Dispatch, *, attachments: int, today: date) -> Received:
    return Received(
        title=f"Odpowiedź na wezwanie {row.document.mark}"[:500],
        kind="odpowiedź na wezwanie",
        senders=(_sender(row.party),),
        received_on=today,
        attachments=attachments,
        sender_reference=row.document.mark,
    )


def _sender(party: Party) -> Sender:
    fields = ("organization", "family_name", "given_name", "postcode", "town", "street", "building", "flat")
    return Sender(**{name: getattr(party, name) for name in fields}, party_id=party.pk)


def _file(letter: Letter, case: Case, *, actor: Actor, now: datetime) -> None:
    """The answer lies in the case from the start: nobody needs to assign it."""
    letter.case, letter.state, letter.filed_at = case, Letter.State.FILED, now
    letter.holder_id, letter.unit = case.holder_id, case.unit
    letter.save(update_fields=["case", "state", "filed_at", "holder", "unit"])
    show_letter(letter, case=case)
    payload = {"letter": letter.shown_number}
    act("answer_call", case, actor=actor, now=now, holder_id=case.holder_id, payload=payload)


def _written(text: str) -> list[NewFile]:
    """The typed answer as a file, so that the record is whole without the database."""
    if not text.strip():
        return []
    blob = files.put(text.strip().encode(), name="odpowiedz.txt", limit=LIMIT)
    return [NewFile(blob.pk, "odpowiedz.txt", LetterFile.Role.MAIN.value)]


def _add(
    case: Case, *, resident_id: int, actor: Actor, is_from_office: bool, text: str, now: datetime
) -> Message:
    words = text.strip()
    if not words:
        raise CannotWrite("Napisz wiadomość.")
    if len(words) > LONGEST:
        raise CannotWrite(f"Wiadomość może mieć najwyżej {LONGEST} znaków.")
    message = Message.objects.create(
        case=case,
        resident_id=resident_id,
        author_id=actor.account_id,
        is_from_office=is_from_office,
        text=words,
        sent_at=now,
    )
    act(
        "write_message", case, actor=actor, now=now, holder_id=case.holder_id, payload={"message": message.pk}
    )
    return message
