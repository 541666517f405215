"""What the screens of the plan share: who reads them, the year in the address, the way between them."""

from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse

from starostwo.ledger.models import FiscalYear
from starostwo.ledger.queries import plans
from starostwo.office.api import ActorRequest, Right
from starostwo.platform.paging import Page, keyset_page
from starostwo.screens.api import Tab

M = TypeVar("M", bound=Model)
READERS = (Right.READ_BOOKS, Right.KEEP_BOOKS, Right.CHIEF_ACCOUNTANT, Right.TREASURER, Right.INSPECT)
BOTH, UNIT, BUDGET = ("UNIT", "BUDGET"), ("UNIT",), ("BUDGET",)
TABS = (
    ("plan", "Plan po zmianach", "ledger:plan", BOTH),
    ("acts", "Akty", "ledger:plan_acts", BOTH),
    ("dashboard", "Wykonanie", "ledger:dashboard", BOTH),
    ("commitments", "Zaangażowanie umów", "ledger:commitments", UNIT),
    ("leaves", "Zgody ponad plan", "ledger:leaves", UNIT),
    ("purity", "Czystość obrotów 130", "ledger:purity", UNIT),
    ("units", "Koniec roku", "ledger:units", UNIT),
    ("units", "Jednostki i budżet", "ledger:units", BUDGET),
)


def page_of(request: HttpRequest, rows: QuerySet[M], *, key: Sequence[str], size: int = 50) -> Page[M]:
    """The page that `?cursor=` names; a cursor that is not ours is not found."""
    return keyset_page(rows, key=key, cursor=request.GET.get("cursor"), size=size)


def year_of(request: ActorRequest, code: str, year: int) -> FiscalYear:
    """The year of a book that the person sees."""
    found = plans.visible_years(request.actor).filter(book__code=code, year=year).first()
    if found is None:
        raise Http404
    return found


def tabs_of(year: FiscalYear, current: str) -> list[Tab]:
    """The ways between the screens of one year."""
    where = [year.book.code, year.year]
    return [
        Tab(label, reverse(route, args=where), name == current)
        for name, label, route, kinds in TABS
        if year.book.kind in kinds
    ]
