"""Files of an asset on the screen."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.assets import access
from starostwo.assets.models import Attachment
from starostwo.assets.queries import assets as queries
from starostwo.assets.services.attaching import attach, detach
from starostwo.assets.services.describing import NoSuchAsset
from starostwo.assets.services.writing import Refused
from starostwo.files import api as files
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.screens.api import ScreenForm


class AttachForm(ScreenForm):
    """A file and what it is."""

    kind = forms.ChoiceField(label="Co to jest", choices=Attachment.Kind.choices)
    file = forms.FileField(label="Plik", help_text="PDF, obraz albo dokument, do 50 MB.")


@staff(Right.MANAGE_ASSETS)
@require_http_methods(["GET", "POST"])
def attaching(request: ActorRequest, asset_id: int) -> HttpResponse:
    """Add a file to an asset."""
    found = queries.one(asset_id, actor=request.actor)
    if found is None:
        raise Http404
    form = AttachForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        told = form.cleaned_data
        try:
            name, content = told["file"].name, told["file"].file
            made = attach(asset_id, told["kind"], name, content, actor=request.actor, now=now())
        except Refused as refused:
            form.add_error(refused.field, refused.words)
        else:
            messages.success(request, f"Dodano plik {made.name}.")
            return redirect("assets:asset", asset_id)
    context = {"form": form, "title": f"Plik: {found.number}", "action": "Dodaj plik", "chosen": [found]}
    return render(request, "assets/act.html", context, status=422 if form.errors else 200)


@staff(None)
@require_safe
def attachment(request: ActorRequest, attachment_id: int) -> HttpResponseBase:
    """The file, for whoever sees the asset."""
    seen = access.visible_assets(request.actor)
    found = Attachment.objects.filter(pk=attachment_id, removed_at=None, asset__in=seen)
    row = found.select_related("blob").first()
    if row is None:
        raise Http404
    try:
        return files.download_response(row.blob, row.name, inline=True)
    except files.NotForOpening as error:
        raise Http404 from error


@staff(Right.MANAGE_ASSETS)
@require_POST
def detaching(request: ActorRequest, attachment_id: int) -> HttpResponse:
    """Take a file away."""
    try:
        gone = detach(attachment_id, actor=request.actor, now=now())
    except NoSuchAsset as error:
        raise Http404 from error
    messages.success(request, f"Usunięto plik {gone.name}.")
    return redirect("assets:asset", gone.asset_id)
