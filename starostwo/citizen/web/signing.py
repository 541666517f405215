"""Signing and sending: the document to sign, the signed file that comes back, the receipt."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from starostwo.citizen import ends, queries, services
from starostwo.citizen.models import Draft
from starostwo.citizen.paying import may_send
from starostwo.citizen.queries import DraftView
from starostwo.citizen.sending import send
from starostwo.citizen.trusted_profile import is_offered
from starostwo.citizen.web import trusted_profile
from starostwo.citizen.web.forms import SignedForm
from starostwo.citizen.web.opinions import OpinionForm
from starostwo.files import api as files
from starostwo.intake import api as intake
from starostwo.office import api as office
from starostwo.office.api import ActorRequest, resident
from starostwo.signatures import api as signatures

NOT_OURS = gettext_lazy(
    "Ten plik nie zawiera dokumentu z tego wniosku albo jego treść zmieniono. Pobierz dokument jeszcze raz, "
    "podpisz go bez zmian i dołącz."
)


@resident
@require_POST
def closing(request: ActorRequest, draft_id: UUID) -> HttpResponseBase:
    """Make the document to sign from the answers; where the law asks for no signature, send it at once."""
    view = _view(request, draft_id)
    if view.draft.state == Draft.State.FILLING:
        if view.errors or view.documents_missing or view.is_power_missing:
            return redirect("citizen:check", draft_id)
        services.close(draft_id, actor=request.actor, addressee=_addressee(), now=now(), today=localdate())
    if view.form.without_signature and "wyslij" in request.POST:
        return sending(request, draft_id)
    return redirect("citizen:signing", draft_id)


@resident
@require_POST
def reopening(request: ActorRequest, draft_id: UUID) -> HttpResponse:
    """Back to the answers; a signature given so far falls away."""
    view = _closed(request, draft_id)
    had_signed = [each.name for each in view.others if each.signed_id]
    services.reopen(draft_id, actor=request.actor, now=now())
    if had_signed:
        said = gettext("Unieważniono podpisy: %(names)s. Po zmianach zaproś te osoby jeszcze raz.")
        messages.warning(request, said % {"names": ", ".join(had_signed)})
    if view.draft.signed_id:
        messages.info(
            request, gettext("Podpis dotyczył poprzedniej treści. Po zmianach podpisz dokument jeszcze raz.")
        )
    return redirect("citizen:check", draft_id)


@resident
@require_http_methods(["GET", "POST"])
def signing(request: ActorRequest, draft_id: UUID) -> HttpResponse:
    """The ways to sign; a file signed elsewhere is taken back here."""
    view = _view(request, draft_id)
    if view.draft.state != Draft.State.CLOSED:
        return redirect("citizen:draft", draft_id)
    form = SignedForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["signed"]
        if fault := _take(request, draft_id, upload.name, upload.read()):
            form.add_error("signed", fault)
        else:
            return redirect("citizen:signing", draft_id)
    context = {
        "view": view,
        "form": form,
        "can_sign_here": _test_key(request) is not None,
        "has_trusted_profile": is_offered(),
        "dues": intake.payments.dues_of_application(draft_id, actor=request.actor),
        "may_be_sent": intake.payments.may_be_sent(draft_id, actor=request.actor),
    }
    response = render(request, "citizen/signing.html", context, status=422 if form.errors else 200)
    trusted_profile.allow_away(response)
    return response


@resident
@require_POST
def test_signature(request: ActorRequest, draft_id: UUID) -> HttpResponse:
    """Sign with the test certificate of the demonstration; no other installation has this address."""
    view = _closed(request, draft_id)
    key = _test_key(request)
    if key is None:
        raise Http404
    signed = signatures.sign_xml(_content(view.draft.document), key=key, at=now())
    services.take_signed(
        draft_id, actor=request.actor, name=f"{view.draft.form_code}-podpisany.xml", content=signed, now=now()
    )
    return redirect("citizen:signing", draft_id)


@resident
@require_POST
def sending(request: ActorRequest, draft_id: UUID) -> HttpResponse:
    """Send. The draft is the key of repetition: a second press gives the same receipt."""
    view = _view(request, draft_id)
    if view.draft.state == Draft.State.SENT:
        return redirect("citizen:receipt", view.draft.submission)
    if view.draft.state != Draft.State.CLOSED:
        return redirect("citizen:draft", draft_id)
    if not may_send(view, actor=request.actor, now=now()):
        messages.info(
            request, gettext("Za tę usługę płaci się przed wysłaniem. Wniosek czeka, nic nie zginęło.")
        )
        return redirect("citizen:signing", draft_id)
    try:
        submission = send(view, actor=request.actor, now=now())
    except services.NotAllHaveSigned:
        messages.error(
            request, gettext("Nie wysłano. Nie wszyscy jeszcze podpisali; ich stan widzisz poniżej.")
        )
        return redirect("citizen:signing", draft_id)
    except intake.Refused as refused:
        messages.error(
            request,
            gettext("Nie wysłano. %(name)s: %(reason)s Popraw załączniki i wyślij ponownie.")
            % {"name": refused.name, "reason": gettext(str(refused))},
        )
        return redirect("citizen:signing", draft_id)
    return redirect("citizen:receipt", submission.pk)


@resident
@require_GET
def receipt(request: ActorRequest, submission_id: UUID) -> HttpResponse:
    """The confirmation: number, receipt to download, and what happens next."""
    submission = intake.of_resident(submission_id, account_id=request.actor.account_id)
    if submission is None:
        raise Http404
    asks = ends.may_rate(submission_id, actor=request.actor)
    context = {
        "submission": submission,
        "opinion": OpinionForm() if asks else None,
        "dues": intake.payments.dues_of_submission(submission_id, actor=request.actor),
    }
    return render(request, "citizen/receipt.html", context)


@resident
@require_GET
def receipt_file(request: ActorRequest, submission_id: UUID, kind: str) -> HttpResponse:
    """The receipt as it was sealed (XML) or in print (PDF)."""
    submission = intake.of_resident(submission_id, account_id=request.actor.account_id)
    if submission is None:
        raise Http404
    name = f"UPO-{submission.upo.identifier}"
    if kind == "pdf":
        return _download(intake.receipt_pdf(submission.upo), f"{name}.pdf", "application/pdf")
    return _download(bytes(submission.upo.xml), f"{name}.xml", "application/xml")


@resident
@require_GET
def document_xml(request: ActorRequest, draft_id: UUID) -> HttpResponse:
    view = _closed(request, draft_id)
    return _download(_content(view.draft.document), f"{view.draft.form_code}.xml", "application/xml")


@resident
@require_GET
def document_pdf(request: ActorRequest, draft_id: UUID) -> HttpResponse:
    view = _closed(request, draft_id)
    return _download(_content(view.draft.printout), f"{view.draft.form_code}.pdf", "application/pdf")


def _view(request: ActorRequest, draft_id: UUID) -> DraftView:
    view = queries.draft_of(request.actor, draft_id)
    if view is None:
        raise Http404
    return view


def _closed(request: ActorRequest, draft_id: UUID) -> DraftView:
    view = _view(request, draft_id)
    if view.draft.state != Draft.State.CLOSED:
        raise Http404
    return view


def _take(request: ActorRequest, draft_id: UUID, name: str, content: bytes) -> str:
    """Take the signed file; return what is wrong with it, or nothing."""
    name = files.safe_name(name)
    if problems := files.inspect(content, name).refusals:
        return gettext(problems[0].text)
    try:
        services.take_signed(draft_id, actor=request.actor, name=name, content=content, now=now())
    except services.SignedSomethingElse:
        return str(NOT_OURS)
    return ""


def _test_key(request: ActorRequest) -> signatures.KeyRef | None:
    """The resident's test key, in a demonstration alone."""
    if not settings.DEMO:
        return None
    return next(iter(signatures.staff_keys(request.actor.account_id)), None)


def _addressee() -> str:
    found = office.office()
    return found.name if found else ""


def _content(blob: files.Blob | None) -> bytes:
    if blob is None:
        raise Http404
    with files.open_blob(blob.sha256) as file:
        return file.read()


def _download(content: bytes, name: str, media_type: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
