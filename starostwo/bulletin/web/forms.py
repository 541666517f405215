"""Forms of the editors."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any, cast

from django import forms
from django.utils.timezone import get_current_timezone, localtime

from starostwo.bulletin.models import Section, Version
from starostwo.bulletin.rules.content import Content, Exclusion
from starostwo.bulletin.rules.registers import PLAIN
from starostwo.bulletin.services.drafts import content_of
from starostwo.bulletin.web.register_fields import PREFIX, form_fields, initial_fields, values_of
from starostwo.screens.api import DayField, ScreenForm

HELP = (
    "Nagłówek: ## na początku wiersza. Lista: - albo 1. na początku. Pogrubienie: **słowa**. "
    "Odnośnik: [treść](adres). Tabela: | komórka | komórka |, pod pierwszym wierszem |---|---|."
)


class ContentForm(ScreenForm):
    """The text of an information and who answers for it; a draft may have gaps."""

    title = forms.CharField(label="Tytuł", max_length=250)
    text = forms.CharField(
        label="Treść", required=False, help_text=HELP, widget=forms.Textarea({"rows": 16}), strip=False
    )
    produced_by = forms.CharField(
        label="Kto wytworzył informację",
        max_length=200,
        required=False,
        help_text="Imię, nazwisko i stanowisko",
    )
    responsible = forms.CharField(label="Kto odpowiada za treść", max_length=200, required=False)
    produced_on = DayField(label="Data wytworzenia", required=False)
    change_reason = forms.CharField(
        label="Powód zmiany", max_length=300, required=False, help_text="Czyta go każdy w rejestrze zmian"
    )
    publish_on = DayField(label="Opublikować dnia", required=False, help_text="Puste: zaraz po zatwierdzeniu")
    publish_hour = forms.TimeField(
        label="o godzinie",
        required=False,
        input_formats=["%H:%M", "%H"],
        widget=forms.TimeInput({"class": "govuk-input--width-5"}, format="%H:%M"),
        error_messages={"invalid": "Podaj godzinę, na przykład 8:00."},
    )
    expires_on = DayField(label="Zdjąć z BIP dnia", required=False)
    exclusion_scope = forms.CharField(
        label="Zakres wyłączenia jawności", max_length=300, required=False, help_text="Co pominięto"
    )
    exclusion_basis = forms.CharField(label="Podstawa prawna wyłączenia", max_length=300, required=False)
    exclusion_organ = forms.CharField(
        label="Organ albo osoba, która wyłączyła", max_length=200, required=False
    )
    exclusion_beneficiary = forms.CharField(label="W czyim interesie", max_length=200, required=False)
    sought_names = forms.CharField(
        label="Nazwiska, których treść nie może zawierać",
        required=False,
        max_length=2000,
        help_text="Po jednym w wierszu; nie są publikowane",
        widget=forms.Textarea({"rows": 2}),
    )
    base = forms.CharField(required=False, widget=forms.HiddenInput)
    mark_optional = False

    def __init__(self, *args: Any, kind: str = PLAIN, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.fields.update(form_fields(kind))

    def own_fields(self) -> list[forms.BoundField]:
        """The fields of the register alone."""
        return [self[name] for name in self.fields if name.startswith(PREFIX)]

    def content(self) -> Content:
        """What the person typed."""
        data = self.cleaned_data
        return Content(
            title=data["title"],
            text=data["text"],
            produced_by=data["produced_by"],
            responsible=data["responsible"],
            produced_on=data["produced_on"],
            change_reason=data["change_reason"],
            publish_at=self._publish_at(),
            expires_on=data["expires_on"],
            exclusion=Exclusion(
                *(data[f"exclusion_{name}"] for name in ("scope", "basis", "organ", "beneficiary"))
            ),
            fields=values_of(self.kind, data),
            sought_names=data["sought_names"],
        )

    def _publish_at(self) -> datetime | None:
        day, hour = self.cleaned_data["publish_on"], self.cleaned_data["publish_hour"]
        if day is None:
            return None
        return datetime.combine(day, hour or time(0), tzinfo=get_current_timezone())


class NewItemForm(ContentForm):
    """The first draft: also where it belongs."""

    section = forms.ChoiceField(label="Dział")
    field_order = ("section", "title")

    def __init__(self, *args: Any, sections: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ChoiceField, self.fields["section"]).choices = [("", "wybierz dział"), *sections]


class AttachmentForm(ScreenForm):
    """One file with what it is, and its text where it has none."""

    file = forms.FileField(label="Plik")
    label = forms.CharField(
        label="Co to jest", max_length=200, help_text="Na przykład: Uchwała nr XII/98/2026"
    )
    text_version = forms.CharField(
        label="Wersja tekstowa",
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="Tylko gdy plik jest skanem albo obrazem",
    )


class DecisionForm(ScreenForm):
    """Why something that looks like personal data may be published."""

    key = forms.RegexField(r"^[0-9a-f]{64}$", widget=forms.HiddenInput)
    reason = forms.CharField(label="Dlaczego wolno ujawnić", max_length=300)


class RemarkForm(ScreenForm):
    """Why a version goes back."""

    remark = forms.CharField(label="Uwaga dla autora", max_length=1000, widget=forms.Textarea({"rows": 3}))


class WithdrawalForm(ScreenForm):
    """Why an information is taken off."""

    reason = forms.CharField(
        label="Powód wycofania",
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text="Przeczyta go każdy, kto otworzy adres informacji",
    )
    hides_title = forms.BooleanField(
        label="Wycofaj także tytuł",
        required=False,
        help_text="Gdy sam tytuł zawiera dane, których nie wolno ujawniać",
    )


class SectionForm(ScreenForm):
    """A section of the subject menu."""

    name = forms.CharField(label="Nazwa", max_length=120)
    law = forms.CharField(label="Podstawa prawna", max_length=160, required=False)
    position = forms.IntegerField(
        label="Kolejność",
        min_value=1,
        max_value=999,
        widget=forms.NumberInput({"class": "govuk-input--width-3"}),
    )


class NewSectionForm(ScreenForm):
    """A new section: also its place and its lasting address."""

    name = forms.CharField(label="Nazwa", max_length=120)
    slug = forms.RegexField(
        r"^[a-z0-9]+(-[a-z0-9]+)*$",
        label="Adres",
        max_length=60,
        help_text="Małe litery bez znaków diakrytycznych, cyfry i łączniki; zostaje na zawsze",
        error_messages={"invalid": "Użyj małych liter bez znaków diakrytycznych, cyfr i łączników."},
    )
    law = forms.CharField(label="Podstawa prawna", max_length=160, required=False)
    parent = forms.ChoiceField(label="W dziale", required=False)

    def __init__(self, *args: Any, sections: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "na najwyższym poziomie"), *sections]
        cast(forms.ChoiceField, self.fields["parent"]).choices = choices


def initial_of(version: Version, base: str) -> dict[str, Any]:
    """The values of a draft as its form starts."""
    content = content_of(version)
    publish_at = localtime(content.publish_at) if content.publish_at else None
    return {
        "title": content.title,
        "text": content.text,
        "produced_by": content.produced_by,
        "responsible": content.responsible,
        "produced_on": content.produced_on,
        "change_reason": content.change_reason,
        "publish_on": publish_at.date() if publish_at else None,
        "publish_hour": publish_at.time() if publish_at else None,
        "expires_on": content.expires_on,
        "exclusion_scope": content.exclusion.scope,
        "exclusion_basis": content.exclusion.basis,
        "exclusion_organ": content.exclusion.organ,
        "exclusion_beneficiary": content.exclusion.beneficiary,
        "sought_names": content.sought_names,
        "base": base,
        **initial_fields(version.item.kind, content.fields),
    }


def section_fields(section: Section) -> dict[str, Any]:
    """The values of a section as its form starts."""
    return {"name": section.name, "law": section.law, "position": section.position}
