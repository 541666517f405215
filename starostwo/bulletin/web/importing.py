"""The screen that takes a ZIPX in."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from starostwo.bulletin.queries.editing import section_choices, sections_in_order
from starostwo.bulletin.rules.registers import BY_CODE
from starostwo.bulletin.services.importing import REGISTER, import_act
from starostwo.bulletin.zipx import NotAnAct
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.screens.api import ContentField, ScreenForm


class ImportForm(ScreenForm):
    """A package and where it belongs."""

    section = forms.ChoiceField(label="Dział")
    file = ContentField(
        label="Paczka ZIPX", megabytes=50, help_text="Akt z edytora aktów prawnych, najwyżej 50 MB"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["section"].choices = section_choices()  # type: ignore[attr-defined]


@staff(Right.EDIT_BULLETIN)
@require_http_methods(["GET", "POST"])
def importing(request: ActorRequest) -> HttpResponse:
    """Make a draft of an act out of its package."""
    usual = BY_CODE[REGISTER].section
    found = next((one.section.pk for one in sections_in_order() if one.section.slug == usual), "")
    form = ImportForm(request.POST or None, request.FILES or None, initial={"section": found})
    if form.is_valid():
        data = form.cleaned_data
        try:
            made = import_act(data["file"], actor=request.actor, section_id=int(data["section"]), now=now())
            for remark in made.remarks:
                messages.warning(request, remark)
            messages.success(request, "Wczytano akt jako wersję roboczą. Przejrzyj go przed przekazaniem.")
            return redirect("bulletin:draft", made.version.item_id)
        except NotAnAct as error:
            form.add_error("file", str(error))
    return render(request, "bulletin/importing.html", {"form": form}, status=422 if form.errors else 200)
