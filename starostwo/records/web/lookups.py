"""What forms offer after the first letters: classes, cases, parties."""

from django.http import HttpResponse, JsonResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from starostwo.office.api import ActorRequest, Right, staff
from starostwo.records.access import visible_cases
from starostwo.records.queries.lists import parties_by_prefix
from starostwo.records.queries.proposals import find_classes

OFFERED = 10


@staff(Right.HANDLE, Right.COORDINATE)
@require_safe
def lookup_classes(request: ActorRequest) -> HttpResponse:
    """Final classes by the start of the symbol or a word of the title."""
    found = find_classes(request.GET.get("q", ""), on=localdate())
    return _hits([(one.symbol, one.symbol, one.title) for one in found])


@staff(Right.HANDLE)
@require_safe
def lookup_cases(request: ActorRequest) -> HttpResponse:
    """Open cases that the person sees, by the start of the mark or a word of the title."""
    typed = request.GET.get("q", "").strip()
    open_ones = visible_cases(request.actor).filter(state="OPEN")
    found = open_ones.filter(mark__istartswith=typed) | open_ones.filter(title__icontains=typed)
    rows = found.order_by("-opened_at", "-id")[:OFFERED] if len(typed) > 2 else []
    return _hits([(one.mark, one.mark, one.title) for one in rows])


@staff(Right.HANDLE)
@require_safe
def lookup_parties(request: ActorRequest) -> HttpResponse:
    """Parties of the directory by the first letters of their name."""
    return _hits([(str(one.pk), one.name, one.town) for one in parties_by_prefix(request.GET.get("q", ""))])


def _hits(rows: list[tuple[str, str, str]]) -> JsonResponse:
    return JsonResponse(
        {"hits": [{"value": value, "label": label, "note": note} for value, label, note in rows]}
    )
