"""Selling used things: announced, offers taken, one chosen, carried out by an LT, its invoice noted.

Law: board resolutions of counties on giving away movables; from memory, to be checked with the county's own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from starostwo.assets import access
from starostwo.assets.models import Asset, Bid, Sale, SaleItem
from starostwo.assets.rules import selling as rules
from starostwo.assets.services import documents
from starostwo.assets.services.describing import NoSuchAsset
from starostwo.assets.services.numbering import take_numbers
from starostwo.assets.services.writing import Header, MayNotManage, Refused, must_manage
from starostwo.audit import api as audit
from starostwo.channels import api as channels
from starostwo.office import api as office
from starostwo.office.api import Actor

SUBJECT = "Wybrano Twoją ofertę"
CHOSEN = "Twoja oferta kupna w sprzedaży {} została wybrana. Szczegóły: Majątek, Sprzedaże."


@dataclass(frozen=True)
class Announced:
    """What an announcement says."""

    title: str
    text: str
    audience: str
    way: str
    price: int
    opens_at: datetime
    closes_at: datetime


@transaction.atomic
def announce_sale(
    asset_ids: Sequence[int], said: Announced, *, actor: Actor, today: date, now: datetime
) -> Sale:
    """Offer things together; none of them may be in another sale."""
    must_manage(actor)
    if said.price < 1:
        raise Refused("price", "Podaj cenę wyższą od zera.")
    if said.closes_at <= max(said.opens_at, now):
        raise Refused("closes_at", "Termin składania ofert musi być późniejszy niż początek i niż teraz.")
    found = list(Asset.objects.filter(pk__in=asset_ids, state=Asset.State.IN_USE).order_by("pk"))
    if not found or len(found) != len(set(asset_ids)):
        raise Refused("assets", "Wybierz składniki, które są w używaniu.")
    [number] = take_numbers("SP", today.year, 1)
    made = Sale.objects.create(
        year=today.year, number=number, title=said.title.strip(), text=said.text.strip(),
        audience=said.audience, way=said.way, price=said.price, opens_at=said.opens_at,
        closes_at=said.closes_at, made_by_id=actor.account_id, made_by_name=actor.name,
    )  # fmt: skip
    try:
        with transaction.atomic():
            SaleItem.objects.bulk_create(SaleItem(sale=made, asset=asset) for asset in found)
    except IntegrityError as error:
        raise Refused("assets", "Jeden z tych składników jest już w innej sprzedaży.") from error
    _note(made, "announce", actor, now, assets=[asset.number for asset in found], price=said.price)
    return made


@dataclass(frozen=True)
class Outsider:
    """Who offers from outside the office: a name and an address."""

    name: str
    address: str


@transaction.atomic
def bid(sale_id: int, amount: int, *, actor: Actor, now: datetime, outsider: Outsider | None = None) -> Bid:
    """Take an offer: an employee's own, or one on paper from outside that a clerk enters."""
    sale = _locked(sale_id, Sale.State.OFFERED)
    if not rules.is_open(sale.opens_at, sale.closes_at, now):
        raise Refused("amount", "Ofert już albo jeszcze się nie przyjmuje.")
    try:
        rules.check_amount(sale.way, amount, price=sale.price)
    except rules.NotAnOffer as error:
        raise Refused("amount", str(error)) from error
    who = _bidder(sale, actor, outsider)
    try:
        with transaction.atomic():
            made = Bid.objects.create(
                sale=sale, amount=amount, placed_at=now, entered_by_name=actor.name, **who
            )
    except IntegrityError as error:
        raise Refused("amount", "Masz już ofertę w tej sprzedaży. Wycofaj ją i złóż nową.") from error
    _note(sale, "bid", actor, now, bid=made.pk)
    return made


def _bidder(sale: Sale, actor: Actor, outsider: Outsider | None) -> dict[str, object]:
    if outsider is not None:
        must_manage(actor)
        if sale.audience != rules.ANYBODY:
            raise Refused("name", "Ta sprzedaż jest tylko dla pracowników.")
        if not (outsider.name.strip() and outsider.address.strip()):
            raise Refused("address", "Podaj, kto składa ofertę i jego adres.")
        return {"name": outsider.name.strip(), "address": outsider.address.strip()}
    if not actor.is_staff:
        raise MayNotManage
    if sale.made_by_id == actor.account_id:
        raise Refused("amount", "Kto ogłosił sprzedaż, nie może w niej kupować.")
    return {"account_id": actor.account_id, "name": actor.name}


