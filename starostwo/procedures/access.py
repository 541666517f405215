"""Who may build forms. Cards and published forms are public."""

from starostwo.office.api import Actor, Right


def may_build(actor: Actor) -> bool:
    """Whoever has the right to lay out forms."""
    return actor.may(Right.EDIT_FORMS)
