"""The part of the description that is about reading letters and cases with a personal token."""

from typing import Any

RECORDS_PATHS: dict[str, Any] = {}
RECORDS_SCHEMAS: dict[str, Any] = {}
