"""The tables of visits."""

from starostwo.visits.models.place import Counter, Hours, Matter, Place, SpecialDay
from starostwo.visits.models.ticket import Ticket
from starostwo.visits.models.visit import PERSONAL, Link, Visit, VisitMatter

__all__ = [
    "PERSONAL",
    "Counter",
    "Hours",
    "Link",
    "Matter",
    "Place",
    "SpecialDay",
    "Ticket",
    "Visit",
    "VisitMatter",
]
