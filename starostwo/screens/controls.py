"""Draws one field of any Django form in the pattern label, hint, error, control."""

from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.safestring import SafeString

from starostwo.screens.forms import DayPartsWidget

CLASSES: list[tuple[type[forms.Widget], str]] = [
    (forms.Textarea, "govuk-textarea"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.Select, "govuk-select"),
    (forms.widgets.Input, "govuk-input"),
]
COUNTED_UP_TO = 20_000


@dataclass(frozen=True)
class Choice:
    """One radio button or check box of a group."""

    id: str
    name: str
    value: str
    label: str
    is_checked: bool
    hint: str


def shape(bound: BoundField) -> str:
    """Which template part draws the field."""
    widget = bound.field.widget
    if bound.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "checkboxes"
    if isinstance(widget, forms.RadioSelect):
        return "radios"
    if isinstance(widget, DayPartsWidget):
        return "group"
    return "file" if isinstance(widget, forms.FileInput) else "plain"


def anchor(bound: BoundField) -> str:
    """The id that a link in the error summary leads to: the first control of a group."""
    own = bound.auto_id
    return f"{own}_0" if shape(bound) in {"radios", "checkboxes", "group"} else own


def is_counted(bound: BoundField) -> bool:
    """Whether a text area counts the characters that are left."""
    limit = getattr(bound.field, "max_length", None)
    return isinstance(bound.field.widget, forms.Textarea) and limit is not None and limit <= COUNTED_UP_TO


def control(bound: BoundField, *, classes: str = "") -> SafeString:
    """The input, text area, select or file field itself."""
    widget = bound.field.widget
    named = next((name for kind, name in CLASSES if isinstance(widget, kind) and not bound.is_hidden), "")
    own = str(widget.attrs.get("class", ""))
    attrs: dict[str, str | bool] = {}
    listed = [named, own, classes, f"{named}--error" if bound.errors and named else ""]
    if is_counted(bound):
        listed.append("govuk-js-character-count")
    if written := " ".join(part for part in listed if part):
        attrs["class"] = written
    if described := described_by(bound):
        attrs["aria-describedby"] = described
    return bound.as_widget(attrs=attrs)


def described_by(bound: BoundField) -> str:
    """The ids of the hint, the error and the character count that belong to the field."""
    parts = [("hint", bound.help_text), ("error", bound.errors), ("info", is_counted(bound))]
    return " ".join(f"{bound.auto_id}-{name}" for name, there in parts if there)


def choices(bound: BoundField) -> list[Choice]:
    """The buttons of a group, each with its own hint where the field has `choice_hints`."""
    hints = getattr(bound.field, "choice_hints", {})
    return [_choice(one, hints) for one in bound.subwidgets]


def _choice(one: BoundWidget, hints: dict[str, str]) -> Choice:
    data = one.data
    value = str(data["value"])
    return Choice(
        id=str(data["attrs"].get("id", "")),
        name=str(data["name"]),
        value=value,
        label=str(data["label"]),
        is_checked=bool(data["selected"]),
        hint=hints.get(value, ""),
    )
