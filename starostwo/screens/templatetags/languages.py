"""Template tags of languages: `{% load languages %}`."""

from dataclasses import dataclass

from django import template
from django.template.context import Context
from django.urls import get_script_prefix
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from starostwo.screens import languages

register = template.Library()
POLISH = mark_safe(' lang="pl"')


@dataclass(frozen=True)
class Way:
    """The same page in a language; no address where the page does not exist in it."""

    code: str
    name: str
    address: str
    is_current: bool
    is_there: bool = True


@register.simple_tag
def page_language() -> str:
    """The code of the language of this page."""
    return languages.current()


@register.simple_tag
def home() -> str:
    """The address of the start page in the language of this page."""
    return get_script_prefix()


@register.simple_tag(takes_context=True)
def ways(context: Context) -> list[Way]:
    """The page in each language; `addresses_in` of a view says where its text has another address.

    A refusal has no ways: they would lead to refusals, and repeat the address that somebody may not see.
    """
    request = context.get("request")
    if request is None or "exception" in context:
        return []
    own: dict[str, str] = context.get("addresses_in") or {}
    query = request.META.get("QUERY_STRING", "") if request.method == "GET" else ""
    path = f"{request.path_info}?{query}" if query else request.path_info
    return [
        Way(
            one.code,
            one.name,
            own.get(one.code) or languages.address_in(one.code, path),
            one.code == languages.current(),
            one.code not in (context.get("missing_in") or ()),
        )
        for one in languages.LANGUAGES
    ]


@register.filter
def said(text: str | None) -> str:
    """A text that is kept in Polish, in the language of the page; else in Polish and marked so.

    Service cards and forms have their translations in the catalogue, other texts where the office wrote one.
    """
    if not text:
        return ""
    spoken = languages.say(str(text))
    return spoken if spoken != text else in_polish(text)


@register.filter
def spoken(text: str | None) -> str:
    """The same without a mark, for titles of windows."""
    return languages.say(text or "")


@register.filter
def in_polish(text: object) -> str:
    """A Polish text, marked on a page in another language."""
    return languages.in_polish(text if isinstance(text, SafeString) else str(text)) if text else ""


@register.filter
def here(address: str) -> str:
    """An address of ours on the pages of this language."""
    return languages.place_in_page_language(address)


@register.simple_tag
def polish() -> SafeString | str:
    """The attribute that marks an element with Polish content on a page in another language."""
    return "" if languages.current() == languages.SOURCE else POLISH


@register.simple_tag
def language_of_page() -> SafeString:
    """The attribute that names the page's own language within an element in another one."""
    return format_html(' lang="{}"', languages.current())


@register.simple_tag
def foreign() -> bool:
    """Whether the page is in another language than Polish."""
    return languages.current() != languages.SOURCE
