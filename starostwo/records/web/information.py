"""Screens of requests for public information: the way out of one, and the register of all."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_safe

from starostwo.office.api import ActorRequest, staff
from starostwo.platform.printed_table import Cell, Column, Table
from starostwo.records import access
from starostwo.records.models import Case, Document
from starostwo.records.queries.cases import find_case, parties_of
from starostwo.records.queries.information import (
    NEWEST,
    information_counts,
    line_of,
    register_lines,
    request_page,
    requests,
)
from starostwo.records.rules.information import CannotLengthen, NoGround, Notice, answer_by, longest
from starostwo.records.services import information as service
from starostwo.records.services.document_drafts import CannotDraft
from starostwo.records.services.parties import NotHolder
from starostwo.records.web import information_forms as forms
from starostwo.records.web.listing import page_of
from starostwo.records.web.registers import about_office, period, printed
from starostwo.screens.api import ScreenForm

REFUSALS = (service.NotARequest, CannotLengthen, NoGround, NotHolder, CannotDraft)
COLUMNS = (
    Column("Lp.", 0.4),
    Column("Znak", 1.7),
    Column("Czego dotyczy", 2.6),
    Column("Wnioskodawca", 1.7),
    Column("Wpłynął", 0.9),
    Column("Termin", 0.9),
    Column("Zakończono", 0.9),
    Column("Jak", 1.6),
    Column("Dni", 0.5),
    Column("Prowadzący", 1.3),
)


@dataclass(frozen=True)
class Way:
    """One thing to do on the screen: its form, the verb, and what is said when it is done."""

    form: type[ScreenForm]
    act: Callable[[ActorRequest, Case, dict[str, Any]], Document | None]
    said: str


@staff(None)
@require_http_methods(["GET", "POST"])
def information(request: ActorRequest, mark: str) -> HttpResponse:
    """A request for public information: its days, its letters, and what can be done now."""
    case, today = _case(request, mark), localdate()
    may_act = case.state == Case.State.OPEN and access.may_handle(request.actor, case)
    page = request_page(case)
    if page is None and not may_act:
        raise Http404
    given = {name: way.form(prefix=name) for name, way in WAYS.items()}
    if request.method == "POST":
        name = request.POST.get("czynnosc", "")
        if name not in WAYS or not may_act:
            raise Http404
        given[name] = WAYS[name].form(request.POST, prefix=name)
        if answer := _acted(request, case, WAYS[name], given[name]):
            return answer
    context = {
        "case": case,
        "page": page,
        "today": today,
        "may_act": may_act and (page is None or page.request.ended_on is None),
        "parties": parties_of(case),
        "first_day": answer_by(case.started_on),
        "last_day": longest(case.started_on),
        "may_lengthen": today <= answer_by(case.started_on),
        **{f"form_{name}": form for name, form in given.items()},
    }
    failed = any(form.errors for form in given.values())
    return render(request, "records/information.html", context, status=422 if failed else 200)


@staff(None)
@require_safe
def register(request: ActorRequest) -> HttpResponse:
    """The register of requests that the person may see: who asked, when, how it ended, in how many days."""
    today, (form, since, until) = localdate(), period(request)
    since, until = since or date(today.year, 1, 1), until or today
    page = page_of(request, requests(request.actor, since=since, until=until), key=NEWEST)
    context = {
        "form": form,
        "page": page,
        "rows": [line_of(one, today=today) for one in page.rows],
        "today": today,
        "counts": information_counts(year=today.year, on=today),
    }
    return render(request, "records/information_register.html", context)


@staff(None)
@require_safe
def register_print(request: ActorRequest, kind: str) -> HttpResponse:
    """The register of a period as PDF or XLSX."""
    today, (_, since, until) = localdate(), period(request)
    since, until = since or date(today.year, 1, 1), until or today
    lines = register_lines(request.actor, since=since, until=until, today=today)
    table = Table(
        title="Rejestr wniosków o informację publiczną",
        about=about_office(f"Okres: {since:%d.%m.%Y} - {until:%d.%m.%Y}"),
        columns=COLUMNS,
        rows=[_cells(place, line) for place, line in enumerate(lines, start=1)],
    )
    return printed(table, kind, name=f"informacja-publiczna-{since:%Y%m%d}-{until:%Y%m%d}")


def _cells(place: int, line: object) -> tuple[Cell, ...]:
    values = vars(line)
    names = "mark title sender received_on due_on ended_on end days holder".split()
    return (place, *(values[name] for name in names))


def _case(request: ActorRequest, mark: str) -> Case:
    case = find_case(mark, actor=request.actor)
    if case is None:
        raise Http404
    return case


def _acted(request: ActorRequest, case: Case, way: Way, form: ScreenForm) -> HttpResponse | None:
    """Do what was asked and lead on: to the drafted letter, or back here; None when it was refused."""
    if not form.is_valid():
        return None
    try:
        document = way.act(request, case, form.cleaned_data)
    except REFUSALS as error:
        form.add_error(None, str(error))
        return None
    messages.success(request, way.said)
    if document is not None:
        return redirect("records:edit_document", document.pk)
    return redirect("records:information", case.mark)


def _take(request: ActorRequest, case: Case, data: dict[str, Any]) -> None:
    service.take_as_request(case.pk, actor=request.actor, now=now())


def _answer(request: ActorRequest, case: Case, data: dict[str, Any]) -> Document:
    return service.draft_answer(
        case.pk,
        actor=request.actor,
        end=data["end"],
        ground=data["ground"],
        today=localdate(),
        now=now(),
    )


def _lengthen(request: ActorRequest, case: Case, data: dict[str, Any]) -> Document:
    return service.lengthen(
        case.pk,
        actor=request.actor,
        new_due=data["new_due"],
        reason=data["reason"],
        today=localdate(),
        now=now(),
    )


def _costs(request: ActorRequest, case: Case, data: dict[str, Any]) -> Document:
    told = service.Told(data["reason"], data["amount"])
    return _notified(request, case, Notice.COSTS, told)


def _manner(request: ActorRequest, case: Case, data: dict[str, Any]) -> Document:
    return _notified(request, case, Notice.MANNER, service.Told(data["reason"]))


def _notified(request: ActorRequest, case: Case, notice: Notice, told: service.Told) -> Document:
    return service.draft_notice(
        case.pk, actor=request.actor, notice=notice, told=told, today=localdate(), now=now()
    )


def _withdrawn(request: ActorRequest, case: Case, data: dict[str, Any]) -> None:
    service.note_withdrawal(case.pk, actor=request.actor, reason=data["reason"], today=localdate(), now=now())


DRAFTED = "Przygotowano projekt pisma. Uzupełnij go i przekaż do podpisu."
WAYS = {
    "uznanie": Way(ScreenForm, _take, "Sprawa ma teraz termin 14 dni."),
    "odpowiedz": Way(forms.AnswerForm, _answer, DRAFTED),
    "termin": Way(forms.LongerForm, _lengthen, "Wyznaczono nowy termin. Wyślij wnioskodawcy zawiadomienie."),
    "koszty": Way(forms.CostsForm, _costs, DRAFTED),
    "sposob": Way(forms.MannerForm, _manner, DRAFTED),
    "wycofanie": Way(forms.WithdrawalForm, _withdrawn, "Odnotowano wycofanie wniosku."),
}
