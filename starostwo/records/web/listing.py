"""A page of a list as the address asks for it."""

from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpRequest

from starostwo.platform.paging import Page, keyset_page

M = TypeVar("M", bound=Model)


def page_of(request: HttpRequest, rows: QuerySet[M], *, key: Sequence[str], size: int = 50) -> Page[M]:
    """Return the page that `?cursor=` names; a cursor that is not ours is not found."""
    return keyset_page(rows, key=key, cursor=request.GET.get("cursor"), size=size)
