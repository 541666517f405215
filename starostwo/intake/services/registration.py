"""Entering a submission into the register of incoming letters."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from starostwo.intake.models import Submission, SubmissionFile
from starostwo.intake.rules.sender import Sender, people_of_values
from starostwo.intake.services.reading import Described
from starostwo.intake.services.taking import Taken
from starostwo.office import api as office
from starostwo.office.api import Actor
from starostwo.procedures import api as procedures
from starostwo.records import api as records

ELECTRONIC = "elektroniczna skrzynka podawcza"
WAYS = {records.Channel.COUNTER.value: "osobiście w urzędzie"}


def register(
    submission: Submission,
    taken: Sequence[Taken],
    described: Described,
    *,
    clerk: Actor | None = None,
    today: date,
    now: datetime,
) -> int:
    """Give the submission its number in the register; return the letter."""
    card = procedures.card(submission.service_code, on=today) if submission.service_code else None
    letter = records.register_incoming(
        actor=clerk,
        received=records.Received(
            title=described.title,
            received_on=today,
            senders=_senders(submission, described),
            kind=described.kind,
            attachments=len(taken) - 1,
            format=taken[0].media_type,
            remarks=[*_written_down(submission), *described.remarks],
            delivery_way=WAYS.get(submission.channel, ELECTRONIC),
            service_code=submission.service_code,
            unit=_unit(card, today),
        ),
        files=[_register_file(each, is_main=place == 0) for place, each in enumerate(taken)],
        channel=records.Channel(submission.channel),
        resident_account_id=submission.account_id,
        idempotency_key=str(submission),
        today=today,
        now=now,
    )
    return letter.pk


def _unit(card: procedures.Card | None, today: date) -> str:
    """The unit that the card of the service names, when the office has it on this day."""
    if card is None or office.unit(card.unit_symbol, on=today) is None:
        return ""
    return card.unit_symbol


def _senders(submission: Submission, described: Described) -> list[records.Sender]:
    """Everybody whom the submission names, else who sent it."""
    people = people_of_values(submission.people)
    if not people:
        return [_register_lines(described.sender)] if described.sender.name else []
    return [
        replace(
            _register_lines(each.sender),
            role=records.residents.SenderRole(each.role.value),
            account_id=each.account_id,
            pesel=each.pesel,
        )
        for each in people
    ]


def _written_down(submission: Submission) -> list[str]:
    """The remark of the register on an application that a clerk wrote down."""
    clerk = submission.written_by
    return [f"Złożony przy okienku, spisał(a): {clerk.name} (k.p.a. art. 63 § 3)."] if clerk else []


def _register_lines(sender: Sender) -> records.Sender:
    return records.Sender(
        organization=sender.organisation[:250],
        family_name=sender.family_name[:80],
        given_name=sender.given_name[:60],
        street=sender.street[:100],
        postcode=sender.postcode[:10],
        town=sender.town[:100],
        email=sender.email[:254],
        phone=sender.phone,
    )


def _register_file(taken: Taken, *, is_main: bool) -> records.NewFile:
    role = SubmissionFile.Role.MAIN if is_main else SubmissionFile.Role.ATTACHMENT
    return records.NewFile(
        taken.blob.pk, taken.name, role.value, taken.report.as_dict() if taken.report else None
    )
