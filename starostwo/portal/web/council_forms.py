"""The fields of consultations, of the council and of places, as editors keep them."""

from typing import Any

from django import forms

from starostwo.portal.models import Consultation, Councillor, Interpellation, Place, Session
from starostwo.portal.rules.inline import link_fault
from starostwo.portal.rules.votes import KINDS
from starostwo.portal.web.thing_forms import MomentField, ThingForm, long_text
from starostwo.screens.api import DayField


class ConsultationForm(ThingForm):
    """Konsultacje."""

    model, one = Consultation, "konsultacje"
    columns = (("Tytuł", "title"), ("Od", "opens_on"), ("Do", "closes_on"), ("Widoczne", "is_shown"))
    order = ("-closes_on", "-id")
    title = forms.CharField(label="Tytuł", max_length=150)
    summary = long_text("Zajawka", 400, rows=2)
    text = long_text(
        "Czego dotyczą", 10000, rows=8, help_text="Pusty wiersz dzieli akapity. Odnośnik: [nazwa](adres)."
    )
    opens_on = DayField(label="Od dnia")
    closes_on = DayField(label="Do dnia (włącznie)")
    report = long_text(
        "Raport", 10000, required=False, help_text="Czytelnicy zobaczą go po ostatnim dniu konsultacji."
    )
    is_shown = forms.BooleanField(label="widoczne dla czytelników", required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("opens_on") and told.get("closes_on") and told["closes_on"] < told["opens_on"]:
            self.add_error("closes_on", "Ostatni dzień nie może być wcześniej niż pierwszy.")
        return told


class CouncillorForm(ThingForm):
    """Radny."""

    model, one = Councillor, "radny"
    columns = (("Imię i nazwisko", "name"), ("Klub", "club"), ("Od", "since"), ("Do", "until"))
    order = ("name", "id")
    name = forms.CharField(label="Imię i nazwisko", max_length=120)
    club = forms.CharField(label="Klub", max_length=120, required=False)
    since = DayField(label="Od dnia")
    until = DayField(label="Do dnia (bez tego dnia)", required=False)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("since") and told.get("until") and told["until"] <= told["since"]:
            self.add_error("until", "Koniec musi być później niż początek.")
        return told


class SessionForm(ThingForm):
    """Sesja rady."""

    model, one = Session, "sesja"
    columns = (("Tytuł", "title"), ("Termin", "held_at"), ("Widoczna", "is_shown"))
    order = ("-held_at", "-id")
    title = forms.CharField(label="Tytuł", max_length=150, help_text="Na przykład: XXIV sesja Rady Powiatu")
    held_at = MomentField(label="Termin")
    place = forms.CharField(label="Miejsce", max_length=200)
    agenda = long_text("Porządek obrad", 10000, rows=10, help_text="Każdy punkt w osobnym wierszu.")
    recording = forms.CharField(label="Adres nagrania", max_length=200, required=False)
    is_shown = forms.BooleanField(label="widoczna dla czytelników", required=False)

    def clean_recording(self) -> str:
        """An address that leads somewhere, or none."""
        url = str(self.cleaned_data["recording"])
        if url and (fault := link_fault("nagranie sesji", url)):
            raise forms.ValidationError(fault)
        return url


class InterpellationForm(ThingForm):
    """Interpelacja albo zapytanie."""

    model, one = Interpellation, "interpelacja albo zapytanie"
    columns = (("W sprawie", "subject"), ("Złożono", "filed_on"), ("Odpowiedziano", "answered_on"))
    order = ("-filed_on", "-id")
    kind = forms.ChoiceField(label="Rodzaj", choices=list(KINDS.items()))
    councillor = forms.ModelChoiceField(
        label="Radny", queryset=Councillor.objects.order_by("name", "id"), empty_label="wybierz"
    )
    subject = forms.CharField(label="W sprawie", max_length=200)
    text = long_text("Treść", 10000)
    filed_on = DayField(label="Złożono")
    answer = long_text("Odpowiedź", 10000, required=False)
    answered_on = DayField(label="Odpowiedziano", required=False)
    is_shown = forms.BooleanField(label="widoczna dla czytelników", required=False, initial=True)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        answer, answered_on = told.get("answer"), told.get("answered_on")
        if bool(answer) != bool(answered_on):
            self.add_error("answered_on" if answer else "answer", "Odpowiedź i jej dzień podaje się razem.")
        elif answered_on and told.get("filed_on") and answered_on < told["filed_on"]:
            self.add_error("answered_on", "Odpowiedź nie może być wcześniej niż interpelacja.")
        return told


class PlaceForm(ThingForm):
    """Miejsce."""

    model, one = Place, "miejsce"
    columns = (("Nazwa", "name"), ("Rodzaj", "category"), ("Adres", "address"), ("Widoczne", "is_shown"))
    order = ("name", "id")
    name = forms.CharField(label="Nazwa", max_length=120)
    category = forms.CharField(
        label="Rodzaj", max_length=60, help_text="Na przykład: zabytek, przyroda, szlak"
    )
    text = long_text("Opis", 2000)
    address = forms.CharField(label="Adres albo jak dojść", max_length=200)
    access = forms.CharField(label="Dostępność", max_length=300, required=False)
    latitude = forms.DecimalField(
        label="Szerokość geograficzna",
        min_value=49,
        max_value=55,
        max_digits=8,
        decimal_places=5,
        localize=True,
    )
    longitude = forms.DecimalField(
        label="Długość geograficzna",
        min_value=14,
        max_value=24,
        max_digits=8,
        decimal_places=5,
        localize=True,
    )
    is_shown = forms.BooleanField(label="widoczne dla czytelników", required=False, initial=True)
