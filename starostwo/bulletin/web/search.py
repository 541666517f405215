"""The search of the bulletin: words in any form, narrowed by section, day, kind."""

from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from starostwo.bulletin.queries.editing import sections_in_order
from starostwo.bulletin.rules.registers import REGISTERS
from starostwo.bulletin.services.approval import SEARCH_KIND
from starostwo.office.api import public
from starostwo.platform.paging import Page
from starostwo.screens.api import DayField, ScreenForm
from starostwo.search import api as search

SIZE = 20
AUDIENCE = frozenset({"public"})


class SearchForm(ScreenForm):
    """What is looked for, and where."""

    q = forms.CharField(label="Szukane słowa", max_length=200, required=False)
    dzial = forms.ChoiceField(label="Dział", required=False)
    rodzaj = forms.ChoiceField(label="Rodzaj", required=False)
    od = DayField(label="Opublikowano od", required=False)
    do = DayField(label="Opublikowano do", required=False)
    mark_optional = False

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        sections = [
            (one.section.slug, f"{'– ' * one.depth}{one.section.name}") for one in sections_in_order()
        ]
        kinds = [(one.code, one.label) for one in REGISTERS]
        self.fields["dzial"].choices = [("", "wszystkie działy"), *sections]  # type: ignore[attr-defined]
        self.fields["rodzaj"].choices = [("", "wszystkie rodzaje"), *kinds]  # type: ignore[attr-defined]


@public("Biuletyn Informacji Publicznej")
@require_safe
def bulletin_search(request: HttpRequest) -> HttpResponse:
    """Find published informations."""
    form = SearchForm(request.GET or None)
    is_asked = bool(request.GET) and form.is_valid()
    found = _found(form, request.GET.get("cursor")) if is_asked else None
    context = {
        "form": form,
        "words": request.GET.get("q", ""),
        "is_asked": is_asked,
        "hits": found.hits if found else (),
        "page": Page([], found.before, found.cursor) if found else Page([], None, None),
        "suggestions": found.suggestions if found else (),
    }
    return render(request, "bulletin/search.html", context, status=422 if form.errors else 200)


def _found(form: SearchForm, cursor: str | None) -> search.Found:
    data = form.cleaned_data
    facets = {f"in:{data['dzial']}": "1"} if data["dzial"] else {}
    if data["rodzaj"]:
        facets["register"] = data["rodzaj"]
    days: tuple[date | None, date | None] = (data["od"], data["do"])
    try:
        return search.find(
            data["q"], tokens=AUDIENCE, kind=SEARCH_KIND, facets=facets, days=days, cursor=cursor, size=SIZE
        )
    except search.BadCursor as error:
        raise Http404 from error
