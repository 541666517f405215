"""The internal number of a person, for the parts that telephony draws on others' pages."""

from django import template

from starostwo.telephony.queries.callers import numbers_of

register = template.Library()


@register.simple_tag
def number_of(account_id: str) -> str:
    """The internal number of a person; empty when he has none."""
    return numbers_of([int(account_id)]).get(int(account_id), "")
