"""The screen of the conversation in a case."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from starostwo.office.api import ActorRequest, staff
from starostwo.records import document_access
from starostwo.records.queries.cases import find_case, parties_of
from starostwo.records.queries.message import messages_of
from starostwo.records.services.message import CannotWrite, reply
from starostwo.records.web.document import note_read
from starostwo.records.web.document_forms import ReplyForm


@staff(None)
@require_http_methods(["GET", "POST"])
def conversation(request: ActorRequest, mark: str) -> HttpResponse:
    """What the parties and the office wrote to each other; who handles the case answers here."""
    case = find_case(mark, actor=request.actor)
    if case is None:
        raise Http404
    if request.method == "GET":
        note_read(request, case)
    may_write = document_access.may_converse(request.actor, case)
    if request.method == "POST" and not may_write:
        raise Http404
    form = ReplyForm(request.POST or None, parties=parties_of(case))
    if form.is_valid():
        data = form.cleaned_data
        try:
            reply(case.pk, actor=request.actor, resident_id=data["resident"], text=data["text"], now=now())
            messages.success(request, "Wysłano wiadomość.")
            return redirect("records:messages", mark)
        except CannotWrite as refusal:
            form.add_error("text", str(refusal))
    has_readers = bool(form.fields["resident"].choices)  # type: ignore[attr-defined]
    context = {
        "case": case,
        "form": form if may_write and has_readers else None,
        "entries": messages_of(case),
    }
    return render(request, "records/messages.html", context, status=422 if form.errors else 200)
