"""Who may see numbers and change telephony; the only place of the package that says so."""

from django.db.models import Q

from starostwo.office.api import Actor, Right


def may_manage(actor: Actor) -> bool:
    """Numbers, groups, lines and hours are set by who runs the system."""
    return actor.may(Right.ADMIN)


def may_set_own(actor: Actor, account_id: int | None) -> bool:
    """Everybody on the staff sets where the calls to his own phone go."""
    return actor.is_staff and account_id is not None and account_id == actor.account_id


def readable_messages(actor: Actor) -> Q:
    """One's own voice messages and one's groups'; those of shared phones hear who run the system."""
    mine = Q(account=actor.account_id) | Q(group__members__extension__account=actor.account_id)
    return mine | Q(account=None, group=None) if may_manage(actor) else mine
