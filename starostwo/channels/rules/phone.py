"""Telephone numbers as people type them, and as gateways want them: E.164."""

POLAND, OWN_DIGITS = "+48", 9
FEWEST, MOST = 8, 15
BETWEEN = " \u00a0\u202f-–.()/"
# From memory, not from the numbering plan itself
MOBILE = frozenset("45 50 51 53 57 60 66 69 72 73 78 79 88".split())


def e164(typed: str) -> str | None:
    """Return the number as +48600100200, None where it is no telephone number.

    Nine digits are a Polish number. Recommendation ITU-T E.164: at most 15 digits after the plus.
    """
    digits = typed.strip().translate({ord(sign): None for sign in BETWEEN})
    if digits.startswith("00"):
        digits = f"+{digits[2:]}"
    has_country = digits.startswith("+")
    digits = digits.removeprefix("+")
    if not (digits.isascii() and digits.isdigit()):
        return None
    if not has_country and len(digits) == OWN_DIGITS:
        digits = f"48{digits}"
    elif not has_country and not (digits.startswith("48") and len(digits) == OWN_DIGITS + 2):
        return None
    return f"+{digits}" if _is_number(digits) else None


def takes_texts(number: str) -> bool:
    """Whether an SMS can be sent there: in Poland to mobile numbers alone, abroad the gateway will say."""
    return not number.startswith(POLAND) or number[3:5] in MOBILE


def _is_number(digits: str) -> bool:
    if digits.startswith("48"):
        return len(digits) == OWN_DIGITS + 2 and digits[2] not in "01"
    return FEWEST <= len(digits) <= MOST and digits[0] != "0"
