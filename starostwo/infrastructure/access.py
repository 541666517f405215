"""Who may see the infrastructure and change it; the only place of the package that says so.

How the office's network is built is not for everybody: only those who keep it or work on it see it.
"""

from starostwo.office.api import Actor, Right

SEERS = (Right.MANAGE_NETWORK, Right.WORK_ORDERS)


def may_see(actor: Actor) -> bool:
    """Devices, cables and addresses are seen by whoever keeps them or works on them."""
    return actor.is_staff and any(actor.may(right) for right in SEERS)


def may_manage(actor: Actor) -> bool:
    """The registers are kept by network administrators."""
    return actor.is_staff and actor.may(Right.MANAGE_NETWORK)


def may_work(actor: Actor) -> bool:
    """Work orders are done by technicians and by those who keep the registers."""
    return may_see(actor)
