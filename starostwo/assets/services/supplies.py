"""Consumables: bought, issued to people by pieces, returned, counted; what employees ask for.

Law: u.o.r. art. 17 ust. 2 (materials kept by quantity).
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from starostwo.assets.models import Supply, SupplyMove, Wish
from starostwo.assets.services.numbering import take_numbers
from starostwo.assets.services.writing import Refused, must_manage
from starostwo.audit import api as audit
from starostwo.office.api import Actor

SIGNS = {"BOUGHT": 1, "RETURNED": 1, "ISSUED": -1}


@dataclass(frozen=True)
class NewSupply:
    """What is kept in a store, in what it is measured, from how little on it is bought again."""

    name: str
    unit: str
    place: int
    least: int = 0
    fits: str = ""


@dataclass(frozen=True)
class Moved:
    """What happened: bought, issued, returned, or the quantity that was counted."""

    kind: str
    quantity: int
    on: date
    account: int | None = None
    note: str = ""


@transaction.atomic
def keep(new: NewSupply, *, actor: Actor, today: date, now: datetime) -> Supply:
    """Begin to keep a consumable; it gets a number for its label."""
    must_manage(actor)
    if not new.name.strip() or not new.unit.strip():
        raise Refused("name", "Podaj nazwę i jednostkę miary.")
    [number] = take_numbers("ME", today.year, 1)
    made = Supply.objects.create(
        number=f"ME/{today.year}/{number:04d}", name=new.name.strip(), unit=new.unit.strip(),
        place_id=new.place, least=new.least, fits=new.fits.strip(),
    )  # fmt: skip
    _note(made, "keep", actor, now)
    return made


@transaction.atomic
def move(
    supply_id: int, told: Moved, *, actor: Actor, today: date, now: datetime, wish: Wish | None = None
) -> SupplyMove:
    """Write a move; more than there is cannot be issued."""
    must_manage(actor)
    supply = Supply.objects.select_for_update(of=("self",)).filter(pk=supply_id, is_kept=True).first()
    if supply is None:
        raise Refused("quantity", "Nie prowadzi się takiego materiału.")
    if told.on > today:
        raise Refused("on", "Dzień nie może być późniejszy niż dzisiaj.")
    if told.kind == "ISSUED" and told.account is None:
        raise Refused("account", "Podaj, komu wydano.")
    change = told.quantity - supply.quantity if told.kind == "COUNTED" else told.quantity * SIGNS[told.kind]
    if told.quantity < (0 if told.kind == "COUNTED" else 1) or change == 0:
        raise Refused("quantity", "Podaj ilość, która coś zmienia.")
    if supply.quantity + change < 0:
        raise Refused("quantity", f"W magazynie jest {supply.quantity} {supply.unit}. Podaj nie więcej.")
    made = SupplyMove.objects.create(
        supply=supply, kind=told.kind, quantity=change, account_id=told.account, wish=wish, on=told.on,
        note=told.note.strip(), made_at=now, made_by_name=actor.name,
    )  # fmt: skip
    _note(supply, told.kind.lower(), actor, now, quantity=change, account=told.account)
    return made


@transaction.atomic
def ask(text: str, *, supply_id: int | None, quantity: int, actor: Actor, now: datetime) -> Wish:
    """An employee asks for equipment or a consumable."""
    if not text.strip() and supply_id is None:
        raise Refused("text", "Napisz, czego potrzebujesz i do czego.")
    return Wish.objects.create(
        account_id=actor.account_id, supply_id=supply_id, quantity=quantity, text=text.strip(), asked_at=now
    )


@transaction.atomic
def answer(wish_id: int, *, grants: bool, words: str, actor: Actor, today: date, now: datetime) -> Wish:
    """Grant a request, which issues the consumable, or refuse it with the reason."""
    must_manage(actor)
    wish = Wish.objects.select_for_update(of=("self",)).filter(pk=wish_id, state=Wish.State.WAITING).first()
    if wish is None:
        raise Refused("words", "To zapotrzebowanie jest już załatwione.")
    if not grants and not words.strip():
        raise Refused("words", "Napisz, dlaczego odmawiasz.")
    if grants and wish.supply_id is not None:
        issued = Moved("ISSUED", wish.quantity, today, wish.account_id, "zapotrzebowanie")
        move(wish.supply_id, issued, actor=actor, today=today, now=now, wish=wish)
    wish.state = Wish.State.GRANTED if grants else Wish.State.REFUSED
    return _answered(wish, words, actor, now)


@transaction.atomic
def withdraw(wish_id: int, *, actor: Actor, now: datetime) -> Wish:
    """The employee takes the request back."""
    rows = Wish.objects.select_for_update(of=("self",))
    wish = rows.filter(pk=wish_id, account_id=actor.account_id, state=Wish.State.WAITING).first()
    if wish is None:
        raise Refused("words", "To zapotrzebowanie jest już załatwione.")
    wish.state = Wish.State.WITHDRAWN
    return _answered(wish, "", actor, now)


def _answered(wish: Wish, words: str, actor: Actor, now: datetime) -> Wish:
    wish.answer, wish.answered_at, wish.answered_by_name = words.strip(), now, actor.name
    wish.save(update_fields=["state", "answer", "answered_at", "answered_by_name"])
    return wish


def _note(supply: Supply, verb: str, actor: Actor, now: datetime, **payload: object) -> None:
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb=verb, thing=f"assets.supply:{supply.pk}",
        payload={"number": supply.number, **payload}, at=now,
    )  # fmt: skip
