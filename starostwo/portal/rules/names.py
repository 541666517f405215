"""The name of a page in its address, made from its title."""

import re

from starostwo.platform.polish import fold

LONGEST = 80


def slug_of(title: str) -> str:
    """'Nabór wniosków: żłobki' -> 'nabor-wnioskow-zlobki'; cut at a word."""
    words = re.findall(r"[a-z0-9]+", fold(title))
    name = ""
    for word in words:
        if name and len(name) + 1 + len(word) > LONGEST:
            break
        name = f"{name}-{word}" if name else word[:LONGEST]
    return name or "strona"
