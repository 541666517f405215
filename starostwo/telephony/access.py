"""Who may see numbers and change telephony; the only place of the package that says so."""

from starostwo.office.api import Actor, Right


def may_manage(actor: Actor) -> bool:
    """Numbers, groups, lines and hours are set by who runs the system."""
    return actor.may(Right.ADMIN)


def may_set_own(actor: Actor, account_id: int | None) -> bool:
    """Everybody on the staff sets where the calls to his own phone go."""
    return actor.is_staff and account_id is not None and account_id == actor.account_id
