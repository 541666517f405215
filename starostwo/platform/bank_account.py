"""Numbers of Polish bank accounts (NRB): 26 digits whose first two check the rest, as in an IBAN."""

COUNTRY_DIGITS = "2521"  # 'PL' as ISO 13616 counts letters


def digits_of(typed: str) -> str:
    """Return the 26 digits of a number that was typed with spaces or with the country's letters."""
    return "".join(typed.split()).upper().removeprefix("PL").replace("-", "")


def is_account(digits: str) -> bool:
    """Say whether these are 26 digits that check."""
    if len(digits) != 26 or not (digits.isascii() and digits.isdigit()):
        return False
    return int(digits[2:] + COUNTRY_DIGITS + digits[:2]) % 97 == 1


def shown(digits: str) -> str:
    """Write the digits in groups of four after the first two: '49 1020 2892 ...'."""
    return " ".join([digits[:2], *(digits[start : start + 4] for start in range(2, 26, 4))])
