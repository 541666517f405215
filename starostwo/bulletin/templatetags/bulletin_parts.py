"""Template filters of the bulletin: `{% load bulletin_parts %}`."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from starostwo.bulletin.rules.markup_html import to_html

register = template.Library()


@register.filter
def as_html(text: str) -> SafeString:
    """A text of the bulletin as HTML; the rule escapes each word of it."""
    return mark_safe(to_html(text))  # noqa: S308 -- made by our own renderer alone


@register.filter
def format_of(name: str) -> str:
    """PDF, DOCX: the format of a file as its name tells."""
    return name.rpartition(".")[2].upper()
