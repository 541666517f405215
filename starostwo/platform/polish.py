"""Polish as data: plural forms, alphabetical order, text without diacritics."""

import unicodedata

ORDER = str.maketrans(
    {"ą": "a~", "ć": "c~", "ę": "e~", "ł": "l~", "ń": "n~", "ó": "o~", "ś": "s~", "ź": "z~", "ż": "z~~"}
)
STROKES = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "đ": "d"})


def plural(count: int, one: str, few: str, many: str) -> str:
    """Choose the form that goes with the number: 1 sprawa, 2 sprawy, 5 spraw, 22 sprawy."""
    if count == 1:
        return one
    if count % 10 in (2, 3, 4) and count % 100 not in (12, 13, 14):
        return few
    return many


def pl_key(text: str) -> str:
    """Return a key that sorts in the order of the Polish alphabet; the twin of the SQL function pl_key."""
    return text.lower().translate(ORDER)


def fold(text: str) -> str:
    """Return the text in lower case and without diacritics: 'Łódź' -> 'lodz'."""
    decomposed = unicodedata.normalize("NFKD", text.lower().translate(STROKES))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))
