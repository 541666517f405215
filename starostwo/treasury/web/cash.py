"""The cash desk on the screen: desks, the open report with its slips, closing, printing, strict forms."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.ledger import api as ledger
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.money import zloty
from starostwo.platform.paging import keyset_page
from starostwo.screens.api import ScreenForm
from starostwo.treasury import access
from starostwo.treasury.cash_paper import report_pdf
from starostwo.treasury.models import CashDesk, CashReport
from starostwo.treasury.queries import cash as queries
from starostwo.treasury.services import cash
from starostwo.treasury.web.cash_forms import BlockForm, ClosingForm, DeskForm, SlipForm
from starostwo.treasury.web.payments import SEES


@staff(*SEES)
@require_http_methods(["GET", "POST"])
def desks(request: ActorRequest) -> HttpResponse:
    """The cash desks; one is opened here by who names accounts."""
    may_open = access.may_name_accounts(request.actor)
    books = [(book.pk, book.name) for book in ledger.visible_books(request.actor).order_by("name")]
    if request.method == "POST" and not may_open:
        raise Http404
    form = DeskForm(books, request.POST or None)
    if form.is_valid():
        cash.open_desk(**form.cleaned_data, actor=request.actor, today=localdate(), now=now())
        messages.success(request, "Zapisano kasę.")
        return redirect("treasury:cash_desks")
    context = {"rows": list(queries.desks(request.actor)), "form": form if may_open else None}
    return render(request, "treasury/cash_desks.html", context, status=422 if form.errors else 200)


@staff(*SEES)
@require_http_methods(["GET", "POST"])
def desk(request: ActorRequest, desk_id: int) -> HttpResponse:
    """One desk: its reports, the newest first; a new one is opened here."""
    found = _desk(request, desk_id)
    if request.method == "POST":
        try:
            report = cash.open_report(desk_id, actor=request.actor, today=localdate(), now=now())
        except cash.NoSuchDesk as error:
            raise Http404 from error
        except cash.ReportIsOpen:
            messages.error(request, "Poprzedni raport jest otwarty. Zamknij go, potem otwórz następny.")
            return redirect("treasury:cash_desk", desk_id)
        return redirect("treasury:cash_report", report.pk)
    page = keyset_page(queries.reports(found), key=("-id",), cursor=request.GET.get("cursor"))
    context = {"desk": found, "page": page, "may_work": ledger.may_post(request.actor, found.book)}
    return render(request, "treasury/cash_desk.html", context)


@staff(*SEES)
@require_http_methods(["GET", "POST"])
def report(request: ActorRequest, report_id: int) -> HttpResponse:
    """One report with its slips; a slip is written here while it is open."""
    found = _report(request, report_id)
    if request.method == "GET":
        return _page(request, found)
    form = SlipForm(queries.debts(found.desk.book), request.POST)
    if form.is_valid():
        said = cash.NewSlip(**form.cleaned_data)
        if _done(form, lambda: cash.add_slip(report_id, said, actor=request.actor, now=now())):
            messages.success(request, f"Wystawiono {said.kind} na {zloty(said.amount)}.")
            return redirect("treasury:cash_report", report_id)
    return _page(request, found, form)


@staff(Right.KEEP_BOOKS)
@require_POST
def closing(request: ActorRequest, report_id: int) -> HttpResponse:
    """Count, close and post the report."""
    found = _report(request, report_id)
    form = ClosingForm(request.POST)
    if form.is_valid():
        counted = form.cleaned_data["counted"]
        if _done(form, lambda: cash.close_report(report_id, counted=counted, actor=request.actor, now=now())):
            messages.success(request, "Zamknięto i zaksięgowano raport kasowy.")
            return redirect("treasury:cash_report", report_id)
    return _page(request, found, form)


def _done(form: ScreenForm, act: Callable[[], object]) -> bool:
    """Carry out; a refusal stands in the form beside what was typed."""
    try:
        act()
    except cash.NoSuchDesk as error:
        raise Http404 from error
    except cash.Wrong as refused:
        form.add_error(refused.field, refused.words)
    except cash.ReportIsClosed:
        form.add_error(None, "Ten raport jest już zamknięty. Otwórz następny.")
    except cash.DoesNotCount as difference:
        words = zloty(int(difference.args[0]))
        form.add_error(
            "counted", f"Kasa nie zgadza się z raportem o {words}. Przelicz albo dopisz brakujący dowód."
        )
    except ledger.CannotPost as refused:
        form.add_error(
            None, f"Księgi odmówiły (zapis {refused.line}: {refused.what}). Raport jest nadal otwarty."
        )
    else:
        return True
    return False


@staff(*SEES)
@require_safe
def report_print(request: ActorRequest, report_id: int) -> HttpResponse:
    """The report on paper."""
    found = _report(request, report_id)
    pdf = report_pdf(found, queries.slips(found), at=found.closed_at or found.opened_at)
    answer = HttpResponse(pdf, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="raport-kasowy-{found.number}-{found.year}.pdf"'
    return answer


@staff(*SEES)
@require_http_methods(["GET", "POST"])
def strict_forms(request: ActorRequest, desk_id: int) -> HttpResponse:
    """The register of forms of strict account; a block that came is entered here."""
    found = _desk(request, desk_id)
    may_work = ledger.may_post(request.actor, found.book)
    if request.method == "POST" and not may_work:
        raise Http404
    form = BlockForm(request.POST or None)
    if form.is_valid():
        try:
            cash.receive_forms(
                desk_id, cash.NewForms(**form.cleaned_data), actor=request.actor, today=localdate(), now=now()
            )
        except cash.NumbersOverlap:
            form.add_error("first", "Część tych numerów jest już w ewidencji.")
        else:
            messages.success(request, "Przyjęto druki.")
            return redirect("treasury:strict_forms", desk_id)
    rows = list(queries.strict_forms(found))
    context = {"desk": found, "rows": rows, "form": form, "may_work": may_work}
    return render(request, "treasury/strict_forms.html", context, status=422 if form.errors else 200)


@staff(Right.KEEP_BOOKS)
@require_POST
def strict_form_giving(request: ActorRequest, form_id: int) -> HttpResponse:
    """Give a block out to a person."""
    try:
        given = cash.give_forms(
            form_id,
            request.POST.get("to", "").replace("\0", "")[:200],
            actor=request.actor,
            today=localdate(),
            now=now(),
        )
    except cash.NoSuchDesk as error:
        raise Http404 from error
    return redirect("treasury:strict_forms", given.desk_id)


def _desk(request: ActorRequest, desk_id: int) -> CashDesk:
    found = queries.desks(request.actor).filter(pk=desk_id).first()
    if found is None:
        raise Http404
    return found


def _report(request: ActorRequest, report_id: int) -> CashReport:
    found = queries.report_of(report_id, actor=request.actor)
    if found is None:
        raise Http404
    return found


def _page(request: ActorRequest, found: CashReport, faulty: ScreenForm | None = None) -> HttpResponse:
    slips = queries.slips(found)
    is_open = found.closed_at is None
    may_work = is_open and ledger.may_post(request.actor, found.desk.book)
    context = {
        "report": found,
        "slips": slips,
        "faulty": faulty,
        "balance": found.desk.balance if is_open else found.closing,
        "may_work": may_work,
        "form": faulty if isinstance(faulty, SlipForm) else SlipForm(queries.debts(found.desk.book)),
        "closing": faulty if isinstance(faulty, ClosingForm) else ClosingForm(),
    }
    return render(request, "treasury/cash_report.html", context, status=422 if faulty else 200)
