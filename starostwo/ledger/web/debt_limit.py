"""The relation of art. 243 on the screen: both sides year by year, and the figures behind them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_safe

from starostwo.ledger import access
from starostwo.ledger.models import Book
from starostwo.ledger.queries import debts as queries
from starostwo.ledger.rules.debt_limit import percent
from starostwo.ledger.services import debts as services
from starostwo.ledger.web.debt_forms import YearForm
from starostwo.ledger.web.debts import tabs
from starostwo.ledger.web.plan_frame import READERS
from starostwo.office.api import ActorRequest, Right, staff

EARLIEST, FURTHEST = 2010, 40


def _book(request: ActorRequest) -> Book | None:
    return queries.books(request.actor).order_by("name").first()


@staff(*READERS)
@require_safe
def limit(request: ActorRequest) -> HttpResponse:
    """Both sides for this and later years, whether the law is kept, and the figures by year."""
    book, this_year = _book(request), localdate().year
    known = queries.years_of(book) if book else []
    told = queries.relations(book, this_year, known) if book else []
    years = {row.year: row for row in known}
    span = range(this_year - 7, max([this_year + 3, *(one.year for one in told)]) + 1)
    context = {
        "book": book, "tabs": tabs("limit"), "this_year": this_year,
        "rows": [(one, percent(one.left), percent(one.right)) for one in told],
        "years": [(year, years.get(year)) for year in span],
        "may_write": access.may_change_plan(request.actor),
    }  # fmt: skip
    return render(request, "ledger/debt_limit.html", context)


@staff(Right.TREASURER)
@require_http_methods(["GET", "POST"])
def figures(request: ActorRequest, year: int) -> HttpResponse:
    """The figures of one year, typed or filled from the reports of the book and then looked at."""
    book, this_year = _book(request), localdate().year
    if book is None or not EARLIEST <= year <= this_year + FURTHEST:
        raise Http404
    form = YearForm(request.POST or None, initial=_initial(request, book, year, this_year))
    if form.is_valid():
        said = {name: form.cleaned_data[name] or 0 for name in queries.FIGURES}
        services.set_year(book.pk, year, said, form.cleaned_data["source"], actor=request.actor, now=now())
        messages.success(request, f"Zapisano dane roku {year}.")
        return redirect("ledger:debt_limit")
    context = {"form": form, "year": year, "book": book, "from_report": "ze-sprawozdania" in request.GET}
    return render(request, "ledger/debt_year.html", context, status=422 if form.errors else 200)


def _initial(request: ActorRequest, book: Book, year: int, this_year: int) -> dict[str, object]:
    """What stands in the form: the report that was asked for, else what is kept."""
    if "ze-sprawozdania" in request.GET:
        try:
            said = services.from_report(book, year, of_plan=year >= this_year)
        except services.NoReport:
            messages.error(request, f"Księga nie ma roku {year}; wpisz kwoty ręcznie.")
        else:
            return {**said, "source": f"Rb-NDS {year}, {'plan' if year >= this_year else 'wykonanie'}"}
    kept = next((row for row in queries.years_of(book) if row.year == year), None)
    return {name: getattr(kept, name) for name in (*queries.FIGURES, "source")} if kept else {}
