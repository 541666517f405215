"""The door into `search` for other packages. Nothing else here may be imported from outside."""

from starostwo.platform.paging import BadCursor
from starostwo.search.queries import Found, Hit, find
from starostwo.search.services import drop, put, set_audience

__all__ = ["BadCursor", "Found", "Hit", "drop", "find", "put", "set_audience"]
