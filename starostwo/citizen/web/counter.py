"""The counter: a clerk takes an application down, prints it, and registers what was signed."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.citizen import counter as verbs
from starostwo.citizen import services
from starostwo.citizen.models import Draft
from starostwo.citizen.powers import enter_power
from starostwo.citizen.printout import people_in_words
from starostwo.citizen.queries import DraftView
from starostwo.citizen.web.counter_forms import BeginForm, SignedPaperForm
from starostwo.citizen.web.drafts import attach_upload
from starostwo.citizen.web.forms import AttachmentsForm
from starostwo.citizen.web.power_forms import PowerForm
from starostwo.citizen.web.powers import file_of, known_power
from starostwo.citizen.web.steps import take_step
from starostwo.files import api as files
from starostwo.intake import api as intake
from starostwo.office import api as office
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.procedures import api as procedures
from starostwo.procedures.api import StepForm, applicants
from starostwo.screens.api import Row


@staff(Right.REGISTER)
@require_http_methods(["GET", "POST"])
def counter(request: ActorRequest) -> HttpResponse:
    """Begin: the service and the person; what was begun before stands beside."""
    form = BeginForm(request.POST or None, cards=procedures.cards(on=localdate()))
    if request.method == "POST" and form.is_valid():
        person = {name: form.cleaned_data[name] for name in ("given_name", "family_name", "pesel")}
        draft = verbs.begin_at_counter(
            form.cleaned_data["card"],
            actor=request.actor,
            person=person,
            identity=form.cleaned_data["identity"],
            now=now(),
            today=localdate(),
        )
        return redirect("citizen:counter_draft", draft.pk)
    context = {"form": form, "begun": verbs.open_at_counter(request.actor)}
    return render(request, "citizen/counter.html", context, status=422 if form.errors else 200)


@staff(Right.REGISTER)
@require_safe
def draft(request: ActorRequest, draft_id: UUID) -> HttpResponse:
    """Go on where it stopped."""
    view = _view(request, draft_id)
    if view.draft.state == Draft.State.SENT:
        return redirect("citizen:counter_taken", draft_id)
    if view.draft.state == Draft.State.CLOSED:
        return redirect("citizen:counter_signing", draft_id)
    place = view.draft.step if view.draft.step in view.steps else view.steps[0]
    return redirect("citizen:counter_step", draft_id, place)


@staff(Right.REGISTER)
@require_http_methods(["GET", "POST"])
def step(request: ActorRequest, draft_id: UUID, name: str) -> HttpResponse:
    """One page of the same questions that a resident is asked."""
    view = _open(request, draft_id)
    if name not in view.steps:
        raise Http404
    taken = take_step(request, view, name)
    if taken.place is not None:
        return redirect("citizen:counter_step", draft_id, name)
    if taken.form is None:
        return redirect(_after(taken.view, name))
    place = taken.view.steps.index(name)
    context = {
        "view": taken.view,
        "form": taken.form,
        "title": procedures.in_language(taken.form.step.title),
        "intro": procedures.in_language(taken.form.step.intro),
        "number": place + 1,
        "before": taken.view.steps[place - 1] if place else "",
    }
    return render(request, "citizen/counter_step.html", context, status=422 if taken.form.errors else 200)


@staff(Right.REGISTER)
@require_POST
def autosave(request: ActorRequest, draft_id: UUID, name: str) -> HttpResponse:
    """Keep what the clerk types while it is typed, as it is kept for a resident."""
    view = _open(request, draft_id)
    if name not in view.steps:
        raise Http404
    typed = StepForm(view.form, name, view.draft.answers, request.POST).answers()
    services.answer(draft_id, actor=request.actor, step=name, answers=typed, now=now())
    return HttpResponse(status=204)


@staff(Right.REGISTER)
@require_http_methods(["GET", "POST"])
def power(request: ActorRequest, draft_id: UUID) -> HttpResponse:
    """For whom the person who stands there acts."""
    view = _open(request, draft_id)
    if view.acts_for is applicants.ActsFor.SELF:
        return redirect("citizen:counter_files", draft_id)
    form = PowerForm(
        request.POST or None,
        request.FILES or None,
        acts=view.acts_for,
        has_document=True,  # what is on paper may be scanned later, or called for
        initial=known_power(view),
    )
    if request.method == "POST" and form.is_valid():
        file = file_of(form)
        if not form.errors:
            enter_power(draft_id, actor=request.actor, lines=form.lines(), file=file, now=now())
            return redirect("citizen:counter_files", draft_id)
    context = {"view": view, "form": form, "last": view.steps[-1]}
    return render(request, "citizen/counter_power.html", context, status=422 if form.errors else 200)


@staff(Right.REGISTER)
@require_http_methods(["GET", "POST"])
def papers(request: ActorRequest, draft_id: UUID) -> HttpResponse:
    """Scans of what the person brought; what is missing may be called for later."""
    view = _open(request, draft_id)
    form = AttachmentsForm(view.answered.documents, "", request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        for field, kind, upload in form.given():
            name, content = files.safe_name(upload.name), upload.read()
            if fault := attach_upload(request, view, name, content, kind):
                form.add_error(field, fault)
        if form.is_valid():
            return redirect("citizen:counter_files", draft_id)
        view = _open(request, draft_id)
    context = {"view": view, "form": form, "parts": form.parts(view.files)}
    return render(request, "citizen/counter_files.html", context, status=422 if form.errors else 200)


@staff(Right.REGISTER)
@require_POST
def paper_removal(request: ActorRequest, draft_id: UUID, file_id: int) -> HttpResponse:
    """Take a scan out again."""
    _open(request, draft_id)
    services.detach(draft_id, file_id, actor=request.actor, now=now())
    return redirect("citizen:counter_files", draft_id)


@staff(Right.REGISTER)
@require_http_methods(["GET", "POST"])
def check(request: ActorRequest, draft_id: UUID) -> HttpResponse:
    """All answers; from here the printout is made."""
    view = _open(request, draft_id)
    is_power_lacking = view.is_power_missing and view.acting_power is None
    if request.method == "POST" and not view.errors and not is_power_lacking:
        here = office.office()
        services.close(
            draft_id,
            actor=request.actor,
            addressee=here.name if here else "",
            now=now(),
            today=localdate(),
            written_by=request.actor.name,
        )
        return redirect("citizen:counter_signing", draft_id)
    sections = [
        (title, [Row(each.label, each.value, "") for each in answers])
        for part in view.answered.in_words
        for title, answers in part.sections
    ]
    context = {
        "view": view,
        "sections": sections,
        "people": list(people_in_words(view.people)),
        "fees": view.fees(localdate()),
        "is_power_lacking": is_power_lacking,
    }
    return render(request, "citizen/counter_check.html", context)


@staff(Right.REGISTER)
@require_http_methods(["GET", "POST"])
def signing(request: ActorRequest, draft_id: UUID) -> HttpResponse:
    """Print, have it signed, scan, register."""
    view = _view(request, draft_id)
    if view.draft.state != Draft.State.CLOSED:
        return redirect("citizen:counter_draft", draft_id)
    form = SignedPaperForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        scans = [verbs.Scan(files.safe_name(each.name), each.read()) for each in form.cleaned_data["scans"]]
        try:
            verbs.register_at_counter(draft_id, actor=request.actor, scans=scans, now=now())
        except intake.Refused as refused:
            form.add_error("scans", f"{refused.name}: {refused}")
        except intake.KeyUsedForOther:
            form.add_error("scans", "Ten wniosek jest już zarejestrowany z innym skanem. Dołącz tamten plik.")
        else:
            return redirect("citizen:counter_taken", draft_id)
    context = {"view": view, "form": form}
    return render(request, "citizen/counter_signing.html", context, status=422 if form.errors else 200)


@staff(Right.REGISTER)
@require_safe
def printout(request: ActorRequest, draft_id: UUID) -> HttpResponseBase:
    """The application on paper, with lines for both signatures."""
    view = _view(request, draft_id)
    if view.draft.printout is None:
        raise Http404
    return files.download_response(view.draft.printout, f"{view.form.code}.pdf", inline=True)


@staff(Right.REGISTER)
@require_safe
def taken(request: ActorRequest, draft_id: UUID) -> HttpResponse:
    """It is registered: the number, and the confirmation to print."""
    view = _view(request, draft_id)
    if view.draft.submission is None:
        return redirect("citizen:counter_draft", draft_id)
    submission = intake.Submission.objects.select_related("letter").get(pk=view.draft.submission)
    return render(request, "citizen/counter_taken.html", {"view": view, "submission": submission})


@staff(Right.REGISTER)
@require_POST
def reopening(request: ActorRequest, draft_id: UUID) -> HttpResponse:
    """Back to the answers; the printout made so far is void."""
    view = _view(request, draft_id)
    if view.draft.state == Draft.State.CLOSED:
        services.reopen(draft_id, actor=request.actor, now=now())
        messages.info(request, "Wydruk zrobiony przed zmianą jest nieaktualny. Zrób nowy.")
    return redirect("citizen:counter_draft", draft_id)


@staff(Right.REGISTER)
@require_POST
def discarding(request: ActorRequest, draft_id: UUID) -> HttpResponse:
    """Throw away what was begun and is not wanted."""
    view = _view(request, draft_id)
    if view.draft.state == Draft.State.SENT:
        raise Http404
    services.discard(draft_id, actor=request.actor, now=now())
    messages.success(request, "Usunięto wniosek, który nie był zarejestrowany.")
    return redirect("citizen:counter")


def _view(request: ActorRequest, draft_id: UUID) -> DraftView:
    view = verbs.at_counter(draft_id, request.actor)
    if view is None:
        raise Http404
    return view


def _open(request: ActorRequest, draft_id: UUID) -> DraftView:
    view = _view(request, draft_id)
    if view.draft.state != Draft.State.FILLING:
        raise Http404
    return view


def _after(view: DraftView, name: str) -> str:
    """The page behind this one."""
    place = view.steps.index(name) + 1
    if place < len(view.steps):
        return reverse("citizen:counter_step", args=[view.draft.pk, view.steps[place]])
    acts = view.acts_for is not applicants.ActsFor.SELF
    return reverse("citizen:counter_power" if acts else "citizen:counter_files", args=[view.draft.pk])
