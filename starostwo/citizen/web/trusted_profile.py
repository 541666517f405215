"""Away to the trusted profile and back: what was signed there is looked at before it is kept."""

from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from starostwo.citizen import queries, services, trusted_profile
from starostwo.citizen.models import Draft
from starostwo.citizen.queries import DraftView
from starostwo.files import api as files
from starostwo.office.api import ActorRequest, resident
from starostwo.signatures import api as signatures

KIND = "TRUSTED_PROFILE"
REFUSED = "odmowa"


@resident
@require_POST
def away(request: ActorRequest, draft_id: UUID) -> HttpResponse:
    """Hand the document over and send the resident after it."""
    view = _closed(request, draft_id)
    here = f"{settings.PUBLIC_URL}{reverse('citizen:trusted_back', args=[draft_id])}"
    try:
        address = trusted_profile.begin(
            _content(view.draft.document),
            success=here,
            failure=f"{here}?wynik={REFUSED}",
            about=view.draft.title,
        )
    except trusted_profile.ServiceDoesNotAnswer:
        messages.error(
            request,
            gettext("Profil zaufany teraz nie odpowiada. Spróbuj za kilka minut albo podpisz inaczej."),
        )
        return redirect("citizen:signing", draft_id)
    request.session[_mark(draft_id)] = address
    return HttpResponseRedirect(address)


@resident
@require_safe
def back(request: ActorRequest, draft_id: UUID) -> HttpResponse:
    """Fetch the signed document once; whatever is wrong is said, and the draft stays as it was."""
    _closed(request, draft_id)
    address = request.session.pop(_mark(draft_id), None)
    if address is None or request.GET.get("wynik") == REFUSED:
        messages.info(request, gettext("Nie podpisano profilem zaufanym. Dokument czeka, nic nie zginęło."))
        return redirect("citizen:signing", draft_id)
    if fault := _taken(request, draft_id, address):
        messages.error(request, fault)
    else:
        messages.success(request, gettext("Podpisano profilem zaufanym. Teraz wyślij dokument do urzędu."))
    return redirect("citizen:signing", draft_id)


def allow_away(response: HttpResponse) -> None:
    """Let a form of this page lead to the service's own pages."""
    if trusted_profile.is_offered():
        parts = urlsplit(settings.TRUSTED_PROFILE_PAGES)
        response._csp_update = {"form-action": [f"{parts.scheme}://{parts.netloc}"]}  # type: ignore[attr-defined]


def _taken(request: ActorRequest, draft_id: UUID, address: str) -> str:
    """Keep what was signed; return what is wrong with it, or nothing."""
    try:
        content = trusted_profile.signed_document(address)
        if not _is_by_trusted_profile(content):
            return gettext(
                "To, co wróciło, nie ma ważnego podpisu zaufanego. Spróbuj jeszcze raz albo podpisz inaczej."
            )
        name = f"{_closed(request, draft_id).draft.form_code}-podpis-zaufany.xml"
        services.take_signed(draft_id, actor=request.actor, name=name, content=content, now=now())
    except trusted_profile.ServiceDoesNotAnswer:
        return gettext("Sesja podpisywania wygasła albo profil zaufany nie odpowiada. Podpisz jeszcze raz.")
    except services.SignedSomethingElse:
        return gettext("Podpisano inny dokument niż ten wniosek, więc go nie przyjęto. Podpisz jeszcze raz.")
    return ""


def _is_by_trusted_profile(content: bytes) -> bool:
    report = signatures.verify(content, name="podpisany.xml", at=now())
    return report.verdict != "red" and any(one.qualification == KIND for one in report.findings)


def _closed(request: ActorRequest, draft_id: UUID) -> DraftView:
    view = queries.draft_of(request.actor, draft_id)
    if view is None or view.draft.state != Draft.State.CLOSED or not trusted_profile.is_offered():
        raise Http404
    return view


def _content(blob: files.Blob | None) -> bytes:
    if blob is None:
        raise Http404
    with files.open_blob(blob.sha256) as file:
        return file.read()


def _mark(draft_id: UUID) -> str:
    return f"trusted-profile:{draft_id}"
