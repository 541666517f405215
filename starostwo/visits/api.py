"""The door into `visits` for other packages. Nothing else here may be imported from outside."""

from starostwo.visits.queries.times import offered_for

__all__ = ["offered_for"]
