"""The search of the bulletin: words in any form, narrowed by section, day, kind."""

from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from starostwo.bulletin import access
from starostwo.bulletin.models import Body
from starostwo.bulletin.publisher import publisher_of
from starostwo.bulletin.queries.editing import sections_in_order
from starostwo.bulletin.rules.registers import REGISTERS
from starostwo.bulletin.services.approval import SEARCH_KIND
from starostwo.bulletin.web.public import of_bulletin
from starostwo.office.api import public
from starostwo.platform.paging import Page
from starostwo.screens.api import DayField, ScreenForm
from starostwo.search import api as search

SIZE, BACK = 20, "../"


class SearchForm(ScreenForm):
    """What is looked for, and where."""

    q = forms.CharField(label="Szukane słowa", max_length=200, required=False)
    dzial = forms.ChoiceField(label="Dział", required=False)
    rodzaj = forms.ChoiceField(label="Rodzaj", required=False)
    od = DayField(label="Opublikowano od", required=False)
    do = DayField(label="Opublikowano do", required=False)
    mark_optional = False

    def __init__(self, data: Any, *, body: Body | None) -> None:
        super().__init__(data)
        sections = [
            (one.section.slug, f"{'– ' * one.depth}{one.section.name}") for one in sections_in_order(body)
        ]
        kinds = [(one.code, one.label) for one in REGISTERS]
        self.fields["dzial"].choices = [("", "wszystkie działy"), *sections]  # type: ignore[attr-defined]
        self.fields["rodzaj"].choices = [("", "wszystkie rodzaje"), *kinds]  # type: ignore[attr-defined]


@public("Biuletyn Informacji Publicznej")
@require_safe
@of_bulletin
def bulletin_search(request: HttpRequest, body: Body | None) -> HttpResponse:
    """Find published informations."""
    form = SearchForm(request.GET or None, body=body)
    is_asked = bool(request.GET) and form.is_valid()
    found = _found(form, body, request.GET.get("cursor")) if is_asked else None
    context = {
        "form": form,
        "words": request.GET.get("q", ""),
        "is_asked": is_asked,
        "hits": [(hit, _here(hit.url, body)) for hit in found.hits] if found else [],
        "page": Page([], found.before, found.cursor) if found else Page([], None, None),
        "suggestions": found.suggestions if found else (),
    }
    if body is not None:
        context |= {"body": body, "publisher": publisher_of(body), "bip": BACK, "site": body.home}
    template = "bulletin/body_search.html" if body else "bulletin/search.html"
    return render(request, template, context, status=422 if form.errors else 200)


def _here(url: str, body: Body | None) -> str:
    """Where the information is from here: a unit's pages stand at two hosts."""
    return url if body is None else f"{BACK}{url.partition('/bip/')[2]}"


def _found(form: SearchForm, body: Body | None, cursor: str | None) -> search.Found:
    data = form.cleaned_data
    facets = {f"in:{data['dzial']}": "1"} if data["dzial"] else {}
    if data["rodzaj"]:
        facets["register"] = data["rodzaj"]
    tokens = frozenset({access.readers_of(body)})
    days: tuple[date | None, date | None] = (data["od"], data["do"])
    return search.find(
        data["q"], tokens=tokens, kind=SEARCH_KIND, facets=facets, days=days, cursor=cursor, size=SIZE
    )
