"""Contracts that cover things: entered, prolonged, ended; which things they cover."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from starostwo.assets.models import Asset, CoveredAsset, ServiceContract
from starostwo.assets.services.describing import NoSuchAsset
from starostwo.assets.services.writing import Refused, must_manage
from starostwo.audit import api as audit
from starostwo.office.api import Actor


@dataclass(frozen=True)
class Said:
    """What a contract says; the same when it is changed."""

    kind: str
    number: str
    name: str
    party: str
    valid_from: date
    valid_until: date | None = None
    notice_days: int = 60
    keeper: int | None = None
    contact: str = ""
    cost: int | None = None
    note: str = ""


@transaction.atomic
def enter(said: Said, *, actor: Actor, now: datetime) -> ServiceContract:
    """Enter a contract."""
    must_manage(actor)
    _check(said)
    made = ServiceContract.objects.create(**_columns(said), entered_at=now, entered_by_name=actor.name)
    _note(made, "enter", actor, now, name=made.name, until=str(made.valid_until or ""))
    return made


@transaction.atomic
def change(contract_id: int, said: Said, *, actor: Actor, now: datetime) -> ServiceContract:
    """Write a contract down better, or prolong it: a new term is announced anew."""
    contract = _open(contract_id, actor)
    _check(said)
    columns = _columns(said)
    changed = {name: value for name, value in columns.items() if getattr(contract, name) != value}
    if changed:
        for name, value in changed.items():
            setattr(contract, name, value)
        contract.save(update_fields=list(changed))
        _note(contract, "change", actor, now, **{name: str(value or "") for name, value in changed.items()})
    return contract


@transaction.atomic
def end(contract_id: int, *, actor: Actor, today: date, now: datetime) -> ServiceContract:
    """The contract is over before its term, or one without a term is."""
    contract = _open(contract_id, actor)
    if contract.valid_from > today:
        raise Refused("contract", "Umowa jeszcze się nie zaczęła.")
    CoveredAsset.objects.filter(contract=contract, until_on=None).update(until_on=today)
    contract.ended_on = today
    contract.save(update_fields=["ended_on"])
    _note(contract, "end", actor, now)
    return contract


@transaction.atomic
def cover(contract_id: int, asset_id: int, *, actor: Actor, today: date, now: datetime) -> CoveredAsset:
    """A thing comes under a contract."""
    contract = _open(contract_id, actor)
    asset = Asset.objects.filter(pk=asset_id, state=Asset.State.IN_USE).first()
    if asset is None:
        raise NoSuchAsset(asset_id)
    try:
        with transaction.atomic():
            made = CoveredAsset.objects.create(contract=contract, asset=asset, since_on=today)
    except IntegrityError as error:
        raise Refused("asset", "Ta umowa obejmuje już ten składnik.") from error
    _note(contract, "cover", actor, now, asset=asset.number)
    return made


@transaction.atomic
def uncover(covered_id: int, *, actor: Actor, today: date, now: datetime) -> CoveredAsset:
    """The contract covers the thing no more."""
    must_manage(actor)
    rows = CoveredAsset.objects.select_for_update(of=("self",)).select_related("contract", "asset")
    found = rows.filter(pk=covered_id, until_on=None).first()
    if found is None:
        raise NoSuchAsset(covered_id)
    found.until_on = today
    found.save(update_fields=["until_on"])
    _note(found.contract, "uncover", actor, now, asset=found.asset.number)
    return found


def _check(said: Said) -> None:
    if said.valid_until is not None and said.valid_until < said.valid_from:
        raise Refused("valid_until", "Umowa nie może skończyć się przed początkiem.")


def _columns(said: Said) -> dict[str, Any]:
    told = asdict(said)
    told["keeper_id"] = told.pop("keeper")
    return {name: value.strip() if isinstance(value, str) else value for name, value in told.items()}


def _open(contract_id: int, actor: Actor) -> ServiceContract:
    must_manage(actor)
    rows = ServiceContract.objects.select_for_update(of=("self",))
    found = rows.filter(pk=contract_id, ended_on=None).first()
    if found is None:
        raise NoSuchAsset(contract_id)
    return found


def _note(contract: ServiceContract, verb: str, actor: Actor, now: datetime, **payload: object) -> None:
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb=verb, thing=f"assets.contract:{contract.pk}",
        payload={"number": contract.number, **payload}, at=now,
    )  # fmt: skip
