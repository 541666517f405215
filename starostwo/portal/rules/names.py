"""The name of a page in its address, made from its title."""

import re

from starostwo.platform.polish import fold

LONGEST = 80
# Ukrainian letters as the country writes them in Latin ones; `fold` has taken the dots off before.
CYRILLIC = str.maketrans(
    dict(zip("абвгґдезиіклмнопрстуф", "a b v h g d e z y i k l m n o p r s t u f".split(), strict=True))
    | {"є": "ie", "ж": "zh", "й": "i", "ї": "i", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch"}
    | {"ь": "", "ю": "iu", "я": "ia", "’": "", "'": "", "ʼ": ""}
)


def slug_of(title: str) -> str:
    """'Nabór wniosków: żłobki' -> 'nabor-wnioskow-zlobki', 'Дні дверей' -> 'dni-dverey'."""
    words = re.findall(r"[a-z0-9]+", fold(title).translate(CYRILLIC))
    name = ""
    for word in words:
        if name and len(name) + 1 + len(word) > LONGEST:
            break
        name = f"{name}-{word}" if name else word[:LONGEST]
    return name or "strona"
