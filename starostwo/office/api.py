"""The door into `office` for other packages. Nothing else here may be imported from outside."""

from starostwo.office.actor import Actor, actor_for
from starostwo.office.entrance import program, public, resident, staff
from starostwo.office.middleware import ActorRequest
from starostwo.office.models import Right

__all__ = ["Actor", "ActorRequest", "Right", "actor_for", "program", "public", "resident", "staff"]
