"""Receiving a submission: files first, then number, receipt and code in one transaction.

The receipt leaves this module only after commit, so whoever holds one can rely on it.
"""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.timezone import localdate

from starostwo.audit import api as audit
from starostwo.intake.models import AccessCode, Submission, SubmissionFile
from starostwo.intake.rules.access_code import code_from, hash_of
from starostwo.intake.rules.fingerprint import (
    bytes_fingerprint,
    check_key,
    request_fingerprint,
    scope_of,
)
from starostwo.intake.rules.limits import STANDARD, Limits
from starostwo.intake.rules.sender import Person, Sender, names_of, people_as_values
from starostwo.intake.services.charging import charge_submission, join
from starostwo.intake.services.reading import Described, describe
from starostwo.intake.services.receipt import give_receipt
from starostwo.intake.services.registration import register
from starostwo.intake.services.taking import Taken, Upload, keep, look_at, validate
from starostwo.intake.tasks import file_receipt_of
from starostwo.office.api import Actor
from starostwo.platform import jobs
from starostwo.procedures import api as procedures
from starostwo.records.api import Channel
from starostwo.signatures import api as signatures

PROGRAM = "program:esp"


@dataclass(frozen=True)
class From:
    """Who sends and from where: an account, else an access address; the service and the key, when given.

    `people` names everybody where there are several: parties, each with his representative behind him. `fees`
    are what is due for the submission. `clerk` is who wrote it down at the counter for somebody present.
    """

    sender: Sender
    account_id: int | None = None
    access_address: str = ""
    channel: Channel = Channel.ESP
    service_code: str = ""
    idempotency_key: str | None = None
    application: UUID | None = None  # under which its fees were counted before it was sent
    people: tuple[Person, ...] = ()
    fees: tuple[procedures.applicants.FeeLine, ...] = ()
    clerk: Actor | None = None

    @property
    def scope(self) -> str:
        """Within what the key of repetition means the same submission."""
        if self.clerk is not None:
            return f"clerk:{self.clerk.account_id}"
        return scope_of(account_id=self.account_id, address=self.access_address)

    @property
    def audit_name(self) -> str:
        """Who stands in the history as the one who submitted."""
        if self.clerk is not None:
            return self.clerk.audit_name
        return PROGRAM if self.account_id is None else f"account:{self.account_id}"


@dataclass(frozen=True)
class Receipt:
    """What the sender gets: the submission, its UPO as sealed, and a code to ask with."""

    submission: Submission
    upo_xml: bytes
    access_code: str
    is_replay: bool = False


class KeyUsedForOther(Exception):
    """The key of repetition was used for another content; a new submission needs a new key."""


def submit(
    *,
    document: Upload,
    attachments: Sequence[Upload] = (),
    origin: From,
    now: datetime,
    limits: Limits = STANDARD,
) -> Receipt:
    """Receive a document with attachments, or give again the receipt of the same request.

    Raises `Refused`, `KeyUsedForOther` and `BadKey`, after which nothing is received.
    """
    key = check_key(origin.idempotency_key) if origin.idempotency_key is not None else None
    taken = keep([document, *attachments], limits=limits)
    request = _request_mark(origin, taken)
    if key and (receipt := _replay(origin.scope, key, request, now)):
        return receipt
    taken = look_at(taken)
    if not any(each.quarantine for each in taken):
        taken = validate(taken, at=now)
    described = describe(taken, origin.sender)
    return _receive(origin, key, request, taken, described, now)


