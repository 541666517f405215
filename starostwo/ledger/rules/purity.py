"""Czystość obrotów: which entries on 130 make its turnovers differ from what was executed.

On 130-2 the credit turnover is the spending executed, on 130-1 the debit turnover the income executed. A
refund stands on the other side of the account; the technical entry takes it out of both turnovers.
Law: rozp. MRiF 13.09.2017 zał. 3 (130). From memory.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from starostwo.ledger.rules.vouchers import Entry, purity

SPENDING, INCOME = "130-2", "130-1"


@dataclass(frozen=True)
class Turn:
    """An entry on 130-1 or 130-2, by its classification, in grosze."""

    account: str
    classification: int | None
    debit: int = 0
    credit: int = 0


def impure(turns: Iterable[Turn]) -> dict[tuple[str, int | None], int]:
    """By account and classification of one voucher: what stands on the wrong side and was not taken out.

    A refund of spending is debit of 130-2, one of income credit of 130-1; its technical entry is negative.
    """
    left: dict[tuple[str, int | None], int] = {}
    for turn in turns:
        key = (turn.account, turn.classification)
        left[key] = left.get(key, 0) + (turn.debit if turn.account == SPENDING else turn.credit)
    return {key: amount for key, amount in left.items() if amount}


def technical_entries(left: dict[tuple[str, int | None], int], accounts: dict[str, int]) -> list[Entry]:
    """The entries that make the turnovers pure, for what a voucher left on the wrong side."""
    entries: list[Entry] = []
    for (account, classification), amount in sorted(left.items(), key=str):
        side = {"debit": amount} if account == SPENDING else {"credit": amount}
        entries += purity(accounts[account], classification=classification, **side)
    return entries


def refund_entries(
    account: int, *, of: str, amount: int, against: Entry, classification: int
) -> Sequence[Entry]:
    """A refund with its technical entry: of spending 130-2/201, of income 221/130-1."""
    if of == SPENDING:
        came = Entry(account, debit=amount, classification=classification)
        return [came, against, *purity(account, debit=amount, classification=classification)]
    went = Entry(account, credit=amount, classification=classification)
    return [against, went, *purity(account, credit=amount, classification=classification)]
