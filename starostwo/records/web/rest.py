"""The HTTP interface for programs of the staff: letters and cases by pages, under the access of screens."""

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from starostwo.office.api import ActorRequest, program
from starostwo.platform.paging import Page
from starostwo.records.models import Case, CaseParty, Letter
from starostwo.records.queries.cases import case_page
from starostwo.records.queries.lists import NEWEST, LetterFilter, cases, letters
from starostwo.records.web.listing import page_of

LARGEST = 100
USUAL = 50


@program()
@require_safe
def letters_list(request: ActorRequest) -> HttpResponse:
    """Letters that the owner of the token may see, the newest first."""
    wanted = LetterFilter(
        channel=request.GET.get("channel", ""),
        state=request.GET.get("state", ""),
        unit=request.GET.get("unit", ""),
    )
    page = page_of(request, letters(request.actor, wanted), key=NEWEST, size=_size(request))
    return _answer([letter_as_json(one) for one in page.rows], page)


@program()
@require_safe
def cases_list(request: ActorRequest) -> HttpResponse:
    """Cases that the owner of the token may see, the newest first."""
    year = request.GET.get("year", "")
    rows = cases(
        request.actor,
        state=request.GET.get("state", ""),
        unit=request.GET.get("unit", ""),
        klass=request.GET.get("class", ""),
        year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else None,
    )
    page = page_of(request, rows, key=NEWEST, size=_size(request))
    return _answer([case_as_json(one) for one in page.rows], page)


@program()
@require_safe
def case_detail(request: ActorRequest, mark: str) -> HttpResponse:
    """One case with its letters, parties and clock."""
    page = case_page(mark, actor=request.actor, today=localdate())
    if page is None:
        raise Http404
    ledger = page.ledger
    clock = (
        {
            "statutory_on": ledger.statutory_on,
            "due_on": ledger.due_on,
            "counted": ledger.counted,
            "not_counted": ledger.not_counted,
            "spans": [
                {"first": one.first, "last": one.last, "kind": one.kind, "law": one.law}
                for one in ledger.spans
            ],
        }
        if ledger
        else None
    )
    return JsonResponse(
        case_as_json(page.case)
        | {
            "letters": [letter_as_json(one) for one in page.letters],
            "parties": [_party_as_json(one) for one in page.parties],
            "clock": clock,
        }
    )


def letter_as_json(letter: Letter) -> dict[str, Any]:
    """A letter as programs get it; no file text, no addresses."""
    return {
        "id": letter.pk,
        "number": letter.shown_number,
        "received_on": letter.received_on,
        "registered_at": letter.registered_at,
        "channel": letter.channel,
        "title": letter.title,
        "kind": letter.kind,
        "sender": letter.sender_name,
        "state": letter.state,
        "unit": letter.unit,
        "due_on": letter.due_on,
    }


def case_as_json(case: Case) -> dict[str, Any]:
    """A case as programs get it."""
    return {
        "mark": case.mark,
        "title": case.title,
        "unit": case.unit,
        "class": case.klass,
        "holder": case.holder.name,
        "state": case.state,
        "opened_on": case.opened_on,
        "due_on": case.due_on,
        "closed_on": case.closed_on,
    }


def _party_as_json(entry: CaseParty) -> dict[str, Any]:
    return {"name": entry.party.name, "role": entry.role, "since": entry.from_on}


def _answer(rows: list[dict[str, Any]], page: Page[Any]) -> JsonResponse:
    return JsonResponse({"items": rows, "before": page.before, "after": page.after})


def _size(request: ActorRequest) -> int:
    asked = request.GET.get("size", "")
    return (
        min(max(int(asked), 1), LARGEST) if asked.isascii() and asked.isdigit() and len(asked) < 4 else USUAL
    )
