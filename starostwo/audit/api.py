"""The door into `audit` for other packages. Nothing else here may be imported from outside."""

from starostwo.audit.anchors import anchor
from starostwo.audit.export import export
from starostwo.audit.queries import (
    Entry,
    acts_of,
    digests_named,
    history,
    history_of,
    last_anchor,
    last_reads,
    reads_by,
)
from starostwo.audit.services import record, record_done, record_read
from starostwo.audit.verification import Fault, verify

__all__ = [
    "Entry",
    "Fault",
    "acts_of",
    "anchor",
    "digests_named",
    "export",
    "history",
    "history_of",
    "last_anchor",
    "last_reads",
    "reads_by",
    "record",
    "record_done",
    "record_read",
    "verify",
]
