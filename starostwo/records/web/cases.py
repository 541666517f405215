"""Screens of cases: what a person works off, a new case, a case with all that lies in it."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_safe

from starostwo.audit import api as audit
from starostwo.office import api as office
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.records.models import Letter
from starostwo.records.queries.cases import CasePage, case_page, name_of
from starostwo.records.queries.letters import letter_page
from starostwo.records.queries.lists import (
    FIRST_DUE,
    NEWEST,
    cases,
    letters_to_file,
    open_cases,
)
from starostwo.records.queries.proposals import proposed_classes, proposed_course
from starostwo.records.queries.replay import case_on
from starostwo.records.rules.courses import Course
from starostwo.records.rules.terms import term_of_course
from starostwo.records.services.cases import (
    CannotAttach,
    CannotOpenCase,
    attach_to_case,
    open_case,
    open_subgroup,
)
from starostwo.records.services.letters import CannotFile, NoSuchClass, file_without_case
from starostwo.records.web import case_forms as forms
from starostwo.records.web.histories import timeline_of
from starostwo.records.web.ledger_view import drawn
from starostwo.records.web.listing import page_of
from starostwo.screens.api import Tab


@staff(Right.HANDLE)
@require_safe
def my_cases(request: ActorRequest) -> HttpResponse:
    """The open cases of the person, the nearest term first."""
    page = page_of(request, open_cases(request.actor), key=FIRST_DUE)
    context = {"page": page, "today": localdate(), "tabs": _tabs("records:my_cases")}
    return render(request, "records/my_cases.html", context)


@staff(Right.HANDLE)
@require_safe
def my_letters(request: ActorRequest) -> HttpResponse:
    """The letters assigned to the person that lie in no case yet."""
    page = page_of(request, letters_to_file(request.actor), key=FIRST_DUE)
    context = {"page": page, "today": localdate(), "tabs": _tabs("records:my_letters")}
    return render(request, "records/my_letters.html", context)


@staff(None)
@require_safe
def all_cases(request: ActorRequest) -> HttpResponse:
    """All cases that the person may see, cut down by state, unit, class and year."""
    given = {name: request.GET.get(name, "").strip() for name in ("stan", "komorka", "klasa", "rok")}
    year = (
        int(given["rok"])
        if given["rok"].isascii() and given["rok"].isdigit() and len(given["rok"]) == 4
        else None
    )
    rows = cases(request.actor, state=given["stan"], unit=given["komorka"], klass=given["klasa"], year=year)
    context = {
        "page": page_of(request, rows, key=NEWEST),
        "given": given,
        "today": localdate(),
        "units": office.units(localdate()),
        "tabs": _tabs("records:all_cases"),
    }
    return render(request, "records/all_cases.html", context)


@staff(Right.HANDLE)
@require_http_methods(["GET", "POST"])
def new_case(request: ActorRequest, letter_id: int | None = None) -> HttpResponse:
    """Open a case by a letter, or of the office's own accord: a class is already chosen."""
    letter = _letter_to_file(request, letter_id) if letter_id is not None else None
    today = localdate()
    proposed = proposed_classes(letter, actor=request.actor, on=today)
    initial = {"title": letter.title if letter else "", "course": proposed_course(letter).value}
    form = forms.OpenCaseForm(request.POST or None, proposed=proposed, initial=initial)
    if form.is_valid():
        data = form.cleaned_data
        try:
            case = open_case(
                letter_id,
                actor=request.actor,
                class_symbol=data["class_symbol"],
                title=data["title"],
                subgroup=data["subgroup"],
                continues=data["continues"],
                term=term_of_course(data["course"], on=today),
                has_term=data["course"] is not Course.NONE,
                is_information=data["course"] is Course.INFORMATION,
                today=today,
                now=now(),
            )
            messages.success(request, f"Założono sprawę {case.mark}.")
            return redirect("records:case", case.mark)
        except (CannotOpenCase, NoSuchClass) as error:
            form.add_error(None, str(error))
    context = {
        "form": form,
        "letter": letter,
        "attach": forms.AttachForm(),
        "outside": forms.ClassForm(auto_id="id_bez_sprawy_%s"),
    }
    return render(request, "records/new_case.html", context, status=422 if form.errors else 200)


@staff(Right.HANDLE)
@require_http_methods(["GET", "POST"])
def new_subgroup(request: ActorRequest) -> HttpResponse:
    """Set a number of a class aside as the basis of a list of its own."""
    units = sorted(request.actor.units | request.actor.heads)
    form = forms.SubgroupForm(request.POST or None, units=units)
    if form.is_valid():
        data = form.cleaned_data
        try:
            group = open_subgroup(
                actor=request.actor,
                unit=data["unit"],
                class_symbol=data["klass"].split(" ")[0],
                title=data["title"],
                today=localdate(),
                now=now(),
            )
            messages.success(
                request, f"Założono podgrupę {group.number} w klasie {group.klass} ({group.unit})."
            )
            return redirect(
                f"{reverse('records:case_list')}?klasa={group.klass}&rok={group.year}&komorka={group.unit}"
            )
        except (CannotOpenCase, NoSuchClass) as error:
            form.add_error(None, str(error))
    return render(request, "records/new_subgroup.html", {"form": form}, status=422 if form.errors else 200)


