"""The door into `files` for other packages. Nothing else here may be imported from outside."""

from starostwo.files.queries import blob_of, open_blob
from starostwo.files.rules.names import safe_name
from starostwo.files.rules.problems import Inspection, Problem
from starostwo.files.services import extract_text, inspect, put
from starostwo.files.store import Missing, TooLarge

__all__ = [
    "Inspection",
    "Missing",
    "Problem",
    "TooLarge",
    "blob_of",
    "extract_text",
    "inspect",
    "open_blob",
    "put",
    "safe_name",
]
