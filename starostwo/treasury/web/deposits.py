"""Deposits on the screen: those kept and those that went back, a new one, the end of one."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.ledger import api as ledger
from starostwo.ledger.api import settlements
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.paging import keyset_page
from starostwo.screens.api import DayField, MoneyField, ScreenForm, Tab
from starostwo.treasury.models import Deposit
from starostwo.treasury.queries import deposits as queries
from starostwo.treasury.services import deposits as services
from starostwo.treasury.services.claims import NoSuchClaim, Wrong
from starostwo.treasury.web.claims import NO_BOOKS, book_choices, book_of
from starostwo.treasury.web.claims_forms import DebtorForm
from starostwo.treasury.web.payments import SEES


class DepositForm(DebtorForm):
    """Money that came."""

    kind = forms.ChoiceField(label="Rodzaj", choices=Deposit.Kind.choices)
    subject = forms.CharField(
        label="Czego dotyczy", max_length=200, help_text="Na przykład znak postępowania."
    )
    amount = MoneyField(label="Kwota")
    received_on = DayField(label="Dzień wpływu")
    rate = forms.DecimalField(
        label="Oprocentowanie rachunku, procent w roku", min_value=0, max_value=100, decimal_places=2,
        required=False,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = "Kto wpłacił"
        self.fields["pesel"].help_text = ""


class EndForm(ScreenForm):
    """When what it secured ended."""

    mark_optional = False

    ended_on = DayField(label="Zabezpieczenie wygasło dnia")


class ReturnForm(ScreenForm):
    """The deposit goes back."""

    mark_optional = False

    on = DayField(label="Dzień zwrotu")
    cost = MoneyField(label="Koszty rachunku i przelewu", required=False)


class KeepingForm(ScreenForm):
    """The deposit is forfeited."""

    mark_optional = False

    on = DayField(label="Z dniem")
    reason = forms.CharField(label="Dlaczego", max_length=300)
    position = forms.CharField(
        label="Klasyfikacja dochodu", max_length=20, help_text="Na przykład 750.75020.0950."
    )


@staff(*SEES)
@require_safe
def listed(request: ActorRequest) -> HttpResponse:
    """The deposits of a book: kept, by the day of their return, or ended, the newest first."""
    books, chosen = book_of(request)
    is_ended, words = request.GET.get("stan") == "zwrocone", request.GET.get("q", "").strip()[:100]
    page = None
    if chosen is not None:
        found = (queries.ended if is_ended else queries.kept)(chosen, words=words)
        key = ("-returned_on", "-id") if is_ended else ("term", "id")
        page = keyset_page(found, key=key, cursor=request.GET.get("cursor"))
    base = reverse("treasury:deposits")
    tabs = [Tab("Przechowywane", base, not is_ended), Tab("Zakończone", f"{base}?stan=zwrocone", is_ended)]
    context = {
        "books": books, "chosen": chosen, "page": page, "tabs": tabs, "words": words, "today": localdate(),
        "is_ended": is_ended,
    }  # fmt: skip
    return render(request, "treasury/deposits.html", context)


@staff(Right.KEEP_BOOKS)
@require_http_methods(["GET", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Enter a deposit."""
    form = DepositForm(book_choices(request), request.POST or None, initial={"received_on": localdate()})
    if form.is_valid():
        given = form.cleaned_data
        owner = settlements.Known(
            given["name"], nip=given["nip"], pesel=given["pesel"], street=given["street"],
            postcode=given["postcode"], town=given["town"],
        )  # fmt: skip
        said = services.NewDeposit(
            given["kind"], owner, given["subject"], given["amount"], given["received_on"],
            int((given["rate"] or 0) * 100),
        )  # fmt: skip
        try:
            made = services.take(given["book_id"], said, actor=request.actor, today=localdate(), now=now())
        except NoSuchClaim as error:
            raise Http404 from error
        except Wrong as refused:
            form.add_error(refused.field, refused.words)
        except (LookupError, ledger.CannotPost):
            form.add_error("received_on", NO_BOOKS)
        else:
            messages.success(request, f"Zapisano depozyt {made.shown_number}.")
            return redirect("treasury:deposit", made.pk)
    return render(request, "treasury/new_deposit.html", {"form": form}, status=422 if form.errors else 200)


@staff(*SEES)
@require_safe
def deposit(request: ActorRequest, deposit_id: int) -> HttpResponse:
    """One deposit, its interest to today, and what may be done with it."""
    return _page(request, deposit_id)


@staff(Right.KEEP_BOOKS)
@require_POST
def ending(request: ActorRequest, deposit_id: int) -> HttpResponse:
    """What it secured has ended."""
    form = EndForm(request.POST)
    return _act(
        request, deposit_id, form, "ended_on", "Zapisano, kiedy zabezpieczenie wygasło.",
        lambda given: services.end(deposit_id, on=given["ended_on"], actor=request.actor, now=now()),
    )  # fmt: skip


@staff(Right.KEEP_BOOKS)
@require_POST
def giving_back(request: ActorRequest, deposit_id: int) -> HttpResponse:
    """It goes back with interest."""
    form = ReturnForm(request.POST)
    return _act(
        request, deposit_id, form, "on", "Zapisano zwrot depozytu.",
        lambda given: services.give_back(
            deposit_id, on=given["on"], cost=given["cost"] or 0, actor=request.actor, today=localdate(),
            now=now(),
        ),
    )  # fmt: skip


@staff(Right.KEEP_BOOKS)
@require_POST
def keeping(request: ActorRequest, deposit_id: int) -> HttpResponse:
    """It is forfeited and becomes income."""
    form = KeepingForm(request.POST, auto_id="zatrzymanie_%s")
    return _act(
        request, deposit_id, form, "on", "Zapisano zatrzymanie depozytu.",
        lambda given: services.keep(
            deposit_id, actor=request.actor, today=localdate(), now=now(), **given
        ),
    )  # fmt: skip


def _act(
    request: ActorRequest, deposit_id: int, form: ScreenForm, day_field: str, said: str,
    act: Callable[[dict[str, Any]], object],
) -> HttpResponse:  # fmt: skip
    """Carry out; a refusal stands beside its field with everything that was typed."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except services.NoSuchDeposit as error:
            raise Http404 from error
        except Wrong as refused:
            form.add_error(refused.field, refused.words)
        except (LookupError, ledger.CannotPost):
            form.add_error(day_field, NO_BOOKS)
        else:
            messages.success(request, said)
            return redirect("treasury:deposit", deposit_id)
    return _page(request, deposit_id, form)


def _page(request: ActorRequest, deposit_id: int, faulty: ScreenForm | None = None) -> HttpResponse:
    found = queries.one_of(ledger.visible_books(request.actor), deposit_id)
    if found is None:
        raise Http404
    today = localdate()
    fresh: dict[str, ScreenForm] = {
        "ending": EndForm(initial={"ended_on": today}),
        "giving_back": ReturnForm(initial={"on": today}),
        "keeping": KeepingForm(auto_id="zatrzymanie_%s", initial={"on": today}),
    }
    shown = {name: faulty if faulty and type(faulty) is type(form) else form for name, form in fresh.items()}
    context = {
        "deposit": found, "today": today, "may_work": ledger.may_post(request.actor, found.book),
        "interest": services.interest_of(found, today) if found.returned_on is None else None,
        "percent": f"{found.rate // 100},{found.rate % 100:02d} %", "faulty": faulty, **shown,
    }  # fmt: skip
    return render(request, "treasury/deposit.html", context, status=422 if faulty else 200)
