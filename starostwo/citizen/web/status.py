"""Where a submission stands, for whoever has its number and code: without an account, nothing personal."""

from uuid import UUID

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from starostwo.intake import api as intake
from starostwo.office import api as office
from starostwo.records import api as records
from starostwo.screens.api import ScreenForm


class StatusForm(ScreenForm):
    """What stands on the page after sending and in the receipt of the HTTP interface."""

    numer = forms.CharField(
        label=gettext_lazy("Numer złożenia"),
        max_length=60,
        error_messages={"required": gettext_lazy("Wpisz numer złożenia.")},
    )
    kod = forms.CharField(
        label=gettext_lazy("Kod dostępu"),
        max_length=100,
        help_text=gettext_lazy("Numer i kod są na stronie, która pojawiła się po wysłaniu."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Wpisz kod dostępu.")},
    )

    def found(self) -> intake.Submission | None:
        """The submission; a wrong number and a wrong code look the same."""
        try:
            return intake.by_code(UUID(self.cleaned_data["numer"]), self.cleaned_data["kod"])
        except ValueError:
            return None


@office.public("o złożenie pyta ten, kto ma numer i kod dostępu; strona nie pokazuje danych osobowych")
@never_cache
@require_http_methods(["GET", "POST"])
def status(request: HttpRequest) -> HttpResponse:
    """Ask, and see the steps; the tries from one address are limited, right or wrong."""
    form = StatusForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _asked(request, form)
    address = request.META.get("REMOTE_ADDR", "")
    wait = office.allow(f"esp-code:{address}", limit=settings.ESP_QUESTIONS_PER_MINUTE, per_seconds=60)
    if wait is not None:
        form.add_error(None, gettext("Za dużo prób. Spróbuj ponownie za minutę."))
        return _asked(request, form, status=429)
    submission = form.found()
    if submission is None:
        form.add_error(
            None, gettext("Nie ma złożenia o takim numerze i kodzie. Sprawdź oba i spróbuj ponownie.")
        )
        return _asked(request, form)
    steps = records.residents.steps_of_letter(submission.letter_id) if submission.letter_id else []
    return render(request, "citizen/status.html", {"submission": submission, "steps": steps})


def _asked(request: HttpRequest, form: StatusForm, *, status: int = 422) -> HttpResponse:
    return render(request, "citizen/status_form.html", {"form": form}, status=status if form.errors else 200)
