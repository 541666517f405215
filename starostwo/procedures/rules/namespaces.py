"""Names of the XML documents that our forms make; one namespace for each version of each form."""

import re
from typing import Any

PREFIX = "urn:x-starostwo:formularz"
XMLDSIG = "http://www.w3.org/2000/09/xmldsig#"
ROOT = "dokument"
ROW = "wpis"

_OURS = re.compile(re.escape(PREFIX) + r":([a-z][a-z0-9-]{0,39}):([1-9][0-9]{0,3})")


def namespace(code: str, version: int) -> str:
    """Return the namespace of one version of a form."""
    return f"{PREFIX}:{code}:{version}"


def code_and_version(uri: str) -> tuple[str, int] | None:
    """Return which form the namespace belongs to; None when it is not ours."""
    found = _OURS.fullmatch(uri)
    return (found.group(1), int(found.group(2))) if found else None


def default_namespace(uri: str) -> dict[Any, str]:
    """Return lxml's map that writes the namespace without a prefix (its stubs do not know the key None)."""
    return {None: uri}
