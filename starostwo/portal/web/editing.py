"""Editors' screens of pages and news: the list, the block editor, versions, publication."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.office.api import ActorRequest, Right, staff
from starostwo.portal import access
from starostwo.portal.models import Article, Image, UnitSite, Version
from starostwo.portal.queries import articles as reads
from starostwo.portal.rules.blocks import KINDS, Fault, faults, new
from starostwo.portal.rules.compare import compare, readable
from starostwo.portal.services import articles
from starostwo.portal.web import block_forms
from starostwo.portal.web.addresses import address_of
from starostwo.portal.web.sections import tabs
from starostwo.screens.api import ScreenForm, TimelineEntry, languages

KIND_OF = {"aktualnosci": Article.Kind.NEWS, "strony": Article.Kind.PAGE}
Original = tuple[Article, str] | None  # the Polish text and the language into which it is written
SECTION_OF = {kind: section for section, kind in KIND_OF.items()}


class ArticleForm(ScreenForm):
    """What stands around the blocks."""

    title = forms.CharField(label="Tytuł", max_length=150)
    summary = forms.CharField(
        label="Zajawka", max_length=400, widget=forms.Textarea({"rows": 2}),
        help_text="Jedno lub dwa zdania na listę i na początek strony.",
    )  # fmt: skip
    easy = forms.CharField(
        label="W prostych słowach", max_length=2000, required=False, widget=forms.Textarea({"rows": 4}),
        help_text="Streszczenie w tekście łatwym do czytania: krótkie zdania, bez skrótów i trudnych słów.",
    )  # fmt: skip
    note = forms.CharField(
        label="Co zmieniasz", max_length=200, required=False, help_text="Zostanie w historii zmian."
    )
    based_on = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


@dataclass
class Draft:
    """What is on the editor's screen."""

    form: ArticleForm
    blocks: block_forms.Blocks
    faults: list[Fault]
    focus: int | None = None


@staff(Right.EDIT_PORTAL)
@require_safe
def texts(request: ActorRequest, section: str) -> HttpResponse:
    """All pages or all news, with what is shown and what is not."""
    kind = _kind(section)
    page = reads.edited_page(kind, request.GET.get("cursor"))
    context = {"page": page, "section": section, "kind": kind, "tabs": tabs(request.path)}
    return render(request, "portal/texts.html", context)


@staff(Right.EDIT_PORTAL)
@require_http_methods(["GET", "POST"])
def new_text(request: ActorRequest, section: str) -> HttpResponse:
    """Write a new page or news item."""
    return editor(request, _kind(section), None, None)


@staff(Right.EDIT_PORTAL, Right.EDIT_SITES)
@require_http_methods(["GET", "POST"])
def edit_text(request: ActorRequest, article_id: int) -> HttpResponse:
    """Write the next version."""
    article, last = _found(request, article_id)
    return editor(request, Article.Kind(article.kind), article, last, site=article.site)


@staff(Right.EDIT_PORTAL)
@require_http_methods(["GET", "POST"])
def translation(request: ActorRequest, article_id: int, language: str) -> HttpResponse:
    """Write a text in another language, beginning with the Polish one; the one that is there is changed."""
    article, last = _found(request, article_id)
    if language not in languages.OTHERS or article.language != languages.SOURCE or article.site:
        raise Http404
    if known := reads.translations(article_id).get(language):
        return redirect("portal:edit_text", known.pk)
    return editor(request, Article.Kind(article.kind), None, last, of=(article, language))


@staff(Right.EDIT_PORTAL, Right.EDIT_SITES)
@require_safe
def text(request: ActorRequest, article_id: int) -> HttpResponse:
    """The last version as it will look, its history, and the acts."""
    article, last = _found(request, article_id)
    history = list(reads.versions(article_id)[:100])
    context = _shown(article, last) | {
        "last": last,
        "address": _address(article),
        "language": languages.NAMES[article.language],
        "translations": _translations(article),
        "history": [_entry(article, version) for version in history],
    }
    return render(request, "portal/text.html", context)


@staff(Right.EDIT_PORTAL, Right.EDIT_SITES)
@require_safe
def version(request: ActorRequest, article_id: int, number: int) -> HttpResponse:
    """One version as it was saved."""
    article, last = _found(request, article_id)
    found = _version(article_id, str(number))
    return render(request, "portal/version.html", _shown(article, found) | {"last": last})


