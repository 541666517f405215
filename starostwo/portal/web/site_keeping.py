"""The desk of units' sites: the administrator sets them up, their editors write."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_safe

from starostwo.bulletin import api as bulletin
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.portal import access
from starostwo.portal.models import Article, UnitSite
from starostwo.portal.models.site import HOST_NAME
from starostwo.portal.queries import articles as reads
from starostwo.portal.queries import sites as found_sites
from starostwo.portal.services import sites
from starostwo.portal.web.editing import KIND_OF, editor
from starostwo.portal.web.library import library_of
from starostwo.screens.api import DayField, ScreenForm, Tab

TAKEN = "Ta domena albo ten adres należy już do innej jednostki."
AREA = forms.Textarea({"rows": 3})
WIDE = frozenset({"name", "lead", "address", "hours", "editors", "exceptions", "building", "apps"})


class SiteForm(ScreenForm):
    """What stands around the texts of a site."""

    slug = forms.SlugField(label="Adres w portalu", max_length=60, help_text="/jednostki/…/, nie zmienia się")
    name = forms.CharField(label="Pełna nazwa", max_length=150)
    domain = forms.RegexField(
        HOST_NAME, label="Własna domena", max_length=100, required=False,
        help_text="Na przykład zs1.powiat.pl; małymi literami, bez https. Działa od zapisania.",
        error_messages={"invalid": "Podaj samą nazwę, na przykład zs1.powiat.pl."},
    )  # fmt: skip
    lead = forms.CharField(label="Czym się zajmuje", max_length=300)
    address = forms.CharField(label="Adres", max_length=200)
    phone = forms.CharField(label="Telefon", max_length=40, required=False)
    email = forms.EmailField(label="E-mail", required=False)
    hours = forms.CharField(label="Godziny", max_length=200, required=False)
    bip_url = forms.CharField(
        label="Biuletyn (BIP) gdzie indziej", max_length=200, required=False,
        help_text="Puste: Biuletyn prowadzony tutaj, pod adresem strony z końcówką /bip/.",
    )  # fmt: skip
    is_open = forms.BooleanField(label="widoczna dla wszystkich", required=False)
    editors = forms.MultipleChoiceField(
        label="Redakcja", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Wersję w BIP zatwierdza druga osoba, więc wybierz co najmniej dwie. Redaktor BIP powiatu "
        "może redagować sam BIP jednostki.",
    )  # fmt: skip

    def __init__(self, *args: object, is_new: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        people = bulletin.able_to_edit(localdate()).items()
        self.fields["editors"].choices = [(str(id), name) for id, name in people]  # type: ignore[attr-defined]
        if not is_new:
            del self.fields["slug"]

    def clean_bip_url(self) -> str:
        address: str = self.cleaned_data["bip_url"]
        if address and not address.startswith("https://"):
            raise forms.ValidationError("Adres zaczyna się od https://.")
        return address


class DeclarationForm(ScreenForm):
    """The declaration of accessibility of one site."""

    site_published_on = DayField(label="Data publikacji strony")
    site_changed_on = DayField(label="Data ostatniej istotnej aktualizacji")
    status = forms.ChoiceField(label="Zgodność z ustawą", choices=bulletin.Declaration.Status.choices)
    exceptions = forms.CharField(label="Treści niedostępne", required=False, widget=AREA)
    assessed_by = forms.CharField(label="Kto ocenił", max_length=200)
    made_on = DayField(label="Data sporządzenia")
    reviewed_on = DayField(label="Data przeglądu", help_text="Przegląd co roku do 31 marca.")
    contact = forms.CharField(label="Osoba do kontaktu", max_length=150)
    email = forms.EmailField(label="E-mail")
    phone = forms.CharField(label="Telefon", max_length=40)
    building = forms.CharField(label="Dostępność architektoniczna", widget=AREA)
    apps = forms.CharField(label="Aplikacje mobilne", initial="Jednostka nie ma aplikacji mobilnych.")


@staff(Right.ADMIN, Right.EDIT_SITES)
@require_safe
def unit_sites(request: ActorRequest) -> HttpResponse:
    """The sites: all for the administrator, else one's own."""
    context = {
        "sites": list(access.visible_sites(request.actor).order_by("name", "id")[:200]),
        "may_set_up": access.may_set_up(request.actor),
    }
    return render(request, "portal/sites_desk.html", context)


@staff(Right.ADMIN)
@require_http_methods(["GET", "POST"])
def new_site(request: ActorRequest) -> HttpResponse:
    """Set up a site."""
    return _set_up(request, None)


@staff(Right.ADMIN)
@require_http_methods(["GET", "POST"])
def site_data(request: ActorRequest, slug: str) -> HttpResponse:
    """Change the domain, the data and the editors of a site."""
    return _set_up(request, _site(request, slug))


