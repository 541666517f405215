"""Editors' screens: the list of informations, writing one, handing it over."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.bulletin import access
from starostwo.bulletin.access import EDITING
from starostwo.bulletin.models import Item, Version
from starostwo.bulletin.queries.declaration import reminder
from starostwo.bulletin.queries.editing import (
    NEWEST,
    OLDEST_FIRST,
    ItemFilter,
    Workplace,
    items,
    open_versions,
    section_choices,
    sections_in_order,
    workplace,
)
from starostwo.bulletin.queries.from_case import origin_context
from starostwo.bulletin.queries.listing import registers_of, tree
from starostwo.bulletin.queries.personal_data import findings
from starostwo.bulletin.rules.content import gaps
from starostwo.bulletin.rules.registers import BY_CODE, PLAIN
from starostwo.bulletin.services import drafts
from starostwo.bulletin.services.personal_data import CannotDecide, let_through
from starostwo.bulletin.web.attachments import store_upload
from starostwo.bulletin.web.desk import Desk, desk_of, desks, of_body
from starostwo.bulletin.web.forms import (
    AttachmentForm,
    ContentForm,
    DecisionForm,
    NewItemForm,
    WithdrawalForm,
    initial_of,
)
from starostwo.bulletin.web.listing import page_of, timeline_of
from starostwo.files import api as files
from starostwo.office.api import ActorRequest, staff


@staff(*EDITING)
@require_safe
@of_body
def items_list(request: ActorRequest, desk: Desk) -> HttpResponse:
    """Informations in all states, the last changed first."""
    wanted = ItemFilter(
        section=request.GET.get("dzial", ""),
        state=request.GET.get("stan", ""),
        words=request.GET.get("q", "").strip().replace("\0", ""),
    )
    context = {
        "page": page_of(request, items(wanted, desk.body), key=NEWEST, size=40),
        "wanted": wanted,
        "sections": sections_in_order(desk.body),
        "states": Item.State.choices,
        "reminder": "" if desk.body else reminder(today=localdate()),
        "desk": desk,
        "desks": desks(request, desk),
        "tabs": desk.tabs("editing"),
    }
    return render(request, "bulletin/items_list.html", context)


@staff(*EDITING)
@require_safe
@of_body
def waiting(request: ActorRequest, desk: Desk) -> HttpResponse:
    """Versions that are written, wait for another editor or for their day."""
    page = page_of(request, open_versions(desk.body), key=OLDEST_FIRST, size=40)
    context = {"page": page, "desk": desk, "tabs": desk.tabs("waiting")}
    return render(request, "bulletin/waiting.html", context)


@staff(*EDITING)
@require_http_methods(["GET", "POST"])
@of_body
def new_item(request: ActorRequest, desk: Desk) -> HttpResponse:
    """Begin an information."""
    kinds = [BY_CODE[PLAIN], *registers_of(desk.body, tree(desk.body))]
    register = next((one for one in kinds if one.code == request.GET.get("rodzaj")), BY_CODE[PLAIN])
    sections = section_choices(desk.body)
    usual = next((one for one in sections_in_order(desk.body) if one.section.slug == register.section), None)
    initial = {"section": usual.section.pk if usual else ""}
    form = NewItemForm(request.POST or None, sections=sections, kind=register.code, initial=initial)
    if form.is_valid():
        version = drafts.begin(
            actor=request.actor,
            section_id=int(form.cleaned_data["section"]),
            kind=register.code,
            content=form.content(),
            now=now(),
        )
        messages.success(request, "Zapisano wersję roboczą.")
        return redirect("bulletin:draft", version.item_id)
    context = {"form": form, "register": register, "registers": kinds, "desk": desk}
    return render(request, "bulletin/new_item.html", context, status=422 if form.errors else 200)


@staff(*EDITING)
@require_safe
def item(request: ActorRequest, item_id: int) -> HttpResponse:
    """An information with its versions, its history and what may be done with it."""
    return item_page(request, _workplace(request, item_id), WithdrawalForm())


def item_page(request: ActorRequest, place: Workplace, withdrawal: WithdrawalForm) -> HttpResponse:
    """The page of an information, with the form that takes it off as it was filled in."""
    context = {
        "place": place,
        "item": place.item,
        "desk": desk_of(place.item.section.body),
        "timeline": timeline_of(place.history),
        "withdrawal": withdrawal if place.item.state == Item.State.PUBLISHED else None,
        "may_approve": _may_approve(request, place),
        **origin_context(place.item, actor=request.actor),
    }
    return render(request, "bulletin/item_desk.html", context, status=422 if withdrawal.errors else 200)


@staff(*EDITING)
@require_POST
def change(request: ActorRequest, item_id: int) -> HttpResponse:
    """Begin the next version."""
    try:
        drafts.begin_change(_workplace(request, item_id).item.pk, actor=request.actor, now=now())
    except drafts.CannotEdit:
        messages.error(
            request,
            "Tej informacji nie można teraz zmienić: jej nowa wersja już powstaje albo jest wycofana.",
        )
        return redirect("bulletin:item", item_id)
    return redirect("bulletin:draft", item_id)


@staff(*EDITING)
@require_http_methods(["GET", "POST"])
def draft(request: ActorRequest, item_id: int) -> HttpResponse:
    """Write the open version: text, metadata, files."""
    place = _workplace(request, item_id)
    version = _draft_of(place)
    if version is None:
        return redirect("bulletin:item", item_id)
    if request.method == "GET":
        form = ContentForm(kind=place.item.kind, initial=initial_of(version, drafts.digest(version)))
        return _drawn(request, place, version, form)
    form = ContentForm(request.POST, kind=place.item.kind)
    if form.is_valid():
        try:
            base = form.cleaned_data["base"]
            drafts.save(version.pk, actor=request.actor, content=form.content(), base=base, now=now())
            messages.success(request, "Zapisano wersję roboczą.")
            return redirect("bulletin:draft", item_id)
        except drafts.ChangedMeanwhile:
            said = "Ktoś zapisał tę wersję po jej otwarciu. Otwórz ją w drugiej karcie i przenieś zmiany."
            form.add_error(None, said)
        except drafts.CannotEdit:
            form.add_error(None, "Wersję przekazano już do zatwierdzenia. Skopiuj tekst i poproś o zwrot.")
    return _drawn(request, place, version, form, status=422)


@staff(*EDITING)
@require_POST
def submission(request: ActorRequest, item_id: int) -> HttpResponse:
    """Hand the draft over to another editor."""
    version = _draft_of(_workplace(request, item_id))
    if version is None:
        return redirect("bulletin:item", item_id)
    try:
        drafts.submit(version.pk, actor=request.actor, now=now(), today=localdate())
        messages.success(request, "Przekazano do zatwierdzenia. Zatwierdza inny redaktor.")
        return redirect("bulletin:item", item_id)
    except drafts.NotReady as error:
        messages.error(request, "Nie przekazano. " + " ".join(error.gaps))
    except drafts.CannotEdit:
        messages.error(request, "Tę wersję już przekazano.")
    return redirect("bulletin:draft", item_id)


@staff(*EDITING)
@require_POST
def deciding(request: ActorRequest, item_id: int) -> HttpResponse:
    """Let through what looks like personal data, with a reason."""
    version = _draft_of(_workplace(request, item_id))
    if version is None:
        return redirect("bulletin:item", item_id)
    form = DecisionForm(request.POST)
    try:
        if form.is_valid():
            data = form.cleaned_data
            let_through(version.pk, data["key"], actor=request.actor, reason=data["reason"], now=now())
        else:
            messages.error(request, "Napisz, dlaczego te dane wolno ujawnić, albo usuń je z treści.")
    except CannotDecide:
        messages.error(request, "O tych danych już rozstrzygnięto albo nie ma ich w treści.")
    return redirect("bulletin:draft", item_id)


@staff(*EDITING)
@require_POST
def discarding(request: ActorRequest, item_id: int) -> HttpResponse:
    """Throw the draft away."""
    place = _workplace(request, item_id)
    version = _draft_of(place)
    if version is not None:
        drafts.discard(version.pk, actor=request.actor, now=now())
        messages.success(request, "Wyrzucono wersję roboczą.")
    if place.item.state == Item.State.DRAFT:
        return redirect(desk_of(place.item.section.body).at["editing"])
    return redirect("bulletin:item", item_id)


@staff(*EDITING)
@require_POST
def attachment(request: ActorRequest, item_id: int) -> HttpResponse:
    """Attach a file to the draft."""
    place = _workplace(request, item_id)
    version = _draft_of(place)
    if version is None:
        return redirect("bulletin:item", item_id)
    form = AttachmentForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            file = store_upload(form.cleaned_data["file"], form.cleaned_data)
            drafts.attach(version.pk, actor=request.actor, file=file, now=now())
            messages.success(request, f"Dołączono plik {file.name}.")
            return redirect("bulletin:draft", item_id)
        except (drafts.CannotAttach, files.TooLarge) as error:
            form.add_error("file", str(error))
        except drafts.CannotEdit:
            form.add_error(None, "Wersję przekazano już do zatwierdzenia.")
    text = ContentForm(kind=place.item.kind, initial=initial_of(version, drafts.digest(version)))
    return _drawn(request, place, version, text, attachment=form, status=422)


@staff(*EDITING)
@require_POST
def attachment_end(request: ActorRequest, item_id: int, file_id: int) -> HttpResponse:
    """Take a file off the draft."""
    place = _workplace(request, item_id)
    version = _draft_of(place)
    if version is None or all(file.pk != file_id for file in place.files):
        raise Http404
    drafts.detach(version.pk, file_id, actor=request.actor, now=now())
    return redirect("bulletin:draft", item_id)


@staff(*EDITING)
@require_safe
def draft_file(request: ActorRequest, item_id: int, file_id: int) -> HttpResponseBase:
    """A file of the open version, for those who write and approve it."""
    found = next((file for file in _workplace(request, item_id).files if file.pk == file_id), None)
    if found is None:
        raise Http404
    return files.download_response(found.blob, found.name, inline=True)


def _drawn(
    request: ActorRequest,
    place: Workplace,
    version: Version,
    form: ContentForm,
    *,
    attachment: AttachmentForm | None = None,
    status: int = 200,
) -> HttpResponse:
    is_first, kind = place.item.current_id is None, place.item.kind
    missing = gaps(drafts.content_of(version), is_first=is_first, today=localdate(), kind=kind)
    found = findings(version)
    if any(one.decision is None for one in found):
        missing.append(drafts.UNDECIDED)
    context: dict[str, Any] = {
        "place": place,
        "item": place.item,
        "desk": desk_of(place.item.section.body),
        "version": version,
        "form": form,
        "attachment": attachment or AttachmentForm(),
        "missing": missing,
        "findings": found,
        **origin_context(place.item, actor=request.actor),
    }
    return render(request, "bulletin/draft.html", context, status=status)


def _workplace(request: ActorRequest, item_id: int) -> Workplace:
    place = workplace(item_id, actor=request.actor)
    if place is None:
        raise Http404
    return place


def _draft_of(place: Workplace) -> Version | None:
    found = place.open
    return found if found is not None and found.state == Version.State.DRAFT else None


def _may_approve(request: ActorRequest, place: Workplace) -> bool:
    waits = place.open is not None and place.open.state == Version.State.SUBMITTED
    return waits and place.open is not None and access.may_approve(request.actor, place.open)