@staff(Right.EDIT_PORTAL, Right.EDIT_SITES)
@require_safe
def comparison(request: ActorRequest, article_id: int) -> HttpResponse:
    """What changed from one version to another; the last two where none is named."""
    article, last = _found(request, article_id)
    numbers = [str(last.number - 1 or 1), str(last.number)]
    asked = [request.GET.get(name, usual) for name, usual in zip(("od", "do"), numbers, strict=True)]
    found = [_version(article_id, number) for number in asked]
    before, after = ([*readable(v.title, v.summary, v.easy, v.blocks)] for v in found)
    context = {
        "article": article,
        "before": found[0],
        "after": found[1],
        "numbers": range(last.number, 0, -1),
        "is_same": before == after,
        "lines": list(compare(before, after)),
    }
    return render(request, "portal/comparison.html", context)


@staff(Right.EDIT_PORTAL, Right.EDIT_SITES)
@require_POST
def publication(request: ActorRequest, article_id: int) -> HttpResponse:
    """Show the chosen version to the public."""
    _found(request, article_id)
    number = request.POST.get("number", "")
    try:
        articles.publish(
            article_id, actor=request.actor, number=int(number) if number.isdecimal() else 0, now=now()
        )
    except articles.NothingToPublish as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, f"Wersja {number} jest opublikowana.")
    return redirect("portal:text", article_id)


@staff(Right.EDIT_PORTAL, Right.EDIT_SITES)
@require_POST
def withdrawal(request: ActorRequest, article_id: int) -> HttpResponse:
    """Take the page away from the public."""
    _found(request, article_id)
    try:
        articles.withdraw(article_id, actor=request.actor, now=now())
    except articles.NothingToPublish as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, "Strona nie jest już widoczna dla czytelników. Jej wersje zostały.")
    return redirect("portal:text", article_id)


def _translations(article: Article) -> list[tuple[str, str, Article | None]]:
    """Each other language of a Polish text of the county with the text in it."""
    if article.language != languages.SOURCE or article.site:
        return []
    known = reads.translations(article.pk)
    return [(code, languages.NAMES[code], known.get(code)) for code in languages.OTHERS]


def _kind(section: str) -> Article.Kind:
    if section not in KIND_OF:
        raise Http404
    return KIND_OF[section]


def _found(request: ActorRequest, article_id: int) -> tuple[Article, Version]:
    editable = access.editable(request.actor).select_related("published", "site")
    article = editable.filter(pk=article_id).first()
    last = reads.versions(article_id).first()
    if article is None or last is None:
        raise Http404
    return article, last


def _version(article_id: int, number: str) -> Version:
    if not number.isdecimal() or len(number) > 6:
        raise Http404
    found = reads.versions(article_id).filter(number=int(number)).first()
    if found is None:
        raise Http404
    return found


def _shown(article: Article, version: Version) -> dict[str, Any]:
    return {
        "article": article,
        "version": version,
        "images": reads.images_of([version]),
        "root": f"/jednostki/{article.site.slug}/" if article.site else "/",
    }


def _entry(article: Article, version: Version) -> TimelineEntry:
    shown = " (opublikowana)" if version.pk == article.published_id else ""
    return TimelineEntry(
        title=f"Wersja {version.number}{shown}",
        at=version.saved_at,
        by=version.saved_by.name if version.saved_by else "",
        body=version.note,
        url=f"/urzad/portal/teksty/{article.pk}/wersje/{version.number}/",
        is_now=version.pk == article.published_id,
    )


def editor(
    request: ActorRequest,
    kind: Article.Kind,
    article: Article | None,
    last: Version | None,
    *,
    site: UnitSite | None = None,
    of: Original = None,
) -> HttpResponse:
    """The block editor of a text of the county's portal or of a unit's site."""
    draft = _begun(last, is_new=article is None) if request.method == "GET" else _draft(request)
    if request.method == "POST" and request.POST.get("do", "save") == "save":
        saved = _saved(request, kind, article, draft, site, of)
        if saved is not None:
            messages.success(request, "Zapisano wersję roboczą. Sprawdź, jak wygląda, i opublikuj.")
            return redirect("portal:text", saved)
    images = [
        (str(image.pk), image.title)
        for image in Image.objects.filter(site=site).order_by("-added_at", "-id")[:200]
    ]
    rows = block_forms.drawn(draft.blocks, images=images, faults=draft.faults, focus=draft.focus)
    context = {
        "article": article,
        "form": draft.form,
        "rows": rows,
        "kinds": KINDS.items(),
        "is_refused": bool(draft.faults or draft.form.errors),
        "general": [str(error) for error in draft.form.non_field_errors()] if draft.form.is_bound else [],
        "linked": _linked(draft, rows),
        "heading": _heading(kind, article, of),
        "back": _back(kind, article or (of[0] if of else None), site),
    }
    return render(request, "portal/editor.html", context, status=422 if context["is_refused"] else 200)


