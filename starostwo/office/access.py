"""Who may do what with units, people and stand-ins; the only place of the office that says so."""

from datetime import date

from starostwo.office.actor import Actor, Mandate
from starostwo.office.models import Account, Holding, Right
from starostwo.office.models.ranges import on_day


def may_manage(actor: Actor) -> bool:
    """Structure, posts, people and accounts are kept by administrators."""
    return actor.may(Right.ADMIN)


def may_see_sign_ins(actor: Actor) -> bool:
    """The log of log-ins and of reads is for the data protection officer."""
    return actor.may(Right.PRIVACY)


def absence_mandate(actor: Actor, account_id: int, *, today: date) -> Mandate | None:
    """By whose mandate the absence may be set, if any: the actor's own first, then those of the absent.

    Everybody sets his own absence, a head that of his people, an administrator everybody's.
    """
    if actor.own.account_id == account_id:
        return actor.own
    mandates = (actor.own, *actor.absent)
    units = _units_of(account_id, today) if any(mandate.heads for mandate in mandates) else set()
    fitting = (m for m in mandates if Right.ADMIN in m.rights or not m.heads.isdisjoint(units))
    return next(fitting, None)


def _units_of(account_id: int, today: date) -> set[str]:
    held = Holding.objects.filter(on_day(today), on_day(today, "post__"), account_id=account_id)
    return set(held.values_list("post__unit__symbol", flat=True))


def may_hold_posts(account: Account) -> bool:
    """Posts and stand-ins are for staff whose account is open."""
    return account.kind == Account.Kind.STAFF and account.is_active
