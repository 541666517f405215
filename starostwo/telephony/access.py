"""Who may see numbers and change telephony; the only place of the package that says so."""

from starostwo.infrastructure import api as infrastructure
from starostwo.office.api import Actor, Right

SEE_DEVICES = (Right.ADMIN, Right.MANAGE_NETWORK, Right.WORK_ORDERS)


def may_manage(actor: Actor) -> bool:
    """Numbers, groups, lines and hours are set by who runs the system."""
    return actor.may(Right.ADMIN)


def may_see_devices(actor: Actor) -> bool:
    """Desk phones are seen by who runs the system, and by those who keep the network that they hang on."""
    return may_manage(actor) or infrastructure.may_see(actor)


def may_set_own(actor: Actor, account_id: int | None) -> bool:
    """Everybody on the staff sets where the calls to his own phone go."""
    return actor.is_staff and account_id is not None and account_id == actor.account_id