def _address(article: Article) -> str:
    """Where the public reads the text at the county's host."""
    is_news = article.kind == Article.Kind.NEWS
    if article.site is not None:
        name = "portal:site_news_item" if is_news else "portal:site_page"
        return reverse(name, args=[article.site.slug, article.slug])
    return address_of(article)


def _list_of(kind: Article.Kind, site: UnitSite | None) -> str:
    if site is None:
        return f"/urzad/portal/teksty/{SECTION_OF[kind]}/"
    return reverse("portal:site_texts", args=[site.slug, SECTION_OF[kind]])


def _back(kind: Article.Kind, article: Article | None, site: UnitSite | None) -> str:
    return f"/urzad/portal/teksty/{article.pk}/" if article else _list_of(kind, site)


def _heading(kind: Article.Kind, article: Article | None, of: Original) -> str:
    if of:
        return f"Tłumaczenie: {languages.NAMES[of[1]]}"
    if article:
        return "Zmiana: aktualność" if kind == Article.Kind.NEWS else "Zmiana: strona"
    return "Nowa aktualność" if kind == Article.Kind.NEWS else "Nowa strona"


def _begun(last: Version | None, *, is_new: bool) -> Draft:
    if last is None:
        return Draft(ArticleForm(initial={"based_on": 0}), [new("paragraph")], [])
    told = {"title": last.title, "summary": last.summary, "easy": last.easy}
    told["based_on"] = "0" if is_new else str(last.number)
    return Draft(ArticleForm(initial=told), [dict(block) for block in last.blocks], [])


def _draft(request: HttpRequest) -> Draft:
    """What was posted, after the act on its blocks; only saving is checked."""
    blocks, act = block_forms.posted(request.POST), request.POST.get("do", "save")
    if act == "save":
        return Draft(ArticleForm(request.POST), blocks, faults(blocks))
    changed, focus = block_forms.acted(blocks, act, request.POST)
    typed: Mapping[str, Any] = {name: request.POST.get(name, "") for name in ArticleForm.base_fields}
    return Draft(ArticleForm(initial=typed), changed, [], focus)


def _saved(
    request: ActorRequest,
    kind: Article.Kind,
    article: Article | None,
    draft: Draft,
    site: UnitSite | None,
    of: Original,
) -> int | None:
    """Save, or put what speaks against it into the draft."""
    if not draft.form.is_valid() or draft.faults:
        return None
    told = dict(draft.form.cleaned_data)
    based_on = told.pop("based_on") or 0
    written = articles.Text(blocks=draft.blocks, **told)
    try:
        if article is None:
            original, language = of or (None, languages.SOURCE)
            told = {"kind": kind, "text": written, "language": language, "original": original, "site": site}
            return articles.begin(actor=request.actor, now=now(), **told).pk
        articles.save(article.pk, actor=request.actor, text=written, based_on=based_on, now=now())
    except articles.NotAccessible as refusal:
        draft.faults = refusal.faults
        return None
    except articles.AlreadyTranslated as refusal:
        draft.form.add_error(None, str(refusal))
        return None
    except articles.SavedMeanwhile as refusal:
        draft.form.data = {**request.POST.dict(), "based_on": str(refusal.last.number)}
        draft.form.add_error(
            None,
            f"{refusal} Zobacz ją w historii zmian (otwórz w nowej karcie). "
            "Twój tekst jest niżej; zapisz ponownie, jeśli ma ją zastąpić.",
        )
        return None
    return article.pk


def _linked(draft: Draft, rows: list[block_forms.EditedBlock]) -> list[tuple[str, str]]:
    """Each error with the field that it leads to."""
    around = [
        (bound.auto_id, f"{bound.label}: {error}")
        for bound in (draft.form.visible_fields() if draft.form.is_bound else [])
        for error in bound.errors
    ]
    inside = [
        (
            f"id_b{fault.block}-{fault.field}",
            f"Blok {fault.block + 1} ({rows[fault.block].label}): {fault.text}",
        )
        for fault in draft.faults
        if fault.block < len(rows)
    ]
    return around + inside
