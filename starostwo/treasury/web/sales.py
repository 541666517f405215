"""Sales on the screen: the list, a new invoice, one with its papers, a correction."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.files import api as files
from starostwo.ledger import api as ledger
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.screens.api import ScreenForm
from starostwo.treasury import invoice_access as access
from starostwo.treasury.ksef_codes import NoCertificate
from starostwo.treasury.models import InterestKind, InvoiceUnit, SaleInvoice
from starostwo.treasury.queries import sales as queries
from starostwo.treasury.rules.fa3 import Party
from starostwo.treasury.sale_paper import sale_pdf
from starostwo.treasury.services import sale_posting as posting
from starostwo.treasury.services import sales as services
from starostwo.treasury.services.claims import Wrong
from starostwo.treasury.web.claims import NO_BOOKS
from starostwo.treasury.web.listing import listing
from starostwo.treasury.web.sale_forms import CorrectionForm, PostingForm, SaleForm, typed

READS = (Right.READ_BOOKS, Right.KEEP_BOOKS, Right.CHIEF_ACCOUNTANT, Right.TREASURER, Right.INSPECT)
FROM_ELSEWHERE = ("buyer_name", "buyer_address", "sold_on", "name_1", "price_1", "rate_1")
TABS = (("", "Wszystkie"), *((state.value, state.label.capitalize()) for state in SaleInvoice.State))


@staff(*READS)
@require_safe
def sales(request: ActorRequest) -> HttpResponse:
    """The sales, the newest first."""
    context = listing(request, "treasury:sales", TABS, key=queries.NEWEST, rows=queries.listed)
    context["may_sell"] = bool(_units(request))
    return render(request, "treasury/sales.html", context)


@staff(Right.KEEP_BOOKS)
@require_http_methods(["GET", "POST"])
def new_sale(request: ActorRequest) -> HttpResponse:
    """The form of a new invoice; what was typed comes back with a refusal."""
    units = _units(request)
    if not units:
        raise Http404
    told = {name: request.GET[name][:500] for name in FROM_ELSEWHERE if name in request.GET}
    form = SaleForm(request.POST or None, units=units, initial=told)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        sale = services.NewSale(
            unit_id=int(said["unit"]),
            buyer=Party(said["buyer_name"], said["buyer_nip"], address=said["buyer_address"]),
            lines=said["lines"], sold_on=said["sold_on"], due_on=said["due_on"], exempt_by=said["exempt_by"],
            account="".join(said["account"].split()), offline=said["offline"],
        )  # fmt: skip
        made = _issued(form, lambda: services.issue(sale, actor=request.actor, today=localdate(), now=now()))
        if made is not None:
            messages.success(request, f"Wystawiono fakturę {made.number}.")
            return redirect("treasury:sale", made.pk)
    return render(request, "treasury/new_sale.html", {"form": form}, status=422 if form.errors else 200)


@staff(*READS)
@require_safe
def sale(request: ActorRequest, sale_id: int) -> HttpResponse:
    """One sale: its lines, how it stands in KSeF, its papers, its posting."""
    return _page(request, _found(request, sale_id))


@staff(Right.KEEP_BOOKS)
@require_POST
def sale_posting(request: ActorRequest, sale_id: int) -> HttpResponse:
    """Post the sale; what was typed stays with a refusal."""
    found = _found(request, sale_id)
    form = PostingForm(request.POST)
    if form.is_valid():
        try:
            posting.post_sale(sale_id, posting.Posting(**form.cleaned_data), actor=request.actor, now=now())
        except posting.NotToPost as error:
            raise Http404 from error
        except Wrong as refused:
            form.add_error(refused.field, refused.words)
        except (LookupError, ledger.CannotPost):
            form.add_error("operation_on", NO_BOOKS)
        else:
            messages.success(request, f"Zaksięgowano fakturę {found.number}.")
            return redirect("treasury:sale", sale_id)
    return _page(request, found, form)


def _page(request: ActorRequest, found: SaleInvoice, faulty: PostingForm | None = None) -> HttpResponse:
    may_post = (
        found.voucher_id is None
        and found.state != SaleInvoice.State.REFUSED
        and access.may_sell(request.actor, found.unit)
    )
    usual = {
        "position": queries.usual_position(found), "operation_on": found.sold_on or found.issued_on,
        "interest": InterestKind.COMMERCE if found.buyer_nip else InterestKind.DELAY,
    }  # fmt: skip
    context = {
        "posting": (faulty or PostingForm(initial=usual)) if may_post else None,
        "faulty": faulty,
        "sale": found,
        "lines": services.lines_of(found),
        "corrections": queries.corrections_of(found),
        "history": queries.history(found),
        "last_day": queries.last_day(found),
        "may_correct": found.corrects_id is None
        and found.state != SaleInvoice.State.REFUSED
        and access.may_sell(request.actor, found.unit),
    }
    return render(request, "treasury/sale.html", context, status=422 if faulty else 200)


@staff(*READS)
@require_safe
def sale_file(request: ActorRequest, sale_id: int, what: str) -> HttpResponseBase:
    """The XML or the receipt."""
    found = _found(request, sale_id)
    blob = found.blob if what == "xml" else found.upo
    if blob is None:
        raise Http404
    return files.download_response(blob, f"{found.number.replace('/', '-')}-{what}.xml")


@staff(*READS)
@require_safe
def sale_paper(request: ActorRequest, sale_id: int) -> HttpResponse:
    """The invoice as PDF."""
    found = _found(request, sale_id)
    try:
        pdf = sale_pdf(found, at=now())
    except NoCertificate as missing:
        raise Http404 from missing
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="faktura-{found.number.replace("/", "-")}.pdf"'
    return answer


@staff(Right.KEEP_BOOKS)
@require_http_methods(["GET", "POST"])
def correction(request: ActorRequest, sale_id: int) -> HttpResponse:
    """A correction: the lines as they should have been."""
    found = _found(request, sale_id)
    if found.corrects_id is not None or not access.may_sell(request.actor, found.unit):
        raise Http404
    before = services.lines_of(services.last_of(found))
    form = CorrectionForm(request.POST or None, initial=typed(before), count=len(before) + 1)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        made = _issued(
            form,
            lambda: services.correct(
                found.pk, said["lines"], reason=said["reason"], offline=said["offline"], actor=request.actor,
                today=localdate(), now=now(),
            ),
        )  # fmt: skip
        if made is not None:
            messages.success(request, f"Wystawiono korektę {made.number}.")
            return redirect("treasury:sale", made.pk)
    return render(
        request,
        "treasury/sale_correction.html",
        {"form": form, "sale": found},
        status=422 if form.errors else 200,
    )


def _issued(form: ScreenForm, issue: Callable[[], SaleInvoice]) -> SaleInvoice | None:
    """Issue, or say at the form why not."""
    try:
        return issue()
    except services.MayNotSell:
        form.add_error(None, "Nie prowadzisz ksiąg tej jednostki.")
    except services.NothingChanges:
        form.add_error(None, "Korekta niczego nie zmienia. Popraw pozycje.")
    except services.NoOffline:
        form.add_error(
            "offline", "Ta instalacja nie ma certyfikatu KSeF do faktur offline. Wystaw fakturę online."
        )
    except services.NotAValidSale as error:
        form.add_error(None, f"Faktura nie byłaby zgodna ze wzorem FA(3): {error}")
    return None


def _found(request: ActorRequest, sale_id: int) -> SaleInvoice:
    found = queries.one(sale_id, actor=request.actor)
    if found is None:
        raise Http404
    return found


def _units(request: ActorRequest) -> list[InvoiceUnit]:
    rows = access.units_of(request.actor).select_related("book").order_by("name")
    return [unit for unit in rows if access.may_sell(request.actor, unit)]
