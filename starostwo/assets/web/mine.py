"""One's own things on the screen: confirming them, papers to sign, declarations, loans, requests."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST

from starostwo.assets.models import Supply
from starostwo.assets.queries import own
from starostwo.assets.queries.terms import own_terms
from starostwo.assets.services import supplies
from starostwo.assets.services.declaring import declare
from starostwo.assets.services.describing import NoSuchAsset
from starostwo.assets.services.possession import confirm
from starostwo.assets.services.stocktaking import NoSuchStockTake
from starostwo.assets.services.writing import Refused
from starostwo.office.api import ActorRequest, staff
from starostwo.platform.paging import keyset_page
from starostwo.screens.api import ScreenForm

OBJECTIONS = 1000  # characters


class WishForm(ScreenForm):
    """What an employee asks for."""

    supply = forms.TypedChoiceField(label="Materiał", coerce=int, empty_value=None, required=False)
    quantity = forms.IntegerField(
        label="Ilość", min_value=1, max_value=1000, initial=1,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )  # fmt: skip
    text = forms.CharField(
        label="Do czego, albo inny sprzęt", max_length=500, required=False,
        help_text="Na przykład „monitor do pracy z planami”.",
    )  # fmt: skip

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        rows = Supply.objects.filter(is_kept=True).order_by("name").values_list("pk", "name", "unit")
        self.fields["supply"].choices = [  # type: ignore[attr-defined]
            ("", "coś innego"), *((pk, f"{name} ({unit})") for pk, name, unit in rows),
        ]  # fmt: skip


@staff(None)
@require_http_methods(["GET", "POST"])
def mine(request: ActorRequest) -> HttpResponse:
    """What the person has and what waits for him; a request is made here."""
    actor = request.actor
    form = WishForm(request.POST or None)
    if form.is_valid():
        told = form.cleaned_data
        try:
            supplies.ask(
                told["text"], supply_id=told["supply"], quantity=told["quantity"], actor=actor, now=now()
            )
        except Refused as refused:
            form.add_error(refused.field, refused.words)
        else:
            messages.success(request, "Przekazano zapotrzebowanie.")
            return redirect("assets:mine")
    context = {
        "page": keyset_page(own.things(actor), key=("number",), cursor=request.GET.get("cursor")),
        "loans": own.loans(actor), "papers": own.to_sign(actor), "wishes": own.wishes(actor), "form": form,
        "declarations": own.declarations_wanted(actor), "given": own.supplies_of(actor),
        "terms": own_terms(actor, today=localdate()), "today": localdate(),
    }  # fmt: skip
    return render(request, "assets/mine.html", context, status=422 if form.errors else 200)


@staff(None)
@require_POST
def confirming(request: ActorRequest, asset_id: int) -> HttpResponse:
    """Say whether one has the thing."""
    answer = request.POST.get("answer")
    if answer not in {"HAVE", "HAVE_NOT"}:
        raise Http404
    note = request.POST.get("note", "").replace("\0", "")[:300]
    try:
        confirm(asset_id, has_it=answer == "HAVE", note=note, actor=request.actor, now=now())
    except NoSuchAsset as error:
        raise Http404 from error
    except Refused as refused:
        messages.error(request, refused.words)
    else:
        messages.success(request, "Zapisano odpowiedź.")
    return redirect("assets:mine")


@staff(None)
@require_POST
def declaring(request: ActorRequest, field_id: int) -> HttpResponse:
    """Declare before or after counting."""
    objections = request.POST.get("objections", "").replace("\0", "")
    if len(objections) > OBJECTIONS:
        messages.error(
            request, f"Zastrzeżenia mają najwyżej {OBJECTIONS} znaków. Skróć je i złóż jeszcze raz."
        )
        return redirect("assets:mine")
    try:
        declare(field_id, request.POST.get("moment", ""), objections, actor=request.actor, now=now())
    except NoSuchStockTake as error:
        raise Http404 from error
    except Refused as refused:
        messages.error(request, refused.words)
    else:
        messages.success(request, "Złożono oświadczenie.")
    return redirect("assets:mine")


@staff(None)
@require_POST
def withdrawing(request: ActorRequest, wish_id: int) -> HttpResponse:
    """Take a request back."""
    try:
        supplies.withdraw(wish_id, actor=request.actor, now=now())
    except Refused as refused:
        messages.error(request, refused.words)
    else:
        messages.success(request, "Wycofano zapotrzebowanie.")
    return redirect("assets:mine")
