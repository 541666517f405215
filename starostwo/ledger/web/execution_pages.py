"""Screens of what was done under the plan: execution with a chart, purity of 130, units and the budget."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.ledger import access
from starostwo.ledger.models import Book, FiscalYear
from starostwo.ledger.queries import bridge, execution, plans, purity
from starostwo.ledger.rules.chart import chart
from starostwo.ledger.rules.periods import NoOpenMonth
from starostwo.ledger.services import bridge as bridge_service
from starostwo.ledger.services import posting
from starostwo.ledger.services.purity import IsPure, make_pure
from starostwo.ledger.web.plan_frame import READERS, page_of, tabs_of, year_of
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.screens.api import Tab

CLOSED = "Miesiąc, do którego to należy, jest zamknięty."


@staff(*READERS)
@require_safe
def dashboard(request: ActorRequest, code: str, year: int) -> HttpResponse:
    """Plan, commitment and execution, position by position, with a chart by division."""
    found = year_of(request, code, year)
    kind = "D" if request.GET.get("rodzaj") == "dochody" else "W"
    page = page_of(request, execution.limits(found, kind), key=("position", "pk"))
    divisions = execution.by_division(found, kind)
    has_commitments = kind == "W" and found.book.kind == Book.Kind.UNIT
    rows = execution.rows_of(found, page.rows)
    names = plans.names_of(year, [(kind, row.paragraph) for row in rows])
    context = {
        "year": found,
        "tabs": tabs_of(found, "dashboard"),
        "kinds": [
            Tab("Wydatki", "?rodzaj=wydatki", kind == "W"),
            Tab("Dochody", "?rodzaj=dochody", kind == "D"),
        ],
        "has_commitments": has_commitments,
        "page": page,
        "rows": [(row, names.get((kind, row.paragraph), "")) for row in rows],
        "divisions": divisions,
        "chart": chart(divisions, with_commitments=has_commitments),
    }
    return render(request, "ledger/dashboard.html", context)


@staff(*READERS)
@require_safe
def purity_check(request: ActorRequest, code: str, year: int) -> HttpResponse:
    """Whether turnovers of 130 are what was executed, and the vouchers that break it."""
    found = year_of(request, code, year)
    if found.book.kind != Book.Kind.UNIT:
        raise Http404
    page = page_of(request, purity.breaking(found), key=("-pk",))
    left = purity.left_by(page.rows)
    names = purity.names_of(at for of_voucher in left.values() for _, at in of_voucher)
    wrong = {
        pk: [(account, names.get(at or 0, ""), amount) for (account, at), amount in of_voucher.items()]
        for pk, of_voucher in left.items()
    }
    context = {
        "year": found,
        "tabs": tabs_of(found, "purity"),
        "turnovers": purity.turnovers(found),
        "page": page,
        "rows": [(voucher, wrong[voucher.pk]) for voucher in page.rows],
        "may_post": access.may_post(request.actor, found.book),
    }
    return render(request, "ledger/purity.html", context)


@staff(Right.KEEP_BOOKS)
@require_POST
def technical_entry(request: ActorRequest, code: str, year: int, voucher_id: int) -> HttpResponse:
    """Post the technical entry of one voucher."""
    found = year_of(request, code, year)
    voucher = purity.breaking(found).filter(pk=voucher_id).select_related("fiscal_year__book").first()
    if voucher is None or not access.may_post(request.actor, found.book):
        raise Http404
    try:
        posted = make_pure(voucher, actor=request.actor, now=now())
    except (IsPure, posting.PostedBefore):
        messages.info(request, "Ten dowód ma już zapis techniczny.")
    except (posting.MonthIsClosed, NoOpenMonth):
        messages.warning(request, f"Nie zaksięgowano. {CLOSED} Otwórz go albo poproś głównego księgowego.")
    else:
        messages.success(request, f"Zaksięgowano zapis techniczny PK/{posted.number}/{year}.")
    return redirect("ledger:purity", code, year)


@staff(*READERS)
@require_http_methods(["GET", "POST"])
def units(request: ActorRequest, code: str, year: int) -> HttpResponse:
    """Between units and the budget: what would be entered, and one button that enters it."""
    found = year_of(request, code, year)
    may_enter = access.may_prepare_plan(request.actor, found.book)
    until = _until(request, found)
    refusal = ""
    if request.method == "POST":
        if not may_enter:
            raise Http404
        refusal = _enter(request, found, until)
        if not refusal:
            return redirect(f"{request.path}?do={until}")
    standing = bridge.planned(found) if bridge_service.may_end(found, localdate()) else []
    context = {
        "year": found, "tabs": tabs_of(found, "units"), "until": until, "months": bridge.MONTHS,
        "may_enter": may_enter, "refusal": refusal, "standing": standing,
    }  # fmt: skip
    status = 422 if refusal else 200
    if found.book.kind == Book.Kind.BUDGET:
        gaps = bridge.missing(found, until=until)
        return render(request, "ledger/bridge.html", context | {"gaps": gaps}, status=status)
    executed, closed = bridge.executed(found), bridge.closed(found)
    context["ends"] = [
        (name, there, done, there - done)
        for name, there, done in zip(("dochody 800/222", "wydatki 223/800"), executed, closed, strict=True)
    ]
    return render(request, "ledger/bridge_unit.html", context, status=status)


def _until(request: ActorRequest, year: FiscalYear) -> int:
    """The month asked for; else the last one that has passed."""
    today = localdate()
    passed = 12 if year.year < today.year else max(today.month - 1, 1)
    try:
        asked = int(request.POST.get("do") or request.GET.get("do") or passed)
    except ValueError as error:
        raise Http404 from error
    if asked not in bridge.MONTHS:
        raise Http404
    return asked


def _enter(request: ActorRequest, year: FiscalYear, until: int) -> str:
    """Enter everything; the words of a refusal, empty when all went well."""
    try:
        if request.POST.get("co") == "plan":
            posted = bridge_service.end_plan(year, actor=request.actor, today=localdate(), now=now())
        elif year.book.kind == Book.Kind.BUDGET:
            posted = bridge_service.enter_units(year, until=until, actor=request.actor, now=now())
        else:
            posted = bridge_service.end_year(year, actor=request.actor, now=now())
    except (posting.MonthIsClosed, NoOpenMonth):
        return CLOSED
    except bridge_service.TooEarly:
        return "Plan roku zamyka się dopiero w jego ostatnim dniu."
    count = len(posted)
    messages.success(request, f"Zaksięgowano dowodów: {count}." if count else "Nie było czego księgować.")
    return ""
