"""The quarantine of the mail desk, and a submission with its receipt and reports."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_POST, require_safe

from starostwo.audit import api as audit
from starostwo.files import api as files
from starostwo.intake import queries
from starostwo.intake.access import may_settle
from starostwo.intake.models import Submission
from starostwo.intake.receipt_pdf import receipt_pdf
from starostwo.intake.services.quarantine import (
    CannotSettle,
    ReasonIsMissing,
    StillDangerous,
    refuse,
    release,
)
from starostwo.intake.web.forms import SettlingForm
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.signatures import api as signatures


@staff(Right.REGISTER, Right.COORDINATE)
@require_safe
def waiting(request: ActorRequest) -> HttpResponse:
    """What waits in quarantine, the oldest first."""
    page = queries.quarantine(request.actor, cursor=request.GET.get("cursor"))
    rows = [(row, [files.Problem[name].text for name in row.problems]) for row in page.rows]
    context = {"page": page, "rows": rows, "scanner": files.scanner_state()}
    return render(request, "intake/quarantine.html", context)


@staff(None)
@require_safe
def details(request: ActorRequest, submission_id: UUID) -> HttpResponse:
    """A submission: who, when, files, reports, receipt."""
    return _page(request, _seen(request, submission_id), SettlingForm())


@staff(Right.REGISTER)
@require_POST
def release_view(request: ActorRequest, submission_id: UUID) -> HttpResponse:
    """Release from quarantine after a new scan."""
    form = SettlingForm(request.POST)
    try:
        form.is_valid()
        found = release(submission_id, actor=request.actor, reason=form.reason_given, now=now())
    except CannotSettle as error:
        raise Http404 from error
    except StillDangerous as error:
        form.add_error("reason", str(error))
        return _page(request, _seen(request, submission_id), form, status=422)
    messages.success(request, f"Zwolniono z kwarantanny i zarejestrowano: {_number(found)}.")
    return redirect("intake:details", submission_id)


@staff(Right.REGISTER)
@require_POST
def refuse_view(request: ActorRequest, submission_id: UUID) -> HttpResponse:
    """Refuse what waits in quarantine, with a reason that the sender reads."""
    form = SettlingForm(request.POST)
    try:
        form.is_valid()
        refuse(submission_id, actor=request.actor, reason=form.reason_given, now=now())
    except CannotSettle as error:
        raise Http404 from error
    except ReasonIsMissing:
        form.add_error("reason", "Napisz, dlaczego odrzucasz; nadawca to przeczyta.")
        return _page(request, _seen(request, submission_id), form, status=422)
    messages.success(request, "Odrzucono. Pliki zostają jako dowód i nikt ich nie otwiera.")
    return redirect("intake:details", submission_id)


@staff(None)
@require_safe
def upo(request: ActorRequest, submission_id: UUID, kind: str) -> HttpResponse:
    """The receipt as it was sealed, or as a page to print."""
    if kind not in ("xml", "pdf"):
        raise Http404
    found = _seen(request, submission_id)
    is_pdf = kind == "pdf"
    content = receipt_pdf(found.upo) if is_pdf else bytes(found.upo.xml)
    answer = HttpResponse(content, content_type="application/pdf" if is_pdf else "application/xml")
    answer["Content-Disposition"] = f'attachment; filename="{found.upo.identifier}.{kind}"'
    return answer


def _seen(request: ActorRequest, submission_id: UUID) -> Submission:
    found = queries.details(submission_id, actor=request.actor)
    if found is None:
        raise Http404
    return found


def _page(request: ActorRequest, found: Submission, form: SettlingForm, *, status: int = 200) -> HttpResponse:
    audit.record_read(actor=request.actor.audit_name, actor_name=request.actor.name, thing=str(found))
    rows = list(found.files.select_related("blob").defer("blob__text").order_by("position"))
    reports = signatures.reports_for([row.blob.sha256 for row in rows], about=str(found))
    shown = [
        {
            "row": row,
            "report": reports.get(row.blob.sha256),
            "problems": [files.Problem[name].text for name in row.problems],
        }
        for row in rows
    ]
    is_waiting = found.state == Submission.State.QUARANTINED
    context = {
        "submission": found,
        "files": shown,
        "form": form,
        "stamp": signatures.stamps_for([found.upo.sha256]).get(found.upo.sha256),
        "may_settle": is_waiting and may_settle(request.actor),
    }
    return render(request, "intake/details.html", context, status=status)


def _number(found: Submission) -> str:
    return found.letter.shown_number if found.letter else ""
