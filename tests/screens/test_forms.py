"""Forms as they are drawn: label, hint, error and control belong together; errors name their fields."""

from datetime import date

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import engines
from django.utils.datastructures import MultiValueDict

from starostwo.screens.api import ContentField, DayField, DayPartsField, FilesField, LookupInput, ScreenForm


class OneOfEach(ScreenForm):
    title = forms.CharField(label="Tytuł", help_text="Krótko", max_length=20)
    note = forms.CharField(label="Uwagi", widget=forms.Textarea, max_length=300, required=False)
    kind = forms.ChoiceField(
        label="Rodzaj", choices=[("a", "wniosek"), ("b", "skarga")], widget=forms.RadioSelect
    )
    consent = forms.BooleanField(label="Zgoda")
    on = DayField(label="Dnia")
    born = DayPartsField(label="Urodzenie", required=False)
    files = FilesField(label="Pliki", required=False)
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def draw(text: str, form: forms.Form) -> str:
    written = engines["django"].from_string("{% load screens %}" + text).render({"form": form})
    return " ".join(written.split()).replace("> <", "><")


def test_a_text_field_names_its_hint_and_its_error() -> None:
    form = OneOfEach({"title": "x" * 21})

    assert draw("{% field form.title %}", form) == (
        '<div class="govuk-form-group govuk-form-group--error">'
        '<label class="govuk-label" for="id_title">Tytuł</label>'
        '<div id="id_title-hint" class="govuk-hint">Krótko</div>'
        '<p id="id_title-error" class="govuk-error-message"><span class="govuk-visually-hidden">Błąd:</span> '
        "Upewnij się, że ta wartość ma co najwyżej 20 znaków (obecnie ma 21).</p>"
        f'<input type="text" name="title" value="{"x" * 21}" maxlength="20" '
        'class="govuk-input govuk-input--error" '
        'aria-describedby="id_title-hint id_title-error" aria-invalid="true" id="id_title"></div>'
    )


@pytest.mark.parametrize(
    ("field", "kind"),
    [
        (forms.CharField(widget=forms.PasswordInput), "input"),
        (forms.IntegerField(), "input"),
        (forms.EmailField(), "input"),
        (forms.CharField(widget=forms.Textarea), "textarea"),
        (forms.ChoiceField(), "select"),
        (forms.FileField(), "file-upload"),
    ],
)
def test_each_kind_of_control_is_dressed(field: forms.Field, kind: str) -> None:
    form = type("AnyForm", (ScreenForm,), {"x": field})({})
    assert f'class="govuk-{kind} govuk-{kind}--error"' in draw("{% field form.x %}", form)


def test_optional_fields_say_so_and_long_texts_are_counted() -> None:
    drawn = draw("{% field form.note %}", OneOfEach())

    assert "Uwagi (nieobowiązkowe)</label>" in drawn
    assert 'data-module="govuk-character-count" data-maxlength="300"' in drawn
    assert 'aria-describedby="id_note-info"' in drawn


def test_a_group_is_a_fieldset_and_the_label_may_be_the_heading() -> None:
    drawn = draw("{% field form.kind heading=True label_class='l' %}", OneOfEach())

    assert drawn.startswith(
        '<div class="govuk-form-group"><fieldset class="govuk-fieldset">'
        '<legend class="govuk-fieldset__legend govuk-fieldset__legend--l">'
        '<h1 class="govuk-fieldset__heading">Rodzaj</h1></legend>'
    )
    assert drawn.count('type="radio"') == 2
    assert '<label class="govuk-label govuk-radios__label" for="id_kind_1">skarga</label>' in drawn


def test_choices_may_have_hints() -> None:
    form = OneOfEach()
    form.fields["kind"].choice_hints = {"b": "na działanie urzędu"}  # type: ignore[attr-defined]

    drawn = draw("{% field form.kind %}", form)

    assert 'value="b" aria-describedby="id_kind_1-hint"' in drawn
    assert '<div id="id_kind_1-hint" class="govuk-hint govuk-radios__hint">na działanie urzędu</div>' in drawn


