"""Who may see assets and change them; the only place of the package that says so.

Law: u.o.r. art. 4 ust. 5 (the head of the unit answers for stock-taking), ufp art. 53.
"""

from collections.abc import Sequence
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from starostwo.assets.models import (
    Asset,
    BookRow,
    Disposal,
    Document,
    DocumentLine,
    RoomKeeper,
    Sale,
    ServiceContract,
    Sheet,
    StockTake,
)
from starostwo.assets.rules.signing import APPROVES, BOOKS, COMMISSION, PARTIES_SEE, RECORDS
from starostwo.office.api import Actor, Right, places

SEES_ALL = (
    Right.MANAGE_ASSETS, Right.COUNT_ASSETS, Right.READ_BOOKS, Right.KEEP_BOOKS, Right.CHIEF_ACCOUNTANT,
    Right.TREASURER, Right.INSPECT,
)  # fmt: skip


def sees_all(actor: Actor) -> bool:
    """The register as a whole is for those who keep it, count it, post from it or inspect it."""
    return actor.is_staff and any(actor.may(right) for right in SEES_ALL)


def visible_assets(actor: Actor) -> QuerySet[Asset]:
    """Everybody else on the staff sees what he answers for or uses, and all in rooms that he keeps."""
    if sees_all(actor):
        return Asset.objects.all()
    if not actor.is_staff:
        return Asset.objects.none()
    mine = (actor.account_id, *actor.in_place_of)
    rooms = [places.within(path, "place__") for path in kept_rooms(mine)]
    return Asset.objects.filter(reduce(or_, rooms, Q(keeper_id__in=mine) | Q(user_id__in=mine)))


def kept_rooms(accounts: Sequence[int]) -> list[str]:
    """The paths of the places that these people look after today."""
    rows = RoomKeeper.objects.filter(account_id__in=accounts, until_on=None)
    return list(rows.values_list("place__path", flat=True))


def visible_documents(actor: Actor) -> QuerySet[Document]:
    """Documents are for those who see the whole register, and for whoever gives or takes a thing by one."""
    if sees_all(actor):
        return Document.objects.all()
    if not actor.is_staff:
        return Document.objects.none()
    mine = (actor.account_id, *actor.in_place_of)
    named = Q(keeper_from__in=mine) | Q(keeper_to__in=mine) | Q(user_to__in=mine)
    lines = DocumentLine.objects.filter(named, document__kind__in=PARTIES_SEE)
    return Document.objects.filter(pk__in=lines.values("document_id"))


def signs_as(actor: Actor) -> set[str]:
    """The roles on papers that a post gives, beside those of the people who are named on them."""
    held = {
        RECORDS: may_manage(actor),
        BOOKS: actor.may(Right.KEEP_BOOKS) or actor.may(Right.CHIEF_ACCOUNTANT),
        APPROVES: actor.may(Right.TREASURER),
        COMMISSION: may_manage(actor),
    }
    return {role for role, is_held in held.items() if is_held}


def may_manage(actor: Actor) -> bool:
    """Documents are written by those who keep the register."""
    return actor.may(Right.MANAGE_ASSETS)


def may_check_rates(actor: Actor) -> bool:
    """Rates and the limit of low value are checked by the chief accountant or the treasurer."""
    return actor.may(Right.CHIEF_ACCOUNTANT) or actor.may(Right.TREASURER)


def may_keep_tax(actor: Actor) -> bool:
    """Depreciation for tax is kept by whoever keeps the register or checks its rates."""
    return may_manage(actor) or may_check_rates(actor)


def visible_stock_takes(actor: Actor) -> QuerySet[StockTake]:
    """Stock-takings are seen by whoever sees the register."""
    return StockTake.objects.all() if sees_all(actor) else StockTake.objects.none()


def sheets_to_count(actor: Actor) -> QuerySet[Sheet]:
    """Sheets of the teams to which the person belongs."""
    if not actor.may(Right.COUNT_ASSETS):
        return Sheet.objects.none()
    mine = Sheet.objects.filter(field__team__account=actor.account_id)
    return Sheet.objects.filter(pk__in=mine.values("pk"))


def visible_sheets(actor: Actor) -> QuerySet[Sheet]:
    """Sheets are seen by whoever sees the register; a closed one also by whoever answers for things on it."""
    if sees_all(actor):
        return Sheet.objects.all()
    if not actor.is_staff:
        return Sheet.objects.none()
    kept = BookRow.objects.filter(keeper_id__in=(actor.account_id, *actor.in_place_of))
    return Sheet.objects.filter(closed_at__isnull=False, field__in=kept.values("field_id"))


def may_decide_disposals(actor: Actor) -> bool:
    """Liquidation is approved by the treasurer, for the head of the unit."""
    return actor.may(Right.TREASURER)


def visible_disposals(actor: Actor) -> QuerySet[Disposal]:
    """Applications are seen by whoever sees the register, decides on them or sits in the commission."""
    if sees_all(actor) or may_decide_disposals(actor):
        return Disposal.objects.all()
    return (
        Disposal.objects.filter(commission__account=actor.account_id)
        if actor.is_staff
        else Disposal.objects.none()
    )


def visible_contracts(actor: Actor) -> QuerySet[ServiceContract]:
    """Contracts are seen by whoever sees the register, and by whoever minds one."""
    if sees_all(actor):
        return ServiceContract.objects.all()
    mine = (actor.account_id, *actor.in_place_of)
    return ServiceContract.objects.filter(keeper_id__in=mine if actor.is_staff else ())


def visible_sales(actor: Actor) -> QuerySet[Sale]:
    """Sales under way are seen by the whole staff; ended ones by who sees the register or made an offer."""
    if sees_all(actor):
        return Sale.objects.all()
    if not actor.is_staff:
        return Sale.objects.none()
    offered = Sale.objects.filter(bids__account_id=actor.account_id)
    return Sale.objects.filter(Q(state=Sale.State.OFFERED) | Q(pk__in=offered.values("pk")))


def may_invoice_sales(actor: Actor) -> bool:
    """Whoever keeps books notes the invoice of a sale."""
    return actor.may(Right.KEEP_BOOKS)
