"""Where the document of a voucher is read: a paper of records, or an invoice that came by itself."""

import re

from django.urls import NoReverseMatch, reverse

THING = re.compile(r"([a-z_]+\.[a-z_]+):(\d+)")
PAGES = {
    "records.document": "records:document",
    "records.letter": "records:letter",
    "treasury.invoice": "treasury:invoice",
    "assets.document": "assets:document",
}


def address_of(thing: str) -> str:
    """The address of a document named as records.document:5; nothing when it has no page here."""
    found = THING.fullmatch(thing)
    if found is None or found[1] not in PAGES:
        return ""
    try:
        return reverse(PAGES[found[1]], args=[int(found[2])])
    except NoReverseMatch:
        return ""
