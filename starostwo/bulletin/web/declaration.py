"""The screen of the declaration of accessibility."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods

from starostwo.bulletin.models import Declaration
from starostwo.bulletin.queries.declaration import last_declaration, reminder
from starostwo.bulletin.rules.text_faults import faults
from starostwo.bulletin.services.declaration import CannotDeclare, Declared, declare
from starostwo.bulletin.web.desk import desk_of
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.screens.api import DayField, ScreenForm

LONG = {"rows": 4}


class DeclarationForm(ScreenForm):
    """Everything that a declaration says."""

    status = forms.ChoiceField(label="Strona jest z ustawą", choices=Declaration.Status.choices)
    exceptions = forms.CharField(
        label="Treści niedostępne i powód", required=False, widget=forms.Textarea(LONG)
    )
    site_published_on = DayField(label="Strona opublikowana dnia")
    site_changed_on = DayField(label="Ostatnia istotna aktualizacja")
    made_on = DayField(label="Deklarację sporządzono dnia")
    reviewed_on = DayField(label="Ostatni przegląd dnia")
    assessed_by = forms.CharField(
        label="Na podstawie czego", max_length=200, help_text="Na przykład: samoocena urzędu"
    )
    contact = forms.CharField(label="Osoba do kontaktu", max_length=150)
    email = forms.EmailField(label="E-mail")
    phone = forms.CharField(label="Telefon", max_length=40)
    building = forms.CharField(label="Dostępność architektoniczna", widget=forms.Textarea(LONG))
    apps = forms.CharField(label="Aplikacje mobilne", widget=forms.Textarea({"rows": 2}))
    mark_optional = False

    def clean(self) -> dict[str, Any]:
        """The long texts can be read by everybody."""
        data = super().clean() or {}
        for name in ("exceptions", "building", "apps"):
            for fault in faults(data.get(name, "")):
                self.add_error(name, fault)
        return data


@staff(Right.EDIT_BULLETIN)
@require_http_methods(["GET", "POST"])
def declaration(request: ActorRequest) -> HttpResponse:
    """The declaration in force, and its next one."""
    last = last_declaration()
    initial = {name: getattr(last, name) for name in Declared.__dataclass_fields__} if last else {}
    form = DeclarationForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            declare(Declared(**form.cleaned_data), actor=request.actor, now=now())
            messages.success(request, "Zapisano i opublikowano deklarację dostępności.")
            return redirect("bulletin:declaration")
        except CannotDeclare as error:
            form.add_error(None, str(error))
    desk = desk_of(None)
    context = {
        "form": form,
        "last": last,
        "reminder": reminder(today=localdate()),
        "desk": desk,
        "tabs": desk.tabs("declaration"),
    }
    return render(request, "bulletin/declaration_desk.html", context, status=422 if form.errors else 200)
