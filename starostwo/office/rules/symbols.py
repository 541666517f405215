"""What a unit's symbol may look like.

Law: rozp. PRM 18.01.2011 par. 5 (znak sprawy): letters and digits with at least one letter, a dash only
inside; a symbol belongs to one unit in a calendar year. Taken from a summary, not checked against the text.
"""

import re

UNIT_SYMBOL_PATTERN = r"^(?=.*[A-Za-z])[A-Za-z0-9]+(-[A-Za-z0-9]+)*$"
MAX_UNIT_SYMBOL = 12


def is_unit_symbol(text: str) -> bool:
    """Tell whether the text may mark a unit in the marks of its cases."""
    return len(text) <= MAX_UNIT_SYMBOL and re.fullmatch(UNIT_SYMBOL_PATTERN, text, re.ASCII) is not None
