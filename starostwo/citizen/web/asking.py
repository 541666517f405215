"""Asking for public information without an account: one page of questions, the receipt at once.

Law: ustawa o dostępie do informacji publicznej art. 2 ust. 2 (nobody has to show an interest, so nobody is
made to log in). From memory.
"""

import io
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from starostwo.intake import api as intake
from starostwo.office import api as office
from starostwo.procedures import api as procedures
from starostwo.records import api as records
from starostwo.screens.api import ScreenForm

CARD = "informacja-publiczna"
ADDRESS = ("ulica", "kod_pocztowy", "miejscowosc")


class AskForm(ScreenForm):
    """What one wants to know, and where the answer goes; a name is not needed."""

    mark_optional = False

    temat = forms.CharField(label=_("Temat"), max_length=150)
    tresc = forms.CharField(
        label=_("Czego chcesz się dowiedzieć?"),
        help_text=_("Nie musisz podawać powodu."),
        max_length=10_000,
        widget=forms.Textarea({"rows": 6}),
    )
    email = forms.EmailField(label=_("Adres e-mail do odpowiedzi"), required=False)
    nazwisko = forms.CharField(label=_("Imię i nazwisko albo nazwa"), max_length=120, required=False)
    ulica = forms.CharField(label=_("Ulica, numer domu i mieszkania"), max_length=100, required=False)
    kod_pocztowy = forms.RegexField(
        r"^\d{2}-\d{3}$",
        label=_("Kod pocztowy"),
        required=False,
        widget=forms.TextInput({"class": "govuk-input--width-5"}),
        error_messages={"invalid": _("Podaj kod pocztowy, na przykład 95-100.")},
    )
    miejscowosc = forms.CharField(label=_("Miejscowość"), max_length=100, required=False)
    klucz = forms.UUIDField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """The answer has somewhere to go."""
        data = super().clean() or {}
        by_post = all(data.get(name) for name in ADDRESS)
        if not data.get("email") and not by_post and not {"email", *ADDRESS} & set(self.errors):
            self.add_error("email", gettext("Podaj adres e-mail albo pełny adres pocztowy."))
        return data

    def answers(self) -> dict[str, str]:
        """The same in the fields of the service's form."""
        data = self.cleaned_data
        same = {name: data[name] for name in ("temat", "tresc", "email", *ADDRESS)}
        name = data["nazwisko"] or data["email"] or gettext("wnioskodawca")
        way = "email" if data["email"] else "poczta"
        return {"co": "informacja", **same, "nazwisko": name, "sposob_odbioru": way}


@office.public("o informację publiczną może zapytać każdy, bez podawania danych")
@never_cache
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask, and get the receipt; by the key of the page a second press is the same request."""
    if procedures.card(CARD, on=localdate()) is None or procedures.form(CARD) is None:
        raise Http404
    form = AskForm(request.POST or None, initial={"klucz": uuid4()})
    if form.is_valid():
        wait = office.allow(
            f"esp:{_address(request)}", limit=settings.ESP_SUBMISSIONS_PER_MINUTE, per_seconds=60
        )
        if wait is None and (given := _submitted(request, form)):
            return render(request, "citizen/asked.html", {"given": given})
        form.add_error(None, gettext("Nie wysłano. Spróbuj ponownie za minutę albo napisz e-mail do urzędu."))
    return render(request, "citizen/ask.html", {"form": form}, status=422 if form.errors else 200)


@office.public("poświadczenie pobiera ten, kto ma kod dostępu ze strony po wysłaniu")
@never_cache
@require_POST
def asked_receipt(request: HttpRequest) -> HttpResponse:
    """The receipt as PDF, for whoever has the code; the tries from one address are limited."""
    limit = settings.ESP_QUESTIONS_PER_MINUTE
    if office.allow(f"esp-code:{_address(request)}", limit=limit, per_seconds=60) is not None:
        raise Http404
    try:
        found = intake.by_code(UUID(request.POST.get("zlozenie", "")), request.POST.get("kod", ""))
    except ValueError:
        found = None
    if found is None:
        raise Http404
    answer = HttpResponse(intake.receipt_pdf(found.upo), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="UPO-{found.upo.identifier}.pdf"'
    return answer


def _submitted(request: HttpRequest, form: AskForm) -> intake.Receipt | None:
    """The receipt; None when the service's form no longer takes these answers or the box is not ready."""
    definition = procedures.form(CARD)
    answers = form.answers()
    if definition is None or (filled := procedures.Answered(definition, answers)).errors():
        return None
    house = office.office()
    document = filled.xml(addressee=house.name if house else "", made_on=localdate(), attachments=[])
    origin = intake.From(
        sender=intake.Sender(
            family_name=answers["nazwisko"],
            street=answers["ulica"],
            postcode=answers["kod_pocztowy"],
            town=answers["miejscowosc"],
            email=answers["email"],
        ),
        access_address=_address(request),
        channel=records.Channel.ESP,
        service_code=CARD,
        idempotency_key=str(form.cleaned_data["klucz"]),
    )
    try:
        return intake.submit(
            document=intake.Upload(f"{CARD}.xml", io.BytesIO(document)), origin=origin, now=now()
        )
    except (intake.Refused, intake.KeyUsedForOther):
        return None


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