@staff(Right.HANDLE)
@require_http_methods(["POST"])
def file_letter(request: ActorRequest, letter_id: int) -> HttpResponse:
    """Add a letter to a case by its mark, or to a class outside cases."""
    letter = _letter_to_file(request, letter_id)
    try:
        if "mark" in request.POST:
            mark = request.POST["mark"].split(" ")[0]
            case = attach_to_case(letter_id, actor=request.actor, mark=mark, today=localdate(), now=now())
            messages.success(request, f"Dołączono {letter.shown_number} do sprawy {case.mark}.")
            return redirect("records:case", case.mark)
        symbol = request.POST.get("klass", "").split(" ")[0]
        file_without_case(letter_id, actor=request.actor, class_symbol=symbol, today=localdate(), now=now())
        messages.success(request, f"Włączono {letter.shown_number} do klasy {symbol}.")
    except (CannotAttach, CannotFile, NoSuchClass) as error:
        messages.error(request, str(error))
        return redirect("records:new_case_of_letter", letter_id)
    return redirect("records:my_letters")


@staff(None)
@require_safe
def case(request: ActorRequest, mark: str) -> HttpResponse:
    """A case: letters, documents, parties, the clock, notes, history; with ?dzien= as it stood on a day."""
    today = localdate()
    page = case_page(mark, actor=request.actor, today=today)
    if page is None:
        raise Http404
    audit.record_read(actor=request.actor.audit_name, actor_name=request.actor.name, thing=str(page.case))
    if "dzien" in request.GET:
        return _replayed(request, page, today)
    return render(request, "records/case.html", _context(request, page, today))


@staff(None)
@require_safe
def sheet(request: ActorRequest, mark: str) -> HttpResponse:
    """The case sheet (metryka) as it is printed."""
    page = case_page(mark, actor=request.actor, today=localdate())
    if page is None:
        raise Http404
    audit.record_read(actor=request.actor.audit_name, actor_name=request.actor.name, thing=str(page.case))
    return render(
        request, "records/sheet.html", {"case": page.case, "sheet": page.sheet, "today": localdate()}
    )


def _replayed(request: ActorRequest, page: CasePage, today: date) -> HttpResponse:
    form = forms.DayForm(request.GET)
    then = None
    if form.is_valid():
        if form.cleaned_data["dzien"] > today:
            form.add_error("dzien", "Ten dzień jeszcze nie nadszedł.")
        else:
            then = case_on(page.case, form.cleaned_data["dzien"])
    holder = office.names([then.holder_id]).get(then.holder_id, "") if then else ""
    ledger = drawn(then.ledger) if then and then.ledger else None
    context = {
        "case": page.case,
        "then": then,
        "holder": holder,
        "form": form,
        "ledger": ledger,
        "today": today,
    }
    return render(request, "records/replay.html", context, status=422 if form.errors else 200)


def _context(request: ActorRequest, page: CasePage, today: date) -> dict[str, object]:
    context: dict[str, object] = {
        "page": page,
        "case": page.case,
        "today": today,
        "timeline": timeline_of(page.history),
        "ledger": drawn(page.ledger) if page.ledger else None,
        "given": [(one, name_of(one.token, on=today)) for one in page.given],
        "replay": forms.DayForm(initial={"dzien": today}),
        "documents_area": ["records/case_documents.html", "records/case_documents_empty.html"],
    }
    if page.may_handle:
        context |= {
            "exclusion": forms.ExclusionForm(initial={"from_on": today}),
            "end_exclusion": forms.EndExclusionForm(initial={"to_on": today}),
            "extension": forms.ExtensionForm(auto_id="id_zwloka_%s"),
            "complexity": forms.ReasonForm(auto_id="id_zlozonosc_%s"),
            "party_form": forms.PartyForm(parties=page.parties, letters=page.letters),
            "phone_form": forms.PartyPhoneForm(parties=page.parties, auto_id="id_telefon_%s"),
            "close_form": forms.CloseForm(),
            "title_form": forms.TitleForm(initial={"title": page.case.title}),
            "let_in_form": forms.LetInForm(today=today),
        }
    if page.may_write_note:
        context["note_form"] = forms.NoteForm()
    if page.may_hand_over:
        context["hand_over_form"] = forms.HandOverForm(unit=page.case.unit, today=today)
    if page.case.closed_on and (page.may_hand_over or page.case.holder_id == request.actor.account_id):
        context["reopen_form"] = forms.ReasonForm(auto_id="id_wznowienie_%s")
    return context


def _letter_to_file(request: ActorRequest, letter_id: int) -> Letter:
    page = letter_page(letter_id, actor=request.actor)
    if page is None or not page.may_file:
        raise Http404
    return page.letter


def _tabs(current: str) -> list[Tab]:
    named = (
        ("Pisma do załatwienia", "records:my_letters"),
        ("Moje sprawy", "records:my_cases"),
        ("Wszystkie sprawy", "records:all_cases"),
    )
    return [Tab(label, reverse(name), name == current) for label, name in named]
