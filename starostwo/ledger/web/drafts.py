"""Writing vouchers: the grid in which they are typed without a mouse, saved as typed, posted when whole."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from starostwo.ledger.models import Draft, Voucher
from starostwo.ledger.queries import reading
from starostwo.ledger.queries.plan import left_under
from starostwo.ledger.rules import typed
from starostwo.ledger.services import drafts as services
from starostwo.ledger.services import posting
from starostwo.ledger.services.draft_reading import Problem, read
from starostwo.ledger.web.refusals import explained
from starostwo.ledger.web.seen import frame, journal_or_404, year_or_404
from starostwo.office.api import ActorRequest, Right, staff
from starostwo.platform.money import zloty
from starostwo.platform.paging import keyset_page

ROWS, MORE, MOST = 6, 4, 200
HEADER = services.HEADER
KINDS = [kind for kind in Voucher.Kind.choices if kind[0] not in (Voucher.Kind.CARRIED, Voucher.Kind.CLOSING)]


@staff(Right.KEEP_BOOKS)
@require_safe
def drafts(request: ActorRequest, year_id: int) -> HttpResponse:
    """The vouchers that are being written, the last touched first, and a new one in each journal."""
    year = year_or_404(request, year_id)
    page = keyset_page(
        reading.drafts(request.actor, year), key=("-changed_at", "-id"), cursor=request.GET.get("cursor")
    )
    context = frame(request, year, "ledger:drafts") | {
        "rows": [
            (draft, draft.content.get("text", ""), typed.sums(typed.lines(draft.content)))
            for draft in page.rows
        ],
        "page": page,
        "journals": reading.journals(year),
    }
    return render(request, "ledger/drafts.html", context)


@staff(Right.KEEP_BOOKS)
@require_POST
def begin(request: ActorRequest, year_id: int, code: str) -> HttpResponse:
    """Begin a voucher; it takes over the date of the one before."""
    journal = journal_or_404(year_or_404(request, year_id), code)
    today = localdate()
    day = today if today.year == journal.fiscal_year.year else None
    said = {"issued_on": f"{day:%d.%m.%Y}", "operation_on": f"{day:%d.%m.%Y}"} if day else {}
    content = said | {"kind": code if code in Voucher.Kind.values else Voucher.Kind.NOTE.value}
    try:
        draft = services.begin(journal, actor=request.actor, now=now(), content=content)
    except posting.MayNotPost as error:
        raise Http404 from error
    return redirect("ledger:draft", draft.pk)


@staff(Right.KEEP_BOOKS)
@require_http_methods(["GET", "POST"])
def draft(request: ActorRequest, sketch_id: int) -> HttpResponse:
    """Type a voucher; save it, add lines, post it."""
    found = reading.draft(request.actor, sketch_id)
    if found is None:
        raise Http404
    if request.method != "POST":
        return _page(request, found)
    content, version = content_of(request.POST), request.POST.get("version", "")
    is_automatic = "X-Autosave" in request.headers
    try:
        saved = services.save(
            sketch_id, content, version=int(version) if version.isdecimal() else 0, actor=request.actor,
            now=now(), is_automatic=is_automatic,
        )  # fmt: skip
    except services.ChangedMeanwhile:
        if is_automatic:
            return HttpResponse(status=409)
        found.content = content
        said = Problem(
            0, "text", "Ten dowód zapisano już w innym oknie. Sprawdź, co tam jest, i zapisz jeszcze raz."
        )
        return _page(request, found, [said])
    if is_automatic:
        return HttpResponse(status=204)
    saved.journal = found.journal
    if "post" not in request.POST:
        return _page(request, saved, more=MORE if "more" in request.POST else 0)
    return _post(request, saved)


def _post(request: ActorRequest, found: Draft) -> HttpResponse:
    try:
        posted = services.post_draft(found.pk, actor=request.actor, now=now())
    except services.NotReadable as unreadable:
        return _page(request, found, unreadable.problems)
    except posting.CannotPost as refused:
        return _page(request, found, [explained(refused, typed.lines(found.content))])
    year, code = found.journal.fiscal_year, found.journal.code
    messages.success(request, f"Zaksięgowano {code}/{posted.number}/{year.year}.")
    if "next" not in request.POST:
        return redirect("ledger:voucher", posted.id)
    said = {name: found.content.get(name, "") for name in ("kind", "issued_on", "operation_on")}
    after = services.begin(found.journal, actor=request.actor, now=now(), content=said)
    return redirect("ledger:draft", after.pk)


def _page(
    request: ActorRequest, found: Draft, problems: Sequence[Problem] = (), *, more: int = 0
) -> HttpResponse:
    year = found.journal.fiscal_year
    lines = {line.number: line for line in typed.lines(found.content)}
    with transaction.atomic():
        known = read(found)
    rows = max(ROWS, *lines, 0) + more if lines else ROWS + more
    wrong = {(problem.line, problem.field) for problem in problems}
    context = frame(request, year, "ledger:drafts") | {
        "draft": found,
        "content": {name: found.content.get(name, "") for name in HEADER},
        "lines": [
            (
                number, lines.get(number) or typed.TypedLine(number), known.accounts.get(number),
                known.parties.get(number), {field for line, field in wrong if line == number},
            )
            for number in range(1, min(rows, MOST) + 1)
        ],
        "sums": typed.sums(list(lines.values()), _off_balance(known.accounts.values())),
        "problems": problems,
        "wrong_header": {field for line, field in wrong if line == 0},
        "kinds": KINDS,
        "texts": reading.last_texts(year, found.journal.code),
    }  # fmt: skip
    return render(request, "ledger/draft.html", context, status=422 if problems else 200)


def _off_balance(accounts: Any) -> frozenset[str]:
    return frozenset(account.number for account in accounts if account.kind == "OFF_BALANCE")


@staff(Right.KEEP_BOOKS)
@require_POST
def preview(request: ActorRequest, sketch_id: int) -> JsonResponse:
    """What the books make of the lines so far: names of accounts, what is left of the plan."""
    found = reading.draft(request.actor, sketch_id)
    if found is None:
        raise Http404
    found.content = content_of(request.POST)
    with transaction.atomic():
        known = read(found)
    entries = {line.number: entry for line, entry in known.entries}
    left = left_under(
        found.journal.fiscal_year,
        {e.classification for e in entries.values() if e.classification is not None},
    )
    lines = {
        number: {
            "account": account.name,
            "left": _left(entries.get(number), account.control, left),
            "off_balance": account.kind == "OFF_BALANCE",
        }
        for number, account in known.accounts.items()
    }
    return JsonResponse({"lines": lines})


def _left(entry: Any, control: str, left: Mapping[int, tuple[int, int]]) -> str:
    """What may still be paid or committed under the line's position, for accounts that a plan controls."""
    if entry is None or control not in ("PAID", "COMMITTED") or entry.classification not in left:
        return ""
    to_pay, to_commit = left[entry.classification]
    value = (to_pay if control == "PAID" else to_commit) - entry.credit
    return f"zostanie {zloty(value)}" if value >= 0 else f"ponad plan o {zloty(-value)}"


@staff(Right.KEEP_BOOKS)
@require_POST
def discard(request: ActorRequest, sketch_id: int) -> HttpResponse:
    """Throw a draft away."""
    found = reading.draft(request.actor, sketch_id)
    if found is None:
        raise Http404
    services.discard(sketch_id, actor=request.actor, now=now())
    messages.success(request, "Usunięto dowód roboczy. Jego treść została w historii.")
    return redirect("ledger:drafts", found.journal.fiscal_year_id)


def content_of(told: QueryDict) -> dict[str, Any]:
    """What was typed, as it is kept: the header and lines in the order of the screen."""
    count = told.get("count", "")
    rows = min(int(count), MOST) if count.isdecimal() else 0
    lines = []
    for number in range(1, rows + 1):
        line = {name: told.get(f"{name}-{number}", "").strip()[:300] for name in typed.LINE_FIELDS}
        line["party"] = told.get(f"party_row-{number}", "")[:20] or line["party"]
        lines.append(line)
    return {name: told.get(name, "").strip()[:300] for name in HEADER} | {"lines": lines}
