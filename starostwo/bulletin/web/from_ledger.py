"""The editors' page of reports that the ledger offers for the bulletin."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods

from starostwo.bulletin.services.drafts import NotReady
from starostwo.bulletin.services.from_ledger import CannotPull, offered, pull
from starostwo.bulletin.web.desk import desk_of
from starostwo.office.api import ActorRequest, Right, staff


@staff(Right.EDIT_BULLETIN)
@require_http_methods(["GET", "HEAD", "POST"])
def reports(request: ActorRequest) -> HttpResponse:
    """Approved reports that are not in the bulletin yet; take one."""
    if request.method != "POST":
        context = {"reports": offered(), "tabs": desk_of(None).tabs("reports")}
        return render(request, "bulletin/reports.html", context)
    try:
        version = pull(request.POST.get("report", ""), actor=request.actor, now=now(), today=localdate())
    except CannotPull as error:
        raise Http404 from error
    except NotReady as refused:
        messages.error(request, f"Nie przekazano: {'; '.join(refused.gaps)}")
        return redirect("bulletin:reports")
    messages.success(request, "Przekazano do zatwierdzenia innemu redaktorowi.")
    return redirect("bulletin:item", version.item_id)
