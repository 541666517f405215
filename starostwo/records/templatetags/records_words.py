"""How provisions of law are written on screens: `{% load records_words %}`."""

from django import template

register = template.Library()


@register.filter
def law(provision: str) -> str:
    """k.p.a. art. 35 par. 5 -> k.p.a. art. 35 § 5."""
    return provision.replace(" par. ", " § ")
