"""Fields of a form are told apart by their words in the summary of errors, and amounts say their unit."""

from collections import Counter
from collections.abc import Iterator

from django.urls import get_resolver

from starostwo.screens.api import MoneyField, ScreenForm

WITH_UNITS = ("starostwo.assets.", "starostwo.infrastructure.", "starostwo.telephony.")


def _forms(above: type[ScreenForm] = ScreenForm) -> Iterator[type[ScreenForm]]:
    """Every form of the product; the addresses bring all of them in."""
    assert get_resolver().url_patterns
    for form in above.__subclasses__():
        if form.__module__.startswith("starostwo."):
            yield form
        yield from _forms(form)


def test_no_form_says_one_label_twice() -> None:
    twice = {}
    for form in _forms():
        labels = Counter(
            str(one.label) for one in form.base_fields.values() if one.label and not one.widget.is_hidden
        )
        if repeated := [label for label, times in labels.items() if times > 1]:
            twice[f"{form.__module__}.{form.__name__}"] = repeated
    assert twice == {}


def test_amounts_of_equipment_say_their_unit() -> None:
    bare = {
        f"{form.__module__}.{form.__name__}.{name}"
        for form in _forms()
        if form.__module__.startswith(WITH_UNITS)
        for name, field in form.base_fields.items()
        if isinstance(field, MoneyField) and not str(field.label).endswith(("zł", "%"))
    }
    assert bare == set()
