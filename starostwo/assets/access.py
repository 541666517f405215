"""Who may see assets and change them; the only place of the package that says so.

Law: u.o.r. art. 4 ust. 5 (the head of the unit answers for stock-taking), ufp art. 53.
"""

from django.db.models import Q, QuerySet

from starostwo.assets.models import Asset, Document
from starostwo.office.api import Actor, Right

SEES_ALL = (
    Right.MANAGE_ASSETS, Right.COUNT_ASSETS, Right.READ_BOOKS, Right.KEEP_BOOKS, Right.CHIEF_ACCOUNTANT,
    Right.TREASURER, Right.INSPECT,
)  # fmt: skip


def sees_all(actor: Actor) -> bool:
    """The register as a whole is for those who keep it, count it, post from it or inspect it."""
    return actor.is_staff and any(actor.may(right) for right in SEES_ALL)


def visible_assets(actor: Actor) -> QuerySet[Asset]:
    """Everybody else on the staff sees what he answers for or uses."""
    if sees_all(actor):
        return Asset.objects.all()
    if not actor.is_staff:
        return Asset.objects.none()
    mine = (actor.account_id, *actor.in_place_of)
    return Asset.objects.filter(Q(keeper_id__in=mine) | Q(user_id__in=mine))


def visible_documents(actor: Actor) -> QuerySet[Document]:
    """Documents are for those who see the whole register."""
    return Document.objects.all() if sees_all(actor) else Document.objects.none()


def may_manage(actor: Actor) -> bool:
    """Documents are written by those who keep the register."""
    return actor.may(Right.MANAGE_ASSETS)


def may_check_rates(actor: Actor) -> bool:
    """Rates and the limit of low value are checked by the chief accountant or the treasurer."""
    return actor.may(Right.CHIEF_ACCOUNTANT) or actor.may(Right.TREASURER)
