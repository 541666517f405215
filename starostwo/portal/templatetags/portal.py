"""How blocks of pages are drawn: `{% load portal %}`. Every text is escaped; links were checked at saving."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from starostwo.portal.models import Image
from starostwo.portal.rules import blocks as rules
from starostwo.portal.rules.inline import Piece, pieces

register = template.Library()


@register.filter
def inline(text: str) -> SafeString:
    """A text with its links and strong words."""
    return format_html_join("", "{}", ((_drawn(piece),) for piece in pieces(text)))


def _drawn(piece: Piece) -> SafeString | str:
    if piece.address:
        return format_html('<a class="govuk-link" href="{}">{}</a>', piece.address, piece.text)
    return format_html("<strong>{}</strong>", piece.text) if piece.is_strong else piece.text


@register.filter
def paragraphs(text: str) -> list[str]:
    """A text cut at its empty lines."""
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]


@register.inclusion_tag("portal/blocks.html")
def blocks(found: list[rules.Block], images: Mapping[int, Image], root: str = "/") -> dict[str, Any]:
    """The blocks of a version, in order; images stand beneath the root of the site."""
    return {"blocks": [_ready(block, images) for block in found], "root": root}


def _ready(block: rules.Block, images: Mapping[int, Image]) -> dict[str, Any]:
    """A block with what its template part needs."""
    ready: dict[str, Any] = dict(block)
    match block["kind"]:
        case "list":
            ready["lines"] = rules.lines(block["items"])
        case "links":
            ready["lines"] = [rules.link_of(line) for line in rules.lines(block["links"])]
        case "table":
            ready["table"] = rules.table_of(block)
        case "image":
            ready["picture"] = images.get(int(block["image"])) if block["image"].isdecimal() else None
    return ready


@register.filter
def of(found: Mapping[int, Any], number: int) -> Any:
    """What a mapping keeps under a number; nothing where it keeps nothing."""
    return found.get(number)


@register.filter
def said(value: object) -> str:
    """A value of a list in words: yes, no, a day, a moment, or what it is."""
    if isinstance(value, bool):
        return "tak" if value else "nie"
    if isinstance(value, datetime):
        return f"{localtime(value):%d.%m.%Y %H:%M}"
    return f"{value:%d.%m.%Y}" if isinstance(value, date) else str(value if value is not None else "")
