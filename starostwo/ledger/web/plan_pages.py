"""Screens of the plan: years, the plan on a day, the acts, one act typed, approved, read from a file."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.ledger import access
from starostwo.ledger.models import Book, FiscalYear, PlanDraft, PlanVersion, Voucher
from starostwo.ledger.plan_files import FileRead, NotAPlanFile, read_file
from starostwo.ledger.queries import plans
from starostwo.ledger.rules.periods import NoOpenMonth
from starostwo.ledger.rules.plan import IN_BUDGET, IN_UNIT, KINDS, ReadAct
from starostwo.ledger.services import plan_versions as service
from starostwo.ledger.services import posting
from starostwo.ledger.web.plan_forms import ActForm, PlanFileForm
from starostwo.ledger.web.plan_frame import READERS, page_of, tabs_of, year_of
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.screens.api import DayField

REFUSALS: dict[type[Exception], str] = {
    service.ActIsWrong: "Akt ma jeszcze błędy wymienione niżej.",
    service.UnknownPositions: "W słownikach tego roku nie ma symboli: {what}.",
    service.ActApprovedBefore: "Akt numer {what} jest już w planie tego roku.",
    posting.AbovePlan: "Na pozycji {what} zapłacono już więcej, niż zostałoby w planie.",
    posting.CommitmentAbovePlan: "Na pozycji {what} zaangażowano już więcej, niż zostałoby w planie.",
    posting.PlanBelowZero: "Plan pozycji {what} spadłby poniżej zera.",
    posting.MonthIsClosed: "Miesiąc, do którego należy akt, jest zamknięty.",
    NoOpenMonth: "Żaden miesiąc od dnia aktu do końca roku nie jest otwarty.",
}


@staff(*READERS)
@require_safe
def years(request: ActorRequest) -> HttpResponse:
    """The books whose plan the person sees, year by year."""
    rows = plans.visible_years(request.actor)
    page = page_of(request, rows, key=("-year", "pk"))
    return render(request, "ledger/plan_years.html", {"page": page})


@staff(*READERS)
@require_safe
def plan(request: ActorRequest, code: str, year: int) -> HttpResponse:
    """Plan po zmianach on a day, with the acts that made it."""
    found = year_of(request, code, year)
    day = _day(request.GET.get("dzien", ""), found)
    page = page_of(request, plans.plan_on(found, day), key=plans.KEY, size=100)
    totals = plans.totals_on(found, day)
    names = plans.names_of(year, [(row.kind, row.paragraph) for row in page.rows])
    context = {
        "year": found,
        "tabs": tabs_of(found, "plan"),
        "day": day,
        "page": page,
        "rows": [
            (row, names[row.kind, row.paragraph], row.plan - row.first)  # type: ignore[attr-defined]
            for row in page.rows
        ],
        "totals": [(KINDS[kind], totals[kind]) for kind in IN_BUDGET if kind in totals],
        "acts": plans.versions(found, until=day).order_by("-number")[:5],
    }
    return render(request, "ledger/plan.html", context)


def _day(typed: str, year: FiscalYear) -> date:
    """The day asked for; today, or the last day of a year that has passed."""
    try:
        asked: date | None = DayField(required=False).clean(typed)
    except ValidationError as error:
        raise Http404 from error
    return asked or min(localdate(), date(year.year, 12, 31))


@staff(*READERS)
@require_safe
def acts(request: ActorRequest, code: str, year: int) -> HttpResponse:
    """The approved acts of a year, the newest first, and what is being prepared."""
    found = year_of(request, code, year)
    may_prepare = access.may_prepare_plan(request.actor, found.book)
    context = {
        "year": found,
        "tabs": tabs_of(found, "acts"),
        "page": page_of(request, plans.versions(found), key=("-number", "pk")),
        "drafts": list(plans.drafts(found)[:50]) if may_prepare else [],
        "may_prepare": may_prepare,
    }
    return render(request, "ledger/plan_acts.html", context)


@staff(*READERS)
@require_safe
def act(request: ActorRequest, code: str, year: int, number: int) -> HttpResponse:
    """One approved act with what it changed and its voucher."""
    found = year_of(request, code, year)
    version = PlanVersion.objects.filter(fiscal_year=found, number=number).first()
    if version is None:
        raise Http404
    vouchers = Voucher.objects.select_related("journal")
    context = {
        "year": found,
        "tabs": tabs_of(found, "acts"),
        "version": version,
        "changes": plans.changes_of(version),
        "voucher": vouchers.filter(fiscal_year=found, origin=service.origin_of(version)).first(),
    }
    return render(request, "ledger/plan_act.html", context)


@staff(Right.KEEP_BOOKS, Right.TREASURER)
@require_http_methods(["GET", "POST"])
def new_act(request: ActorRequest, code: str, year: int) -> HttpResponse:
    """An empty act; what is typed is kept at once as a draft."""
    found = _preparing(request, code, year)
    return _typed(request, found, None)


@staff(Right.KEEP_BOOKS, Right.TREASURER)
@require_http_methods(["GET", "POST"])
def draft(request: ActorRequest, code: str, year: int, sketch_id: int) -> HttpResponse:
    """An act that is being typed, with what is still wrong."""
    found = _preparing(request, code, year)
    return _typed(request, found, _draft(found, sketch_id))


@staff(Right.KEEP_BOOKS, Right.TREASURER)
@require_POST
def draft_end(request: ActorRequest, code: str, year: int, sketch_id: int) -> HttpResponse:
    """Throw a draft away."""
    found = _preparing(request, code, year)
    service.throw_away(_draft(found, sketch_id), actor=request.actor)
    messages.success(request, "Usunięto akt w przygotowaniu. Plan się nie zmienił.")
    return redirect("ledger:plan_acts", code, year)


@staff(Right.TREASURER)
@require_POST
def approval(request: ActorRequest, code: str, year: int, sketch_id: int) -> HttpResponse:
    """Make the draft the next version of the plan."""
    found = _preparing(request, code, year)
    kept = _draft(found, sketch_id)
    try:
        made = service.approve(kept, actor=request.actor, today=localdate(), now=now())
    except tuple(REFUSALS) as refused:
        what = getattr(refused, "what", "") or str(refused)
        return _draft_page(request, found, kept, refusal=REFUSALS[type(refused)].format(what=what))
    messages.success(request, f"Zatwierdzono: plan ma wersję {made.number}.")
    return redirect("ledger:plan_act", code, year, made.number)


@staff(Right.KEEP_BOOKS, Right.TREASURER)
@require_http_methods(["GET", "POST"])
def plan_file(request: ActorRequest, code: str, year: int) -> HttpResponse:
    """A plan out of a file: first the report, then a draft; nothing else changes."""
    found = _preparing(request, code, year)
    form = PlanFileForm(request.POST or None, request.FILES or None)
    read = _read(form, found) if form.is_valid() else None
    context: dict[str, Any] = {"year": found, "tabs": tabs_of(found, "acts"), "form": form, "read": read}
    if read is not None:
        content = {f"lines_{kind}": lines for kind, lines in read.lines.items()}
        content |= {f"said_{kind}": "" for kind in read.lines}
        context |= _understood(found, content)
        context["content"] = content
    return render(request, "ledger/plan_file.html", context, status=422 if form.errors else 200)


def _read(form: PlanFileForm, year: FiscalYear) -> FileRead | None:
    try:
        return read_file(form.cleaned_data["file"], kinds=_kinds(year))
    except NotAPlanFile as error:
        form.add_error("file", str(error))
        return None


def _typed(request: ActorRequest, year: FiscalYear, kept: PlanDraft | None) -> HttpResponse:
    if request.method != "POST":
        return _draft_page(request, year, kept)
    form = ActForm(request.POST, kinds=_kinds(year))
    try:
        saved = service.save_draft(year, form.content, draft=kept, actor=request.actor, now=now())
    except service.ActTooLong:
        form.add_error(None, "Tekst jest za długi. Podziel akt albo wczytaj go z pliku.")
        context = {"year": year, "tabs": tabs_of(year, "acts"), "form": form, "draft": kept}
        return render(request, "ledger/plan_draft.html", context, status=422)
    messages.success(request, "Zapisano akt w przygotowaniu.")
    return redirect("ledger:plan_draft", year.book.code, year.year, saved.pk)


def _draft_page(
    request: ActorRequest, year: FiscalYear, kept: PlanDraft | None, refusal: str = ""
) -> HttpResponse:
    form = ActForm(initial=kept.content if kept else {}, kinds=_kinds(year))
    context: dict[str, Any] = {
        "year": year, "tabs": tabs_of(year, "acts"), "form": form, "draft": kept, "refusal": refusal,
        "may_approve": access.may_change_plan(request.actor),
    }  # fmt: skip
    if kept is not None:
        context |= _understood(year, kept.content)
    return render(request, "ledger/plan_draft.html", context, status=422 if refusal else 200)


def _understood(year: FiscalYear, content: dict[str, str]) -> dict[str, Any]:
    read = service.understood(year, content, today=localdate())
    missing = plans.unknown(read.changes, year.year)
    return {
        "sums": _sums(read, year),
        "faults": [_said(fault.field, str(fault)) for fault in read.faults],
        "missing": missing,
        "is_ready": not read.faults and not missing,
    }


def _said(field: str, text: str) -> str:
    return f"{KINDS[field].capitalize()}, {text}" if field in KINDS else text


def _sums(read: ReadAct, year: FiscalYear) -> list[tuple[str, int, int, int]]:
    """By kind: how many positions, what they come to, what the act says."""
    return [
        (
            KINDS[kind],
            sum(1 for change in read.changes if change.kind == kind),
            read.total(kind),
            read.said.get(kind, 0),
        )
        for kind in _kinds(year)
    ]


def _kinds(year: FiscalYear) -> tuple[str, ...]:
    return IN_BUDGET if year.book.kind == Book.Kind.BUDGET else IN_UNIT


def _preparing(request: ActorRequest, code: str, year: int) -> FiscalYear:
    found = year_of(request, code, year)
    if not access.may_prepare_plan(request.actor, found.book):
        raise Http404
    return found


def _draft(year: FiscalYear, sketch_id: int) -> PlanDraft:
    kept = (
        PlanDraft.objects.select_related("fiscal_year__book").filter(fiscal_year=year, pk=sketch_id).first()
    )
    if kept is None:
        raise Http404
    return kept
