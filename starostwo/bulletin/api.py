"""The door into `bulletin` for other packages. Nothing else here may be imported from outside."""

from starostwo.bulletin.queries.waiting import to_approve
from starostwo.bulletin.rules.accessibility import Review, review_by, review_state

__all__ = ["Review", "review_by", "review_state", "to_approve"]
