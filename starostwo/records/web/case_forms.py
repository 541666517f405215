"""Forms of cases: open, attach, parties, the clock, notes, closing."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms

from starostwo.office import api as office
from starostwo.records.models import CaseParty, Letter, Party
from starostwo.records.queries.proposals import ProposedClass
from starostwo.records.rules.clock import BASES, Basis
from starostwo.records.rules.courses import COURSES, Course
from starostwo.records.web.phone_field import PhoneField
from starostwo.screens.api import DayField, LookupInput, ScreenForm

REASON = {"rows": 2}


class OpenCaseForm(ScreenForm):
    """A new case: the class is proposed, so that two clicks are enough."""

    mark_optional = False

    proposed = forms.ChoiceField(label="Klasa", widget=forms.RadioSelect, required=False)
    klass = forms.CharField(
        label="Inna klasa (symbol)",
        max_length=10,
        required=False,
        widget=LookupInput(url="/urzad/podpowiedzi/klasy/"),
    )
    title = forms.CharField(label="Tytuł sprawy", max_length=500)
    subgroup = forms.IntegerField(label="Podgrupa (numer)", min_value=1, required=False)
    continues = forms.CharField(label="Ciąg dalszy sprawy (znak)", max_length=60, required=False)
    course = forms.ChoiceField(
        label="Tryb i termin",
        choices=[(one.value, label) for one, label in COURSES.items()],
        required=False,
    )

    def __init__(self, *args: Any, proposed: list[ProposedClass], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["proposed"]
        field.choices = [(one.symbol, f"{one.symbol} {one.title}") for one in proposed]  # type: ignore[attr-defined]
        field.choice_hints = {one.symbol: one.why for one in proposed}  # type: ignore[attr-defined]
        if proposed:
            field.initial = proposed[0].symbol

    def clean_course(self) -> Course:
        """The chosen course; the code's when nothing was chosen."""
        return Course(self.cleaned_data["course"] or Course.CODE)

    def clean(self) -> dict[str, Any]:
        """One class is named: the typed one before the proposed one."""
        data = super().clean() or {}
        typed = (data.get("klass") or "").split(" ")[0]
        data["class_symbol"] = typed or data.get("proposed") or ""
        if not data["class_symbol"] and not self.errors:
            self.add_error("klass", "Wybierz klasę albo wpisz jej symbol.")
        return data


