"""Template tags and filters of the screens: `{% load screens %}`."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from starostwo.platform import polish
from starostwo.platform.money import zloty as written_zloty
from starostwo.screens import announcements as announcing
from starostwo.screens import controls, menus, wording
from starostwo.screens import identity as identities
from starostwo.screens import panels as drawing
from starostwo.screens.parts import Row, Step, Tab, TimelineEntry

register = template.Library()
PILLS = {"neutral", "info", "good", "warn", "bad", "closed"}
SOON = 3


@register.inclusion_tag("screens/field.html")
def field(
    bound: BoundField,
    classes: str = "",
    label_class: str = "",
    heading: bool = False,
    suffix: str = "",
    group_class: str = "",
) -> dict[str, Any]:
    """One field of a form with its label, hint and error."""
    if not isinstance(bound, BoundField):
        raise template.TemplateSyntaxError("field: the form has no field of this name")
    shape = controls.shape(bound)
    grouped = shape in {"radios", "checkboxes"}
    return {
        "bound": bound,
        "shape": shape,
        "control": "" if grouped or shape == "check" else controls.control(bound, classes=classes),
        "choices": controls.choices(bound) if grouped else [],
        "described_by": controls.described_by(bound),
        "is_counted": controls.is_counted(bound),
        "is_marked_optional": not bound.field.required and getattr(bound.form, "mark_optional", False),
        "label_class": label_class,
        "heading": heading,
        "suffix": suffix,
        "group_class": group_class,
    }


@register.inclusion_tag("screens/form_errors.html")
def form_errors(form: BaseForm, title: str = "", named: bool = True) -> dict[str, Any]:
    """The summary of errors: takes the focus, and each line leads to its field.

    `named=False` where each message names its field by itself.
    """
    general = [str(error) for error in form.non_field_errors()] if form.is_bound else []
    linked = [
        (controls.anchor(bound), _naming(bound, str(error)) if named else str(error))
        for bound in (form.visible_fields() if form.is_bound else [])
        for error in bound.errors
    ]
    hidden = [str(e) for bound in (form.hidden_fields() if form.is_bound else []) for e in bound.errors]
    return {"general": [*general, *hidden], "linked": linked, "title": title}


def _naming(bound: BoundField, error: str) -> str:
    """An error that is read far from its field names the field."""
    return error if str(bound.label) in error else f"{bound.label}: {error}"


@register.simple_tag
def error_prefix(form: BaseForm) -> str:
    """'Błąd: ' before the title of a page whose form was refused."""
    return "Błąd: " if form.is_bound and form.errors else ""


@register.inclusion_tag("screens/pager.html", takes_context=True)
def pager(context: Context, page: Any, name: str = "cursor") -> dict[str, Any]:
    """Links to the previous and the next page of a keyset list; the rest of the address stays."""
    return {
        "before": _address(context, name, page.before),
        "after": _address(context, name, page.after),
    }


def _address(context: Context, name: str, cursor: str | None) -> str | None:
    if cursor is None:
        return None
    query = context["request"].GET.copy()
    query[name] = cursor
    return f"?{query.urlencode()}"


@register.inclusion_tag("screens/timeline.html")
def timeline(entries: Iterable[TimelineEntry]) -> dict[str, Any]:
    """A history, each event with its day and its author."""
    return {"entries": list(entries)}


@register.inclusion_tag("screens/tabs.html")
def tabs(entries: Iterable[Tab], label: str = "Widoki") -> dict[str, Any]:
    """Several views of the same thing, each at its own address."""
    return {"entries": list(entries), "label": label}


@register.inclusion_tag("screens/steps.html")
def steps(entries: Iterable[Step]) -> dict[str, Any]:
    """Where the person stands in a form of several pages."""
    return {"entries": list(entries)}


@register.inclusion_tag("screens/summary.html")
def summary(rows: Iterable[Row]) -> dict[str, Any]:
    """Questions and answers before sending, each with a link that changes it."""
    return {"rows": list(rows)}


@register.simple_tag
def pill(text: str, kind: str = "neutral") -> SafeString:
    """A status in a word: neutral, info, good, warn, bad or closed."""
    if kind not in PILLS:
        raise template.TemplateSyntaxError(f"pill: {kind!r} is none of {sorted(PILLS)}")
    return format_html('<span class="st-pill st-pill--{}">{}</span>', kind, text)


@register.simple_tag
def due(term: date | None, today: date, is_closed: bool = False) -> SafeString | str:
    """A term and how far it is: red when it has passed, amber in the last three days."""
    if term is None:
        return ""
    written = format_html('<time datetime="{}">{}</time>', term.isoformat(), wording.short_day(term))
    if is_closed:
        return written
    left = (term - today).days
    kind = "bad" if left < 0 else "warn" if left <= SOON else "neutral"
    return format_html("{} {}", written, pill(wording.days_left(term, today), kind))


@register.simple_tag
def plural(number: int, one: str, few: str, many: str) -> str:
    """The number with the form that goes with it: 5 spraw."""
    return f"{number} {polish.plural(number, one, few, many)}"


@register.simple_tag(takes_context=True)
def menu(context: Context, area: menus.Area) -> list[menus.MenuLink]:
    """The links of a menu that this person sees."""
    request = context.get("request")
    if request is None:
        return []
    return menus.links_for(area, rights_of(getattr(request, "actor", None)), path=request.path)


def rights_of(actor: Any) -> Collection[str]:
    """The rights of whoever asks; a stranger has none."""
    return actor.rights if actor is not None else ()


@register.simple_tag
def search_address(area: menus.Area) -> str:
    """Where the search box leads; empty when there is no search."""
    return menus.search_url(area) or ""


@register.simple_tag(takes_context=True)
def announcements(context: Context) -> Sequence[announcing.Announcement]:
    """What everybody should read now; nothing on a page that is made to be kept as a file."""
    return announcing.announcements() if context.get("request") is not None else ()


@register.simple_tag
def identity() -> identities.Identity:
    """The office that shows this page."""
    return identities.identity()


@register.simple_tag
def demo_marker() -> str:
    """The words that mark a demonstration; empty for a real installation."""
    return identities.demo_marker()


@register.filter
def day(value: date | None) -> str:
    """23 listopada 2026."""
    return wording.day(value) if value else ""


@register.filter
def short_day(value: date | None) -> str:
    """23.11.2026."""
    return wording.short_day(value) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """23 listopada 2026, godz. 9:05."""
    return wording.moment(value) if value else ""


@register.filter
def short_moment(value: datetime | None) -> str:
    """23.11.2026 09:05."""
    return wording.short_moment(value) if value else ""


@register.filter
def when(value: date | datetime | None) -> str:
    """A moment or a day, whichever the value is."""
    return moment(value) if isinstance(value, datetime) else day(value)


@register.filter
def machine_time(value: date | datetime | None) -> str:
    """For `<time datetime>`: 2026-11-23T09:05:00+01:00 in local time, or the day alone."""
    if isinstance(value, datetime):
        return localtime(value).isoformat(timespec="seconds")
    return value.isoformat() if value else ""


@register.filter
def filesize(value: int | None) -> str:
    """1,3 MB."""
    return wording.filesize(value) if value is not None else ""


@register.filter
def zloty(value: int | None) -> str:
    """1 234,50 zł, from grosze."""
    return written_zloty(value) if value is not None else ""


@register.simple_tag(takes_context=True)
def panels(context: Context, place: str, thing: str) -> SafeString:
    """What higher packages draw into this place of the page."""
    return drawing.panels(place, context["request"], thing)
