"""The media library: pictures with their words; a new one is refused without them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from starostwo.office.api import ActorRequest, Right, staff
from starostwo.portal import access
from starostwo.portal.models import Image, UnitSite
from starostwo.portal.queries import articles as reads
from starostwo.portal.services import images
from starostwo.portal.web.sections import tabs
from starostwo.screens.api import ScreenForm, Tab


class WordsForm(ScreenForm):
    """What the library says of a picture."""

    mark_optional = False
    title = forms.CharField(label="Nazwa w bibliotece", max_length=120)
    alt = forms.CharField(
        label="Tekst alternatywny", max_length=300, required=False,
        help_text="Co widać na obrazie, jednym zdaniem. Wymagany, chyba że obraz jest ozdobny.",
    )  # fmt: skip
    is_decorative = forms.BooleanField(label="ozdobny: nic nie wnosi do treści", required=False)
    author = forms.CharField(
        label="Autor i prawa", max_length=150, help_text="Na przykład: fot. Jan Kos, Starostwo Powiatowe"
    )

    def clean(self) -> dict[str, Any]:
        """The words, or the mark that there are none to say."""
        told = super().clean() or {}
        if bool(told.get("alt", "").strip()) == bool(told.get("is_decorative")):
            self.add_error("alt", "Napisz tekst alternatywny albo zaznacz „ozdobny” (jedno z dwojga).")
        return told


class PictureForm(WordsForm):
    """A new picture with its words."""

    file = forms.FileField(label="Plik", help_text="JPEG, PNG albo TIFF, najwyżej 20 MB.")
    field_order = ["file", "title", "alt", "is_decorative", "author"]

    def clean_file(self) -> Any:
        """Refuse what is larger than we take in."""
        file = self.cleaned_data["file"]
        if file.size > images.LARGEST:
            raise forms.ValidationError("Plik jest większy niż 20 MB. Zmniejsz go i wybierz ponownie.")
        return file


@staff(Right.EDIT_PORTAL)
@require_http_methods(["GET", "POST"])
def library(request: ActorRequest) -> HttpResponse:
    """The pictures of the county's portal."""
    return library_of(request, site=None, tabs=tabs(request.path), back=redirect("portal:library"))


def library_of(
    request: ActorRequest, *, site: UnitSite | None, tabs: list[Tab], back: HttpResponse
) -> HttpResponse:
    """All pictures of a site, and the form that adds one."""
    is_sent = request.method == "POST"
    form = PictureForm(request.POST, request.FILES) if is_sent else PictureForm()
    if is_sent and form.is_valid():
        told = dict(form.cleaned_data)
        content = told.pop("file").read()
        try:
            images.add(content, actor=request.actor, now=now(), site=site, **told)
        except images.NotAnImage as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, "Obraz jest w bibliotece.")
            return back
    page = reads.library_page(request.GET.get("cursor"), site)
    context = {"form": form, "page": page, "tabs": tabs, "root": root_of(site)}
    return render(request, "portal/library.html", context, status=422 if form.errors else 200)


@staff(Right.EDIT_PORTAL, Right.EDIT_SITES)
@require_http_methods(["GET", "POST"])
def picture(request: ActorRequest, image_id: int) -> HttpResponse:
    """One picture: where it is used, and its words."""
    found = Image.objects.select_related("site").filter(pk=image_id).first()
    if found is None or not access.may_edit(request.actor, found.site):
        raise Http404
    initial = {name: getattr(found, name) for name in WordsForm.base_fields}
    form = WordsForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        images.describe(image_id, actor=request.actor, now=now(), **form.cleaned_data)
        messages.success(request, "Zapisano opis obrazu.")
        return redirect("portal:picture", image_id)
    context = {"form": form, "image": found, "uses": reads.uses_of(image_id), "root": root_of(found.site)}
    return render(request, "portal/picture.html", context, status=422 if form.errors else 200)


def root_of(site: UnitSite | None) -> str:
    """Under which address the pictures of a site stand at the county's host."""
    return f"/jednostki/{site.slug}/" if site else "/"
