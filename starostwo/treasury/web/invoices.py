"""Purchase invoices on the screen: the list, one with all its fields and its path, each decision."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST, require_safe

from starostwo.files import api as files
from starostwo.office import api as office
from starostwo.office.api import ActorRequest, staff
from starostwo.screens.api import ScreenForm
from starostwo.treasury import invoice_access as access
from starostwo.treasury.models import Invoice, InvoiceUnit
from starostwo.treasury.queries import invoices as queries
from starostwo.treasury.rules.invoice_path import OPEN, after_accepting, after_returning
from starostwo.treasury.services import invoice_path as path
from starostwo.treasury.web.invoice_forms import RejectForm, RemarkForm, RouteForm, SendForm
from starostwo.treasury.web.listing import listing

State = Invoice.State
TABS = (
    ("", "Wszystkie"),
    (queries.MINE, "Do mojej kontroli"),
    (State.QUEUE.value, "Do rozdzielenia"),
    (State.BROKEN.value, "Nieczytelne"),
    (State.NEW.value, "Nowe"),
    (State.SUBSTANCE.value, "Merytoryczna"),
    (State.FORMAL.value, "Formalna"),
    (State.CHIEF.value, "Do zatwierdzenia"),
    (State.APPROVED.value, "Do zaksięgowania"),
    (State.POSTED.value, "Zaksięgowane"),
    (State.REJECTED.value, "Odrzucone"),
)
GONE = (
    "Tej faktury nie można już tak zmienić: stoi na innym etapie albo czeka na kogoś innego. Odśwież stronę."
)
REASON = "Napisz powód."
ANOTHER = "Fakturę sprawdzono formalnie Twoim podpisem. Zatwierdza ją inna osoba."


@staff(None)
@require_safe
def invoices(request: ActorRequest) -> HttpResponse:
    """The invoices that the person sees, the newest first."""
    units = list(access.units_of(request.actor).select_related("book"))
    context = listing(request, "treasury:invoices", TABS, key=queries.NEWEST, rows=queries.listed) | {
        "may_enter": any(access.may_enter(request.actor, unit) for unit in units),
        "reads_books": bool(units),
    }
    return render(request, "treasury/invoices.html", context)


@staff(None)
@require_safe
def invoice(request: ActorRequest, invoice_id: int) -> HttpResponse:
    """One invoice."""
    return _page(request, invoice_id)


@staff(None)
@require_safe
def original(request: ActorRequest, invoice_id: int) -> HttpResponseBase:
    """The file as it came."""
    found = queries.one(invoice_id, actor=request.actor)
    if found is None or found.blob is None:
        raise Http404
    name = f"{found.ksef_number}.xml" if found.ksef_number else f"faktura-{found.pk}"
    try:
        return files.download_response(found.blob, name, inline=found.source != Invoice.Source.KSEF)
    except (files.NotForOpening, files.Missing) as refused:
        raise Http404 from refused


@staff(None)
@require_POST
def routing(request: ActorRequest, invoice_id: int) -> HttpResponse:
    """Give the invoice to a unit."""
    form = RouteForm(request.POST, units=InvoiceUnit.objects.order_by("name"))
    return _act(
        request, invoice_id, form, "Skierowano fakturę do jednostki.",
        lambda said: path.route_to(invoice_id, int(said["unit"]), actor=request.actor, now=now()),
    )  # fmt: skip


@staff(None)
@require_POST
def sending(request: ActorRequest, invoice_id: int) -> HttpResponse:
    """Give the invoice to be checked."""
    form = SendForm(request.POST, people=_people())
    return _act(
        request, invoice_id, form, "Przekazano do kontroli merytorycznej.",
        lambda said: path.send(
            invoice_id, int(said["checker"]), remark=said["remark"], actor=request.actor, now=now()
        ),
    )  # fmt: skip


@staff(None)
@require_POST
def acceptance(request: ActorRequest, invoice_id: int) -> HttpResponse:
    """This stage's check found the invoice right."""
    return _act(
        request, invoice_id, RemarkForm(request.POST), "Zaakceptowano.",
        lambda said: path.accept(invoice_id, remark=said["remark"], actor=request.actor, now=now()),
    )  # fmt: skip


@staff(None)
@require_POST
def returning(request: ActorRequest, invoice_id: int) -> HttpResponse:
    """Send it back for correction."""
    return _act(
        request, invoice_id, RemarkForm(request.POST), "Zwrócono do poprawy.",
        lambda said: path.give_back(invoice_id, remark=said["remark"], actor=request.actor, now=now()),
    )  # fmt: skip


@staff(None)
@require_POST
def rejection(request: ActorRequest, invoice_id: int) -> HttpResponse:
    """The invoice is not ours."""
    return _act(
        request, invoice_id, RejectForm(request.POST), "Odrzucono fakturę.",
        lambda said: path.reject(invoice_id, remark=said["remark"], actor=request.actor, now=now()),
    )  # fmt: skip


def _act(
    request: ActorRequest, invoice_id: int, form: ScreenForm, done: str,
    work: Callable[[Mapping[str, Any]], object],
) -> HttpResponse:  # fmt: skip
    """Do it and say so; a refusal comes back with what was typed."""
    if not form.is_valid():
        return _page(request, invoice_id, form)
    try:
        work(form.cleaned_data)
    except path.NoSuchInvoice as error:
        raise Http404 from error
    except path.NeedsReason:
        form.add_error("remark", REASON)
    except path.NeedsAnotherPerson:
        form.add_error(None, ANOTHER)
    except path.NoSuchChecker:
        form.add_error("checker", "Ta osoba już tu nie pracuje. Wybierz inną.")
    except path.NotYours:
        form.add_error(None, GONE)
    else:
        messages.success(request, done)
        return redirect("treasury:invoice", invoice_id)
    return _page(request, invoice_id, form)


def _page(request: ActorRequest, invoice_id: int, faulty: ScreenForm | None = None) -> HttpResponse:
    actor = request.actor
    found = queries.one(invoice_id, actor=actor)
    if found is None:
        raise Http404
    is_ours = access.may_enter(actor, found.unit) if found.unit else False
    routes = found.state in (State.QUEUE, State.NEW) and access.may_route(actor)
    decides = access.decides(actor, found)
    context: dict[str, Any] = {
        "invoice": found,
        "outline": queries.outline_of(found),
        "history": queries.history(found),
        "faulty": faulty,
        "routing": RouteForm(units=InvoiceUnit.objects.order_by("name"), initial={"unit": found.unit_id})
        if routes
        else None,
        "sending": SendForm(people=_people()) if found.state == State.NEW and is_ours else None,
        "decision": RemarkForm() if decides else None,
        "accepts": decides and after_accepting(found.state) is not None,
        "returns": decides and after_returning(found.state) is not None,
        "rejecting": RejectForm()
        if found.state in OPEN and (is_ours or (found.unit is None and access.may_route(actor)))
        else None,
        "posts": is_ours and found.state not in (State.REJECTED, State.POSTED),
        "stage": after_accepting(found.state),
    }
    for name, kind in (
        ("routing", RouteForm),
        ("sending", SendForm),
        ("rejecting", RejectForm),
        ("decision", RemarkForm),
    ):
        if type(faulty) is kind and context[name] is not None:
            context[name] = faulty
    return render(request, "treasury/invoice.html", context, status=422 if faulty else 200)


def _people() -> list[office.PersonRef]:
    return office.people(localdate(), right=office.Right.HANDLE)
