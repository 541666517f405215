"""The door into `audit` for other packages. Nothing else here may be imported from outside."""

from starostwo.audit.queries import Entry, acts_of, history, history_of, last_reads, reads_by
from starostwo.audit.services import record, record_read

__all__ = [
    "Entry",
    "acts_of",
    "history",
    "history_of",
    "last_reads",
    "reads_by",
    "record",
    "record_read",
]
