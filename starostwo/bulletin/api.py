"""The door into `bulletin` for other packages. Nothing else here may be imported from outside."""

from starostwo.bulletin import store
from starostwo.bulletin.access import EDITING, edited_bodies
from starostwo.bulletin.models import Body, Declaration
from starostwo.bulletin.queries.bodies import editors_of
from starostwo.bulletin.queries.declaration import last_declaration
from starostwo.bulletin.queries.waiting import to_approve
from starostwo.bulletin.rules.accessibility import Review, review_by, review_state
from starostwo.bulletin.services.bodies import Plate, able_to_edit, give_body_to, keep_body
from starostwo.bulletin.services.declaration import CannotDeclare, Declared, declare
from starostwo.bulletin.services.publishing import publish, unit_root

__all__ = [
    "EDITING",
    "Body",
    "CannotDeclare",
    "Declaration",
    "Declared",
    "Plate",
    "Review",
    "able_to_edit",
    "declare",
    "edited_bodies",
    "editors_of",
    "give_body_to",
    "keep_body",
    "last_declaration",
    "publish",
    "review_by",
    "review_state",
    "store",
    "to_approve",
    "unit_root",
]
