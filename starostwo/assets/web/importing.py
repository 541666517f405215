"""Import on the screen: the file on trial with its faults, then the same file entered."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods

from starostwo.assets.queries.catalogue import NoThreshold
from starostwo.assets.services.importing import NEEDED, NotAnImport, Trial, bring_in, try_file
from starostwo.assets.services.writing import Refused
from starostwo.assets.web.forms import DocumentForm
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.polish import plural
from starostwo.screens.api import ContentField

MOST_SHOWN = 200


class ImportForm(DocumentForm):
    """The file, and what the opening balance says above it."""

    file = ContentField(
        label="Plik CSV albo XLSX",
        megabytes=5,
        help_text=f"Kolumny: {', '.join(NEEDED)}; mogą być też: umorzenie, KŚT, osoba, sztuk, model,"
        " numer seryjny, stary numer.",
    )
    field_order = ["file", "happened_on", "text"]


@staff(Right.MANAGE_ASSETS)
@require_http_methods(["GET", "POST"])
def importing(request: ActorRequest) -> HttpResponse:
    """Try a file, or enter it."""
    today = localdate()
    form = ImportForm(
        request.POST or None, request.FILES or None, initial={"happened_on": today.replace(day=1)}
    )
    trial: Trial | None = None
    if form.is_valid():
        content = form.cleaned_data["file"]
        try:
            trial = try_file(content, on=form.cleaned_data["happened_on"], today=today)
            if "enter" in request.POST:
                made = bring_in(content, form.header(), actor=request.actor, today=today, now=now())
                things = plural(made.line_count, "składnik", "składniki", "składników")
                messages.success(request, f"Zapisano {made}: {made.line_count} {things}.")
                return redirect("assets:document", made.pk)
        except NotAnImport as fault:
            form.add_error("file", str(fault))
        except Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.words)
        except NoThreshold:
            form.add_error("happened_on", "Na ten dzień nie ustawiono progu.")
    faults = trial.faults[:MOST_SHOWN] if trial else []
    context = {"form": form, "trial": trial, "faults": faults}
    return render(request, "assets/importing.html", context, status=422 if form.errors else 200)
