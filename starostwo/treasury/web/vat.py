"""VAT on the screen: a month's registers by unit and merged, shares over time, the file."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_safe

from starostwo.ledger import api as ledger
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.money import NotMoney, grosze
from starostwo.screens.api import DayField, ScreenForm
from starostwo.treasury import invoice_access as access
from starostwo.treasury.models import InvoiceUnit, VatShare
from starostwo.treasury.queries import vat as queries
from starostwo.treasury.rules import jpk_v7
from starostwo.treasury.services import invoice_units as services

READS = (Right.READ_BOOKS, Right.KEEP_BOOKS, Right.CHIEF_ACCOUNTANT, Right.TREASURER, Right.INSPECT)
FILES = (Right.TREASURER, Right.CHIEF_ACCOUNTANT)


class ShareForm(ScreenForm):
    """A share of input tax from a day on."""

    unit = forms.ChoiceField(label="Jednostka")
    kind = forms.ChoiceField(label="Rodzaj", choices=VatShare.Kind.choices)
    percent = forms.IntegerField(label="Procent", min_value=0, max_value=100)
    valid_from = DayField(label="Od dnia")
    source = forms.CharField(
        label="Podstawa", max_length=300, help_text="Na przykład zarządzenie i jego numer."
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [(unit.pk, unit.name) for unit in units]  # type: ignore[attr-defined]


class UnitForm(ScreenForm):
    """A unit that receives invoices."""

    code = forms.SlugField(label="Kod", max_length=20)
    name = forms.CharField(label="Nazwa", max_length=200)
    book = forms.ChoiceField(label="Księga")
    idwew = forms.RegexField(
        r"^\d{10}-\d{5}$", label="Identyfikator wewnętrzny", required=False,
        help_text="NIP powiatu, myślnik i pięć cyfr jednostki.",
        error_messages={"invalid": "Podaj NIP, myślnik i pięć cyfr, na przykład 7321987657-00012."},
    )  # fmt: skip
    nip = forms.RegexField(
        r"^\d{10}$", label="NIP jednostki", required=False,
        error_messages={"invalid": "NIP ma dziesięć cyfr."},
    )  # fmt: skip
    address = forms.CharField(label="Adres", max_length=200, required=False)
    is_office = forms.BooleanField(label="Starostwo: odbiera, gdy nie wskazano jednostki", required=False)

    def __init__(self, *args: Any, books: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["book"].choices = [(book.pk, book.name) for book in books]  # type: ignore[attr-defined]


@staff(*READS)
@require_safe
def vat(request: ActorRequest) -> HttpResponse:
    """The registers of a month."""
    first = _month(request)
    unit = request.GET.get("jednostka", "")
    if unit and not unit.isdecimal():
        raise Http404
    context = {
        "month": queries.month_of(first, actor=request.actor, unit=int(unit) if unit else None),
        "typed": f"{first:%Y-%m}",
        "unit": unit,
        "shares": queries.shares_of(request.actor),
        "may_file": any(request.actor.may(right) for right in FILES),
        "may_set_up": access.may_set_up(request.actor),
    }
    return render(request, "treasury/vat.html", context)


@staff(*FILES)
@require_safe
def jpk(request: ActorRequest) -> HttpResponse:
    """The registers and the declaration of the whole county as XML."""
    first = _month(request)
    try:
        carried = grosze(request.GET.get("przeniesienie", "") or "0")
    except NotMoney as error:
        raise Http404 from error
    month = queries.month_of(first, actor=request.actor)
    head = jpk_v7.Head(
        nip=settings.KSEF_NIP, name=settings.KSEF_NAME, email=settings.EMAIL_FROM, office=settings.TAX_OFFICE,
        year=first.year, month=first.month, made_at=now(), carried=carried,
    )  # fmt: skip
    answer = HttpResponse(jpk_v7.write(head, month.sales, month.purchases), content_type="application/xml")
    answer["Content-Disposition"] = f'attachment; filename="JPK_V7M-{first:%Y-%m}.xml"'
    return answer


@staff(Right.TREASURER, Right.ADMIN)
@require_http_methods(["GET", "POST"])
def new_share(request: ActorRequest) -> HttpResponse:
    """A share from a day on."""
    units = InvoiceUnit.objects.order_by("name")
    form = ShareForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            services.set_share(
                int(said["unit"]), kind=said["kind"], percent=said["percent"], valid_from=said["valid_from"],
                source=said["source"], actor=request.actor, now=now(),
            )  # fmt: skip
        except services.ShareIsThere:
            form.add_error("valid_from", "Od tego dnia albo później obowiązuje już inny współczynnik.")
        except services.MayNotSetUp as error:
            raise Http404 from error
        else:
            messages.success(request, "Zapisano współczynnik.")
            return redirect("treasury:vat")
    context = {"form": form, "title": "Współczynnik odliczenia VAT", "back": "treasury:vat"}
    return render(request, "treasury/set_up.html", context, status=422 if form.errors else 200)


@staff(Right.TREASURER, Right.ADMIN)
@require_http_methods(["GET", "POST"])
def new_unit(request: ActorRequest) -> HttpResponse:
    """A unit that receives invoices."""
    form = UnitForm(request.POST or None, books=ledger.visible_books(request.actor).order_by("name"))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        unit = services.NewUnit(
            code=said["code"], name=said["name"], book_id=int(said["book"]), idwew=said["idwew"],
            nip=said["nip"], address=said["address"], is_office=said["is_office"],
        )  # fmt: skip
        try:
            services.open_unit(unit, actor=request.actor, now=now())
        except services.UnitIsThere:
            form.add_error("code", "Inna jednostka ma już ten kod, ten identyfikator albo jest starostwem.")
        except services.MayNotSetUp as error:
            raise Http404 from error
        else:
            messages.success(request, f"Dodano jednostkę {unit.name}.")
            return redirect("treasury:ksef")
    context = {"form": form, "title": "Jednostka odbierająca faktury", "back": "treasury:ksef"}
    return render(request, "treasury/set_up.html", context, status=422 if form.errors else 200)


def _month(request: ActorRequest) -> date:
    typed = request.GET.get("miesiac", "")
    if not typed:
        return localdate().replace(day=1)
    try:
        return date.fromisoformat(f"{typed}-01")
    except ValueError as error:
        raise Http404 from error