@transaction.atomic
def withdraw_bid(bid_id: int, *, actor: Actor, now: datetime) -> Bid:
    """Take back one's own offer while offers are taken; a clerk does so for somebody outside."""
    rows = Bid.objects.select_for_update(of=("self",)).select_related("sale")
    found = rows.filter(pk=bid_id, withdrawn_at=None, sale__state=Sale.State.OFFERED).first()
    if found is None or not (
        found.account_id == actor.account_id or (found.account_id is None and access.may_manage(actor))
    ):
        raise NoSuchAsset(bid_id)
    if not rules.is_open(found.sale.opens_at, found.sale.closes_at, now):
        raise Refused("amount", "Po terminie oferty nie można wycofać.")
    found.withdrawn_at = now
    found.save(update_fields=["withdrawn_at"])
    _note(found.sale, "withdraw_bid", actor, now, bid=found.pk)
    return found


@transaction.atomic
def choose(sale_id: int, bid_id: int, reason: str, *, actor: Actor, today: date, now: datetime) -> Sale:
    """Choose an offer; another than the rule says needs a reason."""
    must_manage(actor)
    sale = _locked(sale_id, Sale.State.OFFERED)
    if not rules.may_choose(sale.way, is_open=now < sale.closes_at):
        raise Refused("bid", "Najwyższą ofertę wybiera się dopiero po terminie składania ofert.")
    standing = {one.pk: one for one in sale.bids.filter(withdrawn_at=None)}
    best = rules.taken_by_rule(
        sale.way, [rules.Offered(one.pk, one.amount, one.placed_at) for one in standing.values()]
    )
    if bid_id not in standing:
        raise Refused("bid", "Wybierz ofertę, której nie wycofano.")
    if bid_id != best and not reason.strip():
        raise Refused("reason", "Według zasad wygrywa inna oferta. Napisz, dlaczego wybierasz tę.")
    sale.chosen, sale.chosen_on, sale.chosen_by_name = standing[bid_id], today, actor.name
    sale.reason, sale.state = reason.strip(), Sale.State.CHOSEN
    sale.save()
    _note(sale, "choose", actor, now, bid=bid_id, by_rule=best, reason=sale.reason)
    buyer = standing[bid_id].account_id
    for address in office.colleagues.emails([buyer] if buyer else []).values():
        words = CHOSEN.format(sale)
        channels.tell(channels.Notice(SUBJECT, words, words), email=address, phone="")
    return sale


@transaction.atomic
def carry_out(sale_id: int, *, actor: Actor, today: date, now: datetime) -> Sale:
    """The buyer took the things: they leave the register by an LT."""
    must_manage(actor)
    sale = _locked(sale_id, Sale.State.CHOSEN)
    if sale.chosen is None:
        raise NoSuchAsset(sale_id)
    things = list(sale.items.values_list("asset_id", flat=True))
    header = Header(today, f"sprzedaż {sale}: {sale.title}", sale.chosen.name)
    sale.document = documents.liquidate(things, header, way="SALE", actor=actor, today=today, now=now)
    sale.state = Sale.State.SOLD
    sale.save()
    sale.items.update(is_live=False)
    _note(sale, "carry_out", actor, now, document=str(sale.document), amount=sale.chosen.amount)
    return sale


@transaction.atomic
def call_off(sale_id: int, reason: str, *, actor: Actor, now: datetime) -> Sale:
    """Nobody buys, or the buyer does not take the things: they stay in the register."""
    must_manage(actor)
    rows = Sale.objects.select_for_update(of=("self",))
    sale = rows.filter(pk=sale_id, state__in=[Sale.State.OFFERED, Sale.State.CHOSEN]).first()
    if sale is None:
        raise NoSuchAsset(sale_id)
    if not reason.strip():
        raise Refused("reason", "Napisz, dlaczego odwołujesz sprzedaż.")
    sale.state, sale.reason = Sale.State.WITHDRAWN, reason.strip()
    sale.save(update_fields=["state", "reason"])
    sale.items.update(is_live=False)
    _note(sale, "call_off", actor, now, reason=sale.reason)
    return sale


@transaction.atomic
def note_invoice(sale_id: int, number: str, *, actor: Actor, now: datetime) -> Sale:
    """Accounting notes by which invoice or bill the things were sold; then nothing waits for it."""
    if not access.may_invoice_sales(actor):
        raise MayNotManage
    sale = _locked(sale_id, Sale.State.SOLD)
    if sale.invoice:
        raise Refused("invoice", f"Zapisano już {sale.invoice}.")
    if not number.strip():
        raise Refused("invoice", "Podaj numer faktury albo rachunku.")
    sale.invoice = number.strip()
    sale.save(update_fields=["invoice"])
    _note(sale, "note_invoice", actor, now, invoice=sale.invoice)
    return sale


def _locked(sale_id: int, state: str) -> Sale:
    rows = Sale.objects.select_for_update(of=("self",)).select_related("chosen")
    found = rows.filter(pk=sale_id, state=state).first()
    if found is None:
        raise NoSuchAsset(sale_id)
    return found


def _note(sale: Sale, verb: str, actor: Actor, now: datetime, **payload: object) -> None:
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb=verb, thing=f"assets.sale:{sale.pk}",
        payload={"number": str(sale), **payload}, at=now,
    )  # fmt: skip
