"""Phones on the screen: the book of numbers, a phone for the administrator, one's own phone."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.paging import keyset_page
from starostwo.telephony import access
from starostwo.telephony.models import Extension, Node, Number
from starostwo.telephony.queries import lines, numbers, voicemail
from starostwo.telephony.queries.leads import leads_to
from starostwo.telephony.services import phones
from starostwo.telephony.services.phones import Forwards, Phone
from starostwo.telephony.services.removal import SomethingLeadsThere, remove_number
from starostwo.telephony.web.forms import ForwardsForm, NewPhoneForm, PhoneForm
from starostwo.telephony.web.frame import tabs_of

TO_ITSELF = "Telefon nie może przekierować na własny numer."
FORWARDS = (
    "forward_always",
    "forward_busy",
    "forward_no_answer",
    "has_voicemail",
    "ring_seconds",
    "is_quiet",
)


@staff(None)
@require_safe
def listed(request: ActorRequest) -> HttpResponse:
    """The book: everybody finds whom to call."""
    words = request.GET.get("q", "").replace("\0", "")[:100]
    page = keyset_page(numbers.listed(words), key=numbers.BY_NUMBER, cursor=request.GET.get("cursor"))
    context = {
        "page": page, "words": words, "may_manage": access.may_manage(request.actor),
        "own": numbers.own_phone(request.actor.account_id), "tabs": tabs_of(request.actor, "numbers"),
        "new_messages": voicemail.new_messages(request.actor),
    }  # fmt: skip
    return render(request, "telephony/numbers.html", context)


@staff(Right.ADMIN)
@require_http_methods(["GET", "POST"])
def new(request: ActorRequest) -> HttpResponse:
    """Give a number to a new phone."""
    form = NewPhoneForm(request.POST or None, **_choices())
    if form.is_valid():
        number = form.cleaned_data["number"]
        try:
            phones.add_phone(number, *_said(form), actor=request.actor, now=now())
        except phones.NumberIsTaken:
            form.add_error("number", f"Numer {number} jest już zajęty. Wybierz inny.")
        except phones.ForwardsToItself as refused:
            form.add_error(str(refused), TO_ITSELF)
        else:
            messages.success(request, f"Dodano telefon {number}. Nadaj mu hasło, żeby mógł się zalogować.")
            return redirect("telephony:phone", number)
    context = {"form": form, "title": "Nowy telefon", "action": "Dodaj telefon"}
    return render(request, "telephony/form.html", context, status=422 if form.errors else 200)


@staff(Right.ADMIN)
@require_http_methods(["GET", "POST"])
def phone(request: ActorRequest, number: str) -> HttpResponse:
    """Change a phone."""
    found = _found(numbers.phone(number))
    initial = {name: getattr(found, name) for name in (*FORWARDS, "label", "may_call", "is_blocked")}
    initial |= {"node": found.number.node_id, "account": found.account_id, "shows": found.shows_id}
    form = PhoneForm(request.POST or None, initial=initial, **_choices())
    if form.is_valid():
        try:
            phones.change_phone(number, *_said(form), actor=request.actor, now=now())
        except phones.ForwardsToItself as refused:
            form.add_error(str(refused), TO_ITSELF)
        else:
            messages.success(request, f"Zapisano telefon {number}.")
            return redirect("telephony:numbers")
    context = {"form": form, "title": f"Telefon {number}", "action": "Zapisz", "number": number,
               "phone": found, "leads": leads_to(number)}  # fmt: skip
    return render(request, "telephony/number.html", context, status=422 if form.errors else 200)


@staff(Right.ADMIN)
@require_POST
def removal(request: ActorRequest, number: str) -> HttpResponse:
    """Take away a phone or a group to which nothing leads."""
    if not Number.objects.filter(pk=number).exists():
        raise Http404
    try:
        remove_number(number, actor=request.actor, now=now())
    except SomethingLeadsThere as refused:
        messages.error(
            request, f"Numeru {number} nie usunięto. Prowadzi do niego: {refused}. Zmień to najpierw."
        )
    else:
        messages.success(request, f"Usunięto numer {number}.")
    return redirect("telephony:numbers")


@staff(Right.ADMIN)
@require_POST
def password(request: ActorRequest, number: str) -> HttpResponse:
    """Give a phone a new password, shown this once."""
    found = _found(numbers.phone(number))
    made = phones.new_password(number, actor=request.actor, now=now())
    context = {"phone": found, "password": made, "domain": phones.DOMAIN}
    return render(request, "telephony/password.html", context)


@staff(None)
@require_http_methods(["GET", "POST"])
def own(request: ActorRequest) -> HttpResponse:
    """Where the calls to one's own phone go."""
    found = _found(numbers.own_phone(request.actor.account_id))
    form = ForwardsForm(request.POST or None, initial={name: getattr(found, name) for name in FORWARDS})
    if form.is_valid():
        try:
            phones.set_forwards(found.number_id, _forwards(form), actor=request.actor, now=now())
        except phones.ForwardsToItself as refused:
            form.add_error(str(refused), TO_ITSELF)
        else:
            messages.success(request, "Zapisano. Nowe przekierowania działają od następnej rozmowy.")
            return redirect("telephony:own")
    context = {"form": form, "title": f"Mój telefon {found.number_id}", "action": "Zapisz"}
    return render(request, "telephony/form.html", context, status=422 if form.errors else 200)


def _found(phone: Extension | None) -> Extension:
    if phone is None:
        raise Http404
    return phone


def _choices() -> dict[str, Any]:
    return {
        "nodes": [(node.pk, node.name) for node in lines.nodes()],
        "people": numbers.people(localdate()),
        "public": [(row.pk, row.number) for row in lines.public_numbers()],
    }


def _said(form: PhoneForm) -> tuple[Node, Phone, Forwards]:
    data = form.cleaned_data
    node = next(node for node in lines.nodes() if node.pk == data["node"])
    said = Phone(data["label"], data["account"], None, data["may_call"], data["shows"], data["is_blocked"])
    return node, said, _forwards(form)


def _forwards(form: ForwardsForm) -> Forwards:
    return Forwards(**{name: form.cleaned_data[name] for name in asdict(Forwards())})
