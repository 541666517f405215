"""The door into `bulletin` for other packages. Nothing else here may be imported from outside."""

from starostwo.bulletin.queries.waiting import to_approve

__all__ = ["to_approve"]
