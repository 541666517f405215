"""Editors translate the short texts that pages in other languages show."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from starostwo.office.api import ActorRequest, Right, staff
from starostwo.portal.queries import phrases as reads
from starostwo.portal.services import phrases
from starostwo.portal.web.sections import tabs
from starostwo.screens.api import ScreenForm, languages


class PhraseForm(ScreenForm):
    """One text in the other languages."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for code in languages.OTHERS:
            self.fields[code] = forms.CharField(
                label=languages.NAMES[code],
                max_length=700,
                required=False,
                widget=forms.Textarea(attrs={"rows": 2, "lang": code}),
            )


@staff(Right.EDIT_PORTAL)
@require_http_methods(["GET"])
def translations(request: ActorRequest) -> HttpResponse:
    """Short texts with their translations, those that lack one first."""
    context = {
        "rows": reads.rows(now()),
        "others": [(code, languages.NAMES[code]) for code in languages.OTHERS],
        "tabs": tabs(request.path),
    }
    return render(request, "portal/phrases.html", context)


@staff(Right.EDIT_PORTAL)
@require_http_methods(["GET", "POST"])
def phrase(request: ActorRequest, key: str) -> HttpResponse:
    """Translate one text."""
    row = next((each for each in reads.rows(now()) if each.key == key), None)
    if row is None:
        raise Http404
    form = PhraseForm(request.POST or None, initial=row.translations)
    if request.method == "POST" and form.is_valid():
        phrases.translate(row.text, actor=request.actor, into=form.cleaned_data, now=now())
        messages.success(request, f"Zapisano tłumaczenie: {row.text}")
        return redirect("portal:translations")
    context = {"form": form, "text": row.text}
    return render(request, "portal/phrase.html", context, status=422 if form.errors else 200)
