"""Screens of assignment: the head's list, one key a letter or many at once; the return of a letter."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST

from starostwo.office import api as office
from starostwo.office.api import Actor, ActorRequest, Right, staff
from starostwo.records.queries.letters import letter_page, people_to_assign, usual_leads
from starostwo.records.queries.lists import OLDEST_LETTERS, letters_to_assign
from starostwo.records.rules.assignment import BadAssignment, LongerThanFirst
from starostwo.records.services.assignments import CannotAssign, CannotReturn, assign, return_letter
from starostwo.records.web.assignment_forms import AssignForm, person_code, target_of
from starostwo.records.web.letter_forms import ReturnForm
from starostwo.records.web.listing import page_of

QUICK = 9
REFUSALS = (CannotAssign, BadAssignment, LongerThanFirst)


@dataclass(frozen=True)
class QuickTarget:
    """Somebody to whom one key assigns the letter of the row."""

    key: str
    code: str
    name: str
    initials: str


@staff(Right.ASSIGN)
@require_http_methods(["GET", "POST"])
def to_assign(request: ActorRequest) -> HttpResponse:
    """The letters that wait for the head; keys 1-9 assign the letter of the row, the form assigns many."""
    today = localdate()
    people, units = people_to_assign(request.actor, on=today), office.units(today)
    quick = quick_targets(request.actor, people, units)
    form = AssignForm(request.POST if "assign" in request.POST else None, people=people, units=units)
    if request.method == "POST" and _assigned(request, form, today=today):
        return redirect(request.get_full_path())
    rows = letters_to_assign(request.actor).select_related("holder").defer("audience", "remarks")
    context = {
        "page": page_of(request, rows, key=OLDEST_LETTERS),
        "form": form,
        "quick": quick,
        "today": today,
        "chosen": set(request.POST.getlist("letter")),
    }
    return render(request, "records/to_assign.html", context, status=422 if form.errors else 200)


@staff(Right.ASSIGN)
@require_http_methods(["GET", "POST"])
def assign_letter(request: ActorRequest, letter_id: int) -> HttpResponse:
    """Assign one letter, or assign it again."""
    page = letter_page(letter_id, actor=request.actor)
    if page is None or not page.may_assign:
        raise Http404
    today = localdate()
    form = AssignForm(
        request.POST or None, people=people_to_assign(request.actor, on=today), units=office.units(today)
    )
    if form.is_valid() and _assign(request, form, [letter_id], today=today):
        return redirect("records:letter", letter_id)
    context = {"form": form, "page": page, "letter": page.letter}
    return render(request, "records/assign.html", context, status=422 if form.errors else 200)


@staff(None)
@require_POST
def give_back(request: ActorRequest, letter_id: int) -> HttpResponse:
    """Return a wrongly assigned letter with the reason."""
    page = letter_page(letter_id, actor=request.actor)
    if page is None:
        raise Http404
    form = ReturnForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Podaj powód zwrotu.")
        return redirect("records:letter", letter_id)
    try:
        return_letter(
            letter_id, actor=request.actor, reason=form.cleaned_data["reason"], today=localdate(), now=now()
        )
    except CannotReturn as error:
        messages.error(request, str(error))
        return redirect("records:letter", letter_id)
    messages.success(request, f"Zwrócono pismo {page.letter.shown_number}.")
    return redirect("records:my_letters")


def quick_targets(
    actor: Actor, people: list[office.PersonRef], units: list[office.UnitRef]
) -> list[QuickTarget]:
    """Nine to whom the head assigns: the people of his own unit, else the units below it.

    Where there are more than nine, those to whom he has lately assigned most; each keeps its order in the
    list, so that a key moves seldom.
    """
    own = [one for one in people if one.unit in actor.units and not one.away]
    below = [one for one in units if one.parent in actor.units and one.symbol in actor.heads]
    codes = [(person_code(one.id), one.name, _initials(one.name)) for one in own]
    codes += [(f"u:{one.symbol}", one.name, one.symbol) for one in below]
    if len(codes) > QUICK:
        used = usual_leads(actor)
        usual = sorted(codes, key=lambda code: -used[target_of(code[0])])[:QUICK]
        codes = [code for code in codes if code in usual]
    return [QuickTarget(str(key), *code) for key, code in enumerate(codes, start=1)]


def _assigned(request: ActorRequest, form: AssignForm, *, today: date) -> bool:
    """Carry out what was posted: one letter by its key, or the chosen ones by the form."""
    letter_id, _, code = request.POST.get("quick", "").partition(":")
    if letter_id.isdigit():
        return _try(request, [int(letter_id)], lead=code, today=today)
    chosen = [int(one) for one in request.POST.getlist("letter") if one.isdigit()]
    if not chosen:
        form.add_error(None, "Zaznacz co najmniej jedno pismo.") if form.is_bound else None
        return False
    return form.is_valid() and _assign(request, form, chosen, today=today)


def _assign(request: ActorRequest, form: AssignForm, letter_ids: list[int], *, today: date) -> bool:
    data = form.cleaned_data
    return _try(
        request,
        letter_ids,
        lead=data["lead"],
        cooperating=data["cooperating"],
        instruction=data["instruction"],
        due_on=data["due_on"],
        today=today,
    )


def _try(
    request: ActorRequest,
    letter_ids: list[int],
    *,
    lead: str,
    cooperating: list[str] | None = None,
    instruction: str = "",
    due_on: date | None = None,
    today: date,
) -> bool:
    try:
        made = assign(
            letter_ids,
            actor=request.actor,
            lead=target_of(lead),
            cooperating=[target_of(one) for one in cooperating or ()],
            instruction=instruction,
            due_on=due_on,
            today=today,
            now=now(),
        )
    except (*REFUSALS, ValueError) as error:
        messages.error(request, str(error))
        return False
    messages.success(request, f"Zadekretowano: {len(made)}.")
    return True


def _initials(name: str) -> str:
    return "".join(part[0] for part in name.replace("-", " ").split())
