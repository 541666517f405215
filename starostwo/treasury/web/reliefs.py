"""Decisions on claims on the screen: their list, one entered for a claim, effects whose term has come."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST

from starostwo.ledger import api as ledger
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.paging import keyset_page
from starostwo.screens.api import DayField, MoneyField, ScreenForm
from starostwo.treasury.models import Relief
from starostwo.treasury.queries import reliefs as queries
from starostwo.treasury.queries.claims import row_of
from starostwo.treasury.services import claims, relief_lapses, reliefs
from starostwo.treasury.web.claims import NO_BOOKS, book_of, open_or_404
from starostwo.treasury.web.payments import SEES


class DecisionForm(ScreenForm):
    """A decision on a claim."""

    kind = forms.ChoiceField(label="Rodzaj decyzji", choices=Relief.Kind.choices)
    number = forms.CharField(label="Numer decyzji", max_length=100)
    decided_on = DayField(label="Z dnia")
    reason = forms.CharField(label="Dlaczego", max_length=300)
    amount = MoneyField(label="Umorzona kwota", required=False, help_text="Tylko przy umorzeniu.")
    first_on = DayField(label="Nowy termin albo termin pierwszej raty", required=False)
    count = forms.IntegerField(label="Liczba rat miesięcznych", required=False, min_value=1)


@staff(*SEES)
@require_http_methods(["GET", "POST"])
def listed(request: ActorRequest) -> HttpResponse:
    """The decisions of a book; effects of terms that have come are taken off here."""
    books, chosen = book_of(request)
    may_work = chosen is not None and ledger.may_post(request.actor, chosen)
    if request.method == "POST":
        if not may_work:
            raise Http404
        try:
            released = reliefs.release_effects(chosen.pk, actor=request.actor, today=localdate(), now=now())
        except (LookupError, ledger.CannotPost):
            messages.error(request, NO_BOOKS)
        else:
            messages.success(request, f"Zdjęto skutki, których termin minął: {released}.")
        return redirect(f"{reverse('treasury:reliefs')}?{request.GET.urlencode()}")
    page = None
    if chosen is not None:
        page = keyset_page(
            queries.listed(chosen), key=("-decided_on", "-id"), cursor=request.GET.get("cursor")
        )
    late = queries.with_late_parts(page.rows, localdate()) if page and may_work else set()
    context = {"books": books, "chosen": chosen, "page": page, "may_work": may_work, "late": late}
    return render(request, "treasury/reliefs.html", context)


@staff(Right.KEEP_BOOKS)
@require_http_methods(["GET", "POST"])
def new(request: ActorRequest, book_id: int, claim_id: int) -> HttpResponse:
    """Enter a decision on a claim."""
    book, found = open_or_404(request, book_id, claim_id)
    if not ledger.may_post(request.actor, book) or row_of(claim_id) is None:
        raise Http404
    form = DecisionForm(request.POST or None, initial={"decided_on": localdate()})
    if form.is_valid():
        given = dict(form.cleaned_data)
        given["amount"], given["count"] = given["amount"] or 0, given["count"] or 1
        try:
            made = reliefs.decide(
                claim_id, reliefs.Decision(**given), book_id=book_id, actor=request.actor,
                today=localdate(), now=now(),
            )  # fmt: skip
        except claims.NoSuchClaim as error:
            raise Http404 from error
        except claims.Wrong as refused:
            form.add_error(refused.field, refused.words)
        except (LookupError, ledger.CannotPost):
            form.add_error("decided_on", NO_BOOKS)
        else:
            messages.success(request, f"Zapisano decyzję {made.number}.")
            return redirect(f"{reverse('treasury:reliefs')}?ksiega={book_id}")
    context = {"form": form, "claim": found, "book": book}
    return render(request, "treasury/new_relief.html", context, status=422 if form.errors else 200)


@staff(Right.KEEP_BOOKS)
@require_POST
def lapse(request: ActorRequest, relief_id: int) -> HttpResponse:
    """A decision whose parts were not paid lapses, for the late ones or for all that is left."""
    is_whole = request.POST.get("co") == "calosc"
    try:
        made = relief_lapses.lapse(
            relief_id, is_whole=is_whole, actor=request.actor, today=localdate(), now=now()
        )
    except relief_lapses.NothingLapses as error:
        raise Http404 from error
    except (LookupError, ledger.CannotPost):
        messages.error(request, NO_BOOKS)
        return redirect("treasury:reliefs")
    messages.success(request, f"Zapisano wygaśnięcie decyzji {made.relief.number}.")
    return redirect(f"{reverse('treasury:reliefs')}?ksiega={made.relief.claim.book_id}")
