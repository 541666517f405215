"""How long an SMS is: what fits the small alphabet of GSM 03.38 is shorter, so Polish letters are folded."""

import unicodedata

# From memory: the basic alphabet of GSM 03.38; the signs of the extension count double
BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
DOUBLE = frozenset("^{}\\[~]|€")
ONE_BASIC, MANY_BASIC, ONE_WIDE, MANY_WIDE = 160, 153, 70, 67
STROKES = {"ł": "l", "Ł": "L", "–": "-", "—": "-", "„": '"', "”": '"', "’": "'", "\u00a0": " "}


def plain(text: str) -> str:
    """The text without diacritics and typographic signs, as an SMS sends it."""
    folded = "".join(STROKES.get(sign, sign) for sign in text)
    taken_apart = unicodedata.normalize("NFD", folded)
    return "".join(sign for sign in taken_apart if not unicodedata.combining(sign))


def parts(text: str) -> int:
    """In how many parts the gateway sends the text, each of them paid for."""
    if all(sign in BASIC or sign in DOUBLE for sign in text):
        length, one, many = sum(2 if sign in DOUBLE else 1 for sign in text), ONE_BASIC, MANY_BASIC
    else:
        length, one, many = len(text.encode("utf-16-be")) // 2, ONE_WIDE, MANY_WIDE
    return 1 if length <= one else -(-length // many)
