"""Money: whole grosze inside, złote with a comma only at the edges."""

GROSZE_IN_ZLOTY = 100


def zloty(grosze: int) -> str:
    """Write an amount of grosze as Polish money: 123450 -> '1 234,50 zł' (no-break spaces)."""
    whole, rest = divmod(abs(grosze), GROSZE_IN_ZLOTY)
    sign = "−" if grosze < 0 else ""
    return f"{sign}{whole:,},{rest:02d}\u00a0zł".replace(",", "\u00a0", f"{whole:,}".count(","))
