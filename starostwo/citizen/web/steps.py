"""One page of questions, taken in: for a resident on his account and for a clerk at the counter."""

from dataclasses import dataclass

from django.contrib import messages
from django.utils.timezone import now
from django.utils.translation import gettext

from starostwo.citizen import services
from starostwo.citizen.queries import DraftView
from starostwo.office.api import ActorRequest
from starostwo.procedures import api as procedures
from starostwo.procedures.api import StepForm

ADD, REMOVE = "dodaj", "usun"


@dataclass(frozen=True)
class Taken:
    """What came of a page: the form to show again, the place of a row that changed, or neither: go on."""

    view: DraftView
    form: StepForm | None = None
    place: str | None = None


def take_step(request: ActorRequest, view: DraftView, name: str) -> Taken:
    """Keep what was typed, right or wrong; what is wrong or newly asked is shown again."""
    if request.method != "POST":
        return Taken(view, StepForm(view.form, name, view.draft.answers))
    asked = StepForm(view.form, name, view.draft.answers, request.POST)
    answers = asked.answers()
    view = services.answer(view.draft.pk, actor=request.actor, step=name, answers=answers, now=now())
    if ADD in request.POST or REMOVE in request.POST:
        return _change_rows(request, view, name)
    now_asked = StepForm(view.form, name, view.draft.answers, request.POST)
    if set(now_asked.fields) - set(asked.fields):
        return Taken(view, StepForm(view.form, name, view.draft.answers))
    if now_asked.point_out(view.draft.answers):
        return Taken(view, now_asked)
    return Taken(view)


def _change_rows(request: ActorRequest, view: DraftView, step: str) -> Taken:
    """Add or remove a row of a group; a stale button changes nothing and shows what there is."""
    group, _, row = (request.POST.get(ADD) or request.POST.get(REMOVE, "")).partition("-")
    draft_id, place = view.draft.pk, group
    try:
        if ADD in request.POST:
            view = services.add_row(draft_id, actor=request.actor, step=step, group=group, now=now())
            place = f"{group}-{view.draft.answers[group]}"
        else:
            number = int(row) if row.isdecimal() else 0
            services.remove_row(draft_id, actor=request.actor, step=step, group=group, row=number, now=now())
            messages.success(request, gettext("Usunięto wpis. Pozostałe odpowiedzi są zapisane."))
    except procedures.CannotChangeRows:
        messages.error(
            request, gettext("Nic nie zmieniono: ta strona wyglądała już inaczej. Teraz widzisz aktualną.")
        )
        return Taken(view, place="")
    return Taken(view, place=place)
