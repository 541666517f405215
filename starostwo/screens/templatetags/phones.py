"""Telephone numbers on screens: `{% load phones %}`."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from starostwo.platform.telephone import dialled, shown
from starostwo.screens import menus

register = template.Library()
KEY = ' data-key="{}" data-key-label="telefon do osoby z wiersza"'


@register.filter
def phone_link(typed: str | None, key: str = "") -> SafeString | str:
    """A number that is called by a click; what is no number stays as it was typed.

    Without a script it is an ordinary link of a telephone; `calling.js` sends it to the clerk's own phone. In
    a row of a list a key may call it: that of the row that has the focus.
    """
    number = dialled(typed) if typed else None
    if number is None:
        return typed or ""
    shortcut = format_html(KEY, key) if key else ""
    return format_html(
        '<a class="st-dial" href="tel:{}" data-call="{}"{}>'
        '<span class="govuk-visually-hidden">zadzwoń: </span>{}</a>',
        number, number, shortcut, shown(number),
    )  # fmt: skip


@register.filter
def phone_read(number: str) -> str:
    """A kept number as it is read: 601 234 567."""
    return shown(number)


@register.simple_tag
def dial_address() -> str:
    """Where a number is posted so that the person's own telephone rings; empty when nobody dials."""
    return next((link.url for link in menus.links_for("dial", (), path="")), "")
