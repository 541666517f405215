"""Reading the conversation in a case, for who sees the case."""

from starostwo.records.models import Case, Message


def messages_of(case: Case) -> list[Message]:
    """Return what was written in the case, the oldest first."""
    found = Message.objects.filter(case=case).select_related("author", "resident")
    return list(found.order_by("sent_at", "id"))
