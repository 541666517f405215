"""Licences with seats and dates: never more in use than bought; a freed seat stays in the history."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from starostwo.assets.models import Licence, Seat
from starostwo.assets.services.describing import NoSuchAsset
from starostwo.assets.services.writing import Refused, must_manage
from starostwo.audit import api as audit
from starostwo.office.api import Actor


@dataclass(frozen=True)
class NewLicence:
    """What a licence says."""

    name: str
    kind: str
    seats: int
    valid_from: date
    valid_until: date | None = None
    contract: str = ""
    asset: int | None = None


@transaction.atomic
def enter(new: NewLicence, *, actor: Actor, now: datetime) -> Licence:
    """Enter a licence."""
    must_manage(actor)
    if new.valid_until is not None and new.valid_until < new.valid_from:
        raise Refused("valid_until", "Licencja nie może skończyć się przed początkiem.")
    made = Licence.objects.create(
        name=new.name.strip(), kind=new.kind.strip(), seats=new.seats, valid_from=new.valid_from,
        valid_until=new.valid_until, contract=new.contract.strip(), asset_id=new.asset, entered_at=now,
        entered_by_name=actor.name,
    )  # fmt: skip
    _note(made, "enter", actor, now, seats=new.seats)
    return made


@transaction.atomic
def give_seat(
    licence_id: int, *, account: int | None, asset: int | None, actor: Actor, today: date, now: datetime
) -> Seat:
    """Give a seat to a person or to a computer."""
    must_manage(actor)
    licence = Licence.objects.select_for_update(of=("self",)).filter(pk=licence_id).first()
    if licence is None:
        raise NoSuchAsset(licence_id)
    if (account is None) == (asset is None):
        raise Refused("account", "Podaj osobę albo komputer, jedno z nich.")
    if licence.valid_until is not None and licence.valid_until < today:
        raise Refused("account", "Ta licencja już wygasła.")
    try:
        with transaction.atomic():
            made = Seat.objects.create(
                licence=licence, account_id=account, asset_id=asset, since_on=today, given_by_name=actor.name
            )
    except IntegrityError as error:
        if "licence_has_a_free_seat" in str(error):
            raise Refused("account", f"Wszystkie stanowiska ({licence.seats}) są zajęte.") from error
        raise Refused("account", "To stanowisko jest już przydzielone.") from error
    _note(licence, "give_seat", actor, now, account=account, asset=asset)
    return made


@transaction.atomic
def free_seat(seat_id: int, *, actor: Actor, today: date, now: datetime) -> Seat:
    """Free a seat."""
    must_manage(actor)
    rows = Seat.objects.select_for_update(of=("self",)).select_related("licence")
    seat = rows.filter(pk=seat_id, until_on=None).first()
    if seat is None:
        raise NoSuchAsset(seat_id)
    seat.until_on = today
    seat.save(update_fields=["until_on"])
    _note(seat.licence, "free_seat", actor, now)
    return seat


def _note(licence: Licence, verb: str, actor: Actor, now: datetime, **payload: object) -> None:
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb=verb, thing=f"assets.licence:{licence.pk}",
        payload={"name": licence.name, **payload}, at=now,
    )  # fmt: skip
