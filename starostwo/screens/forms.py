"""Forms as the screens draw them: a base form, and the fields that Django does not bring."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import DjangoTemplates
from django.forms.utils import pretty_name
from django.utils.translation import gettext, gettext_lazy

from starostwo.platform.money import GROSZE_IN_ZLOTY, NotMoney, grosze

DAY_FORMATS = ["%d.%m.%Y", "%Y-%m-%d", "%d-%m-%Y", "%d%m%Y", "%d.%m.%y"]
NOT_MONEY = gettext_lazy("Podaj kwotę w złotych, na przykład 54,00.")
NOT_A_DAY = gettext_lazy("Podaj datę, na przykład 23.11.2026.")


class ScreenRenderer(DjangoTemplates):
    """Draws whole forms and single fields by the templates of `screens`."""

    form_template_name = "screens/form.html"
    field_template_name = "screens/field_of_form.html"


class ScreenForm(forms.Form):
    """A form that is drawn with labels, hints, errors and a summary of errors, and checked by the server."""

    default_renderer = ScreenRenderer()  # one for all: it keeps the compiled templates of the controls
    use_required_attribute = False
    mark_optional = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                label = field.label or pretty_name(name)
                field.error_messages["required"] = _verb(field) % {"label": label}


def _verb(field: forms.Field) -> str:
    if isinstance(field, forms.BooleanField):
        return gettext("Zaznacz „%(label)s”.")
    if isinstance(field, forms.ChoiceField):
        return gettext("Wybierz „%(label)s”.")
    return gettext("Uzupełnij pole „%(label)s”.")


class DayField(forms.DateField):
    """A day written in one field: 23.11.2026, 23112026 or 2026-11-23."""

    widget = forms.DateInput(
        format="%d.%m.%Y", attrs={"inputmode": "numeric", "class": "govuk-input--width-10", "maxlength": 10}
    )
    default_error_messages = {"invalid": NOT_A_DAY}

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", DAY_FORMATS)
        super().__init__(**kwargs)


class MoneyField(forms.CharField):
    """An amount in złote, typed with a comma or a dot; cleans to grosze."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-10"})
    default_error_messages = {"not_money": NOT_MONEY}

    def prepare_value(self, value: Any) -> Any:
        return written(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return grosze(text)
        except NotMoney as error:
            raise ValidationError(self.error_messages["not_money"], code="not_money") from error


def written(value: int) -> str:
    """Grosze as they are typed: 5450 -> '54,50'."""
    return f"{value // GROSZE_IN_ZLOTY},{value % GROSZE_IN_ZLOTY:02d}"


class DayPartsWidget(forms.MultiWidget):
    """Three small fields: day, month, year."""

    template_name = "screens/day_parts.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        part = {"inputmode": "numeric", "class": "govuk-input govuk-date-input__input"}
        parts: dict[str, forms.Widget | type[forms.Widget]] = {
            "day": forms.TextInput({**part, "class": f"{part['class']} govuk-input--width-2"}),
            "month": forms.TextInput({**part, "class": f"{part['class']} govuk-input--width-2"}),
            "year": forms.TextInput({**part, "class": f"{part['class']} govuk-input--width-4"}),
        }
        super().__init__(parts, attrs)

    def decompress(self, value: date | str | None) -> list[Any]:
        if isinstance(value, str):
            value = date.fromisoformat(value) if value else None
        return [value.day, value.month, value.year] if value else [None, None, None]


class DayPartsField(forms.MultiValueField):
    """A day asked of residents in three fields, which is the least error-prone on a phone."""

    widget = DayPartsWidget

    def __init__(self, **kwargs: Any) -> None:
        numbers = [
            forms.IntegerField(min_value=1, max_value=31),
            forms.IntegerField(min_value=1, max_value=12),
            forms.IntegerField(min_value=1800, max_value=9999),
        ]
        super().__init__(fields=numbers, require_all_fields=True, **kwargs)

    def clean(self, value: list[str]) -> date | None:
        try:
            parts: date | None = super().clean(value)
        except ValidationError as error:
            if not any(value or []):
                raise
            raise ValidationError(NOT_A_DAY, code="invalid") from error
        return parts

    def compress(self, data_list: list[int]) -> date | None:
        if not data_list:
            return None
        day, month, year = data_list
        try:
            return date(year, month, day)
        except ValueError as error:
            raise ValidationError(NOT_A_DAY, code="invalid") from error


class FilesInput(forms.ClearableFileInput):
    """A file field that takes several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; cleans to a list."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, list | tuple) else [data]
        cleaned = [super(FilesField, self).clean(file, initial) for file in files if file or self.required]
        if self.required and not cleaned:
            cleaned = [super().clean(None, initial)]
        return cleaned


class ContentField(forms.FileField):
    """One file of a clerk, not larger than so many megabytes; cleans to its bytes."""

    def __init__(self, *, megabytes: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.megabytes = megabytes

    def clean(self, data: Any, initial: Any = None) -> bytes | None:
        file = super().clean(data, initial)
        if not file:
            return None
        if file.size > self.megabytes * 1_000_000:
            raise ValidationError(
                f"Plik jest większy niż {self.megabytes} MB. Zmniejsz go i wybierz ponownie."
            )
        content: bytes = file.read()
        return content


class LookupInput(forms.TextInput):
    """A text field that offers what the server knows from the third letter on; plain without JavaScript."""

    def __init__(self, *, url: str, target_id: str = "", attrs: Mapping[str, Any] | None = None) -> None:
        named = {"data-lookup-url": url, **({"data-lookup-target": target_id} if target_id else {})}
        super().__init__({**named, "autocomplete": "off", **(attrs or {})})
