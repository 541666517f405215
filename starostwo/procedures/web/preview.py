"""A form tried by a clerk in the resident's look; the answers become the version's sample."""

import json

from csp.decorators import csp_replace
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe

from starostwo.office import api as office
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.procedures import building
from starostwo.procedures.asking import ADD, REMOVE, StepForm
from starostwo.procedures.form_lists import version_row
from starostwo.procedures.rules.definition import in_language
from starostwo.procedures.rules.filled_json import to_json
from starostwo.procedures.rules.rows import CannotChangeRows
from starostwo.procedures.rules.xsd import follows_schema

FRAMED = {"frame-ancestors": ["'self'"]}


@staff(Right.EDIT_FORMS)
@require_safe
def begin(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """The first page of the form."""
    state = _state(code, number)
    return redirect("procedures:try_step", code, number, state.filled.steps[0].name)


@csp_replace(FRAMED)
@xframe_options_sameorigin
@staff(Right.EDIT_FORMS)
@require_http_methods(["GET", "POST"])
def step(request: ActorRequest, code: str, number: int, name: str) -> HttpResponse:
    """One page as a resident sees it; of a published version the answers are only shown."""
    state = _state(code, number)
    if name not in [each.name for each in state.filled.steps]:
        raise Http404
    form = StepForm(state.filled.form, name, state.filled.answers)
    if request.method == "POST" and state.is_draft:
        asked = StepForm(state.filled.form, name, state.filled.answers, request.POST)
        state = building.keep_try(code, number, name, asked.answers(), actor=request.actor, now=now())
        if ADD in request.POST or REMOVE in request.POST:
            return _change_rows(request, state, name)
        form = StepForm(state.filled.form, name, state.filled.answers, request.POST)
        if set(form.fields) - set(asked.fields):
            form = StepForm(state.filled.form, name, state.filled.answers)
        elif not form.point_out(state.filled.answers):
            return redirect(_after(state, name))
    elif request.method == "POST":
        return redirect(_after(state, name))
    context = _context(state, form, name)
    return render(request, "procedures/try_step.html", context, status=422 if form.errors else 200)


@staff(Right.EDIT_FORMS)
@require_safe
def outcome(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """What would be sent: the answers in words, what is missing, and both documents."""
    state = _state(code, number)
    filled = state.filled
    today, known = localdate(), office.office()
    addressee = known.name if known else "Urząd"
    xml = filled.xml(addressee=addressee, made_on=today)
    written = to_json(filled.form, filled.answers, sender=filled.sender, addressee=addressee, made_on=today)
    context = {
        "state": state,
        "row": state.row,
        "sections": [section for part in filled.in_words for section in part.sections],
        "errors": filled.errors(),
        "documents": filled.documents,
        "xml": xml.decode(),
        "json": json.dumps(written, ensure_ascii=False, indent=1),
        "is_valid": follows_schema(filled.form, xml),
    }
    return render(request, "procedures/try_outcome.html", context)


@staff(Right.EDIT_FORMS)
@require_safe
def phone(request: ActorRequest, code: str, number: int) -> HttpResponse:
    """The same pages in a frame as wide as a small phone."""
    state = _state(code, number)
    first = state.filled.steps[0].name
    context = {"state": state, "row": state.row, "first": _step_url(state, first)}
    return render(request, "procedures/phone.html", context)


def _state(code: str, number: int) -> building.State:
    """A version without mistakes; one with mistakes cannot be shown as a resident sees it."""
    row = version_row(code, number)
    state = building.state_of(row) if row else None
    if state is None or state.mistakes:
        raise Http404
    return state


def _change_rows(request: ActorRequest, state: building.State, name: str) -> HttpResponse:
    row = state.row
    group, _, which = (request.POST.get(ADD) or request.POST.get(REMOVE, "")).partition("-")
    removed = None if ADD in request.POST else int(which) if which.isdecimal() else 0
    try:
        building.keep_rows(
            row.code, row.version, name, group, removed=removed, actor=request.actor, now=now()
        )
    except CannotChangeRows:
        return redirect(_step_url(state, name))
    return redirect(f"{_step_url(state, name)}#{group}")


def _context(state: building.State, form: StepForm, name: str) -> dict[str, object]:
    names = [each.name for each in state.filled.steps]
    place = names.index(name)
    back = reverse("procedures:version", args=[state.row.code, state.row.version])
    return {
        "state": state,
        "row": state.row,
        "form": form,
        "form_title": in_language(state.filled.form.title),
        "title": in_language(form.step.title),
        "intro": in_language(form.step.intro),
        "number": place + 1,
        "count": len(names),
        "back": _step_url(state, names[place - 1]) if place else back,
    }


def _after(state: building.State, name: str) -> str:
    names = [each.name for each in state.filled.steps]
    place = names.index(name) + 1 if name in names else len(names)
    if place < len(names):
        return _step_url(state, names[place])
    return reverse("procedures:try_outcome", args=[state.row.code, state.row.version])


def _step_url(state: building.State, name: str) -> str:
    return reverse("procedures:try_step", args=[state.row.code, state.row.version, name])
