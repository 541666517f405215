"""Parts of a page that higher packages draw on it: the page names the place, they name their templates."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

_panels: dict[str, list[str]] = {}


def add_panel(*, place: str, template: str) -> None:
    """Name a template that is drawn into a place; it gets `thing`, the name of what is shown there."""
    drawn = _panels.setdefault(place, [])
    if template not in drawn:
        drawn.append(template)


def panels(place: str, request: HttpRequest, thing: str) -> SafeString:
    """Everything that is drawn there; empty where nobody draws."""
    found = _panels.get(place, [])
    return mark_safe("".join(render_to_string(one, {"thing": thing}, request) for one in found))  # noqa: S308
