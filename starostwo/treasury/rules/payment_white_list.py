"""The white list of VAT payers (wykaz podatników VAT): when an account is checked, and the daily flat file.

Law: ustawa o VAT art. 96b (the list), u.p.p. art. 19 (15 000 zł); from memory.
The flat file holds SHA-512 of day, NIP and account, turned 5000 times, and masks for virtual accounts; its
form is that of the ministry's description, from memory.
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date

THRESHOLD = 15_000_00
TURNS = 5000


def must_be_checked(amount: int, nip: str) -> bool:
    """Whether the account of the payee has to stand on the list: above 15 000 zł to a payer of VAT."""
    return amount > THRESHOLD and bool(nip)


def flat_hash(day: date, nip: str, account: str, *, turns: int = TURNS) -> str:
    """The mark of a payer and an account on a day, as the flat file writes it."""
    mark = f"{day:%Y%m%d}{nip}{account}"
    for _ in range(turns):
        mark = hashlib.sha512(mark.encode("ascii")).hexdigest()
    return mark


def masked(account: str, masks: Iterable[str]) -> Iterator[str]:
    """The account as each fitting mask writes it: X hides a digit, Y keeps it, digits must agree."""
    for mask in masks:
        if len(mask) == len(account) and all(
            sign in "XY" or sign == digit for sign, digit in zip(mask, account, strict=True)
        ):
            yield "".join("X" if sign == "X" else digit for sign, digit in zip(mask, account, strict=True))
