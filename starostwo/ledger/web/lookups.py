"""What is offered while a voucher is typed: accounts, positions of the classification, counterparties."""

from django.http import JsonResponse
from django.views.decorators.http import require_safe

from starostwo.ledger.models import DictionaryEntry
from starostwo.ledger.queries import reading
from starostwo.ledger.web.seen import year_or_404
from starostwo.office.api import ActorRequest, Right, staff


@staff(Right.KEEP_BOOKS)
@require_safe
def accounts(request: ActorRequest, year_id: int) -> JsonResponse:
    """Accounts of the year by the beginning of the number or a part of the name."""
    found = reading.offered_accounts(year_or_404(request, year_id), _words(request))
    return _hits([(account.number, account.number, account.name) for account in found])


@staff(Right.KEEP_BOOKS)
@require_safe
def positions(request: ActorRequest, year_id: int) -> JsonResponse:
    """Chapters, and behind a whole chapter its paragraphs; the label is what the field will hold."""
    words = _words(request)
    digits = "".join(character for character in words if character.isdecimal())
    chapter = digits[3:8] if len(digits) >= 8 and digits[:3] == digits[3:6] else digits[:5]
    hits = []
    for entry in reading.offered_positions(year_or_404(request, year_id), words):
        is_chapter = entry.kind == DictionaryEntry.Kind.CHAPTER
        whole = (
            f"{entry.symbol[:3]}.{entry.symbol}." if is_chapter else f"{chapter[:3]}.{chapter}.{entry.symbol}"
        )
        hits.append((whole, whole, entry.name))
    return _hits(hits)


@staff(Right.KEEP_BOOKS)
@require_safe
def parties(request: ActorRequest) -> JsonResponse:
    """Counterparties by the beginning of the name or of the NIP."""
    found = reading.offered_parties(_words(request))
    return _hits(
        [(f"#{party.pk}", party.name, f"NIP {party.nip}" if party.nip else party.town) for party in found]
    )


def _words(request: ActorRequest) -> str:
    return request.GET.get("q", "").strip()[:100]


def _hits(rows: list[tuple[str, str, str]]) -> JsonResponse:
    return JsonResponse(
        {"hits": [{"value": value, "label": label, "note": note} for value, label, note in rows]}
    )
