"""Lines of a case's history about what of it was made public; the publication itself is not of records."""

from datetime import datetime

from starostwo.audit import api as audit
from starostwo.office import api as office
from starostwo.office.api import Actor
from starostwo.records.models import Case
from starostwo.records.services.acts import act


def note_proposal(case_id: int, *, document: str, actor: Actor, now: datetime) -> None:
    """Note that the holder proposed a paper of the case for publication."""
    case = Case.objects.get(pk=case_id)
    payload = {"document": document}
    act("propose_publication", case, actor=actor, now=now, holder_id=case.holder_id, payload=payload)


def note_publication(
    case_id: int, *, document: str, address: str, account_id: int | None, now: datetime
) -> None:
    """Note that a paper of the case was made public, where and by whom: an editor or the system."""
    case = Case.objects.get(pk=case_id)
    payload = {"document": document, "where": address}
    audit.record(
        actor=f"account:{account_id}" if account_id else "system",
        actor_name=office.names([account_id]).get(account_id, "") if account_id else "",
        verb="note_publication",
        thing=str(case),
        payload=payload,
        at=now,
    )
