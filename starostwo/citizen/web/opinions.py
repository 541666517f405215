"""How it went: the question after sending, and what the office learns of its forms."""

from datetime import timedelta
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from starostwo.citizen import ends, statistics
from starostwo.citizen.models import Opinion
from starostwo.intake import api as intake
from starostwo.office.api import ActorRequest, Right, resident, staff
from starostwo.platform.paging import keyset_page
from starostwo.procedures import api as procedures
from starostwo.screens.api import ScreenForm

COUNTED = timedelta(days=365)


class OpinionForm(ScreenForm):
    """One question that is answered by a click, and one for words."""

    ease = forms.TypedChoiceField(
        label=gettext_lazy("Jak łatwo było złożyć ten wniosek?"),
        choices=Opinion.Ease.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Zaznacz, jak łatwo było złożyć wniosek.")},
    )
    unclear = forms.CharField(
        label=gettext_lazy("Co było niejasne? (możesz pominąć)"),
        help_text=gettext_lazy("Nie podawaj swoich danych. Odpowiedź zapisujemy bez nazwiska."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        required=False,
    )


@resident
@require_POST
def opinion(request: ActorRequest, submission_id: UUID) -> HttpResponse:
    """Keep what the sender says; a second time nothing is asked any more."""
    submission = intake.of_resident(submission_id, account_id=request.actor.account_id)
    if submission is None or not ends.may_rate(submission_id, actor=request.actor):
        raise Http404
    form = OpinionForm(request.POST)
    if not form.is_valid():
        dues = intake.payments.dues_of_submission(submission_id, actor=request.actor)
        context = {"submission": submission, "opinion": form, "dues": dues}
        return render(request, "citizen/receipt.html", context, status=422)
    ends.rate(submission_id, actor=request.actor, now=now(), **form.cleaned_data)
    messages.success(request, gettext("Dziękujemy. Twoja odpowiedź pomoże poprawić ten formularz."))
    return redirect("citizen:receipt", submission_id)


@staff(Right.COORDINATE)
@require_GET
def used(request: ActorRequest) -> HttpResponse:
    """Each service over a year: sent, given up and where, how long, how it went, how often incomplete."""
    since = localdate() - COUNTED
    rows = statistics.used_services(request.actor, since=since, today=localdate())
    return render(request, "citizen/used.html", {"rows": rows, "since": since})


@staff(Right.COORDINATE)
@require_GET
def opinions(request: ActorRequest, code: str) -> HttpResponse:
    """What residents said of the form of one service, the newest first."""
    card = procedures.card(code, on=localdate())
    if card is None:
        raise Http404
    rows = statistics.opinions_of(request.actor, code)
    page = keyset_page(rows, key=statistics.NEWEST_OPINIONS, cursor=request.GET.get("cursor"))
    return render(request, "citizen/opinions.html", {"card": card, "page": page})
