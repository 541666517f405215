"""The door into `telephony` for other packages. Nothing else here may be imported from outside."""

from starostwo.telephony.queries.missed import Missed, missed_calls

__all__ = ["Missed", "missed_calls"]
