"""Screens of letters: the mail desk's queue, registration by hand, a letter with its files."""

from typing import BinaryIO, cast
from uuid import uuid4

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.audit import api as audit
from starostwo.files import api as files
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.records.models import Letter, LetterFile
from starostwo.records.queries.cases import find_case
from starostwo.records.queries.filled_form import filled_form
from starostwo.records.queries.letters import (
    LetterPage,
    letter_file,
    letter_page,
    received_of,
    similar_letters,
)
from starostwo.records.queries.lists import NEWEST, LetterFilter, letters, parties_by_prefix
from starostwo.records.rules.metadata import CHANNEL_LABELS, Channel
from starostwo.records.services.letters import (
    CannotComplete,
    CannotRegister,
    NewFile,
    add_file,
    complete_metadata,
    register_incoming,
)
from starostwo.records.web.histories import timeline_of
from starostwo.records.web.letter_forms import (
    MetadataForm,
    PaperLetterForm,
    ReturnForm,
    ScansForm,
    metadata_of,
)
from starostwo.records.web.listing import page_of

FILE_LIMIT = 500 * 1024 * 1024
QUEUE_PAGE = 40
MESSAGE = "wiadomosc.txt"


@staff(Right.REGISTER, Right.COORDINATE, Right.INSPECT)
@require_safe
def queue(request: ActorRequest) -> HttpResponse:
    """One queue of the mail desk for all channels, the newest first."""
    wanted = LetterFilter(
        channel=request.GET.get("kanal", ""),
        state=request.GET.get("stan", ""),
        unit=request.GET.get("komorka", ""),
        not_fully_copied=request.GET.get("niepelne") == "1",
    )
    context = {
        "page": page_of(request, letters(request.actor, wanted), key=NEWEST, size=QUEUE_PAGE),
        "wanted": wanted,
        "channels": [(one.value, CHANNEL_LABELS[one]) for one in Channel],
        "states": Letter.State.choices,
        "today": localdate(),
        "may_register": request.actor.may(Right.REGISTER),
    }
    return render(request, "records/queue.html", context)


@staff(Right.REGISTER)
@require_http_methods(["GET", "POST"])
def register(request: ActorRequest) -> HttpResponse:
    """Register paper or an e-mail: one form; after it the next empty one, with the last number shown."""
    today = localdate()
    if request.method == "GET":
        last = letter_page(_number(request.GET.get("ostatnie")), actor=request.actor)
        initial = {"key": uuid4().hex, "channel": request.GET.get("kanal") or Channel.PAPER.value}
        form = PaperLetterForm(today=today, initial=initial)
        similar = similar_letters(last.letter, actor=request.actor) if last else []
        context = {"form": form, "last": last.letter if last else None, "similar": similar}
        return render(request, "records/register.html", context)
    form = PaperLetterForm(request.POST, request.FILES, today=today)
    if form.is_valid():
        try:
            letter = _register(request, form)
            return redirect(f"{reverse('records:register')}?ostatnie={letter.pk}&kanal={letter.channel}")
        except (CannotRegister, CannotStore) as error:
            form.add_error(None, str(error))
    return render(request, "records/register.html", {"form": form, "last": None, "similar": []}, status=422)


@staff(None)
@require_safe
def letter(request: ActorRequest, letter_id: int) -> HttpResponse:
    """A letter with its files, assignments and history."""
    page = _page(request, letter_id)
    audit.record_read(actor=request.actor.audit_name, actor_name=request.actor.name, thing=str(page.letter))
    mark = page.letter.case.mark if page.letter.case else ""
    context = {
        "page": page,
        "letter": page.letter,
        "filled": filled_form(page.files),
        "today": localdate(),
        "scans": ScansForm(),
        "return_form": ReturnForm(),
        "timeline": timeline_of(page.history),
        "case_is_visible": bool(mark) and find_case(mark, actor=request.actor) is not None,
    }
    return render(request, "records/letter.html", context)


