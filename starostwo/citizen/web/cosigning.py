"""Whoever was invited to sign: by the link to the frozen document, to a signature or a refusal."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.citizen import access, cosigning, queries, services
from starostwo.citizen.joint import hash_of
from starostwo.citizen.models import CoApplicant
from starostwo.citizen.printout import people_in_words
from starostwo.citizen.rules.co_applicants import CannotMove, WrongPerson
from starostwo.citizen.web.forms import SignedForm
from starostwo.citizen.web.guest import CAME_BY, guest_of
from starostwo.citizen.web.others_form import RefusalForm
from starostwo.files import api as files
from starostwo.office.api import ActorRequest, public, resident
from starostwo.signatures import api as signatures


@public("odnośnik z e-maila prowadzi do logowania i nie pokazuje treści")
@require_safe
def invitation(request: ActorRequest, token: str) -> HttpResponse:
    """Remember the link and go on to signing in; a link that is over says what to do."""
    person = queries.invited_by(hash_of(token), now=now())
    if person is None:
        answer: HttpResponse = _over(request)
    else:
        request.session[CAME_BY] = hash_of(token)
        answer = redirect("citizen:to_sign", person.pk)
    answer["Referrer-Policy"] = "strict-origin"
    answer["Cache-Control"] = "no-store"
    return answer


@resident
@require_http_methods(["GET", "POST"])
def to_sign(request: ActorRequest, person_id: int) -> HttpResponse:
    """The frozen document with the ways to sign it or to refuse; a signed file is taken back here."""
    person = _invited(request, person_id)
    if person is None:
        return _decided_or_over(request, person_id)
    form = SignedForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["signed"]
        name, content = files.safe_name(upload.name), upload.read()
        if problems := files.inspect(content, name).refusals:
            form.add_error("signed", problems[0].text)
        else:
            return _signed(request, person_id, form, name=name, content=content)
    return _page(request, person, form=form, status=422 if form.errors else 200)


@resident
@require_POST
def confirming(request: ActorRequest, person_id: int) -> HttpResponse:
    """Sign by being signed in."""
    return _signed(request, person_id, SignedForm())


@resident
@require_POST
def refusal(request: ActorRequest, person_id: int) -> HttpResponse:
    """Refuse, with the reason."""
    person = _invited(request, person_id)
    if person is None:
        return _decided_or_over(request, person_id)
    form = RefusalForm(request.POST)
    if not form.is_valid():
        return _page(request, person, refusal=form, status=422)
    reason = form.cleaned_data["reason"]
    try:
        cosigning.refuse(person_id, actor=request.actor, guest=guest_of(request), reason=reason, now=now())
    except (cosigning.InvitationIsOver, CannotMove):
        return _decided_or_over(request, person_id)
    messages.success(request, gettext("Zapisano odmowę. Osoba, która Cię zaprosiła, zobaczy powód."))
    return redirect("citizen:to_sign", person_id)


@resident
@require_safe
def document(request: ActorRequest, person_id: int, kind: str) -> HttpResponseBase:
    """The document to sign, as XML or as PDF."""
    person = _invited(request, person_id)
    blobs = {"xml": person.draft.document, "pdf": person.draft.printout} if person else {}
    blob = blobs.get(kind)
    if person is None or blob is None:
        raise Http404
    return files.download_response(blob, f"{person.draft.form_code}.{kind}")


@resident
@require_safe
def file(request: ActorRequest, person_id: int, file_id: int) -> HttpResponseBase:
    """An attachment that the document names."""
    person = _invited(request, person_id)
    found = queries.attachment_of(person, file_id) if person else None
    if found is None:
        raise Http404
    return files.download_response(found.blob, found.name)


def _invited(request: ActorRequest, person_id: int, *, at: datetime | None = None) -> CoApplicant | None:
    return queries.invitation_of(request.actor, guest_of(request), person_id, now=at or now())


def _signed(request: ActorRequest, person_id: int, form: SignedForm, **file: Any) -> HttpResponse:
    """Sign, with a file or without; what stands against it is said on the page."""
    verb = cosigning.sign_by_file if file else cosigning.sign_by_login
    try:
        verb(person_id, actor=request.actor, guest=guest_of(request), now=now(), **file)
    except (cosigning.InvitationIsOver, CannotMove, WrongPerson):
        return _decided_or_over(request, person_id)
    except services.SignedSomethingElse:
        form.add_error(
            "signed", gettext("Ten plik nie zawiera dokumentu z tego wniosku. Podpisz go bez zmian.")
        )
    except signatures.CannotSign as refused:
        messages.error(request, gettext("Nie podpisano: %(why)s") % {"why": refused})
    else:
        messages.success(request, gettext("Podpisano. Wniosek wyśle osoba, która Cię zaprosiła."))
        return redirect("citizen:to_sign", person_id)
    person = _invited(request, person_id)
    return _page(request, person, form=form, status=422) if person else _decided_or_over(request, person_id)


def _page(
    request: ActorRequest,
    person: CoApplicant,
    *,
    form: SignedForm | None = None,
    refusal: RefusalForm | None = None,
    status: int = 200,
) -> HttpResponse:
    read = queries.read_document(person.draft)
    context = {
        "person": person,
        "read": read,
        "people": list(people_in_words(read.people)) if read else [],
        "files": queries.attachments_of(person),
        "form": form or SignedForm(),
        "refusal": refusal or RefusalForm(),
    }
    return render(request, "citizen/to_sign.html", context, status=status)


def _decided_or_over(request: ActorRequest, person_id: int) -> HttpResponse:
    """What this person has decided, else that the invitation is over or somebody else's."""
    decided = access.own_signatures(request.actor).filter(pk=person_id).first()
    if decided is not None:
        return render(request, "citizen/joint_decided.html", {"person": decided})
    return _over(request)


def _over(request: ActorRequest) -> HttpResponse:
    return render(request, "citizen/invitation_over.html", status=404)
