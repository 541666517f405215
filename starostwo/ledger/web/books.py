"""The books of a person, one year with its months and journals, the chart and the dictionaries."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.ledger.models import FiscalYear, Period
from starostwo.ledger.models.books import LAST_MONTH
from starostwo.ledger.queries import balances, reading
from starostwo.ledger.services import books as services
from starostwo.ledger.services import posting, proving, year_end
from starostwo.ledger.web.forms import ApprovalForm, NewBookForm, NewYearForm
from starostwo.ledger.web.seen import frame, year_or_404
from starostwo.office.api import ActorRequest, Right, staff

SEERS = (Right.READ_BOOKS, Right.KEEP_BOOKS, Right.CHIEF_ACCOUNTANT, Right.TREASURER, Right.INSPECT)
CLOSERS = (Right.CHIEF_ACCOUNTANT, Right.TREASURER)
ACTS = {
    Period.State.SOFT: "Zamknij wstępnie",
    Period.State.CLOSED: "Zamknij ostatecznie",
    Period.State.OPEN: "Otwórz",
}


@staff(*SEERS, Right.ADMIN)
@require_safe
def overview(request: ActorRequest) -> HttpResponse:
    """All books that the person sees; whoever has one alone is led into it."""
    years = reading.years(request.actor)
    sets_up = request.actor.may(Right.TREASURER) or request.actor.may(Right.ADMIN)
    reads = not request.actor.rights.isdisjoint(SEERS)
    return render(request, "ledger/books.html", {"years": years, "may_set_up": sets_up, "may_read": reads})


@staff(Right.TREASURER, Right.ADMIN)
@require_http_methods(["GET", "POST"])
def new_book(request: ActorRequest) -> HttpResponse:
    """Open a book for a unit or for the budget."""
    form = NewBookForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = services.NewBook(**form.cleaned_data)
        try:
            book = services.open_book(said, actor=request.actor, now=now())
        except services.BookIsThere:
            form.add_error("code", "Jest już księga o tym kodzie. Wybierz inny kod.")
        else:
            messages.success(request, f"Założono księgę „{book.name}”. Teraz otwórz jej rok.")
            return redirect("ledger:new_year")
    return render(request, "ledger/new_book.html", {"form": form}, status=422 if form.errors else 200)


@staff(Right.TREASURER, Right.ADMIN)
@require_http_methods(["GET", "POST"])
def new_year(request: ActorRequest) -> HttpResponse:
    """Open a year with the chart of the year before, or with the statutory one."""
    form = NewYearForm(request.POST or None, books=services.all_books())
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            year = services.open_year(
                given["book"], given["year"], detail=given["detail"], actor=request.actor, now=now()
            )
        except services.YearIsThere:
            form.add_error("year", "Ta księga ma już ten rok.")
        else:
            messages.success(request, f"Otwarto rok {year.year}.")
            return redirect("ledger:books")
    return render(request, "ledger/new_year.html", {"form": form}, status=422 if form.errors else 200)


@staff(*SEERS)
@require_safe
def year(request: ActorRequest, year_id: int) -> HttpResponse:
    """One year: the state of its months, its journals with their turnover."""
    found = year_or_404(request, year_id)
    periods = reading.periods(found)
    journals = reading.journals(found)
    context = frame(request, found, "ledger:year") | {
        "periods": [(period, _acts(period, periods)) for period in periods],
        "journals": journals,
        "turnover": sum(row.turnover for row in journals),
        "form": ApprovalForm(),
    }
    return render(request, "ledger/year.html", context)


def _acts(period: Period, periods: list[Period]) -> list[tuple[str, str]]:
    """What may be done with a month: its new state and the words on the button."""
    if period.state == Period.State.CLOSED:
        return []
    wanted = [Period.State.OPEN] if period.state == Period.State.SOFT else [Period.State.SOFT]
    if all(p.state == Period.State.CLOSED for p in periods if p.month < period.month):
        wanted.append(Period.State.CLOSED)
    return [(state.value, ACTS[state]) for state in wanted]


@staff(*CLOSERS)
@require_POST
def month(request: ActorRequest, year_id: int, month: int) -> HttpResponse:
    """Close or open a month."""
    found, state = year_or_404(request, year_id), request.POST.get("state", "")
    if state not in Period.State.values or month > LAST_MONTH:
        raise Http404
    return _done(
        request, found, "Zapisano stan miesiąca.",
        lambda: services.set_month(found, month, state=state, actor=request.actor, now=now()),
    )  # fmt: skip


@staff(*CLOSERS)
@require_POST
def closing(request: ActorRequest, year_id: int) -> HttpResponse:
    """Close the books of the year."""
    found = year_or_404(request, year_id)
    return _done(
        request, found, f"Zamknięto księgi roku {found.year}.",
        lambda: services.close_year(found, actor=request.actor, now=now()),
    )  # fmt: skip


@staff(*CLOSERS)
@require_POST
def result(request: ActorRequest, year_id: int) -> HttpResponse:
    """Close the result accounts of the year."""
    found = year_or_404(request, year_id)
    return _done(
        request, found, "Przeniesiono wynik.",
        lambda: year_end.close_result(found, actor=request.actor, now=now()),
    )  # fmt: skip


@staff(*CLOSERS)
@require_POST
def carrying(request: ActorRequest, year_id: int) -> HttpResponse:
    """Carry the balances, or what changed of them, into the opening of the next year."""
    found = year_or_404(request, year_id)
    return _done(
        request, found, f"Przeniesiono salda na bilans otwarcia roku {found.year + 1}.",
        lambda: year_end.carry_over(found, actor=request.actor, now=now()),
    )  # fmt: skip


@staff(*CLOSERS)
@require_POST
def approval(request: ActorRequest, year_id: int) -> HttpResponse:
    """Note that the report of the year was approved; the year stays closed for good."""
    found, form = year_or_404(request, year_id), ApprovalForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Podaj dzień zatwierdzenia, na przykład 30.04.2027.")
        return redirect("ledger:year", found.pk)
    return _done(
        request, found, f"Rok {found.year} jest zatwierdzony. Nikt go już nie otworzy.",
        lambda: services.approve_year(
            found, approved_on=form.cleaned_data["approved_on"], actor=request.actor, now=now()
        ),
    )  # fmt: skip


def _done(request: ActorRequest, year: FiscalYear, said: str, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except (services.MayNotSetUp, posting.MayNotPost) as error:
        raise Http404 from error
    except year_end.NothingToDo:
        messages.info(request, "Nie ma czego przenosić: salda się nie zmieniły.")
    except year_end.NextYearIsMissing as missing:
        messages.error(request, f"Najpierw otwórz rok {missing} tej księgi.")
    except posting.MonthIsClosed:
        messages.error(request, "Okres, do którego to należy, jest zamknięty ostatecznie.")
    except posting.CannotPost:
        messages.error(request, "Księgi nie przyjęły przeniesienia. Porównaj plany kont obu lat.")
    except services.CannotClose:
        messages.error(request, "Ten miesiąc jest już zamknięty albo otwarty jest miesiąc przed nim.")
    except services.YearNotClosed:
        messages.error(
            request, "Najpierw zamknij ostatecznie wszystkie miesiące, potem rok, potem go zatwierdź."
        )
    else:
        messages.success(request, said)
    return redirect("ledger:year", year.pk)


@staff(*SEERS)
@require_safe
def proof(request: ActorRequest, year_id: int) -> HttpResponse:
    """Compare running balances with entries, and the chain of hashes, now."""
    found = year_or_404(request, year_id)
    context = frame(request, found, "ledger:year") | {
        "gaps": balances.gaps(found),
        "broken": balances.broken_links(found),
        "night": proving.last_proof(),
    }
    return render(request, "ledger/proof.html", context)
