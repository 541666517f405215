"""The social fund on the screen: its register by people and kinds of benefit, a new entry."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_safe

from starostwo.ledger import api as ledger
from starostwo.ledger.api import settlements
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.paging import keyset_page
from starostwo.screens.api import DayField, MoneyField, ScreenForm
from starostwo.treasury.models import FundEntry
from starostwo.treasury.queries import deposits as queries
from starostwo.treasury.services import social_fund as services
from starostwo.treasury.services.claims import NoSuchClaim, Wrong
from starostwo.treasury.web.claims import NO_BOOKS, book_choices, book_of

KEEPERS = (Right.KEEP_BOOKS, Right.CHIEF_ACCOUNTANT)  # benefits tell how people live


class EntryForm(ScreenForm):
    """An entry of the fund."""

    book_id = forms.TypedChoiceField(label="Księga", coerce=int)
    kind = forms.ChoiceField(label="Rodzaj", choices=FundEntry.Kind.choices)
    name = forms.CharField(label="Osoba", max_length=300, required=False)
    amount = MoneyField(label="Kwota")
    on_day = DayField(label="Dzień")
    text = forms.CharField(label="Treść", max_length=200)

    def __init__(self, books: list[tuple[int, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["book_id"].choices = books  # type: ignore[attr-defined]


@staff(*KEEPERS)
@require_safe
def listed(request: ActorRequest) -> HttpResponse:
    """The register of the fund, the newest first, with what is in it."""
    books, chosen = book_of(request)
    kind, words = request.GET.get("rodzaj", ""), request.GET.get("q", "").strip()[:100]
    page = None
    if chosen is not None:
        rows = queries.fund_entries(chosen, kind=kind, words=words)
        page = keyset_page(rows, key=("-on_day", "-id"), cursor=request.GET.get("cursor"))
    context = {
        "books": books, "chosen": chosen, "page": page, "kinds": FundEntry.Kind.choices, "kind": kind,
        "words": words, "balance": queries.fund_balance(chosen) if chosen else 0,
        "sums": queries.fund_by_kind(chosen, localdate().year) if chosen else [],
        "comes_in": [one.value for one in FundEntry.COMES_IN], "year": localdate().year,
    }  # fmt: skip
    return render(request, "treasury/social_fund.html", context)


@staff(Right.KEEP_BOOKS)
@require_http_methods(["GET", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Add an entry to the fund."""
    form = EntryForm(book_choices(request), request.POST or None, initial={"on_day": localdate()})
    if form.is_valid():
        given = dict(form.cleaned_data)
        name, book_id = given.pop("name").strip(), given.pop("book_id")
        person = settlements.Known(name) if name else None
        try:
            services.add(
                book_id, services.NewEntry(person=person, **given), actor=request.actor, today=localdate(),
                now=now(),
            )  # fmt: skip
        except NoSuchClaim as error:
            raise Http404 from error
        except Wrong as refused:
            form.add_error(refused.field, refused.words)
        except (LookupError, ledger.CannotPost):
            form.add_error("on_day", NO_BOOKS)
        else:
            messages.success(request, "Zapisano wpis funduszu.")
            return redirect(f"{reverse('treasury:social_fund')}?ksiega={book_id}")
    return render(request, "treasury/new_fund_entry.html", {"form": form}, status=422 if form.errors else 200)
