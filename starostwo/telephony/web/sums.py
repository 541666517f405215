"""Costs and statistics of a month, and what goes on now, on the screen."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, localtime
from django.views.decorators.http import require_safe

from starostwo.office.api import ActorRequest, Right, staff
from starostwo.telephony import access
from starostwo.telephony.queries import calls, lines, sums
from starostwo.telephony.queries.live import now_at, run_folder
from starostwo.telephony.queries.sums import Cost
from starostwo.telephony.rules.hours_chart import hours_chart
from starostwo.telephony.web.frame import month_of, months_around, tabs_of


@staff(None)
@require_safe
def costs(request: ActorRequest) -> HttpResponse:
    """What a month cost, by units and by lines, and what calls that were free would have cost."""
    _must_see_sums(request)
    month = month_of(request)
    by_unit = sums.costs_by_unit(request.actor, month, dict(calls.units(request.actor, localdate())))
    context = {
        "tabs": tabs_of(request.actor, "costs"), "months": months_around(month), "month": month,
        "last": sums.month_after(month), "by_unit": by_unit, "total": _total(by_unit),
        "by_line": sums.costs_by_line(month) if access.may_manage(request.actor) else [],
    }  # fmt: skip
    return render(request, "telephony/costs.html", context)


@staff(None)
@require_safe
def statistics(request: ActorRequest) -> HttpResponse:
    """How units answer, and at which hours phones ring."""
    _must_see_sums(request)
    month, unit = month_of(request), request.GET.get("komorka", "")
    known = calls.units(request.actor, localdate())
    if unit and unit not in dict(known):
        raise Http404
    hours = sums.by_hour(request.actor, month, unit)
    rows = sums.answering(request.actor, month, dict(known))
    context = {
        "tabs": tabs_of(request.actor, "statistics"), "months": months_around(month, unit), "month": month,
        "units": known, "unit": unit, "rows": [row for row in rows if unit in ("", row.unit)],
        "hours": [row for row in hours if row[1]], "chart": hours_chart(hours),
    }  # fmt: skip
    return render(request, "telephony/statistics.html", context)


@staff(Right.ADMIN)
@require_safe
def live(request: ActorRequest) -> HttpResponse:
    """Who is signed in and who talks, at each exchange."""
    nodes = [(now_at(node), run_folder(node)) for node in lines.nodes()]
    context = {"tabs": tabs_of(request.actor, "live"), "nodes": nodes, "at": localtime()}
    return render(request, "telephony/live.html", context)


def _must_see_sums(request: ActorRequest) -> None:
    if not access.may_see_sums(request.actor):
        raise Http404


def _total(rows: list[Cost]) -> Cost:
    names = ("paid_calls", "paid_seconds", "cost", "unpriced", "saved_calls", "saved")
    return Cost("Razem", *(sum(getattr(row, name) for row in rows) for name in names))
