"""Screens of the office's letters: a new one, its text, versions side by side, the file."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.audit import api as audit
from starostwo.files import api as files
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.text_diff import compare
from starostwo.records import document_access
from starostwo.records.models import Case, DocumentVersion
from starostwo.records.queries.cases import find_case, parties_of
from starostwo.records.queries.document import DocumentPage, changes_between, document_page
from starostwo.records.queries.document_paper import paper
from starostwo.records.rules.acceptance import NotInThisState
from starostwo.records.rules.document_fields import FIELDS
from starostwo.records.rules.document_kinds import Kind
from starostwo.records.services.acceptance import NotReady, submit, unready, withdraw
from starostwo.records.services.document_drafts import (
    CannotDraft,
    EditedMeanwhile,
    draft_document,
    save_version,
)
from starostwo.records.typeset import typeset_letter
from starostwo.records.web.document_forms import NewDocumentForm, SubmitForm, TextForm, text_of

EDITABLE = ("DRAFT", "RETURNED")


@staff(Right.HANDLE)
@require_http_methods(["GET", "POST"])
def new_document(request: ActorRequest, mark: str) -> HttpResponse:
    """Start a letter of a case from the template of its kind."""
    case = find_case(mark, actor=request.actor)
    if case is None or not document_access.may_write(request.actor, case):
        raise Http404
    parties = parties_of(case)
    form = NewDocumentForm(request.POST or None, parties=parties)
    if form.is_valid():
        document = draft_document(
            case.pk,
            actor=request.actor,
            kind=Kind(form.cleaned_data["kind"]),
            addressee_id=form.cleaned_data["addressee"],
            today=localdate(),
            now=now(),
        )
        return redirect("records:edit_document", document.pk)
    context = {"form": form, "case": case, "has_parties": bool(parties)}
    return render(request, "records/new_document.html", context, status=422 if form.errors else 200)


@staff(None)
@require_safe
def document(request: ActorRequest, document_id: int) -> HttpResponse:
    """A letter: its text, versions, acceptance, signature, what was sent."""
    page = page_or_404(request, document_id)
    is_writer = document_access.may_write(request.actor, page.document.case)
    may_edit = is_writer and page.document.state in EDITABLE
    turn = page.turn
    may_dispatch = document_access.may_dispatch(request.actor, page.document)
    context = {
        "page": page,
        "document": page.document,
        "may_edit": may_edit,
        "may_withdraw": is_writer and page.document.state == "IN_ACCEPTANCE",
        "may_decide": turn is not None and document_access.may_decide(request.actor, turn),
        "may_send": may_dispatch and page.signed is not None and bool(page.to_serve),
        "may_dispatch": may_dispatch,
        "case_is_visible": document_access.sees_case(request.actor, page.document.case),
        "problems": unready(page.document, page.latest.text, now=now()) if may_edit else [],
        "submit_form": SubmitForm(unit=page.document.case.unit, today=localdate()) if may_edit else None,
    }
    return render(request, "records/document.html", context)


@staff(Right.HANDLE)
@require_http_methods(["GET", "POST"])
def edit(request: ActorRequest, document_id: int) -> HttpResponse:
    """Write the text of a letter; each save that changes it is a version."""
    page = page_or_404(request, document_id)
    if page.document.state not in EDITABLE or not document_access.may_write(
        request.actor, page.document.case
    ):
        raise Http404
    latest = page.latest
    first = text_of(page.document, latest.text, base=latest.number, today=localdate())
    form = TextForm(request.POST or None, initial=first)
    meanwhile = None
    if form.is_valid():
        try:
            saved = _save(request, page, form)
            messages.success(request, f"Zapisano wersję {saved.number}.")
            return redirect("records:document", document_id)
        except EditedMeanwhile as refusal:
            form.add_error(None, str(refusal))
            meanwhile = compare(latest.text, form.cleaned_data["text"].replace("\r\n", "\n"))
    context = {
        "form": form,
        "page": page,
        "document": page.document,
        "meanwhile": meanwhile,
        "problems": unready(page.document, latest.text, now=now()),
        "remarks": [step for step in page.steps if step.outcome == "RETURNED"][-1:],
        "fields": [(f"{{{name}}}", label) for name, label in FIELDS.items()],
    }
    return render(request, "records/edit_document.html", context, status=422 if form.errors else 200)


@staff(None)
@require_safe
def comparison(request: ActorRequest, document_id: int) -> HttpResponse:
    """Two versions of a letter, what was added and removed shown in the text."""
    page = page_or_404(request, document_id)
    older, newer = (_number(request, name) for name in ("od", "do"))
    changes = changes_between(page, older, newer)
    if changes is None:
        raise Http404
    context = {"page": page, "document": page.document, "changes": changes, "older": older, "newer": newer}
    return render(request, "records/compare_versions.html", context)


@staff(None)
@require_safe
def document_file(request: ActorRequest, document_id: int) -> HttpResponseBase:
    """The signed file; before the signature the draft as it would be printed."""
    page = page_or_404(request, document_id)
    if page.signed is not None:
        return files.download_response(page.signed.blob, f"{page.document.mark}.pdf", inline=True)
    pdf = typeset_letter(paper(page.document, page.latest.text, today=localdate()), now=now())
    return HttpResponse(
        pdf, content_type="application/pdf", headers={"Content-Disposition": 'inline; filename="projekt.pdf"'}
    )


@staff(Right.HANDLE)
@require_POST
def submission(request: ActorRequest, document_id: int) -> HttpResponse:
    """Hand the letter over for acceptance and signature."""
    page = page_or_404(request, document_id)
    form = SubmitForm(request.POST, unit=page.document.case.unit, today=localdate())
    if not form.is_valid():
        messages.error(request, "Wskaż osobę, która podpisze pismo.")
        return redirect("records:document", document_id)
    try:
        submit(document_id, actor=request.actor, acceptors=form.acceptors(), now=now())
        messages.success(request, "Przekazano pismo do akceptacji.")
    except (NotReady, NotInThisState, CannotDraft) as refusal:
        messages.error(request, str(refusal))
    return redirect("records:document", document_id)


@staff(Right.HANDLE)
@require_POST
def withdrawal(request: ActorRequest, document_id: int) -> HttpResponse:
    """Take the letter back from acceptance."""
    page_or_404(request, document_id)
    try:
        withdraw(document_id, actor=request.actor, now=now())
        messages.success(request, "Wycofano pismo z akceptacji.")
    except (NotInThisState, CannotDraft) as refusal:
        messages.error(request, str(refusal))
    return redirect("records:document", document_id)


def page_or_404(request: ActorRequest, document_id: int) -> DocumentPage:
    """Return the document with all that belongs to it, or nothing for who may not see it."""
    page = document_page(document_id, actor=request.actor)
    if page is None:
        raise Http404
    if request.method == "GET":
        note_read(request, page.document.case)
    return page


def note_read(request: ActorRequest, case: Case) -> None:
    """Write into the log of reads that the person looked at the papers of a case."""
    audit.record_read(actor=request.actor.audit_name, actor_name=request.actor.name, thing=str(case))


def _save(request: ActorRequest, page: DocumentPage, form: TextForm) -> DocumentVersion:
    return save_version(
        page.document.pk,
        actor=request.actor,
        wording=form.wording(),
        base=form.cleaned_data["base"],
        today=localdate(),
        now=now(),
    )


def _number(request: ActorRequest, name: str) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
