"""Who may do what with the bulletin; the only place that says so.

The bulletin is public: everybody reads what is published. Drafts are the editors' own matter.
"""

from starostwo.bulletin.models import Version
from starostwo.office.api import Actor, Right


class NotAnEditor(Exception):
    """The person may not edit the bulletin."""


def may_edit(actor: Actor) -> bool:
    """Editors write informations, keep the sections and withdraw."""
    return actor.may(Right.EDIT_BULLETIN)


def may_keep_rules(actor: Actor) -> bool:
    """Editors, and who co-ordinates the office's records, say which classes are published where."""
    return may_edit(actor) or actor.may(Right.COORDINATE)


def may_approve(actor: Actor, version: Version) -> bool:
    """Another editor than those who wrote the version; the database refuses them too."""
    return may_edit(actor) and actor.account_id not in version.authors
