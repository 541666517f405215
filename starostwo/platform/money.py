"""Money: whole grosze inside, złote only at the edges, written as the language of the page writes them."""

import re

GROSZE_IN_ZLOTY = 100
TYPED = re.compile(r"(\d{1,9})(?:[,.](\d{2}))?(?:\s*zł)?")
NO_BREAK = "\u00a0"
WRITTEN = {  # behind thousands, before grosze, the currency
    "pl": (NO_BREAK, ",", "{}" + NO_BREAK + "zł"),
    "en": (",", ".", "PLN" + NO_BREAK + "{}"),
    "uk": (NO_BREAK, ",", "{}" + NO_BREAK + "зл."),
}


def zloty(grosze: int, language: str = "pl") -> str:
    """Write an amount of grosze as money: 123450 -> '1 234,50 zł' (no-break spaces), 'PLN 1,234.50'."""
    whole, rest = divmod(abs(grosze), GROSZE_IN_ZLOTY)
    thousands, comma, currency = WRITTEN[language]
    sign = "−" if grosze < 0 else ""
    return sign + currency.format(f"{whole:,}".replace(",", thousands) + f"{comma}{rest:02d}")


class NotMoney(ValueError):
    """The text is no amount in złote."""


def grosze(typed: str) -> int:
    """Read an amount as people type it: '1 234,50', '54' and '54.00 zł' in grosze."""
    found = TYPED.fullmatch("".join(typed.split()))
    if found is None:
        raise NotMoney(typed)
    return int(found[1]) * GROSZE_IN_ZLOTY + int(found[2] or 0)
