"""Where a letter stands for whoever holds its code: the six plain steps, and nothing else of it."""

from django.utils.timezone import localdate

from starostwo.records.models import Assignment, Letter
from starostwo.records.rules.resident_steps import PlainStep, Progress, plain_steps


def steps_of_letter(letter_id: int) -> list[PlainStep]:
    """The steps of the letter, of its case when there is one; what the office sent to whom is not told."""
    letter = Letter.objects.select_related("case").get(pk=letter_id)
    first = Assignment.objects.filter(letter=letter).order_by("made_at").first()
    case = letter.case
    return plain_steps(
        Progress(
            received_on=letter.received_on,
            assigned_on=localdate(first.made_at) if first else None,
            opened_on=case.opened_on if case else None,
            settled_on=case.settled_on if case else None,
        )
    )
