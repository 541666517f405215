"""The screen of stand-ins for everybody, and the lookup of people by three letters."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from starostwo.office.entrance import staff
from starostwo.office.middleware import ActorRequest
from starostwo.office.queries import accounts as reads
from starostwo.office.queries.structure import PersonRef, find_people
from starostwo.office.services import stand_ins as services
from starostwo.office.services.refusal import NotAllowed, Refusal
from starostwo.office.web.structure_forms import StandInForm


@staff(None)
def stand_ins(request: ActorRequest) -> HttpResponse:
    """Running and coming stand-ins, and a form for a new one."""
    today = timezone.localdate()
    form = StandInForm(request.POST or None, initial={"valid_from": today})
    own_people = reads.people_to_stand_in_for(request.actor, on=today)
    form.offer(own_people, reads.possible_deputies(today))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            services.set_stand_in(
                request.actor,
                absent_id=told["absent_id"],
                deputy_id=told["deputy_id"],
                valid_from=told["valid_from"],
                valid_to=told["last_day"] + timedelta(days=1),
                reason=told["reason"],
                today=today,
            )
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Zastępstwo zostało zapisane.")
            return redirect("office:stand_ins")
    seen = [(row, row.valid_to - timedelta(days=1)) for row in reads.stand_ins_seen(request.actor, on=today)]
    page = {"form": form, "stand_ins": seen, "today": today, "mine": {pk for pk, _ in own_people}}
    return render(request, "office/stand_ins.html", page, status=422 if form.errors else 200)


@staff(None)
@require_POST
def stand_in_end(request: ActorRequest, stand_in_id: int) -> HttpResponse:
    """End a stand-in today."""
    try:
        services.end_stand_in(request.actor, stand_in_id=stand_in_id, on=timezone.localdate())
    except NotAllowed as refusal:
        raise Http404 from refusal
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Zastępstwo zostało zakończone.")
    return redirect("office:stand_ins")


@staff(None)
def people_lookup(request: ActorRequest) -> HttpResponse:
    """Colleagues whose names begin with what was typed, for fields of other screens."""
    found = find_people(request.GET.get("q", ""), on=timezone.localdate())
    return JsonResponse({"hits": [_hit(who) for who in found]})


def _hit(who: PersonRef) -> dict[str, str]:
    away = " (dziś nieobecność)" if who.away else ""
    return {"value": str(who.id), "label": who.name, "note": f"{who.unit}, {who.post}{away}"}
