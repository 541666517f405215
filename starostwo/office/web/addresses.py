"""The administrator's screen of the office's addresses, as the bulletin, the portal and papers show them."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from starostwo.office.entrance import staff
from starostwo.office.middleware import ActorRequest
from starostwo.office.models import Right
from starostwo.office.queries.structure import office
from starostwo.office.rules.delivery_address import WrongAddress, delivery_address
from starostwo.office.services.setting_up import change_addresses
from starostwo.screens.api import ScreenForm


class AddressesForm(ScreenForm):
    """How the office is reached."""

    esp_address = forms.CharField(
        label="Adres skrytki (ESP)", max_length=200, required=False, help_text="Na przykład /urzad/skrytka."
    )
    delivery_address = forms.CharField(
        label="Adres do doręczeń elektronicznych", max_length=60, required=False,
        help_text="Postać AE:PL-12345-67890-ABCDE-12. Program sprawdza samą postać, cyfr kontrolnych nie.",
    )  # fmt: skip
    phone = forms.CharField(label="Telefon", max_length=40, required=False)
    email = forms.EmailField(label="Adres e-mail", required=False)
    web_address = forms.CharField(label="Strona internetowa", max_length=200, required=False)

    def clean_delivery_address(self) -> str:
        """The address in its form."""
        try:
            return delivery_address(self.cleaned_data["delivery_address"])
        except WrongAddress as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


@staff(Right.ADMIN)
@require_http_methods(["GET", "POST"])
def addresses(request: ActorRequest) -> HttpResponse:
    """The addresses, and a form that changes them."""
    found = office()
    if found is None:
        raise Http404
    initial = {name: getattr(found, name) for name in AddressesForm.base_fields}
    form = AddressesForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        change_addresses(request.actor, lines=form.cleaned_data)
        messages.success(
            request, "Zapisano adresy. Portal pokazuje je od razu, Biuletyn po najbliższym odświeżeniu stron."
        )
        return redirect("office:addresses")
    page = {"form": form, "title": "Adresy urzędu", "action": "Zapisz adresy"}
    return render(request, "office/form.html", page, status=422 if form.errors else 200)
