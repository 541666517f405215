"""Acting for somebody: the page of a draft, powers of attorney that stand, giving one up."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from starostwo.citizen import powers as verbs
from starostwo.citizen.acting import fee_of
from starostwo.citizen.queries import DraftView
from starostwo.citizen.web.drafts import POWER, after_power, open_draft, step_url, way_through
from starostwo.citizen.web.power_forms import PowerForm
from starostwo.files import api as files
from starostwo.office.api import ActorRequest, resident
from starostwo.procedures.api import applicants


@resident
@require_http_methods(["GET", "POST"])
def power(request: ActorRequest, draft_id: UUID) -> HttpResponse:
    """For whom the application is made, by what right, and whether stamp duty is due."""
    view = open_draft(request, draft_id)
    if view.acts_for is applicants.ActsFor.SELF:
        return redirect(after_power(view), draft_id)
    form = PowerForm(
        request.POST or None,
        request.FILES or None,
        acts=view.acts_for,
        has_document=view.power_file is not None,
        initial=known_power(view),
    )
    if request.method == "POST" and form.is_valid() and _keep(request, view, form):
        return redirect(after_power(view), draft_id)
    context = {
        "view": view,
        "form": form,
        "standing": verbs.standing_for(view.draft, request.actor),
        "amount": applicants.AMOUNT.row_on(localdate()),
        "is_organisation": view.acts_for is applicants.ActsFor.ORGANISATION,
        "back": step_url(view, view.steps[-1]),
        "steps": way_through(view, POWER),
    }
    return render(request, "citizen/power.html", context, status=422 if form.errors else 200)


@resident
@require_POST
def reuse(request: ActorRequest, draft_id: UUID) -> HttpResponse:
    """Take a power of attorney from an earlier application."""
    view = open_draft(request, draft_id)
    chosen = request.POST.get("pelnomocnictwo", "")
    try:
        verbs.take_power(draft_id, int(chosen) if chosen.isdecimal() else 0, actor=request.actor, now=now())
    except verbs.NoSuchPower:
        messages.error(request, gettext("Tego pełnomocnictwa nie można tu użyć. Wpisz dane poniżej."))
        return redirect("citizen:power", draft_id)
    messages.success(request, gettext("Wpisaliśmy dane z wcześniejszego wniosku. Sprawdź je."))
    return redirect("citizen:power", view.draft.pk)


@resident
@require_GET
def powers(request: ActorRequest) -> HttpResponse:
    """What the resident has acted under, with the application in which it was filed."""
    return render(request, "citizen/powers.html", {"powers": verbs.standing_powers(request.actor)})


@resident
@require_http_methods(["GET", "POST"])
def revocation(request: ActorRequest, power_id: int) -> HttpResponse:
    """Ask once, then give the power of attorney up and tell the office in each running case."""
    found = next((each for each in verbs.standing_powers(request.actor) if each.pk == power_id), None)
    if found is None:
        raise Http404
    if request.method == "POST":
        told = verbs.revoke_power(power_id, actor=request.actor, now=now())
        if told:
            said = gettext("Wypowiedziano. Napisaliśmy o tym do urzędu w sprawach: %(marks)s.")
            messages.success(request, said % {"marks": ", ".join(told)})
        else:
            messages.success(request, gettext("Wypowiedziano. Nie użyjemy już tego pełnomocnictwa."))
        return redirect("citizen:powers")
    return render(request, "citizen/power_revocation.html", {"power": found})


def known_power(view: DraftView) -> dict[str, str]:
    """What was entered before, else what the answers of the form already say."""
    if view.acting_power is not None:
        return {name: getattr(view.acting_power, name) for name in verbs.KEPT}
    answers = view.draft.answers
    given, _, family = answers.get(applicants.PRINCIPAL, "").strip().rpartition(" ")
    return {
        "given_name": given,
        "family_name": family,
        "organisation": answers.get(applicants.ORGANISATION, ""),
        "number": answers.get("nip", "") if view.acts_for is applicants.ActsFor.ORGANISATION else "",
        "scope": "CASE",
    }


def file_of(form: PowerForm) -> verbs.NewFile | None:
    """The document that came with the form; what is wrong with it stands beside the field."""
    upload = form.cleaned_data["document"]
    if upload is None:
        return None
    file = verbs.NewFile(files.safe_name(upload.name), upload.read())
    if problems := files.inspect(file.content, file.name).refusals:
        form.add_error("document", f"{file.name}: {problems[0].text}")
    return file


def _keep(request: ActorRequest, view: DraftView, form: PowerForm) -> bool:
    """Keep what was typed and the file, unless something is wrong with the file."""
    file = file_of(form)
    if form.errors:
        return False
    kept = verbs.enter_power(view.draft.pk, actor=request.actor, lines=form.lines(), file=file, now=now())
    fee = fee_of(kept, on=localdate())
    if not fee.grosze:
        messages.info(request, gettext("Opłata skarbowa się nie należy: %(why)s.") % {"why": fee.exemption})
    return True
