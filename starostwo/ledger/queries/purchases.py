"""What was bought of a supplier before, and the contracts with it; a part of the door."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from starostwo.ledger.models import Book, Contract, Line, Settlement, Voucher

PURCHASES = "201"
REMEMBERED = 10


@dataclass(frozen=True)
class PastRow:
    """One debit of an earlier purchase: the account, the position of the classification, the amount."""

    account: str
    position: str
    amount: int


def past_purchases(book: Book, nip: str) -> list[list[PastRow]]:
    """The debits of the last purchases of a supplier, a list for each voucher, the newest first."""
    if not nip:
        return []
    bills = Settlement.objects.filter(book=book, counterparty__nip=nip, side=Settlement.Side.PAYABLE)
    owed = Line.objects.filter(
        settlement__in=list(bills.order_by("-id").values_list("id", flat=True)[: 5 * REMEMBERED]),
        voucher__kind=Voucher.Kind.PURCHASE, voucher__corrects=None,
        account__number__startswith=PURCHASES, credit__gt=0,
    )  # fmt: skip
    newest = list(
        dict.fromkeys(owed.order_by("-voucher_id").values_list("voucher_id", flat=True)[: 3 * REMEMBERED])
    )
    lines = Line.objects.filter(voucher__in=newest[:REMEMBERED], debit__gt=0).order_by(
        "-voucher_id", "position"
    )
    grouped: dict[int, list[PastRow]] = {}
    for line in lines.select_related("account", "classification"):
        position = str(line.classification) if line.classification else ""
        grouped.setdefault(line.voucher_id, []).append(PastRow(line.account.number, position, line.debit))
    return list(grouped.values())


def contracts_of(book: Book, nip: str, *, on: date) -> Sequence[Contract]:
    """The contracts with a counterparty that hold on a day."""
    rows = Contract.objects.filter(book=book, counterparty__nip=nip, starts_on__lte=on).exclude(
        ends_on__lt=on
    )
    return list(rows.order_by("-signed_on", "-id")) if nip else []
