"""Which telephone numbers take an SMS."""

from starostwo.platform.telephone import POLAND

# From memory, not from the numbering plan itself
MOBILE = frozenset("45 50 51 53 57 60 66 69 72 73 78 79 88".split())


def takes_texts(number: str) -> bool:
    """Whether an SMS can be sent there: in Poland to mobile numbers alone, abroad the gateway will say."""
    return not number.startswith(POLAND) or number[3:5] in MOBILE