class SubgroupForm(ScreenForm):
    """A number of a class that becomes a list of its own."""

    mark_optional = False

    klass = forms.CharField(
        label="Klasa (symbol)", max_length=10, widget=LookupInput(url="/urzad/podpowiedzi/klasy/")
    )
    unit = forms.ChoiceField(label="Komórka")
    title = forms.CharField(label="Tytuł podgrupy", max_length=500)

    def __init__(self, *args: Any, units: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [(one, one) for one in units]  # type: ignore[attr-defined]


class AttachForm(ScreenForm):
    """The case to which a letter is added."""

    mark = forms.CharField(
        label="Znak sprawy", max_length=60, widget=LookupInput(url="/urzad/podpowiedzi/sprawy/")
    )


class ClassForm(ScreenForm):
    """The class of a letter that belongs to no case."""

    klass = forms.CharField(
        label="Klasa poza sprawą (symbol)",
        max_length=10,
        widget=LookupInput(url="/urzad/podpowiedzi/klasy/"),
    )


class PartyForm(ScreenForm):
    """A party or a representative."""

    party = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(
        label="Strona (pierwsze trzy litery)",
        required=False,
        widget=LookupInput(url="/urzad/podpowiedzi/strony/", target_id="id_party"),
    )
    role = forms.ChoiceField(label="Rola", choices=CaseParty.Role.choices)
    represents = forms.ChoiceField(label="Kogo reprezentuje", required=False)
    authority = forms.ChoiceField(label="Pełnomocnictwo (pismo w sprawie)", required=False)

    def __init__(self, *args: Any, parties: list[CaseParty], letters: list[Letter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [
            (str(one.pk), one.party.name) for one in parties if one.role != CaseParty.Role.REPRESENTATIVE
        ]
        self.fields["represents"].choices = [("", "nikogo"), *named]  # type: ignore[attr-defined]
        papers = [(str(one.pk), f"{one.shown_number} {one.title}") for one in letters]
        self.fields["authority"].choices = [("", "brak"), *papers]  # type: ignore[attr-defined]
        chosen = "Wybierz stronę z podpowiedzi."
        self.fields["party"].error_messages |= {"required": chosen, "invalid": chosen}

    def clean_party(self) -> int:
        """Only somebody of the directory becomes a party."""
        party_id: int = self.cleaned_data["party"]
        if not Party.objects.filter(pk=party_id).exists():
            raise forms.ValidationError("Wybierz stronę z podpowiedzi.")
        return party_id

    def clean(self) -> dict[str, Any]:
        """A representative represents somebody, nobody else does."""
        data = super().clean() or {}
        is_representative = data.get("role") == CaseParty.Role.REPRESENTATIVE
        if is_representative != bool(data.get("represents")):
            self.add_error("represents", "Pełnomocnik kogoś reprezentuje, strona nikogo.")
        if data.get("authority") and not is_representative:
            self.add_error("authority", "Pełnomocnictwo ma tylko pełnomocnik.")
        return data


class PartyPhoneForm(ScreenForm):
    """Under which number a party calls."""

    mark_optional = False

    entry = forms.TypedChoiceField(label="Strona", coerce=int)
    phone = PhoneField(label="Telefon", required=False, help_text="Puste usuwa numer.")

    def __init__(self, *args: Any, parties: list[CaseParty], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = {one.party_id: (one.pk, one.party.name) for one in reversed(parties)}
        self.fields["entry"].choices = list(people.values())[::-1]  # type: ignore[attr-defined]


class ExclusionForm(ScreenForm):
    """Time that does not count."""

    basis = forms.ChoiceField(
        label="Podstawa", choices=[(one.value, f"{BASES[one].label} ({BASES[one].law})") for one in Basis]
    )
    from_on = DayField(label="Od dnia")
    to_on = DayField(label="Liczy się znów od dnia", required=False)
    reason = forms.CharField(label="Uzasadnienie i dowód", max_length=500)


class EndExclusionForm(ScreenForm):
    """The day from which the days count again."""

    to_on = DayField(label="Liczy się znów od dnia")


class ExtensionForm(ScreenForm):
    """A new day of settling with its reason."""

    new_due = DayField(label="Nowy termin")
    reason = forms.CharField(label="Przyczyna zwłoki", max_length=500)


class ReasonForm(ScreenForm):
    """A reason."""

    reason = forms.CharField(label="Uzasadnienie", max_length=500)


class NoteForm(ScreenForm):
    """A note or an opinion."""

    text = forms.CharField(label="Treść", max_length=10_000, widget=forms.Textarea(attrs={"rows": 3}))


class CloseForm(ScreenForm):
    """How the matter was settled."""

    outcome = forms.CharField(label="Sposób załatwienia", max_length=300, required=False)


class TitleForm(ScreenForm):
    """A corrected title."""

    title = forms.CharField(label="Tytuł sprawy", max_length=500)


class HandOverForm(ScreenForm):
    """The new holder of a case."""

    holder = forms.ChoiceField(label="Nowy prowadzący")

    def __init__(self, *args: Any, unit: str, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(str(one.id), one.name) for one in office.people(today, unit)]
        self.fields["holder"].choices = people  # type: ignore[attr-defined]


class LetInForm(ScreenForm):
    """Who is asked to co-operate, and for what."""

    who = forms.ChoiceField(label="Komórka albo osoba")
    purpose = forms.CharField(label="O co się prosi", max_length=300, required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = [(f"u:{one.symbol}", f"{one.symbol} {one.name}") for one in office.units(today)]
        people = [(f"p:{one.id}", f"{one.name} ({one.unit})") for one in office.people(today)]
        self.fields["who"].choices = [("", "wybierz"), ("Komórki", units), ("Osoby", people)]  # type: ignore[attr-defined]


class DayForm(ScreenForm):
    """The day of the replay."""

    dzien = DayField(label="Stan na dzień")
