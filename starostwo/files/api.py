"""The door into `files` for other packages. Nothing else here may be imported from outside."""

from starostwo.files.download import NotForOpening, download_response
from starostwo.files.fixity import FixityFault, orphans, verify_files
from starostwo.files.models import Blob
from starostwo.files.queries import blob_of, open_blob
from starostwo.files.rules.names import safe_name
from starostwo.files.rules.problems import Consequence, Inspection, Problem
from starostwo.files.scanning import scan, scanner_state
from starostwo.files.services import extract_text, inspect, put, redraw
from starostwo.files.store import Missing, TooLarge

__all__ = [
    "Blob",
    "Consequence",
    "FixityFault",
    "Inspection",
    "Missing",
    "NotForOpening",
    "Problem",
    "TooLarge",
    "blob_of",
    "download_response",
    "extract_text",
    "inspect",
    "open_blob",
    "orphans",
    "put",
    "redraw",
    "safe_name",
    "scan",
    "scanner_state",
    "verify_files",
]
