"""Documents on the screen: the list, one with its posting, its paper; depreciation; rates."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.assets import access
from starostwo.assets.access import SEES_ALL
from starostwo.assets.models import Document
from starostwo.assets.papers import document_pdf
from starostwo.assets.queries import assets as queries
from starostwo.assets.queries.catalogue import classes_on, thresholds
from starostwo.assets.queries.signing import event_words, of_document, standing
from starostwo.assets.rules.kinds import DOCUMENTS
from starostwo.assets.services import catalogue, depreciation
from starostwo.assets.services.writing import Refused
from starostwo.assets.web.fields import hundredths
from starostwo.assets.web.forms import ClassesForm, MonthForm, ThresholdForm
from starostwo.assets.web.signing import shown
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.paging import keyset_page
from starostwo.screens.api import Tab

CHECKS = (Right.CHIEF_ACCOUNTANT, Right.TREASURER)


@staff(*SEES_ALL)
@require_safe
def listed(request: ActorRequest) -> HttpResponse:
    """The documents, the newest first."""
    kind = request.GET.get("rodzaj", "")
    if kind and kind not in DOCUMENTS:
        raise Http404
    rows = queries.documents(request.actor, kind=kind)
    base = reverse("assets:documents")
    tabs = [Tab("wszystkie", base, not kind)]
    tabs += [Tab(f"{one} {words}", f"{base}?rodzaj={one}", one == kind) for one, words in DOCUMENTS.items()]
    page = keyset_page(rows, key=("-id",), cursor=request.GET.get("cursor"))
    context = {"page": page, "tabs": tabs, "may_manage": access.may_manage(request.actor)}
    return render(request, "assets/documents.html", context)


@staff(None)
@require_safe
def document(request: ActorRequest, document_id: int) -> HttpResponse:
    """One document with its lines and what became of its posting."""
    found = _found(request, document_id)
    page = keyset_page(queries.lines(found), key=("position",), cursor=request.GET.get("cursor"), size=100)
    context = {
        "document": found, "page": page, "posting": queries.posting(found, actor=request.actor),
        "event": event_words(found), "standing": standing(of_document(found), request.actor),
        "sees_all": access.sees_all(request.actor),
    }  # fmt: skip
    return render(request, "assets/document.html", context)


@staff(None)
@require_safe
def paper(request: ActorRequest, document_id: int) -> HttpResponseBase:
    """The document on paper: the signed file once somebody has signed it."""
    found = _found(request, document_id)
    return shown(of_document(found), lambda: _printed(found))


def _printed(found: Document) -> HttpResponse:
    pdf = document_pdf(found, list(queries.lines(found).order_by("position")), event=event_words(found))
    answer = HttpResponse(pdf, content_type="application/pdf")
    name = f"{found.kind.lower()}-{found.number}-{found.year}"
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer


def _found(request: ActorRequest, document_id: int) -> Document:
    found = queries.document(document_id, actor=request.actor)
    if found is None:
        raise Http404
    return found


@staff(Right.MANAGE_ASSETS)
@require_http_methods(["GET", "POST"])
def writing_off(request: ActorRequest) -> HttpResponse:
    """The run of depreciation, and those before it."""
    today = localdate()
    form = MonthForm(request.POST or None, initial={"month": f"{today:%Y-%m}"})
    if form.is_valid():
        month = form.cleaned_data["month"]
        try:
            made = depreciation.write_off(month, actor=request.actor, today=today, now=now())
        except Refused as refused:
            form.add_error("month", refused.words)
        else:
            messages.success(request, f"Zapisano {made}: {made.line_count} składników.")
            return redirect("assets:document", made.pk)
    rows = list(queries.documents(request.actor, kind="AM").order_by("-id")[:24])
    context = {"form": form, "rows": rows}
    return render(request, "assets/writing_off.html", context, status=422 if form.errors else 200)


@staff(*SEES_ALL)
@require_http_methods(["GET", "POST"])
def rates(request: ActorRequest) -> HttpResponse:
    """Classes with their rates and the limit of low value, each marked when it rests on memory."""
    may_check = access.may_check_rates(request.actor)
    if request.method == "POST" and not may_check:
        raise Http404
    form = ThresholdForm(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        try:
            catalogue.set_threshold(
                told["valid_from"], told["amount"], told["source"], actor=request.actor, now=now()
            )
        except Refused as refused:
            form.add_error(refused.field, refused.words)
        else:
            messages.success(request, "Ustawiono próg.")
            return redirect("assets:rates")
    context = {
        "classes": [(one, hundredths(one.rate)) for one in classes_on(localdate())],
        "thresholds": thresholds(), "form": form if may_check else None,
        "may_check": may_check, "may_load": may_check or access.may_manage(request.actor),
    }  # fmt: skip
    return render(request, "assets/rates.html", context, status=422 if form.errors else 200)


@staff(Right.MANAGE_ASSETS, *CHECKS)
@require_POST
def rates_loading(request: ActorRequest) -> HttpResponse:
    """Add the classes of the file that are not there yet."""
    came = catalogue.bring_classes(actor=request.actor, now=now())
    messages.success(request, f"Dopisane klasy: {came}.")
    return redirect("assets:rates")


@staff(*CHECKS)
@require_http_methods(["GET", "POST"])
def rates_file(request: ActorRequest) -> HttpResponse:
    """Classes and rates from a file of the office."""
    form = ClassesForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        content = form.cleaned_data["file"]
        try:
            came = catalogue.load_file(content, actor=request.actor, now=now())
        except Refused as refused:
            form.add_error(refused.field, refused.words)
        else:
            messages.success(request, f"Dopisane klasy: {came}. Sprawdź je z tekstem prawa i oznacz.")
            return redirect("assets:rates")
    context = {"form": form, "title": "Klasy i stawki z pliku", "action": "Wczytaj"}
    return render(request, "assets/act.html", context, status=422 if form.errors else 200)


@staff(*CHECKS)
@require_POST
def rate_checked(request: ActorRequest, class_id: int) -> HttpResponse:
    """The class was compared with the text of the law."""
    catalogue.mark_checked(class_id, actor=request.actor, today=localdate(), now=now())
    messages.success(request, "Oznaczono jako sprawdzone.")
    return redirect("assets:rates")
