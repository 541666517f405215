"""Finding counterparties."""

from django.db.models import Q, QuerySet

from starostwo.ledger.models import Counterparty
from starostwo.platform.polish import fold


def found(words: str) -> QuerySet[Counterparty]:
    """Counterparties whose name holds the words or whose number begins with them; all without words."""
    rows = Counterparty.objects.all()
    if not words:
        return rows
    digits = "".join(character for character in words if character.isdecimal())
    wanted = Q(folded__contains=fold(words))
    if len(digits) >= 3:
        wanted |= Q(nip__startswith=digits) | Q(pesel=digits)
    return rows.filter(wanted)


def one(party_id: int) -> Counterparty | None:
    """A counterparty by its row."""
    return Counterparty.objects.filter(pk=party_id).first()
