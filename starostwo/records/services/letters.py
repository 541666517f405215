"""Verbs of letters: register, complete, add a scan, file without a case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction

from starostwo.office import api as office
from starostwo.office.api import Actor
from starostwo.platform import jobs
from starostwo.records import access, tasks
from starostwo.records.models import Letter, LetterFile, LetterSender, Party, PlanClass
from starostwo.records.rules.metadata import (
    COMPLETED,
    SENDER_FIELDS,
    Channel,
    Received,
    Sender,
    check_partial_date,
)
from starostwo.records.rules.numbering import INCOMING, RegisterNumber
from starostwo.records.services.acts import act
from starostwo.records.services.parties import party_of
from starostwo.records.services.series import next_number
from starostwo.records.services.visibility import show_letter


@dataclass(frozen=True)
class NewFile:
    """A stored file that belongs to a letter, with the report of its signature if it was checked."""

    blob_id: int
    name: str
    role: str = LetterFile.Role.MAIN.value
    report: Mapping[str, Any] | None = None


class CannotRegister(Exception):
    """The letter has no title, comes from the future, or the person does not keep the register."""


@transaction.atomic
def register_incoming(
    *,
    actor: Actor | None,
    received: Received,
    files: Sequence[NewFile] = (),
    channel: Channel,
    resident_account_id: int | None = None,
    idempotency_key: str | None = None,
    seat: str = "",
    today: date,
    now: datetime,
) -> Letter:
    """Enter a letter into the register of incoming letters; without an actor the submission box does it.

    The same key gives the first letter again. The number is taken last, so that numbers have no gaps.
    """
    if idempotency_key and (earlier := _registered_with(idempotency_key)):
        return earlier
    _check(received, actor=actor, today=today)
    parties = [
        party_of(one, account_id=account)
        for one, account in _with_accounts(received.senders, resident_account_id)
        if one.name
    ]
    unit = received.unit or first_unit(today)
    number = RegisterNumber(INCOMING, today.year, next_number(INCOMING, today.year))
    letter = Letter.objects.create(
        series=number.series,
        year=number.year,
        number=number.number,
        identifier=number.identifier,
        idempotency_key=idempotency_key,
        channel=channel,
        seat=seat,
        received_on=received.received_on,
        registered_at=now,
        registered_by_id=actor.account_id if actor else None,
        resident_id=resident_account_id,
        unit=unit,
        **_described(received),
    )
    _write_senders(letter, received.senders, parties)
    _write_files(letter, files, actor=actor, now=now)
    show_letter(letter)
    act("register", letter, actor=actor, now=now, payload={"number": str(number), "title": letter.title})
    if files and actor is not None:
        _read_later(letter)
    return letter


class CannotComplete(Exception):
    """The letter lies in a closed case, or the person neither registers nor handles it."""


@transaction.atomic
def complete_metadata(letter_id: int, *, actor: Actor, received: Received, now: datetime) -> list[str]:
    """Complete or correct the metadata of a letter; each change stands in its history."""
    letter = Letter.objects.select_for_update(of=("self",)).select_related("case").get(pk=letter_id)
    if not access.may_complete(actor, letter) or (letter.case and letter.case.closed_on):
        raise CannotComplete(letter.shown_number)
    before, after = {name: getattr(letter, name) for name in COMPLETED}, _described(received)
    changed = [name for name in COMPLETED if before[name] != after[name]]
    senders = _senders_changed(letter, received.senders)
    if not changed and not senders:
        return []
    for name in (*COMPLETED, "sender_name", "sender_town"):
        setattr(letter, name, after[name])
    letter.save(update_fields=[*COMPLETED, "sender_name", "sender_town"])
    if senders:
        LetterSender.objects.filter(letter=letter).delete()
        _write_senders(letter, received.senders, [party_of(one) for one in received.senders if one.name])
    show_letter(letter)
    said = {name: [_plain(before[name]), _plain(after[name])] for name in changed}
    act(
        "complete",
        letter,
        actor=actor,
        now=now,
        holder_id=letter.holder_id,
        payload={"changed": said} | senders,
    )
    return [*changed, *senders]


@transaction.atomic
def add_file(letter_id: int, *, actor: Actor, file: NewFile, now: datetime) -> LetterFile:
    """Add a scan or an attachment to a letter whose case is not closed."""
    letter = Letter.objects.select_for_update(of=("self",)).select_related("case").get(pk=letter_id)
    if not access.may_complete(actor, letter) or (letter.case and letter.case.closed_on):
        raise CannotComplete(letter.shown_number)
    added = _write_files(letter, [file], actor=actor, now=now)[0]
    show_letter(letter)
    act("add_file", letter, actor=actor, now=now, holder_id=letter.holder_id, payload={"file": file.name})
    _read_later(letter)
    return added


@transaction.atomic
def file_receipt(letter_id: int, *, file: NewFile, now: datetime) -> None:
    """Put the receipt that was given for a letter beside it and index its files anew; twice is once.

    Law: the register keeps the document as it came together with its UPO (instruction par. 19).
    """
    letter = Letter.objects.select_for_update(of=("self",)).select_related("case").get(pk=letter_id)
    receipts = LetterFile.objects.filter(letter=letter, role=LetterFile.Role.RECEIPT)
    if not receipts.exists():
        _write_files(letter, [replace(file, role=LetterFile.Role.RECEIPT.value)], actor=None, now=now)
        act("file_receipt", letter, actor=None, now=now, payload={"file": file.name})
    show_letter(letter)


class CannotFile(Exception):
    """The letter is not the person's to file, or the class is not one for records outside cases."""


