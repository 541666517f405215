"""Money: whole grosze inside, złote with a comma only at the edges."""

import re

GROSZE_IN_ZLOTY = 100
TYPED = re.compile(r"(\d{1,9})(?:[,.](\d{2}))?(?:\s*zł)?")


def zloty(grosze: int) -> str:
    """Write an amount of grosze as Polish money: 123450 -> '1 234,50 zł' (no-break spaces)."""
    whole, rest = divmod(abs(grosze), GROSZE_IN_ZLOTY)
    sign = "−" if grosze < 0 else ""
    return f"{sign}{whole:,},{rest:02d}\u00a0zł".replace(",", "\u00a0", f"{whole:,}".count(","))


class NotMoney(ValueError):
    """The text is no amount in złote."""


def grosze(typed: str) -> int:
    """Read an amount as people type it: '1 234,50', '54' and '54.00 zł' in grosze."""
    found = TYPED.fullmatch("".join(typed.split()))
    if found is None:
        raise NotMoney(typed)
    return int(found[1]) * GROSZE_IN_ZLOTY + int(found[2] or 0)
