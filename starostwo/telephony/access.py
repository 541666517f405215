"""Who may see numbers and change telephony; the only place of the package that says so."""

from django.db.models import Q

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


def calls_seen_by(actor: Actor) -> Q:
    """Everybody sees the calls of his own phone, a head those of his units, who runs telephony all."""
    if may_manage(actor):
        return Q()
    own = Q(caller_account=actor.account_id) | Q(callee_account=actor.account_id)
    return own | Q(caller_unit__in=actor.leads) | Q(callee_unit__in=actor.leads)


def may_see_sums(actor: Actor) -> bool:
    """Costs and statistics are for heads, of their units, and for who runs telephony."""
    return may_manage(actor) or bool(actor.leads)


def units_seen_by(actor: Actor) -> frozenset[str] | None:
    """The units whose costs and statistics somebody sees; None is all."""
    return None if may_manage(actor) else actor.leads


def readable_messages(actor: Actor) -> Q:
    """One's own voice messages and one's groups'; those of shared phones hear who run the system."""
    mine = Q(account=actor.account_id) | Q(group__members__extension__account=actor.account_id)
    return mine | Q(account=None, group=None) if may_manage(actor) else mine