@staff(Right.EDIT_SITES)
@require_safe
def site_texts(request: ActorRequest, slug: str, section: str) -> HttpResponse:
    """The pages or the news of a site, for its editors."""
    site, kind = _edited(request, slug), _kind(section)
    page = reads.edited_page(kind, request.GET.get("cursor"), site)
    review = bulletin.last_declaration(site.body)
    context = {
        "site": site, "page": page, "section": section, "tabs": _tabs(site, request.path),
        "review": bulletin.review_state(review.reviewed_on, localdate()).name if review else "NONE",
    }  # fmt: skip
    return render(request, "portal/site_texts.html", context)


@staff(Right.EDIT_SITES)
@require_http_methods(["GET", "POST"])
def new_site_text(request: ActorRequest, slug: str, section: str) -> HttpResponse:
    """Write a new page or news item of a site."""
    return editor(request, _kind(section), None, None, site=_edited(request, slug))


@staff(Right.EDIT_SITES)
@require_http_methods(["GET", "POST"])
def site_library(request: ActorRequest, slug: str) -> HttpResponse:
    """The pictures of a site."""
    site = _edited(request, slug)
    back = redirect("portal:site_library", slug)
    return library_of(request, site=site, tabs=_tabs(site, request.path), back=back)


@staff(Right.EDIT_SITES)
@require_http_methods(["GET", "POST"])
def site_declaring(request: ActorRequest, slug: str) -> HttpResponse:
    """Make the declaration of a site, or look it through."""
    site = _edited(request, slug)
    last = bulletin.last_declaration(site.body)
    told = {name: getattr(last, name) for name in DeclarationForm.base_fields} if last else None
    form = DeclarationForm(request.POST or None, initial=told)
    if request.method == "POST" and form.is_valid():
        try:
            sites.declare(site, bulletin.Declared(**form.cleaned_data), actor=request.actor, now=now())
        except bulletin.CannotDeclare as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Deklaracja jest opublikowana.")
            return redirect("portal:site_texts", slug, "aktualnosci")
    context = {"form": form, "site": site, "wide": WIDE, "tabs": _tabs(site, request.path)}
    return render(request, "portal/site_declaring.html", context, status=422 if form.errors else 200)


def _set_up(request: ActorRequest, site: UnitSite | None) -> HttpResponse:
    editors = [str(one) for one in bulletin.editors_of(site.body)] if site else []
    told = {name: getattr(site, name) for name in SiteForm.base_fields if hasattr(site, name)}
    form = SiteForm(request.POST or None, initial={**told, "editors": editors}, is_new=site is None)
    if request.method == "POST" and form.is_valid():
        saved = _kept(request, site, form)
        if saved is not None:
            messages.success(request, "Zapisano. Strona działa pod podanym adresem.")
            return redirect("portal:site_data", saved.slug)
    context = {"form": form, "site": site, "wide": WIDE}
    return render(request, "portal/site_data.html", context, status=422 if form.errors else 200)


def _kept(request: ActorRequest, site: UnitSite | None, form: SiteForm) -> UnitSite | None:
    values: dict[str, Any] = dict(form.cleaned_data)
    editors = [int(one) for one in values.pop("editors")]
    try:
        with transaction.atomic():
            saved = sites.set_up(site.pk if site else None, values, actor=request.actor, now=now())
            sites.give_to(saved, editors, actor=request.actor, now=now())
    except IntegrityError:
        form.add_error("domain", TAKEN)
        return None
    sites.renew(saved, actor=request.actor, now=now())
    return saved


def _tabs(site: UnitSite, path: str) -> list[Tab]:
    parts = [
        ("Aktualności", reverse("portal:site_texts", args=[site.slug, "aktualnosci"])),
        ("Strony", reverse("portal:site_texts", args=[site.slug, "strony"])),
        ("Biblioteka obrazów", reverse("portal:site_library", args=[site.slug])),
        ("Deklaracja dostępności", reverse("portal:site_declaring", args=[site.slug])),
        ("BIP", reverse("bulletin:body_editing", args=[site.slug])),
    ]
    return [Tab(label, url, is_current=path == url) for label, url in parts]


def _site(request: ActorRequest, slug: str) -> UnitSite:
    site = found_sites.seen_site(request.actor, slug)
    if site is None:
        raise Http404
    return site


def _edited(request: ActorRequest, slug: str) -> UnitSite:
    site = _site(request, slug)
    if not access.may_edit(request.actor, site):
        raise Http404
    return site


def _kind(section: str) -> Article.Kind:
    if section not in KIND_OF:
        raise Http404
    return KIND_OF[section]
