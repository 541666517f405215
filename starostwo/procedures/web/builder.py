"""The form builder: list of forms, one version as an outline, its parts changed one by one, publication."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.office.api import ActorRequest, Right, staff
from starostwo.procedures import building
from starostwo.procedures.form_lists import forms_of_office, history_of, version_row
from starostwo.procedures.outline import outline
from starostwo.procedures.rules import editing
from starostwo.procedures.rules.mistakes import Place
from starostwo.procedures.rules.simple_conditions import ticked
from starostwo.procedures.web.part_forms import (
    DocumentPartForm,
    FieldPartForm,
    HeadForm,
    NewFormForm,
    PartForm,
    StepPartForm,
)

CHANGED = (
    "Nie zapisano: ktoś zmienił tę wersję, odkąd otwarto stronę. Poniżej jest to, co wpisano; sprawdź "
    "obecny układ w drugiej karcie i zapisz jeszcze raz."
)
GONE = "Nic nie zmieniono: ta wersja wyglądała już inaczej. Teraz widzisz aktualną."


@staff(Right.EDIT_FORMS)
@require_safe
def forms(request: ActorRequest) -> HttpResponse:
    """Every form with its newest version and the draft of the next one."""
    return render(request, "procedures/forms.html", {"rows": forms_of_office()})


@staff(Right.EDIT_FORMS)
@require_http_methods(["GET", "POST"])
def new_form(request: ActorRequest) -> HttpResponse:
    form = NewFormForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            row = building.begin_form(
                given["code"], given["title"], given["summary"], actor=request.actor, now=now()
            )
            return redirect("procedures:version", row.code, row.version)
        except building.CodeIsTaken:
            form.add_error("code", "Jest już formularz o tym kodzie. Wybierz inny.")
    return render(request, "procedures/new_form.html", {"form": form}, status=422 if form.errors else 200)


@staff(Right.EDIT_FORMS)
@require_POST
def new_version(request: ActorRequest, code: str) -> HttpResponse:
    try:
        row = building.begin_version(code, actor=request.actor, now=now())
    except building.NoSuchForm as error:
        raise Http404 from error
    return redirect("procedures:version", code, row.version)


@staff(Right.EDIT_FORMS)
@require_safe
def version(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """The version as an outline: steps, questions, documents, each with its mistakes and its buttons."""
    state = _state(code, number)
    context = {
        "state": state,
        "row": state.row,
        "outline": outline(state),
        "head_mistakes": [each.message for each in editing.mistakes_at(state.mistakes, ())],
        "history": history_of(code),
    }
    return render(request, "procedures/version.html", context)


@staff(Right.EDIT_FORMS)
@require_http_methods(["GET", "POST"])
def part(request: ActorRequest, code: str, number: int, place: str = "") -> HttpResponse:
    """One part: kept as typed, right or wrong, and what is wrong is said at its place."""
    state = _draft(code, number)
    at = _place(place)
    try:
        form = _form(at)(
            editing.part_at(state.row.definition, at), state.filled.form, at, request.POST or None
        )
    except editing.NoSuchPlace:
        messages.error(request, GONE)
        return redirect("procedures:version", code, number)
    if request.method == "POST" and form.is_valid():
        data = editing.with_part(state.row.definition, at, form.write())
        revision = _revision(request)
        try:
            state = building.change(
                code, number, data, revision=revision, place=place, actor=request.actor, now=now()
            )
        except building.ChangedMeanwhile:
            form.add_error(None, CHANGED)
        else:
            form.point_out(editing.mistakes_at(state.mistakes, at))
            if form.is_valid():
                return redirect(f"{_address(state)}#{place or 'naglowek'}")
    elif request.method == "GET":
        mistakes = editing.mistakes_at(state.mistakes, at)
        if mistakes:
            messages.info(request, " ".join(each.message for each in mistakes))
    is_complex = "when" in form.part and ticked(form.part["when"]) is None
    context = {"state": state, "row": state.row, "form": form, "place": place, "is_complex": is_complex}
    return render(request, "procedures/part.html", context, status=422 if form.errors else 200)


@staff(Right.EDIT_FORMS)
@require_POST
def layout(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Add, move or remove a part: the button's name says which."""
    acts: dict[str, Callable[[Any, str], tuple[Any, Place]]] = {
        "dodaj": lambda data, where: editing.with_new(data, editing.place_of(where, is_list=True)),
        "wyzej": lambda data, where: _moved(data, where, -1),
        "nizej": lambda data, where: _moved(data, where, 1),
        "usun": lambda data, where: (editing.without(data, editing.place_of(where)), ()),
    }
    state = _draft(code, number)
    name = next((each for each in acts if each in request.POST), None)
    try:
        if name is None:
            raise editing.NoSuchPlace("")
        data, place = acts[name](state.row.definition, request.POST[name])
        building.change(
            code, number, data, revision=_revision(request), place=request.POST[name],
            actor=request.actor, now=now(),
        )  # fmt: skip
    except (editing.NoSuchPlace, building.ChangedMeanwhile):
        messages.error(request, GONE)
        return redirect("procedures:version", code, number)
    where = editing.written(place)
    if name == "dodaj":
        return redirect("procedures:part", code, number, where)
    return redirect(f"{_address(state)}#{where or 'uklad'}")


@staff(Right.EDIT_FORMS)
@require_POST
def publication(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """Publish; a version with mistakes, or never tried to the end, says what is missing."""
    state = _draft(code, number)
    try:
        building.publish_version(code, number, actor=request.actor, now=now())
        messages.success(request, "Opublikowano. Nowe wnioski będą na tej wersji, zaczęte zostają na swojej.")
    except building.NotReady:
        messages.error(
            request,
            "Nie opublikowano. Popraw błędy i przejdź cały formularz na próbę z przykładowymi odpowiedziami.",
        )
    return redirect(_address(state))


@staff(Right.EDIT_FORMS)
@require_http_methods(["GET", "POST"])
def giving_up(request: ActorRequest, code: str, number: int) -> HttpResponse:
    state = _draft(code, number)
    if request.method == "POST":
        building.give_up(code, number, actor=request.actor, now=now())
        messages.success(request, "Usunięto wersję, która nie była opublikowana.")
        return redirect("procedures:forms")
    return render(request, "procedures/giving_up.html", {"state": state, "row": state.row})


def _state(code: str, number: int) -> building.State:
    row = version_row(code, number)
    if row is None:
        raise Http404
    return building.state_of(row)


def _draft(code: str, number: int) -> building.State:
    state = _state(code, number)
    if not state.is_draft:
        raise Http404
    return state


def _place(place: str) -> Place:
    try:
        return editing.place_of(place)
    except editing.NoSuchPlace as error:
        raise Http404 from error


def _moved(data: Any, where: str, by: int) -> tuple[Any, Place]:
    place = editing.place_of(where)
    return editing.moved(data, place, by), (*place[:-1], max(int(place[-1]) + by, 0)) if place else ()


def _revision(request: ActorRequest) -> int:
    given = request.POST.get("revision", "")
    return int(given) if given.isdecimal() and len(given) < 9 else -1


def _address(state: building.State) -> str:
    return reverse("procedures:version", args=[state.row.code, state.row.version])


def _form(place: Place) -> type[PartForm]:
    if not place:
        return HeadForm
    return {"steps": StepPartForm, "fields": FieldPartForm, "documents": DocumentPartForm}[str(place[-2])]
