"""Money: whole grosze inside, złote only at the edges, written as the language of the page writes them."""

GROSZE_IN_ZLOTY = 100
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
