"""Filling a form: begin, one step a page, attachments, check the answers. Works without JavaScript."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from starostwo.citizen import queries, services
from starostwo.citizen.printout import people_in_words
from starostwo.citizen.queries import DraftView
from starostwo.citizen.web.forms import AttachmentsForm
from starostwo.citizen.web.steps import take_step
from starostwo.files import api as files
from starostwo.office.api import ActorRequest, resident
from starostwo.procedures import api as procedures
from starostwo.procedures.api import StepForm, applicants
from starostwo.screens.api import Row, Step

POWER, OTHERS = "pelnomocnictwo", "wspolnie"
FILLED = gettext_lazy(
    "Wpisaliśmy odpowiedzi z poprzedniego wniosku. Sprawdź każdą stronę; daty i oświadczenia podaj od nowa."
)
KNOWN = ("given_name", "family_name", "pesel", "email", "phone", "postcode", "town")


@resident
@require_http_methods(["GET", "POST"])
def new(request: ActorRequest, code: str) -> HttpResponse:
    """Say what will be asked, offer what was begun before, and begin."""
    card = procedures.card(code, on=localdate())
    form = procedures.form(card.form_code) if card else None
    if card is None or form is None:
        raise Http404
    earlier = queries.earlier_application(request.actor, code)
    if request.method == "POST":
        taken = earlier.pk if earlier and "z_poprzedniego" in request.POST else None
        draft = services.begin(
            code,
            actor=request.actor,
            known=_known(request),
            now=now(),
            today=localdate(),
            earlier=taken,
        )
        if taken:
            messages.success(request, FILLED)
        return redirect("citizen:step", draft.pk, form.steps[0].name)
    begun = [draft for draft in queries.open_drafts(request.actor) if draft.card_code == code]
    context = {"card": card, "form": form, "begun": begun, "earlier": earlier}
    return render(request, "citizen/new.html", context)


@resident
@require_GET
def draft(request: ActorRequest, draft_id: UUID) -> HttpResponse:
    """Go on where it stopped, on whichever device."""
    view = _draft(request, draft_id)
    if view.draft.state == view.draft.State.SENT:
        return redirect("citizen:receipt", view.draft.submission)
    if view.draft.state == view.draft.State.CLOSED:
        return redirect("citizen:signing", draft_id)
    return redirect(
        "citizen:step", draft_id, view.draft.step if view.draft.step in view.steps else view.steps[0]
    )


@resident
@require_http_methods(["GET", "POST"])
def step(request: ActorRequest, draft_id: UUID, name: str) -> HttpResponse:
    """One page of questions. Wrong answers are kept too, and said to be wrong."""
    view = open_draft(request, draft_id)
    if name not in view.steps:
        raise Http404
    taken = take_step(request, view, name)
    if taken.form is not None:
        return _step_page(request, taken.view, taken.form)
    if taken.place is not None:
        place = f"#{taken.place}" if taken.place else ""
        return redirect(f"{step_url(taken.view, name)}{place}")
    return redirect(_after(taken.view, name))


@resident
@require_POST
def autosave(request: ActorRequest, draft_id: UUID, name: str) -> HttpResponse:
    """Keep what is typed while it is typed."""
    view = _draft(request, draft_id)
    if view.draft.state != view.draft.State.FILLING or name not in view.steps:
        raise Http404
    typed = StepForm(view.form, name, view.draft.answers, request.POST).answers()
    services.answer(draft_id, actor=request.actor, step=name, answers=typed, now=now())
    return HttpResponse(status=204)


@resident
@require_http_methods(["GET", "POST"])
def attachments(request: ActorRequest, draft_id: UUID) -> HttpResponse:
    """Files beside the form: several at once, each refused with its own reason."""
    view = open_draft(request, draft_id)
    documents, hint = view.shown.documents, procedures.in_language(view.shown.form.attachments_hint)
    form = AttachmentsForm(documents, hint, request.POST or None, request.FILES or None)
    on_to = "citizen:check" if "dalej" in request.POST else "citizen:attachments"
    if on_to == "citizen:check" and not request.FILES:
        return redirect(on_to, draft_id)
    if request.method == "POST" and form.is_valid():
        for field, kind, upload in form.given():
            if fault := attach_upload(request, view, files.safe_name(upload.name), upload.read(), kind):
                form.add_error(field, fault)
        if form.is_valid():
            return redirect(on_to, draft_id)
        view = _draft(request, draft_id)
    return render(
        request,
        "citizen/attachments.html",
        {
            "view": view,
            "form": form,
            "parts": form.parts(view.files),
            "hint": "" if documents else hint,
            "steps": way_through(view, ""),
        },
        status=422 if form.errors else 200,
    )


@resident
@require_safe
def attachment(request: ActorRequest, draft_id: UUID, file_id: int) -> HttpResponseBase:
    """A file of the draft, as it was added: also after a pause and on another device."""
    view = queries.draft_of(request.actor, draft_id)
    found = next((file for file in view.files if file.pk == file_id), None) if view else None
    if found is None:
        raise Http404
    return files.download_response(found.blob, found.name)


@resident
@require_POST
def attachment_removal(request: ActorRequest, draft_id: UUID, file_id: int) -> HttpResponse:
    open_draft(request, draft_id)
    services.detach(draft_id, file_id, actor=request.actor, now=now())
    messages.success(request, gettext("Usunięto załącznik."))
    return redirect("citizen:attachments", draft_id)


@resident
@require_GET
def check(request: ActorRequest, draft_id: UUID) -> HttpResponse:
    """All answers on one page, each with the way back to its question."""
    view = open_draft(request, draft_id)
    sections = [
        (title, [Row(each.label, each.value, step_url(view, part.name)) for each in answers])
        for part in view.shown.in_words
        for title, answers in part.sections
    ]
    faulty = view.first_faulty_step
    return render(
        request,
        "citizen/check.html",
        {
            "view": view,
            "sections": sections,
            "faulty": faulty,
            "people": list(people_in_words(view.people)),
            "fees": view.fees(localdate()),
            "steps": way_through(view, "sprawdzenie"),
        },
    )


@resident
@require_http_methods(["GET", "POST"])
def discard(request: ActorRequest, draft_id: UUID) -> HttpResponse:
    view = _draft(request, draft_id)
    if view.draft.state == view.draft.State.SENT:
        raise Http404
    if request.method == "POST":
        services.discard(draft_id, actor=request.actor, now=now())
        messages.success(request, gettext("Usunięto wniosek, który nie był wysłany."))
        return redirect("citizen:home")
    return render(request, "citizen/discard.html", {"view": view})


def _draft(request: ActorRequest, draft_id: UUID) -> DraftView:
    view = queries.draft_of(request.actor, draft_id)
    if view is None:
        raise Http404
    return view


def open_draft(request: ActorRequest, draft_id: UUID) -> DraftView:
    """A draft that is still being filled; a closed one is opened by the button of the signing page."""
    view = _draft(request, draft_id)
    if view.draft.state != view.draft.State.FILLING:
        raise Http404
    return view


def attach_upload(request: ActorRequest, view: DraftView, name: str, content: bytes, kind: str) -> str:
    """Look at the file as the box will; return why it cannot be taken, or nothing."""
    problems = files.inspect(content, name).refusals
    if problems:
        return f"{name}: {gettext(problems[0].text)}"
    try:
        services.attach(view.draft.pk, actor=request.actor, name=name, content=content, kind=kind, now=now())
    except services.NameIsTaken:
        told = gettext("plik o tej nazwie jest już dołączony. Zmień nazwę albo usuń tamten plik.")
        return f"{name}: {told}"
    except services.TooManyFiles:
        told = gettext("można dołączyć najwyżej %(most)s plików.") % {"most": view.form.max_attachments}
        return f"{name}: {told}"
    except files.TooLarge:
        limit = services.FILE_LIMIT // 1024 // 1024
        told = gettext("plik jest większy niż %(limit)s MB. Podziel go albo zmniejsz skan.")
        return f"{name}: {told % {'limit': limit}}"
    return ""


def _known(request: HttpRequest) -> dict[str, str]:
    """What the account already says of the sender."""
    account = request.user
    known = {name: str(getattr(account, name, "") or "") for name in KNOWN}
    house = f"{getattr(account, 'building', '')}".strip()
    flat = getattr(account, "flat", "")
    known["street"] = f"{getattr(account, 'street', '')} {house}{f' m. {flat}' if flat else ''}".strip()
    return known


def _step_page(request: HttpRequest, view: DraftView, form: StepForm) -> HttpResponse:
    place = view.steps.index(form.step.name)
    context = {
        "view": view,
        "form": form,
        "title": procedures.in_language(form.step.title),
        "intro": procedures.in_language(form.step.intro),
        "number": place + 1,
        "count": len(view.steps),
        "back": step_url(view, view.steps[place - 1]) if place else reverse("citizen:home"),
        "autosave": reverse("citizen:autosave", args=[view.draft.pk, form.step.name]),
        "steps": way_through(view, form.step.name),
    }
    return render(request, "citizen/step.html", context, status=422 if form.errors else 200)


def _after(view: DraftView, name: str) -> str:
    place = view.steps.index(name) + 1
    if place < len(view.steps):
        return step_url(view, view.steps[place])
    return reverse(after_questions(view), args=[view.draft.pk])


def after_questions(view: DraftView) -> str:
    """The page behind the last question."""
    return "citizen:power" if view.acts_for is not applicants.ActsFor.SELF else after_power(view)


def after_power(view: DraftView) -> str:
    """The page behind the power of attorney: who applies together, where the service lets them."""
    return "citizen:others" if view.draft.most_others else files_or_check(view)


def files_or_check(view: DraftView) -> str:
    """The page of the files, where the form does not wait until somebody wants to attach one."""
    return "citizen:check" if view.form.files_on_request else "citizen:attachments"


def step_url(view: DraftView, name: str) -> str:
    return reverse("citizen:step", args=[view.draft.pk, name])


def way_through(view: DraftView, current: str) -> list[Step]:
    """The way through the form.

    `current` is a step's name, POWER, OTHERS or 'sprawdzenie', empty for the attachments.
    """
    place = view.steps.index(current) if current in view.steps else len(view.steps)
    shown = {each.name: procedures.in_language(each.title) for each in view.shown.form.steps}
    questions = [
        Step(shown[name], is_done=at < place, is_current=name == current, url=step_url(view, name))
        for at, name in enumerate(view.steps)
    ]
    files_url = reverse("citizen:attachments", args=[view.draft.pk])
    power_url = reverse("citizen:power", args=[view.draft.pk])
    is_past = current in ("", "sprawdzenie")
    for_whom = [
        Step(
            gettext("W czyim imieniu"),
            is_done=is_past or current == OTHERS,
            is_current=current == POWER,
            url=power_url,
        )
    ]
    others_url = reverse("citizen:others", args=[view.draft.pk])
    with_whom = [Step(gettext("Kto jeszcze składa"), is_past, is_current=current == OTHERS, url=others_url)]
    attached = [
        Step(gettext("Załączniki"), is_done=current == "sprawdzenie", is_current=current == "", url=files_url)
    ]
    last = (
        gettext("Sprawdzenie i wysłanie") if view.form.without_signature else gettext("Sprawdzenie i podpis")
    )
    return [
        *questions,
        *(for_whom if view.acts_for is not applicants.ActsFor.SELF else []),
        *(with_whom if view.draft.most_others else []),
        *([] if view.form.files_on_request else attached),
        Step(last, is_current=current == "sprawdzenie"),
    ]
