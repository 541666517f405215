"""The address for electronic deliveries (ADE), as an office shows it: AE:PL-12345-67890-ABCDE-12.

Law: ustawa o doręczeniach elektronicznych art. 2 pkt 1 (remembered, not read). The two last digits look like
a check of the others; how is not published, so that the form alone is looked at.
"""

import re

FORM = r"AE:PL-[0-9]{5}-[0-9]{5}-[A-Z]{5}-[0-9]{2}"


class WrongAddress(ValueError):
    """The text has not the form of such an address; it says what one looks like."""


def delivery_address(text: str) -> str:
    """The address as it is kept: capital letters without spaces; empty stays empty."""
    kept = re.sub(r"\s+", "", text).upper()
    if kept and not re.fullmatch(FORM, kept):
        raise WrongAddress(
            "To nie jest adres do doręczeń elektronicznych. Ma postać AE:PL-12345-67890-ABCDE-12: "
            "dwa razy pięć cyfr, pięć liter, dwie cyfry."
        )
    return kept
