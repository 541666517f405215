"""The table of fees: what each service costs from which day by which provision; the past never changes."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.money import zloty
from starostwo.procedures import fees as services
from starostwo.procedures.fee_table import (
    FeeLine,
    cards_with_changes,
    changes_of,
    lines_of,
    payment_times_of,
    standing_card,
)
from starostwo.procedures.models import ServiceCard
from starostwo.procedures.web.fee_forms import EndForm, NewFeeForm, PaymentTimeForm, RateForm, tomorrow

REFUSALS = {
    services.DayHasBegun: ("valid_from", "Zmiana może obowiązywać najwcześniej od jutra."),
    services.DayIsTaken: ("valid_from", "Od tego dnia jest już zapisana zmiana. Najpierw ją cofnij."),
    services.NothingIsSaid: ("amount", "Podaj kwotę albo opis."),
}


@staff(Right.EDIT_FORMS)
@require_safe
def cards(request: ActorRequest) -> HttpResponse:
    """Every service with what it costs today and whether a change is to come."""
    return render(request, "procedures/fees.html", {"rows": cards_with_changes(localdate())})


@staff(Right.EDIT_FORMS)
@require_safe
def card_fees(request: ActorRequest, code: str) -> HttpResponse:
    """The lines of one card with their rates over time, when one pays, and who changed what."""
    return _page(request, _card(code), PaymentTimeForm(initial={"valid_from": tomorrow()}))


@staff(Right.EDIT_FORMS)
@require_http_methods(["GET", "POST"])
def new_fee(request: ActorRequest, code: str) -> HttpResponse:
    """Something new is charged from a day on."""
    card = _card(code)
    form = NewFeeForm(request.POST or None, initial={"valid_from": tomorrow()})
    if form.is_valid() and _done(
        form,
        lambda: services.add_fee(code, form.new_rate(), actor=request.actor, today=localdate(), now=now()),
    ):
        messages.success(request, f"Zapisano nową opłatę: {form.cleaned_data['label']}.")
        return redirect("procedures:card_fees", code)
    context = {"card": card, "form": form, "title": "Nowa opłata", "known": None}
    return render(request, "procedures/fee_form.html", context, status=422 if form.errors else 200)


@staff(Right.EDIT_FORMS)
@require_http_methods(["GET", "POST"])
def fee_change(request: ActorRequest, code: str, position: int) -> HttpResponse:
    """A line costs something else from a day on."""
    card = _card(code)
    line = _line(card, position)
    known = line.today or line.newest
    initial = {"amount": known.amount, "text": known.text, "source": known.source, "valid_from": tomorrow()}
    form = RateForm(request.POST or None, initial=initial)
    if form.is_valid() and _done(
        form,
        lambda: services.change_fee(
            code, position, form.rate(known), actor=request.actor, today=localdate(), now=now()
        ),
    ):
        amount, day = form.cleaned_data["amount"], form.cleaned_data["valid_from"]
        costs = zloty(amount) if amount is not None else form.cleaned_data["text"]
        messages.success(request, f"{known.label}: {costs} od {day:%d.%m.%Y}.")
        return redirect("procedures:card_fees", code)
    context = {"card": card, "form": form, "title": f"Zmiana opłaty: {known.label}", "known": known}
    return render(request, "procedures/fee_form.html", context, status=422 if form.errors else 200)


@staff(Right.EDIT_FORMS)
@require_http_methods(["GET", "POST"])
def fee_end(request: ActorRequest, code: str, position: int) -> HttpResponse:
    """A line is charged no longer from a day on."""
    card = _card(code)
    known = _line(card, position).newest
    form = EndForm(request.POST or None, initial={"valid_to": tomorrow()})
    if form.is_valid():
        day = form.cleaned_data["valid_to"]
        try:
            services.end_fee(code, position, valid_to=day, actor=request.actor, today=localdate(), now=now())
        except services.DayHasBegun:
            form.add_error("valid_to", "Opłata może się skończyć najwcześniej jutro.")
        except services.NoSuchLine:
            form.add_error("valid_to", "Tego dnia opłata i tak nie obowiązuje.")
        else:
            messages.success(request, f"{known.label}: do {day:%d.%m.%Y} (bez tego dnia).")
            return redirect("procedures:card_fees", code)
    context = {"card": card, "form": form, "title": f"Koniec opłaty: {known.label}", "known": known}
    return render(request, "procedures/fee_form.html", context, status=422 if form.errors else 200)


@staff(Right.EDIT_FORMS)
@require_POST
def confirmation(request: ActorRequest, code: str, fee_id: int) -> HttpResponse:
    """Somebody read the act; the mark 'z pamięci' goes."""
    try:
        services.confirm(code, fee_id, actor=request.actor, now=now())
    except services.NoSuchLine as error:
        raise Http404 from error
    messages.success(request, "Zapisano, że wiersz sprawdzono z tekstem prawa.")
    return redirect("procedures:card_fees", code)


@staff(Right.EDIT_FORMS)
@require_POST
def taking_back(request: ActorRequest, code: str, fee_id: int) -> HttpResponse:
    """A change that does not hold yet is taken back."""
    try:
        services.take_back(code, fee_id, actor=request.actor, today=localdate(), now=now())
    except services.NoSuchLine as error:
        raise Http404 from error
    except services.DayHasBegun:
        messages.error(request, "Ten wiersz już obowiązuje i zostaje. Wpisz nową zmianę od jutra.")
    else:
        messages.success(request, "Cofnięto zmianę, która jeszcze nie obowiązywała.")
    return redirect("procedures:card_fees", code)


@staff(Right.EDIT_FORMS)
@require_POST
def payment_time(request: ActorRequest, code: str) -> HttpResponse:
    """When one pays for the service, from a day on."""
    card = _card(code)
    form = PaymentTimeForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        try:
            services.set_payment_time(
                code, given["moment"], valid_from=given["valid_from"], actor=request.actor,
                today=localdate(), now=now(),
            )  # fmt: skip
        except services.DayHasBegun:
            form.add_error("valid_from", "Zmiana może obowiązywać najwcześniej od jutra.")
        else:
            messages.success(request, "Zapisano, kiedy się płaci.")
            return redirect("procedures:card_fees", code)
    return _page(request, card, form, status=422)


def _page(
    request: ActorRequest, card: ServiceCard, form: PaymentTimeForm, *, status: int = 200
) -> HttpResponse:
    today = localdate()
    context = {
        "card": card,
        "lines": lines_of(card, today),
        "times": payment_times_of(card),
        "form": form,
        "today": today,
        "changes": changes_of(card.code),
    }
    return render(request, "procedures/card_fees.html", context, status=status)


def _done(form: RateForm, act: Callable[[], object]) -> bool:
    """Carry out; a refusal stands beside its field."""
    try:
        act()
    except tuple(REFUSALS) as refusal:
        form.add_error(*REFUSALS[type(refusal)])
        return False
    return True


def _card(code: str) -> ServiceCard:
    found = standing_card(code)
    if found is None:
        raise Http404
    return found


def _line(card: ServiceCard, position: int) -> FeeLine:
    for line in lines_of(card, localdate()):
        if line.position == position:
            return line
    raise Http404
