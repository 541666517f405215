"""The resident's own place: drafts, cases with six plain steps, letters of the office, messages."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from starostwo.citizen import queries
from starostwo.citizen.web.guest import guest_of
from starostwo.files import api as files
from starostwo.intake import api as intake
from starostwo.office.api import ActorRequest, resident
from starostwo.records import api as records
from starostwo.screens.api import FilesField, ScreenForm

FILE_LIMIT = 50 * 1024 * 1024


class MessageForm(ScreenForm):
    """A message to the office."""

    text = forms.CharField(
        label=gettext_lazy("Twoja wiadomość"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5000,
        error_messages={"required": gettext_lazy("Napisz wiadomość.")},
    )


class AnswerForm(ScreenForm):
    """The answer to a call: text, files, or both."""

    text = forms.CharField(
        label=gettext_lazy("Odpowiedź"),
        widget=forms.Textarea(attrs={"rows": 6}),
        max_length=10_000,
        required=False,
    )
    attachments = FilesField(label=gettext_lazy("Pliki"), required=False)


@resident
@require_GET
def home(request: ActorRequest) -> HttpResponse:
    """Everything that is the resident's, what waits for him first."""
    cases = records.residents.resident_cases(request.actor.account_id)
    context = {
        "drafts": queries.open_drafts(request.actor),
        "to_sign": queries.invitations(request.actor, guest_of(request), now=now()),
        "is_known": _is_known(request),
        "waiting": [case for case in cases if case.unopened or case.step.name == "WAITS_FOR_YOU"],
        "cases": cases,
        "dues": intake.payments.open_dues_of(request.actor),
    }
    return render(request, "citizen/home.html", context)


@resident
@require_POST
def found(request: ActorRequest) -> HttpResponse:
    """Take to the account what its owner filed at the counter before he had one."""
    pesel = guest_of(request).pesel if _is_known(request) else ""
    if pesel and records.residents.take_to_account(actor=request.actor, pesel=pesel, now=now()):
        messages.success(request, gettext("Pisma złożone przy okienku są teraz na Twoim koncie."))
    return redirect("citizen:home")


def _is_known(request: ActorRequest) -> bool:
    """Whether the office knows the person by his PESEL, which his provider proves."""
    guest = guest_of(request)
    return guest.is_proven and records.residents.waits_for_account(request.actor.account_id, guest.pesel)


@resident
@require_http_methods(["GET", "POST"])
def case(request: ActorRequest, reference: str) -> HttpResponse:
    """One case: where it stands, by when, what was sent both ways; a message is written here."""
    shown = records.residents.resident_case(request.actor.account_id, reference)
    if shown is None:
        raise Http404
    form = MessageForm(request.POST or None)
    if request.method == "POST" and shown.mark and form.is_valid():
        try:
            records.residents.send_message(
                shown.mark, actor=request.actor, text=form.cleaned_data["text"], now=now()
            )
        except records.residents.CannotWrite as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, gettext("Wysłano wiadomość do urzędu."))
            return redirect("citizen:case", reference)
    letters = [one.letter_id for one in shown.sent]
    context = {
        "case": shown,
        "form": form,
        "today": localdate(),
        "dues": intake.payments.dues_of_case(shown.mark, letters, actor=request.actor),
    }
    return render(request, "citizen/case.html", context, status=422 if form.errors else 200)


@resident
@require_POST
def delivery(request: ActorRequest, dispatch_id: int) -> HttpResponse:
    """Open a letter of the office. This is its service: the receipt (UPD) is made and the terms run."""
    try:
        records.residents.open_delivery(dispatch_id, actor=request.actor, now=now())
    except records.residents.NotYours as error:
        raise Http404 from error
    except records.residents.CannotServe as refusal:
        messages.error(request, str(refusal))
        return redirect("citizen:home")
    return redirect("citizen:letter", dispatch_id)


@resident
@require_http_methods(["GET", "POST"])
def letter(request: ActorRequest, dispatch_id: int) -> HttpResponse:
    """An opened letter: the file, the receipt, the term; a call is answered here."""
    case, shown = _letter(request, dispatch_id)
    form = AnswerForm(request.POST or None, request.FILES or None)
    if (
        request.method == "POST"
        and shown.awaits_answer
        and form.is_valid()
        and _answer(request, dispatch_id, form)
    ):
        messages.success(request, gettext("Przyjęliśmy odpowiedź. Dołączyliśmy ją do sprawy."))
        return redirect("citizen:case", case.reference)
    return render(request, "citizen/letter.html", {"case": case, "letter": shown, "form": form})


@resident
@require_GET
def letter_file(request: ActorRequest, dispatch_id: int, part: str) -> HttpResponseBase:
    """The signed letter or its receipt, as bytes."""
    found = records.residents.resident_file(request.actor.account_id, dispatch_id, part=part)
    blob = files.blob_of(found.sha256) if found else None
    if found is None or blob is None:
        raise Http404
    return files.download_response(blob, found.name)


def _letter(
    request: ActorRequest, dispatch_id: int
) -> tuple[records.residents.ResidentCase, records.residents.ResidentLetter]:
    """An opened letter of this resident with its case."""
    for case in records.residents.resident_cases(request.actor.account_id):
        for letter in case.letters:
            if letter.dispatch_id == dispatch_id and letter.is_opened:
                return case, letter
    raise Http404


def _answer(request: ActorRequest, dispatch_id: int, form: AnswerForm) -> bool:
    """Register the answer; put what is wrong beside the fields and say whether it went."""
    sent = []
    for upload in form.cleaned_data["attachments"]:
        name = files.safe_name(upload.name)
        content = upload.read()
        if problems := files.inspect(content, name).refusals:
            form.add_error("attachments", f"{name}: {problems[0].text}")
            continue
        blob = files.put(content, name=name, limit=FILE_LIMIT)
        if files.scan(blob) is files.Problem.VIRUS:
            form.add_error("attachments", f"{name}: {files.Problem.VIRUS.text}")
            continue
        sent.append(records.NewFile(blob.pk, name, "attachment"))
    if form.errors:
        return False
    try:
        records.residents.answer_call(
            dispatch_id,
            actor=request.actor,
            text=form.cleaned_data["text"],
            attachments=sent,
            today=localdate(),
            now=now(),
        )
    except records.residents.CannotAnswer as refusal:
        form.add_error("text", str(refusal))
        return False
    return True
