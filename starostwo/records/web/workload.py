"""Screens of the head: what runs late and who holds how much, and the work of who leaves."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_safe

from starostwo.office import api as office
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.records.queries.lists import late_cases
from starostwo.records.queries.workload import SOON_DAYS, workload
from starostwo.records.rules.assignment import BadAssignment, LongerThanFirst
from starostwo.records.services.assignments import CannotAssign
from starostwo.records.services.cases import CannotHandOver
from starostwo.records.services.handover import hand_over_all
from starostwo.records.web.listing import page_of
from starostwo.screens.api import ScreenForm


class LeaverForm(ScreenForm):
    """Whose work goes to whom, within one unit."""

    mark_optional = False

    unit = forms.ChoiceField(label="Komórka")
    leaver = forms.ChoiceField(label="Kto przekazuje")
    taker = forms.ChoiceField(label="Kto przejmuje")

    def __init__(
        self, *args: Any, units: list[str], holders: dict[int, str], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        present = {one.id: f"{one.name} ({one.unit})" for one in office.people(today) if one.unit in units}
        leavers = {**present, **{key: name for key, name in holders.items() if key not in present}}
        self.fields["unit"].choices = [(one, one) for one in units]  # type: ignore[attr-defined]
        self.fields["leaver"].choices = [("", "wybierz"), *leavers.items()]  # type: ignore[attr-defined]
        self.fields["taker"].choices = [("", "wybierz"), *present.items()]  # type: ignore[attr-defined]


@staff(Right.ASSIGN, Right.COORDINATE, Right.INSPECT)
@require_safe
def terms(request: ActorRequest) -> HttpResponse:
    """Cases that are late or will soon be, and the load of each person."""
    today = localdate()
    rows = late_cases(request.actor, today=today, within=SOON_DAYS)
    context = {
        "page": page_of(request, rows, key=("due_on", "id")),
        "loads": workload(request.actor, today=today),
        "today": today,
        "may_move": request.actor.may(Right.ASSIGN) and bool(request.actor.heads),
    }
    return render(request, "records/terms.html", context)


@staff(Right.ASSIGN)
@require_http_methods(["GET", "POST"])
def leaver(request: ActorRequest) -> HttpResponse:
    """Give all the work of a person to another of the unit."""
    today, units = localdate(), sorted(request.actor.heads)
    holders = {one.holder_id: one.holder for one in workload(request.actor, today=today) if one.unit in units}
    form = LeaverForm(request.POST or None, units=units, holders=holders, today=today)
    if form.is_valid():
        data = form.cleaned_data
        try:
            done = hand_over_all(
                actor=request.actor,
                unit=data["unit"],
                from_id=int(data["leaver"]),
                to_id=int(data["taker"]),
                today=today,
                now=now(),
            )
            messages.success(request, f"Przekazano: sprawy {done.cases}, pisma {done.letters}.")
            return redirect("records:terms")
        except (CannotHandOver, CannotAssign, BadAssignment, LongerThanFirst) as error:
            form.add_error(None, str(error))
    return render(request, "records/leaver.html", {"form": form}, status=422 if form.errors else 200)
