"""Search for programs of the staff: what the owner of the token may find, as the screen finds it."""

from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from starostwo.office.api import ActorRequest, program
from starostwo.search import api as search

LONGEST_QUESTION = 200


@program()
@require_safe
def found(request: ActorRequest) -> HttpResponse:
    """One page of what the words find, the newest first."""
    try:
        answer = search.find(
            request.GET.get("q", "")[:LONGEST_QUESTION],
            tokens=request.actor.tokens,
            kind=request.GET.get("kind") or None,
            cursor=request.GET.get("cursor"),
        )
    except search.BadCursor as error:
        raise Http404 from error
    items = [
        {"thing": hit.thing, "kind": hit.kind, "title": hit.title, "on": hit.on, "url": hit.url}
        for hit in answer.hits
    ]
    return JsonResponse(
        {
            "items": items,
            "before": answer.before,
            "after": answer.cursor,
            "suggestions": list(answer.suggestions),
        }
    )
