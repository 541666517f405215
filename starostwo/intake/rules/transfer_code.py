"""The text of the QR code of a transfer, as Polish banking applications read it.

Recommendation of the Polish Bank Association (ZBP) on two-dimensional codes for transfers, written down from
memory and not checked with its text: NIP|PL|26 digits|grosze on six digits|name of 20|title of 32|||
"""

LONGEST_NAME, LONGEST_TITLE = 20, 32
HIGHEST_AMOUNT = 999_999
FORBIDDEN = str.maketrans({"|": " "})


class AmountTooHigh(ValueError):
    """The code has six digits for the amount."""


def transfer_code(*, account: str, amount: int, recipient: str, title: str) -> str:
    """Return the text to be drawn; a natural field that is too long is cut."""
    if not 0 < amount <= HIGHEST_AMOUNT:
        raise AmountTooHigh(amount)
    return f"|PL|{account}|{amount:06d}|{_cut(recipient, LONGEST_NAME)}|{_cut(title, LONGEST_TITLE)}|||"


def _cut(text: str, longest: int) -> str:
    return " ".join(text.translate(FORBIDDEN).split())[:longest].rstrip()
