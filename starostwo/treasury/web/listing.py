"""Lists that are cut down by a state in tabs and by words: the same for invoices received and issued."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from starostwo.office.api import Actor, ActorRequest
from starostwo.platform.paging import keyset_page
from starostwo.screens.api import Tab


def listing(
    request: ActorRequest, route: str, tabs: Sequence[tuple[str, str]], *, key: Sequence[str],
    rows: Callable[..., QuerySet[Any]],
) -> dict[str, Any]:  # fmt: skip
    """The page that `?stan=`, `?q=` and `?cursor=` name, with the tabs of states; 404 for another state."""
    actor: Actor = request.actor
    state, words = request.GET.get("stan", ""), request.GET.get("q", "").strip()[:100]
    if state not in {name for name, _ in tabs}:
        raise Http404
    base = reverse(route)
    return {
        "page": keyset_page(rows(actor, state=state, words=words), key=key, cursor=request.GET.get("cursor")),
        "tabs": [Tab(label, f"{base}?stan={name}" if name else base, name == state) for name, label in tabs],
        "state": state,
        "words": words,
    }
