"""Further senders of a letter: a letter of several people names each of them (annex A point 1)."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST

from starostwo.office.api import ActorRequest, staff
from starostwo.records.queries.letters import LetterPage, letter_page, received_of
from starostwo.records.rules.metadata import Sender
from starostwo.records.services.letters import CannotComplete, complete_metadata
from starostwo.records.web.letter_forms import SenderForm


@staff(None)
@require_http_methods(["GET", "POST"])
def senders(request: ActorRequest, letter_id: int) -> HttpResponse:
    """The senders of a letter; one more is added here."""
    page = _page(request, letter_id)
    form = SenderForm(request.POST or None)
    if form.is_valid():
        named = received_of(page.letter, page.senders).senders
        return _keep(request, page, [*named, form.sender_value()], said="Dodano nadawcę.")
    context = {"form": form, "page": page, "letter": page.letter}
    return render(request, "records/senders.html", context, status=422 if form.errors else 200)


@staff(None)
@require_POST
def sender_end(request: ActorRequest, letter_id: int, position: int) -> HttpResponse:
    """Take a sender out again; a letter keeps at least one."""
    page = _page(request, letter_id)
    named = list(received_of(page.letter, page.senders).senders)
    if len(named) < 2 or not 1 <= position <= len(named):
        raise Http404
    del named[position - 1]
    return _keep(request, page, named, said="Usunięto nadawcę.")


def _page(request: ActorRequest, letter_id: int) -> LetterPage:
    page = letter_page(letter_id, actor=request.actor)
    if page is None or not page.may_complete:
        raise Http404
    return page


def _keep(request: ActorRequest, page: LetterPage, named: list[Sender], *, said: str) -> HttpResponse:
    before = received_of(page.letter, page.senders)
    try:
        received = replace(before, senders=named)
        complete_metadata(page.letter.pk, actor=request.actor, received=received, now=now())
        messages.success(request, said)
    except CannotComplete:
        messages.error(request, "Tej przesyłki nie można już zmienić.")
    return redirect("records:senders", page.letter.pk)
