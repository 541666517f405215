"""A call tried without calling: what the dial plan would do, in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from starostwo.office.api import ActorRequest, Right, staff
from starostwo.telephony.queries import lines, routing
from starostwo.telephony.queries.routing import Step
from starostwo.telephony.rules.numbers import shown
from starostwo.telephony.web.forms import TrialForm

WHEN = {"START": "od razu", "BUSY": "gdy zajęty", "SILENT": "gdy nie odbiera", "FAIL": "gdy nikt nie odebrał"}
KINDS = {
    "user": "dzwoni telefon",
    "peer": "przechodzi do węzła drugiego budynku, numer",
    "trunk": "wychodzi łączem na",
    "voicemail": "odbiera poczta głosowa",
    "redirect": "idzie dalej na",
}
REFUSED = {
    "403": "odmowa: ten telefon nie może tam dzwonić albo dzwoniący jest zablokowany",
    "404": "odmowa: nie ma takiego numeru",
    "480": "odmowa: numer jest zablokowany albo nikt pod nim nie odbiera",
    "486": "odmowa: zajęty, bo nie chce, żeby mu przeszkadzano",
    "484": "odmowa: to nie jest numer telefonu",
    "500": "odmowa: nie ma takiego węzła",
    "503": "odmowa: żadne łącze nie prowadzi pod ten numer",
    "482": "odmowa: przekierowania tworzą pętlę",
}


@dataclass(frozen=True)
class Line:
    """A step in words; `depth` counts the redirects before it."""

    when: str
    what: str
    depth: int


@staff(Right.ADMIN)
@require_safe
def trial(request: ActorRequest) -> HttpResponse:
    """Ask for two numbers, show the way of the call with all its redirects."""
    nodes = [(node.code, node.name) for node in lines.nodes()]
    form = TrialForm(request.GET if "wybiera" in request.GET else None, nodes=nodes)
    way: list[Line] | None = None
    if form.is_valid():
        data = form.cleaned_data
        source = routing.TRUNK if data["z_zewnatrz"] else routing.PHONE
        way = list(
            _way(
                data["dzwoni"],
                data["wybiera"].replace(" ", ""),
                data["wezel"],
                source,
                data["kiedy"] or now(),
            )
        )
    return render(
        request, "telephony/trial.html", {"form": form, "lines": way}, status=422 if form.errors else 200
    )


def _way(caller: str, dialled: str, node: str, source: str, at: datetime, depth: int = 0) -> Iterator[Line]:
    if depth > routing.HOPS:
        yield Line(WHEN["START"], REFUSED["482"], depth)
        return
    for step in routing.route(caller, dialled, node=node, source=source, at=at):
        yield Line(WHEN[step.when], _words(step), depth)
        if step.kind == "redirect":
            yield from _way(step.acts_as or "", step.target, node, routing.REDIRECT, at, depth + 1)


def _words(step: Step) -> str:
    if step.kind == "deny":
        return REFUSED.get(step.target, f"odmowa ({step.target})")
    seconds = f", {step.ring_seconds} s" if step.kind == "user" and step.ring_seconds else ""
    as_whom = f", przedstawia się numerem {shown(step.shows)}" if step.shows and step.kind == "trunk" else ""
    return f"{KINDS[step.kind]} {shown(step.target)}{seconds}{as_whom}"
