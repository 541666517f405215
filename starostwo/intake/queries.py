"""Reading submissions: by their code, by the resident, by the mail desk."""

from collections.abc import Sequence
from uuid import UUID

from starostwo.intake import access
from starostwo.intake.models import AccessCode, Submission
from starostwo.intake.rules.access_code import is_one_of
from starostwo.intake.rules.fingerprint import bytes_fingerprint
from starostwo.office.api import Actor
from starostwo.platform.paging import Page, keyset_page

LIST_ORDER = ("received_at", "id")


def by_code(submission_id: UUID, code: str) -> Submission | None:
    """Return the submission for whoever has its code; a wrong code and a wrong number look the same."""
    hashes = list(
        AccessCode.objects.filter(submission=submission_id).order_by("id").values_list("code_hash", flat=True)
    )
    if not is_one_of(code, hashes):
        return None
    return Submission.objects.select_related("upo", "letter").get(pk=submission_id)


def of_resident(submission_id: UUID, *, account_id: int) -> Submission | None:
    """Return the resident's own submission with its receipt."""
    own = access.own_submissions(account_id).select_related("upo", "letter")
    return own.filter(pk=submission_id).first()


def all_of_resident(account_id: int) -> list[Submission]:
    """Return all that came from the resident's account, with receipts and files, the oldest first."""
    own = access.own_submissions(account_id).select_related("upo", "letter").prefetch_related("files__blob")
    return list(own.order_by("received_at", "id"))


def sent_before(sha256s: Sequence[str], *, account_id: int) -> Submission | None:
    """Return the last submission of the same bytes from this account, so that the resident is told of it."""
    same = access.own_submissions(account_id).filter(bytes_sha256=bytes_fingerprint(sha256s))
    return same.select_related("letter").order_by("-received_at", "-id").first()


def quarantine(actor: Actor, *, cursor: str | None = None) -> Page[Submission]:
    """Return what waits in quarantine, the oldest first."""
    waiting = access.visible_submissions(actor).filter(state=Submission.State.QUARANTINED)
    return keyset_page(waiting, key=LIST_ORDER, cursor=cursor)


def details(submission_id: UUID, *, actor: Actor) -> Submission | None:
    """Return one submission with its receipt for a member of staff."""
    seen = access.visible_submissions(actor).select_related(
        "upo", "letter", "settled_by", "repeats", "written_by"
    )
    return seen.filter(pk=submission_id).first()
