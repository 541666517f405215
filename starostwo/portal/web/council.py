"""The council as everybody reads it, the screen that writes a roll-call vote down, and the places."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, localtime, now
from django.views.decorators.http import require_http_methods, require_safe

from starostwo.office.api import ActorRequest, Right, public, staff
from starostwo.platform.paging import Page
from starostwo.portal.models import Councillor, Session
from starostwo.portal.queries import council as reads
from starostwo.portal.rules.blocks import lines
from starostwo.portal.rules.votes import CHOICES, KINDS, MAJORITIES, answer_due
from starostwo.portal.services import votes
from starostwo.screens.api import ScreenForm


class VoteForm(ScreenForm):
    """A roll-call vote: a choice for each councillor of the day."""

    subject = forms.CharField(label="Nad czym głosowano", max_length=300)
    majority = forms.ChoiceField(label="Wymagana większość", choices=list(MAJORITIES.items()))
    council_size = forms.IntegerField(label="Ustawowy skład rady", min_value=1, max_value=99)

    def __init__(self, *args: Any, sitting: list[Councillor], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sitting = sitting
        for one in sitting:
            choices = [("", "wybierz"), *CHOICES.items()]
            self.fields[f"radny-{one.pk}"] = forms.ChoiceField(
                label=one.name, choices=choices, error_messages={"required": f"Wybierz głos: {one.name}."}
            )

    @property
    def ballots(self) -> dict[int, str]:
        """Who voted how."""
        return {one.pk: self.cleaned_data[f"radny-{one.pk}"] for one in self.sitting}


@public("rada działa jawnie")
@require_safe
def council(request: HttpRequest) -> HttpResponse:
    """Sessions, and the way to interpellations."""
    page = reads.sessions_page(request.GET.get("cursor"))
    context = {"page": page, "councillors": reads.councillors(localdate())}
    return render(request, "portal/council.html", context)


@public("rada działa jawnie")
@require_safe
def session(request: HttpRequest, slug: str) -> HttpResponse:
    """One session: agenda and roll-call votes."""
    found = reads.shown_sessions().filter(slug=slug).first()
    if found is None:
        raise Http404
    context = {"session": found, "agenda": lines(found.agenda), "votes": reads.votes_of(found.pk)}
    return render(request, "portal/session.html", context)


@public("interpelacje są jawne")
@require_safe
def interpellations(request: HttpRequest) -> HttpResponse:
    """Interpellations, page by page."""
    page: Page[Any] = reads.interpellations_page(request.GET.get("cursor"))
    rows = [(row, KINDS.get(row.kind, row.kind), answer_due(row.filed_on)) for row in page.rows]
    return render(request, "portal/interpellations.html", {"page": page, "rows": rows, "today": localdate()})


@public("interpelacje są jawne")
@require_safe
def interpellation(request: HttpRequest, interpellation_id: int) -> HttpResponse:
    """One interpellation with its answer."""
    found = reads.shown_interpellation(interpellation_id)
    if found is None:
        raise Http404
    context = {"one": found, "kind": KINDS.get(found.kind, found.kind), "due": answer_due(found.filed_on)}
    return render(request, "portal/interpellation.html", {**context, "today": localdate()})


@public("miejsca są jawne")
@require_safe
def places(request: HttpRequest) -> HttpResponse:
    """The plan of places and, equal to it, their list."""
    found, plan = reads.places()
    numbered = list(enumerate(found, start=1))
    marks = [(number, place, point) for (number, place), point in zip(numbered, plan.points, strict=True)]
    return render(request, "portal/places.html", {"places": numbered, "plan": plan, "marks": marks})


@staff(Right.EDIT_PORTAL)
@require_http_methods(["GET", "POST"])
def new_vote(request: ActorRequest, session_id: int) -> HttpResponse:
    """Write a roll-call vote down."""
    found = Session.objects.filter(pk=session_id).first()
    if found is None:
        raise Http404
    sitting = reads.councillors(localtime(found.held_at).date())
    data = request.POST if request.method == "POST" else None
    form = VoteForm(data, sitting=sitting, initial={"council_size": len(sitting)})
    if request.method == "POST" and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("subject", "majority", "council_size")}
        try:
            made = votes.write_vote(session_id, actor=request.actor, ballots=form.ballots, now=now(), **told)
        except votes.NobodyVoted as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Zapisano głosowanie {made.number}.")
            return redirect("portal:new_vote", session_id)
    context = {"form": form, "session": found, "votes": reads.votes_of(session_id)}
    return render(request, "portal/new_vote.html", context, status=422 if form.errors else 200)
