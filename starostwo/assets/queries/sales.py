"""Sales of used things: who may see which offers, what waits for an invoice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from starostwo.assets import access
from starostwo.assets.models import Asset, Bid, Sale
from starostwo.assets.rules import selling as rules
from starostwo.office.api import Actor

MOST = 20


def one(sale_id: int, *, actor: Actor) -> Sale | None:
    """One sale."""
    rows = access.visible_sales(actor).select_related("chosen", "document")
    return rows.filter(pk=sale_id).first()


def things(sale: Sale) -> list[Asset]:
    """What is sold in it."""
    rows = Asset.objects.filter(pk__in=sale.items.values("asset_id"))
    return list(rows.select_related("place").order_by("number"))


def bids(sale: Sale, *, actor: Actor, now: datetime) -> list[Bid]:
    """The standing offers, the winning one by rule first; hidden from all while the highest is sought."""
    is_open = now < sale.closes_at and sale.state == Sale.State.OFFERED
    if not access.sees_all(actor) or not rules.shows_amounts(sale.way, is_open=is_open):
        return []
    order = ("placed_at", "id") if sale.way == rules.FIRST else ("-amount", "placed_at", "id")
    return list(sale.bids.filter(withdrawn_at=None).order_by(*order))


def own_bid(sale: Sale, *, actor: Actor) -> Bid | None:
    """The standing offer of this person."""
    return sale.bids.filter(account_id=actor.account_id, withdrawn_at=None).first()


def outside_bids(sale: Sale, *, actor: Actor) -> list[tuple[int, str]]:
    """Who from outside has offered, without the amounts, for the clerk who enters their papers."""
    if not access.may_manage(actor):
        return []
    rows = sale.bids.filter(account=None, withdrawn_at=None).order_by("id")
    return list(rows.values_list("pk", "name"))


@dataclass(frozen=True)
class Sold:
    """What an invoice is made from: the sale, to whom, for what, how much, since when; where to note it."""

    number: str
    buyer: str
    address: str
    title: str
    amount: int
    url: str


def sold_without_invoice(actor: Actor) -> Sequence[Sold]:
    """Sales carried out for which accounting has noted no invoice yet; for those who keep books."""
    if not access.may_invoice_sales(actor):
        return []
    rows = Sale.objects.filter(state=Sale.State.SOLD, invoice="").select_related("chosen")
    return [
        Sold(
            str(one), one.chosen.name, one.chosen.address, one.title, one.chosen.amount,
            f"/urzad/majatek/sprzedaze/{one.pk}/",
        )
        for one in rows.order_by("id")[:MOST]
        if one.chosen
    ]  # fmt: skip
