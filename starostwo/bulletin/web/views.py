"""The published files as the application serves them, and their renewal."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_safe

from starostwo.bulletin import services, store
from starostwo.bulletin.models import Publication
from starostwo.office.api import ActorRequest, Right, public, staff

LISTED = 30


@public("Biuletyn Informacji Publicznej")
@require_safe
def page(request: HttpRequest, address: str) -> HttpResponse:
    """A published page, byte for byte."""
    if address and not address.endswith("/"):
        raise Http404
    content = store.read(services.root(), f"{address}index.html")
    if content is None:
        raise Http404
    return HttpResponse(content)


@staff(Right.EDIT_BULLETIN)
@require_http_methods(["GET", "POST"])
def editing(request: ActorRequest) -> HttpResponse:
    """What was published when, and the button that publishes anew."""
    if request.method == "POST":
        services.publish(
            actor=request.actor.audit_name, account_id=request.actor.account_id, now=now(), today=localdate()
        )
        messages.success(request, "Opublikowano strony BIP.")
        return redirect("bulletin:editing")
    made = Publication.objects.select_related("made_by").order_by("-made_at", "-id")[:LISTED]
    return render(request, "bulletin/editing.html", {"publications": made})
