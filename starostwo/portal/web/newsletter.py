"""The newsletter: asking for it, the links of its letters, and the editors' screen that sends an issue."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from starostwo.office.api import ActorRequest, Right, allow, public, staff
from starostwo.portal.models import Issue
from starostwo.portal.services import newsletter as services
from starostwo.portal.web.sections import tabs
from starostwo.screens.api import ScreenForm, languages

HOUR = 60 * 60
FROM_ONE_PLACE, TO_ONE_ADDRESS = 20, 3
TOO_OFTEN = gettext_lazy("Zbyt wiele próśb w krótkim czasie. Spróbuj ponownie za godzinę.")


class AskForm(ScreenForm):
    """An address that asks for the newsletter."""

    email = forms.EmailField(
        label=gettext_lazy("Adres e-mail"),
        help_text=gettext_lazy(
            "Wyślemy odnośnik do potwierdzenia. Adresu użyjemy tylko do newslettera, bez śledzenia."
        ),
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={"invalid": gettext_lazy("Podaj adres e-mail, na przykład jan@example.pl.")},
    )


class IssueForm(ScreenForm):
    """A new issue."""

    subject = forms.CharField(label="Temat", max_length=150, initial="Co nowego w powiecie")
    intro = forms.CharField(
        label="Wstęp redakcji", max_length=2000, required=False, widget=forms.Textarea({"rows": 5}),
        help_text="Pod nim staną aktualności od ostatniego wydania i wydarzenia najbliższych 30 dni.",
    )  # fmt: skip
    intro_en = forms.CharField(
        label="Wstęp po angielsku", max_length=2000, required=False, widget=forms.Textarea({"rows": 3}),
        help_text="Dla tych, którzy zamówili go w tym języku; bez tłumaczenia wstęp jest po polsku.",
    )  # fmt: skip
    intro_uk = forms.CharField(
        label="Wstęp po ukraińsku", max_length=2000, required=False, widget=forms.Textarea({"rows": 3})
    )

    def intros(self) -> dict[str, str]:
        """The editors' words in the other languages."""
        return {code: self.cleaned_data[f"intro_{code}"] for code in languages.OTHERS}


@public("o newsletter prosi każdy")
@require_http_methods(["GET", "POST"])
def newsletter(request: HttpRequest) -> HttpResponse:
    """Ask for the newsletter; the answer is the same for every address."""
    form = AskForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"].lower()
        place = request.META.get("REMOTE_ADDR", "")
        if _is_too_often(f"newsletter:{place}", FROM_ONE_PLACE) or _is_too_often(
            f"newsletter:{email}", TO_ONE_ADDRESS
        ):
            form.add_error(None, TOO_OFTEN)
        else:
            services.ask(email, now=now())
            return render(request, "portal/newsletter_asked.html")
    return render(request, "portal/newsletter.html", {"form": form}, status=422 if form.errors else 200)


@public("odnośnik z listu do adresu, który poprosił o newsletter")
@never_cache
@require_http_methods(["GET", "POST"])
def confirmation(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm by a button, since programs that look into letters open their links."""
    return _by_link(request, token, services.CONFIRM)


@public("odnośnik z listu do odbiorcy newslettera")
@never_cache
@require_http_methods(["GET", "POST"])
def leaving(request: HttpRequest, token: str) -> HttpResponse:
    """Leave by a button."""
    return _by_link(request, token, services.LEAVE)


@staff(Right.EDIT_PORTAL)
@require_http_methods(["GET", "POST"])
def issues(request: ActorRequest) -> HttpResponse:
    """What was sent to how many, and the form that sends the next issue."""
    form = IssueForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            told = {name: form.cleaned_data[name] for name in ("subject", "intro")}
            made = services.write(actor=request.actor, now=now(), intros=form.intros(), **told)
        except services.NothingToSend as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Wydanie czeka na wysłanie. Odbiorców: {made.recipients}.")
            return redirect("portal:issues")
    context: dict[str, Any] = {"form": form, "tabs": tabs(request.path)}
    context["issues"] = Issue.objects.select_related("written_by").order_by("-written_at", "-id")[:50]
    return render(request, "portal/issues.html", context, status=422 if form.errors else 200)


def _by_link(request: HttpRequest, token: str, purpose: str) -> HttpResponse:
    state = "asked" if services.is_good(token, purpose) else "bad"
    if request.method == "POST":
        act = services.confirm if purpose == services.CONFIRM else services.leave
        try:
            act(token, now=now())
        except services.BadLink:
            state = "bad"
        else:
            state = "done"
    context = {"state": state, "is_leaving": purpose == services.LEAVE}
    return render(request, "portal/newsletter_link.html", context, status=404 if state == "bad" else 200)


def _is_too_often(key: str, limit: int) -> bool:
    return allow(key, limit=limit, per_seconds=HOUR) is not None