@transaction.atomic(durable=True)
def _receive(
    origin: From,
    key: str | None,
    request: str,
    taken: Sequence[Taken],
    described: Described,
    now: datetime,
) -> Receipt:
    """One transaction for everything that the receipt promises; it must be the outermost."""
    if key:
        _wait_for_the_same_key(origin.scope, key)
        if receipt := _given_before(origin.scope, key, request, now):
            return receipt
    submission = _written(origin, key, request, taken, described, now)
    _write_files(submission, taken)
    upo = give_receipt(submission, taken, now=now)
    code = _give_code(submission, now)
    audit.record(
        actor=origin.audit_name,
        verb="submit",
        thing=str(submission),
        payload={
            "state": submission.state,
            "upo_sha256": upo.sha256,
            "files": [each.blob.sha256 for each in taken],
        },
        at=now,
    )
    if submission.letter_id is not None:
        charge_submission(submission, described.answers, application=origin.application, now=now)
        jobs.defer(file_receipt_of, submission_id=str(submission.pk))
    else:
        join(submission, origin.application, now=now)
    return Receipt(submission, bytes(upo.xml), code)


def _written(
    origin: From, key: str | None, request: str, taken: Sequence[Taken], described: Described, now: datetime
) -> Submission:
    problems = sorted({problem.name for each in taken for problem in each.quarantine})
    same_bytes = bytes_fingerprint([each.blob.sha256 for each in taken])
    submission = Submission(
        received_at=now,
        channel=origin.channel,
        account_id=origin.account_id,
        sender_name=(names_of(origin.people) or described.sender.name)[:300],
        sender_address=described.sender.address[:500],
        title=described.title[:500],
        form_code=described.form_code,
        form_version=described.form_version,
        service_code=origin.service_code,
        scope=origin.scope,
        idempotency_key=key,
        request_sha256=request,
        bytes_sha256=same_bytes,
        repeats=_repeated(origin, same_bytes),
        problems=problems,
        people=people_as_values(origin.people),
        fees=[asdict(each) for each in origin.fees],
        written_by_id=origin.clerk.account_id if origin.clerk else None,
        state=Submission.State.QUARANTINED if problems else Submission.State.REGISTERED,
    )
    if not problems:
        submission.letter_id = register(
            submission, taken, described, clerk=origin.clerk, today=localdate(now), now=now
        )
    submission.save(force_insert=True)
    return submission


def _write_files(submission: Submission, taken: Sequence[Taken]) -> None:
    SubmissionFile.objects.bulk_create(
        SubmissionFile(
            submission=submission,
            position=position,
            role=SubmissionFile.Role.ATTACHMENT if position else SubmissionFile.Role.MAIN,
            blob=each.blob,
            name=each.name,
            media_type=each.media_type,
            part=each.part,
            problems=[problem.name for problem in each.problems],
        )
        for position, each in enumerate(taken)
    )
    for each in taken:
        if each.report is not None:
            signatures.store_report(each.blob.sha256, each.report, about=str(submission))


def _request_mark(origin: From, taken: Sequence[Taken]) -> str:
    named = [(each.name, each.blob.sha256) for each in taken]
    return request_fingerprint(named, origin.sender.name, origin.sender.address, origin.service_code)


def _wait_for_the_same_key(scope: str, key: str) -> None:
    """Let requests with the same key go one after another."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"intake:{scope}:{key}"])


@transaction.atomic(durable=True)
def _replay(scope: str, key: str, request: str, now: datetime) -> Receipt | None:
    return _given_before(scope, key, request, now)


def _given_before(scope: str, key: str, request: str, now: datetime) -> Receipt | None:
    """The receipt of the same request, with a code of its own, for the first answer may have been lost."""
    earlier = Submission.objects.select_related("upo").filter(scope=scope, idempotency_key=key).first()
    if earlier is None:
        return None
    if earlier.request_sha256 != request:
        raise KeyUsedForOther(key)
    return Receipt(earlier, bytes(earlier.upo.xml), _give_code(earlier, now), is_replay=True)


def _repeated(origin: From, same_bytes: str) -> Submission | None:
    """The earlier submission of the same bytes from the same account; equal letters remain two letters."""
    if origin.account_id is None:
        return None
    same = Submission.objects.filter(scope=origin.scope, bytes_sha256=same_bytes)
    return same.order_by("-received_at", "-id").first()


def _give_code(submission: Submission, now: datetime) -> str:
    code = code_from(secrets.token_bytes(32))
    AccessCode.objects.create(submission=submission, code_hash=hash_of(code), given_at=now)
    return code
