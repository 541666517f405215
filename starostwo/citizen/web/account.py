"""What the office keeps of the resident: shown, given out, and deleted where the law lets it go."""

from tempfile import TemporaryFile

from django.contrib import messages
from django.contrib.auth import logout
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods

from starostwo.citizen import leaving, queries
from starostwo.citizen.own_data import write_own_data
from starostwo.office import api as office
from starostwo.office.api import ActorRequest, resident


@resident
@require_GET
def account(request: ActorRequest) -> HttpResponse:
    """The account's data, the file with everything, and the way to delete."""
    page = {"own": office.residents.own_account(request.actor)}
    return render(request, "citizen/account.html", page)


@resident
@require_GET
def own_data(request: ActorRequest) -> FileResponse:
    """Everything of the resident as one ZIP, made on disk and gone when it is sent."""
    target = TemporaryFile()  # noqa: SIM115  closed by the response
    write_own_data(request.actor, target, now=now())
    target.seek(0)
    return FileResponse(target, as_attachment=True, filename="moje-dane.zip", content_type="application/zip")


@resident
@require_http_methods(["GET", "POST"])
def leave(request: ActorRequest) -> HttpResponse:
    """Ask once, say what goes and what stays, then delete."""
    if request.method == "POST":
        try:
            leaving.leave(request.actor, now=now())
        except leaving.CannotLeave:
            return _leaving(request, status=409)
        logout(request)
        messages.success(request, gettext("Konto zostało usunięte."))
        return redirect("office:signed_out")
    return _leaving(request)


def _leaving(request: ActorRequest, *, status: int = 200) -> HttpResponse:
    page = {
        "reasons": leaving.still_going_on(request.actor, now=now()),
        "drafts": queries.open_drafts(request.actor),
    }
    return render(request, "citizen/leave.html", page, status=status)
