"""Counterparties: the list and the form, which keeps what was typed."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_safe

from starostwo.ledger.models import Counterparty
from starostwo.ledger.queries import parties as queries
from starostwo.ledger.services import parties as services
from starostwo.ledger.web.books import SEERS
from starostwo.ledger.web.party_form import PartyForm
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.paging import keyset_page


@staff(*SEERS)
@require_safe
def parties(request: ActorRequest) -> HttpResponse:
    """Counterparties by name, or those that the words find."""
    words = request.GET.get("q", "").strip()[:100]
    page = keyset_page(queries.found(words), key=("folded", "id"), cursor=request.GET.get("cursor"))
    may_write = request.actor.may(Right.KEEP_BOOKS)
    return render(request, "ledger/parties.html", {"page": page, "words": words, "may_write": may_write})


@staff(Right.KEEP_BOOKS)
@require_http_methods(["GET", "POST"])
def new_party(request: ActorRequest) -> HttpResponse:
    """Add a counterparty."""
    return _edit(request, None)


@staff(Right.KEEP_BOOKS)
@require_http_methods(["GET", "POST"])
def party(request: ActorRequest, party_id: int) -> HttpResponse:
    """Change a counterparty; the history keeps what it was."""
    found = queries.one(party_id)
    if found is None:
        raise Http404
    return _edit(request, found)


def _edit(request: ActorRequest, found: Counterparty | None) -> HttpResponse:
    initial = {name: getattr(found, name) for name in services.FIELDS} if found else {}
    form = PartyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            saved = services.save_party(found, form.cleaned_data, actor=request.actor, now=now())
        except services.PartyIsThere as there:
            form.add_error(there.field, f"Jest już taki kontrahent: {there.name}.")
        else:
            messages.success(request, f"Zapisano kontrahenta „{saved.name}”.")
            return redirect("ledger:parties")
    return render(
        request, "ledger/party.html", {"form": form, "party": found}, status=422 if form.errors else 200
    )
