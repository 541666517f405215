"""Enforcement titles on the screen: the register, reminders that wait, one title with its file and states."""

from django import forms
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.files import api as files
from starostwo.ledger import api as ledger
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.paging import keyset_page
from starostwo.records import api as records
from starostwo.screens.api import DayField, ScreenForm
from starostwo.treasury import access
from starostwo.treasury.models import EnforcementTitle
from starostwo.treasury.queries import enforcement as queries
from starostwo.treasury.rules.enforcement import MOVES, SAID_OF_STRUCTURE, Move, State
from starostwo.treasury.services import enforcement as services
from starostwo.treasury.services.claims import NoSuchClaim, Wrong
from starostwo.treasury.web.claims import book_of
from starostwo.treasury.web.payments import SEES

WORKS = (Right.KEEP_BOOKS, Right.CHIEF_ACCOUNTANT, Right.TREASURER)
BUTTONS = {
    Move.SEND: "Zapisz przekazanie organowi", Move.SUSPEND: "Zawieś", Move.RESUME: "Podejmij",
    Move.WITHDRAW: "Wycofaj",
}  # fmt: skip


class TitleForm(ScreenForm):
    """When the reminder was delivered, and to which organ the title goes."""

    mark_optional = False

    delivered_on = DayField(label="Upomnienie doręczono dnia")
    organ = forms.CharField(
        label="Organ egzekucyjny", max_length=200,
        help_text="Na przykład Naczelnik Urzędu Skarbowego w Zgierzu.",
    )  # fmt: skip


class MoveForm(ScreenForm):
    """What is done with a title, and why."""

    mark_optional = False

    what = forms.ChoiceField(choices=[(one.value, label) for one, label in BUTTONS.items()])
    reason = forms.CharField(
        label="Powód", max_length=300, required=False,
        help_text="Potrzebny przy zawieszeniu, podjęciu i wycofaniu.",
    )  # fmt: skip


@staff(*SEES)
@require_safe
def listed(request: ActorRequest) -> HttpResponse:
    """The register of titles, the newest first."""
    books, chosen = book_of(request)
    state, words = request.GET.get("stan", ""), request.GET.get("q", "").strip()[:100]
    page = left = None
    if chosen is not None:
        rows = queries.listed(chosen, state=state if state in State.__members__ else "", words=words)
        page = keyset_page(rows, key=queries.NEWEST, cursor=request.GET.get("cursor"))
        left = queries.left_of(page.rows)
    context = {
        "books": books, "chosen": chosen, "page": page, "words": words, "state": state,
        "rows": [(row, left[row.pk]) for row in page.rows] if page and left is not None else [],
        "states": EnforcementTitle.State.choices,
        "may_work": chosen is not None and ledger.may_post(request.actor, chosen),
    }  # fmt: skip
    return render(request, "treasury/titles.html", context)


@staff(Right.KEEP_BOOKS)
@require_safe
def waiting(request: ActorRequest) -> HttpResponse:
    """Reminders that were not obeyed and have no title."""
    books, chosen = book_of(request)
    if chosen is None or not ledger.may_post(request.actor, chosen):
        raise Http404
    page = keyset_page(queries.to_issue(chosen), key=("made_on", "id"), cursor=request.GET.get("cursor"))
    return render(request, "treasury/new_titles.html", {"books": books, "chosen": chosen, "page": page})


@staff(Right.KEEP_BOOKS)
@require_http_methods(["GET", "POST"])
def new(request: ActorRequest, reminder_id: int) -> HttpResponse:
    """Prepare the title of a reminder after looking at its claims."""
    books = [one for one in ledger.visible_books(request.actor) if ledger.may_post(request.actor, one)]
    found = next((row for book in books for row in queries.to_issue(book).filter(pk=reminder_id)), None)
    if found is None:
        raise Http404
    form = TitleForm(request.POST or None)
    if form.is_valid():
        said = services.NewTitle(reminder_id, **form.cleaned_data)
        try:
            made = services.prepare(
                found.book_id, said, actor=request.actor, today=localdate(), now=now()
            )  # fmt: skip
        except (services.NoSuchTitle, NoSuchClaim) as error:
            raise Http404 from error
        except Wrong as refused:
            form.add_error(refused.field, refused.words)
        else:
            messages.success(request, f"Przygotowano tytuł {made.shown_number}. Czeka na podpis.")
            return redirect("treasury:title", made.pk)
    context = {
        "form": form, "reminder": found, "owed": queries.owed_of(found, localdate()),
        "cost": queries.cost_of(found), "structure": SAID_OF_STRUCTURE,
    }  # fmt: skip
    return render(request, "treasury/new_title.html", context, status=422 if form.errors else 200)


