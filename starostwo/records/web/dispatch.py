"""Screens of dispatch: signed letters that wait, the register of outgoing letters, receipts of paper."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_safe

from starostwo.files import api as files
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.printed_table import Cell, Column, Table
from starostwo.records import document_access
from starostwo.records.models import Dispatch
from starostwo.records.queries.document import (
    REGISTER_KEY,
    Sent,
    outgoing,
    outgoing_rows,
    sent_of,
    to_dispatch,
    with_deliveries,
)
from starostwo.records.services.delivery import CannotRecord, record_receipt
from starostwo.records.services.dispatch import CannotDispatch, dispatch_document, ways_of
from starostwo.records.web.document import note_read, page_or_404
from starostwo.records.web.document_forms import DispatchForm, ReceiptForm
from starostwo.records.web.listing import page_of
from starostwo.records.web.registers import about_office, period, printed

OUTGOING_COLUMNS = (
    Column("Lp.", 1.2),
    Column("Data przekazania", 1),
    Column("Adresat", 3),
    Column("Znak pisma", 1.8),
    Column("Sposób wysłania", 1.3),
    Column("Doręczono", 1),
)


@staff(Right.HANDLE, Right.DISPATCH)
@require_safe
def dispatch_list(request: ActorRequest) -> HttpResponse:
    """Signed letters that nobody has sent yet."""
    context = {"documents": to_dispatch(request.actor), "today": localdate()}
    return render(request, "records/dispatch_list.html", context)


@staff(Right.HANDLE, Right.DISPATCH)
@require_http_methods(["GET", "POST"])
def dispatch(request: ActorRequest, document_id: int) -> HttpResponse:
    """Send a signed letter to its addressees: by account where there is one."""
    page = page_or_404(request, document_id)
    if page.signed is None or not document_access.may_dispatch(request.actor, page.document):
        raise Http404
    form = DispatchForm(
        request.POST if request.method == "POST" else None, parties=page.to_serve, document=page.document
    )
    if form.is_valid():
        try:
            rows = dispatch_document(document_id, actor=request.actor, ways=form.ways(), now=now())
            sent = ", ".join(f"{row} ({row.get_channel_display()})" for row in rows)
            messages.success(request, f"Wysłano: {sent}.")
            return redirect("records:document", document_id)
        except CannotDispatch as refusal:
            form.add_error(None, str(refusal))
    by_mail = any(Dispatch.Channel.EMAIL in ways_of(party, page.document) for party in page.to_serve)
    context = {"form": form, "page": page, "document": page.document, "by_mail": by_mail}
    return render(request, "records/dispatch.html", context, status=422 if form.errors else 200)


@staff(None)
@require_safe
def outgoing_register(request: ActorRequest) -> HttpResponse:
    """The register of outgoing letters (RKW) of a period, as far as the person may see it."""
    form, since, until = period(request)
    page = page_of(request, outgoing(request.actor, since=since, until=until), key=REGISTER_KEY)
    context = {"form": form, "page": page, "rows": with_deliveries(page.rows)}
    return render(request, "records/outgoing_register.html", context)


@staff(None)
@require_safe
def outgoing_print(request: ActorRequest, kind: str) -> HttpResponse:
    """The register of a period as PDF or XLSX. Law: instrukcja kancelaryjna par. 40."""
    _, since, until = period(request)
    today = localdate()
    since, until = since or date(today.year, 1, 1), until or today
    table = Table(
        title="Rejestr przesyłek wychodzących",
        about=about_office(f"Okres: {since:%d.%m.%Y} - {until:%d.%m.%Y}"),
        columns=OUTGOING_COLUMNS,
        rows=[_cells(sent) for sent in outgoing_rows(request.actor, since=since, until=until)],
    )
    return printed(table, kind, name=f"rkw-{since:%Y%m%d}-{until:%Y%m%d}")


@staff(Right.HANDLE, Right.DISPATCH)
@require_http_methods(["GET", "POST"])
def receipt(request: ActorRequest, dispatch_id: int) -> HttpResponse:
    """Enter the return receipt of a paper letter; the term runs from its day."""
    row = _row(request, dispatch_id)
    [sent] = sent_of(Dispatch.objects.filter(pk=row.pk))
    if row.channel != Dispatch.Channel.PAPER or sent.is_served:
        raise Http404
    form = ReceiptForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            delivery = record_receipt(
                dispatch_id,
                actor=request.actor,
                served_on=data["served_on"],
                received_by=data["received_by"],
                now=now(),
            )
            messages.success(request, f"Odnotowano doręczenie {row} dnia {delivery.served_on:%d.%m.%Y}.")
            return redirect("records:document", row.document_id)
        except CannotRecord as refusal:
            form.add_error(None, str(refusal))
    context = {"form": form, "row": row}
    return render(request, "records/dispatch_receipt.html", context, status=422 if form.errors else 200)


@staff(None)
@require_safe
def printout(request: ActorRequest, dispatch_id: int) -> HttpResponseBase:
    """The printout of a letter that goes on paper."""
    row = _row(request, dispatch_id)
    if row.printout is None:
        raise Http404
    note_read(request, row.document.case)
    return files.download_response(row.printout, f"wydruk-{row.number}-{row.year}.pdf", inline=True)


@staff(None)
@require_safe
def proof(request: ActorRequest, dispatch_id: int) -> HttpResponseBase:
    """The receipt of service (UPD) of a letter."""
    row = _row(request, dispatch_id)
    [sent] = sent_of(Dispatch.objects.filter(pk=row.pk))
    if sent.delivery is None or sent.delivery.receipt is None:
        raise Http404
    note_read(request, row.document.case)
    return files.download_response(sent.delivery.receipt, f"UPD-{row.number}-{row.year}.xml")


def _cells(sent: Sent) -> tuple[Cell, ...]:
    row = sent.dispatch
    served = sent.delivery.served_on if sent.delivery else None
    return (
        str(row),
        row.sent_on,
        f"{row.addressee_name}, {row.addressee_address}".strip(", "),
        row.document.mark,
        row.get_channel_display(),
        served,
    )


def _row(request: ActorRequest, dispatch_id: int) -> Dispatch:
    visible = document_access.visible_dispatches(request.actor).select_related("document__case", "printout")
    row = visible.filter(pk=dispatch_id).first()
    if row is None:
        raise Http404
    return row
