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
    """The text without diacritics and typographic signs, as an SMS sends it; other alphabets stay whole."""
    whole = unicodedata.normalize("NFC", text)
    return "".join(_folded(STROKES.get(sign, sign)) for sign in whole)


def _folded(sign: str) -> str:
    """A Latin letter without its marks; the Ukrainian й would become another letter."""
    apart = unicodedata.normalize("NFD", sign)
    is_latin = apart[:1].isascii() and all(unicodedata.combining(mark) for mark in apart[1:])
    return apart[:1] if is_latin else sign


def parts(text: str) -> int:
    """In how many parts the gateway sends the text, each of them paid for."""
    if all(sign in BASIC or sign in DOUBLE for sign in text):
        length, one, many = sum(2 if sign in DOUBLE else 1 for sign in text), ONE_BASIC, MANY_BASIC
    else:
        length, one, many = len(text.encode("utf-16-be")) // 2, ONE_WIDE, MANY_WIDE
    return 1 if length <= one else -(-length // many)