@staff(None)
@require_http_methods(["GET", "POST"])
def metadata(request: ActorRequest, letter_id: int) -> HttpResponse:
    """Complete the metadata of a letter."""
    page = _page(request, letter_id)
    if not page.may_complete:
        raise Http404
    before = received_of(page.letter, page.senders)
    form = MetadataForm(request.POST or None, initial=metadata_of(before))
    if form.is_valid():
        try:
            complete_metadata(letter_id, actor=request.actor, received=form.received(before), now=now())
            messages.success(request, f"Zapisano metadane przesyłki {page.letter.shown_number}.")
            return redirect("records:letter", letter_id)
        except CannotComplete:
            form.add_error(None, "Tej przesyłki nie można już zmienić.")
    context = {"form": form, "page": page, "letter": page.letter}
    return render(request, "records/metadata.html", context, status=422 if form.errors else 200)


@staff(None)
@require_POST
def scans(request: ActorRequest, letter_id: int) -> HttpResponse:
    """Add scans to a letter: by the file field or by drag and drop."""
    page = _page(request, letter_id)
    if not page.may_complete:
        raise Http404
    form = ScansForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, "Wybierz plik ze skanem.")
        return redirect("records:letter", letter_id)
    try:
        for upload in form.cleaned_data["scans"]:
            add_file(letter_id, actor=request.actor, file=_stored(upload, LetterFile.Role.SCAN), now=now())
        messages.success(request, "Dołączono pliki.")
    except (CannotComplete, CannotStore) as error:
        messages.error(request, str(error))
    return redirect("records:letter", letter_id)


@staff(None)
@require_safe
def download(request: ActorRequest, letter_id: int, file_id: int) -> HttpResponseBase:
    """Give a file of a letter to whoever may see the letter."""
    found = letter_file(letter_id, file_id, actor=request.actor)
    if found is None:
        raise Http404
    audit.record_read(
        actor=request.actor.audit_name, actor_name=request.actor.name, thing=str(found.letter), why=found.name
    )
    return files.download_response(found.blob, found.name, inline=request.GET.get("podglad") == "1")


@staff(Right.REGISTER)
@require_safe
def lookup_senders(request: ActorRequest) -> HttpResponse:
    """Parties of the directory by the first letters of their name."""
    hits = [
        {
            "value": str(one.pk),
            "label": one.name,
            "note": " ".join(part for part in (one.town, one.street, one.building) if part),
            "fill": {f"id_{field}": getattr(one, field) for field in SENDER_FILLS}
            | {"id_sender_kind": one.kind},
        }
        for one in parties_by_prefix(request.GET.get("q", ""))
    ]
    return JsonResponse({"hits": hits})


class CannotStore(Exception):
    """The file is not of a kind that the office keeps, or a virus was found in it."""


SENDER_FILLS = ("street", "building", "flat", "postcode", "town", "email", "phone")


def _register(request: ActorRequest, form: PaperLetterForm) -> Letter:
    stored = [_stored(upload, LetterFile.Role.SCAN) for upload in form.cleaned_data["scans"]]
    if message := form.cleaned_data["message"]:
        blob = files.put(message.encode(), name=MESSAGE, limit=FILE_LIMIT)
        stored.insert(0, NewFile(blob_id=blob.pk, name=MESSAGE))
    return register_incoming(
        actor=request.actor,
        received=form.received(),
        files=stored,
        channel=Channel(form.cleaned_data["channel"]),
        idempotency_key=f"form:{request.actor.account_id}:{form.cleaned_data['key']}",
        today=localdate(),
        now=now(),
    )


def _stored(upload: "UploadedFile[bytes]", role: LetterFile.Role) -> NewFile:
    name = files.safe_name(upload.name or "skan")
    content = cast(BinaryIO, upload.file)
    inspection = files.inspect(content, name)
    refusals = [one.text for one in inspection.problems if one.consequence.name == "REFUSE"]
    if refusals:
        raise CannotStore(f"{name}: {refusals[0]}")
    blob = files.put(content, name=name, limit=FILE_LIMIT, inspection=inspection)
    if files.scan(blob) is files.Problem.VIRUS:
        raise CannotStore(f"{name}: {files.Problem.VIRUS.text}")
    return NewFile(blob_id=blob.pk, name=name, role=role.value)


def _page(request: ActorRequest, letter_id: int) -> LetterPage:
    page = letter_page(letter_id, actor=request.actor)
    if page is None:
        raise Http404
    return page


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0
