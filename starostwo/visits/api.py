"""The door into `visits` for other packages. Nothing else here may be imported from outside."""

from starostwo.visits.queries.found import OwnVisit, all_my_visits
from starostwo.visits.queries.times import names, offered_for

__all__ = ["OwnVisit", "all_my_visits", "names", "offered_for"]