@transaction.atomic
def file_without_case(letter_id: int, *, actor: Actor, class_symbol: str, today: date, now: datetime) -> None:
    """Put a letter into a class alone: documentation that makes no case files (par. 6 of the instruction)."""
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter_id)
    if not access.may_file(actor, letter):
        raise CannotFile("To pismo nie jest do Ciebie zadekretowane.")
    letter.plan_class = class_in_force(class_symbol, today)
    letter.state = Letter.State.FILED
    letter.filed_at = now
    letter.save(update_fields=["plan_class", "state", "filed_at"])
    show_letter(letter)
    act(
        "file_without_case",
        letter,
        actor=actor,
        now=now,
        holder_id=letter.holder_id,
        payload={"class": class_symbol},
    )


class NoSuchClass(Exception):
    """The file plan of the day has no such final class with a category."""


def class_in_force(symbol: str, on: date) -> PlanClass:
    """Return the final class of the plan that holds on the day."""
    found = (
        PlanClass.objects.filter(symbol=symbol, is_final=True, edition__valid_from__lte=on)
        .exclude(edition__valid_to__lte=on)
        .exclude(category="")
        .first()
    )
    if found is None:
        raise NoSuchClass(f"W wykazie akt nie ma klasy końcowej {symbol} z kategorią.")
    return found


def first_unit(on: date) -> str:
    """Return the unit at the top of the office, where a letter waits when nobody sent it further."""
    return next((one.symbol for one in office.units(on) if one.parent is None), "")


def _registered_with(key: str) -> Letter | None:
    """The letter of this key; whoever registers the same key at this moment is waited for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"records.letter:{key}"])
    return Letter.objects.filter(idempotency_key=key).first()


def _check(received: Received, *, actor: Actor | None, today: date) -> None:
    if actor is not None and not access.may_register(actor):
        raise CannotRegister("Rejestr przesyłek prowadzi punkt kancelaryjny.")
    if not received.title.strip():
        raise CannotRegister("Podaj tytuł przesyłki.")
    if received.received_on > today:
        raise CannotRegister("Data wpływu nie może być późniejsza niż dzisiejsza.")
    check_partial_date(received.letter_date)


def _with_accounts(
    senders: Sequence[Sender], resident_account_id: int | None
) -> list[tuple[Sender, int | None]]:
    """Each sender with his account; where none is named the account is the first sender's."""
    if any(one.account_id for one in senders):
        return [(one, one.account_id) for one in senders]
    return [(one, resident_account_id if place == 0 else None) for place, one in enumerate(senders)]


def _described(received: Received) -> dict[str, Any]:
    first = received.senders[0] if received.senders else Sender()
    others = len(received.senders) - 1
    values = {name: getattr(received, name) for name in COMPLETED}
    return values | {
        "remarks": list(received.remarks),
        "sender_name": first.name + (f" (i {others} in.)" if others > 0 else ""),
        "sender_town": first.town,
    }


def _write_senders(letter: Letter, senders: Sequence[Sender], parties: Sequence[Party]) -> None:
    named = [one for one in senders if one.name]
    LetterSender.objects.bulk_create(
        LetterSender(
            letter=letter,
            position=position,
            party=party,
            **{name: getattr(sender, name) for name in SENDER_FIELDS},
        )
        for position, (sender, party) in enumerate(zip(named, parties, strict=True), start=1)
    )


def _senders_changed(letter: Letter, senders: Sequence[Sender]) -> dict[str, Any]:
    old = [
        {name: getattr(row, name) for name in SENDER_FIELDS}
        for row in LetterSender.objects.filter(letter=letter).order_by("position")
    ]
    new = [{name: getattr(one, name) for name in SENDER_FIELDS} for one in senders if one.name]
    return {} if old == new else {"senders": [old, new]}


def _write_files(
    letter: Letter, files: Sequence[NewFile], *, actor: Actor | None, now: datetime
) -> list[LetterFile]:
    return [
        LetterFile.objects.create(
            letter=letter,
            blob_id=one.blob_id,
            name=one.name,
            role=one.role,
            report=dict(one.report) if one.report is not None else None,
            added_at=now,
            added_by_id=actor.account_id if actor else None,
        )
        for one in files
    ]


def _read_later(letter: Letter) -> None:
    """The text of files is taken out after the answer; the submission box does so for its own."""
    jobs.defer(tasks.read_files, once=f"records.read_files:{letter.pk}", letter_id=letter.pk)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
