"""Settling what waits in quarantine: released after a new scan, or refused with a reason."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate

from starostwo.audit import api as audit
from starostwo.files import api as files
from starostwo.intake import access
from starostwo.intake.models import Submission, SubmissionFile
from starostwo.intake.rules.sender import Sender, sender_of_lines
from starostwo.intake.services.charging import charge_submission
from starostwo.intake.services.reading import describe
from starostwo.intake.services.registration import register
from starostwo.intake.services.taking import Part, Taken, look_again, validate
from starostwo.intake.tasks import file_receipt_of
from starostwo.office.api import Actor
from starostwo.platform import jobs


class CannotSettle(Exception):
    """The submission does not wait in quarantine, or the person does not keep the register."""


class StillDangerous(Exception):
    """The new scan found what may not be released; the text says what."""


def release(submission_id: UUID, *, actor: Actor, reason: str, now: datetime) -> Submission:
    """Scan again and enter the submission into the register.

    An encrypted file, which nobody can scan, is released by a person who says why; a virus never is.
    """
    waiting = _waiting(submission_id, actor)
    taken = look_again([_taken(row) for row in _files(waiting)])
    bad = [(each.name, problem) for each in taken for problem in each.quarantine]
    if hard := [(name, problem) for name, problem in bad if problem is not files.Problem.ENCRYPTED]:
        raise StillDangerous("; ".join(f"{name}: {problem.text}" for name, problem in hard))
    if bad and not reason.strip():
        raise StillDangerous("Pliku zaszyfrowanego nie da się sprawdzić. Napisz, dlaczego go zwalniasz.")
    return _release(submission_id, validate(taken, at=now), actor=actor, reason=reason, now=now)


@transaction.atomic
def _release(
    submission_id: UUID, taken: list[Taken], *, actor: Actor, reason: str, now: datetime
) -> Submission:
    submission = _locked(submission_id, actor)
    described = describe(taken, _sender(submission))
    submission.letter_id = register(submission, taken, described, today=localdate(now), now=now)
    _settle(submission, Submission.State.REGISTERED, actor=actor, reason=reason, verb="release", now=now)
    charge_submission(submission, described.answers, application=None, now=submission.received_at)
    jobs.defer(file_receipt_of, submission_id=str(submission.pk))
    return submission


class ReasonIsMissing(Exception):
    """A refusal says why; the sender reads it."""


@transaction.atomic
def refuse(submission_id: UUID, *, actor: Actor, reason: str, now: datetime) -> Submission:
    """Refuse the submission; its files stay as evidence and nobody opens them."""
    if not reason.strip():
        raise ReasonIsMissing
    submission = _locked(submission_id, actor)
    _settle(submission, Submission.State.REFUSED, actor=actor, reason=reason, verb="refuse", now=now)
    return submission


def _settle(
    submission: Submission, state: str, *, actor: Actor, reason: str, verb: str, now: datetime
) -> None:
    submission.state = state
    submission.settled_at = now
    submission.settled_by_id = actor.account_id
    submission.settled_reason = reason.strip()[:500]
    submission.save(update_fields=["state", "letter", "settled_at", "settled_by", "settled_reason"])
    audit.record(
        actor=actor.audit_name,
        verb=verb,
        thing=str(submission),
        payload={"reason": submission.settled_reason},
        at=now,
    )


def _waiting(submission_id: UUID, actor: Actor) -> Submission:
    found = access.visible_submissions(actor).filter(pk=submission_id, state=Submission.State.QUARANTINED)
    submission = found.first()
    if submission is None or not access.may_settle(actor):
        raise CannotSettle(str(submission_id))
    return submission


def _locked(submission_id: UUID, actor: Actor) -> Submission:
    _waiting(submission_id, actor)
    locked = Submission.objects.select_for_update(of=("self",)).get(pk=submission_id)
    if locked.state != Submission.State.QUARANTINED:
        raise CannotSettle(str(submission_id))
    return locked


def _files(submission: Submission) -> list[SubmissionFile]:
    rows = SubmissionFile.objects.filter(submission=submission).select_related("blob")
    return list(rows.order_by("position"))


def _taken(row: SubmissionFile) -> Taken:
    return Taken(row.name, row.blob, row.media_type, Part(row.part))


def _sender(submission: Submission) -> Sender:
    return sender_of_lines(submission.sender_name, submission.sender_address)
