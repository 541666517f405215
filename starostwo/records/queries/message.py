"""Reading the conversation in a case, for who sees the case."""

from django.db.models import Exists, OuterRef

from starostwo.office.api import Actor
from starostwo.records.access import people_of
from starostwo.records.models import Case, Message


def waiting_messages(actor: Actor) -> list[Message]:
    """Return the last messages of residents that nobody answered yet, in open cases of the person."""
    later = Message.objects.filter(
        case=OuterRef("case"), resident=OuterRef("resident"), sent_at__gt=OuterRef("sent_at")
    )
    asked = Message.objects.filter(~Exists(later), is_from_office=False, case__state=Case.State.OPEN)
    mine = asked.filter(case__holder__in=people_of(actor)).select_related("case", "resident")
    return list(mine.order_by("sent_at", "id"))


def messages_of(case: Case) -> list[Message]:
    """Return what was written in the case, the oldest first."""
    found = Message.objects.filter(case=case).select_related("author", "resident")
    return list(found.order_by("sent_at", "id"))
