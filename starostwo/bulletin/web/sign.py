"""The administrator's screen of the official sign of the bulletin."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST

from starostwo.bulletin.publisher import current_sign
from starostwo.bulletin.queries.bodies import all_bodies
from starostwo.bulletin.services import official_sign, publishing
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.screens.api import ScreenForm

FRONT = "/bip/"


class SignForm(ScreenForm):
    """The file of the sign."""

    mark_optional = False
    file = forms.FileField(
        label="Plik znaku", help_text="SVG z samymi kształtami albo PNG, najwyżej 200 kB.",
        error_messages={"required": "Wybierz plik znaku."},
    )  # fmt: skip


@staff(Right.ADMIN)
@require_http_methods(["GET", "POST"])
def sign(request: ActorRequest) -> HttpResponse:
    """The sign as it stands in the header, and another file for it."""
    form = SignForm(request.POST, request.FILES) if request.method == "POST" else SignForm()
    if request.method == "POST" and form.is_valid():
        try:
            official_sign.put_sign(form.cleaned_data["file"].read(), actor=request.actor, now=now())
        except official_sign.NotASign as refusal:
            form.add_error("file", str(refusal))
        else:
            _show(request)
            messages.success(request, "Znak stoi w nagłówku wszystkich stron Biuletynu.")
            return redirect("bulletin:sign")
    context = {"form": form, "sign": current_sign(), "front": FRONT}
    return render(request, "bulletin/sign.html", context, status=422 if form.errors else 200)


@staff(Right.ADMIN)
@require_POST
def sign_end(request: ActorRequest) -> HttpResponse:
    """Let the words stand in the header again."""
    official_sign.remove_sign(actor=request.actor, now=now())
    _show(request)
    messages.success(request, "Znak usunięty; w nagłówku stoją znów słowa.")
    return redirect("bulletin:sign")


def _show(request: ActorRequest) -> None:
    """Write the pages anew, those of the units too."""
    actor = request.actor
    for body in all_bodies():
        publishing.publish(
            body, actor=actor.audit_name, account_id=actor.account_id, now=now(), today=localdate()
        )