@staff(Right.KEEP_BOOKS)
@require_POST
def updating(request: ActorRequest) -> HttpResponse:
    """Look for payments of open titles."""
    _, chosen = book_of(request)
    if chosen is None or not ledger.may_post(request.actor, chosen):
        raise Http404
    changed = services.update_paid(chosen, actor=request.actor, now=now())
    messages.success(request, f"Tytuły zmienione przez wpłaty: {len(changed)}.")
    return redirect(f"{reverse('treasury:titles')}?ksiega={chosen.pk}")


@staff(*SEES)
@require_safe
def title(request: ActorRequest, title_id: int) -> HttpResponse:
    """One title: its claims, its steps, what may be done with it."""
    return _page(request, title_id)


@staff(*WORKS)
@require_POST
def signing(request: ActorRequest, title_id: int) -> HttpResponse:
    """Sign with the key of the person."""
    try:
        made = services.sign(title_id, actor=request.actor, now=now())
    except services.NoSuchTitle as error:
        raise Http404 from error
    except services.NotSigned as refused:
        return _page(request, title_id, refusal=str(refused))
    messages.success(request, f"Podpisano tytuł {made.shown_number}.")
    return redirect("treasury:title", title_id)


@staff(*WORKS)
@require_POST
def moving(request: ActorRequest, title_id: int) -> HttpResponse:
    """Send, suspend, take up or withdraw."""
    form = MoveForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            services.move(title_id, Move(said["what"]), reason=said["reason"], actor=request.actor, now=now())
        except services.NoSuchTitle as error:
            raise Http404 from error
        except Wrong as refused:
            form.add_error(refused.field, refused.words)
        else:
            messages.success(request, "Zapisano stan tytułu.")
            return redirect("treasury:title", title_id)
    return _page(request, title_id, form)


@staff(*SEES)
@require_safe
def file(request: ActorRequest, title_id: int) -> FileResponse:
    """The signed file, or the one that waits to be signed."""
    found = _found(request, title_id)
    blob = found.signed or found.blob
    name = f"{found.shown_number.replace('/', '-')}.xml"
    return FileResponse(
        files.open_blob(blob.sha256), as_attachment=True, filename=name, content_type="application/xml"
    )


def _found(request: ActorRequest, title_id: int) -> EnforcementTitle:
    found = queries.one_of(ledger.visible_books(request.actor), title_id)
    if found is None:
        raise Http404
    return found


def _page(
    request: ActorRequest, title_id: int, faulty: MoveForm | None = None, refusal: str = ""
) -> HttpResponse:
    found = _found(request, title_id)
    works = ledger.may_post(request.actor, found.book)
    signs = access.may_sign_titles(request.actor, found.book)
    moves = [
        (one.value, label)
        for one, label in BUTTONS.items()
        if (State(found.state), one) in MOVES and (works or signs)
    ]
    context = {
        "title": found, "left": queries.left_of([found])[found.pk], "first": queries.first_left(found),
        "lines": found.lines.select_related("claim__settlement").order_by("pk"),
        "steps": found.steps.order_by("-pk"), "form": faulty or MoveForm(), "faulty": faulty, "moves": moves,
        "may_sign": signs and found.state == State.PREPARED, "refusal": refusal,
        "structure": SAID_OF_STRUCTURE, "sees_case": found.document is not None
        and records.visible_cases(request.actor).filter(pk=found.document.case_id).exists(),
    }  # fmt: skip
    return render(request, "treasury/title.html", context, status=422 if faulty or refusal else 200)