def test_the_summary_leads_to_the_first_control_of_each_field() -> None:
    form = OneOfEach({"born_day": "31", "born_month": "2", "born_year": "2020", "on": "kiedyś"})
    form.add_error(None, "Pismo o tym numerze już jest.")

    drawn = draw("{% form_errors form %}", form)

    assert "<li>Pismo o tym numerze już jest.</li>" in drawn
    assert '<a href="#id_title">Uzupełnij pole „Tytuł”.</a>' in drawn
    assert '<a href="#id_kind_0">Wybierz „Rodzaj”.</a>' in drawn
    assert '<a href="#id_consent">Zaznacz „Zgoda”.</a>' in drawn
    assert '<a href="#id_born_0">Urodzenie: Podaj datę, na przykład 23.11.2026.</a>' in drawn
    assert '<a href="#id_on">Dnia: Podaj datę, na przykład 23.11.2026.</a>' in drawn


def test_a_fresh_form_has_no_summary_and_no_prefix_in_its_title() -> None:
    assert draw("{% form_errors form %}{% error_prefix form %}", OneOfEach()) == ""
    assert draw("{% error_prefix form %}", OneOfEach({})) == "Błąd:"


def test_a_whole_form_is_drawn_at_once() -> None:
    drawn = draw("{{ form }}", OneOfEach({}))

    assert "govuk-error-summary" not in drawn, "the summary stands where the page puts it, once"
    assert drawn.count("govuk-form-group ") + drawn.count('govuk-form-group"') == 7
    assert drawn.endswith('<input type="hidden" name="token" id="id_token">')
    assert " required" not in drawn, "the server checks, and explains in Polish"


def test_text_of_people_is_escaped() -> None:
    assert "<script>" not in draw("{{ form }}", OneOfEach({"title": "<script>", "on": '"><script>'}))


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("23.11.2026", date(2026, 11, 23)),
        ("23112026", date(2026, 11, 23)),
        ("2026-11-23", date(2026, 11, 23)),
        ("3.1.2026", date(2026, 1, 3)),
        ("23.11.26", date(2026, 11, 23)),
    ],
)
def test_a_day_may_be_written_in_several_ways(written: str, day: date) -> None:
    assert DayField().clean(written) == day


@pytest.mark.parametrize(
    "parts", [["31", "2", "2026"], ["1", "", "2026"], ["x", "1", "2026"], ["1", "13", "2026"]]
)
def test_three_parts_that_are_no_day_are_refused(parts: list[str]) -> None:
    with pytest.raises(forms.ValidationError, match="Podaj datę, na przykład"):
        DayPartsField().clean(parts)


def test_three_parts_make_a_day() -> None:
    assert DayPartsField().clean(["5", "3", "1980"]) == date(1980, 3, 5)
    assert DayPartsField(required=False).clean(["", "", ""]) is None


def test_several_files_come_as_a_list() -> None:
    names = ["a.pdf", "b.pdf"]
    files = MultiValueDict({"files": [SimpleUploadedFile(name, b"x") for name in names]})
    form = OneOfEach({"title": "t", "kind": "a", "consent": "on", "on": "23.11.2026"}, files)

    assert form.is_valid(), form.errors
    assert [file.name for file in form.cleaned_data["files"]] == names
    assert OneOfEach({}).fields["files"].clean([]) == []


def test_the_content_of_one_file_is_taken_up_to_a_size() -> None:
    field = ContentField(megabytes=1)

    assert field.clean(SimpleUploadedFile("a.csv", b"x" * 1_000_000)) == b"x" * 1_000_000
    with pytest.raises(forms.ValidationError, match="większy niż 1 MB"):
        field.clean(SimpleUploadedFile("a.csv", b"x" * 1_000_001))
    assert ContentField(megabytes=1, required=False).clean(None) is None


def test_a_lookup_is_a_plain_field_with_an_address() -> None:
    assert LookupInput(url="/osoby/", target_id="id_party").render("sender", None) == (
        '<input type="text" name="sender" data-lookup-url="/osoby/" data-lookup-target="id_party" '
        'autocomplete="off">'
    )
