"""Terms of depreciation for tax, with dated rates; readings of use.

Law: u.p.d.o.p. art. 16h ust. 2, art. 16i ust. 5; u.o.r. art. 32 ust. 2 pkt 3. From memory, to be checked.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from starostwo.assets import access
from starostwo.assets.models import Asset, TaxTerms, UseReading
from starostwo.assets.queries.values import changes_of
from starostwo.assets.rules import tax as rules
from starostwo.assets.rules.kinds import BY_USE, DECLINING, LINEAR
from starostwo.assets.rules.methods import Choice, NotAllowed, Terms, check_choice
from starostwo.assets.services.describing import NoSuchAsset
from starostwo.assets.services.writing import MayNotManage, Refused, must_manage
from starostwo.audit import api as audit
from starostwo.office.api import Actor


@dataclass(frozen=True)
class NewTerms:
    """What is set for tax from a day on."""

    since: date
    method: str
    rate: int
    ground: str
    factor: int = 100
    written_off: int = 0


@transaction.atomic
def set_terms(asset_id: int, new: NewTerms, *, actor: Actor, now: datetime) -> TaxTerms:
    """Keep tax for an asset, or change its rate from the beginning of a year."""
    if not access.may_keep_tax(actor):
        raise MayNotManage
    asset = _locked(asset_id, actor)
    before = [
        Terms(one.since, one.rate, one.method, one.factor) for one in TaxTerms.objects.filter(asset=asset)
    ]
    _check(asset, new, before)
    made = TaxTerms.objects.create(
        asset=asset, since=new.since, method=new.method, rate=new.rate, factor=new.factor,
        written_off=new.written_off, ground=new.ground.strip(), set_at=now, set_by_name=actor.name,
    )  # fmt: skip
    _note(asset, "set_tax", actor, now, since=new.since.isoformat(), method=new.method, rate=new.rate)
    return made


def _check(asset: Asset, new: NewTerms, before: list[Terms]) -> None:
    told = Terms(new.since, new.rate, new.method, new.factor)
    try:
        rules.check_terms(told, before)
        if new.method == DECLINING:
            check_choice(
                Choice(DECLINING, factor=new.factor, ground=new.ground), kst_code=asset.kst_code, is_tax=True
            )
    except (rules.WrongTerms, NotAllowed) as error:
        raise Refused(error.field, error.words) from error
    if new.method in (LINEAR, DECLINING) and not 0 < new.rate <= 10_000:
        raise Refused("rate", "Podaj stawkę roczną od 0,01 % do 100 %.")
    if not new.ground.strip():
        raise Refused("ground", "Podaj podstawę, na przykład pozycję wykazu stawek.")
    first = rules.first_month(changes_of([asset], is_tax=True)[asset.pk])
    if first is None or new.since < first:
        words = f"Najwcześniej {first:%d.%m.%Y}." if first else "Ten składnik nie ma wartości."
        raise Refused("since", words)
    if before and new.written_off:
        raise Refused("written_off", "Wcześniejsze odpisy podaje się tylko przy pierwszych warunkach.")
    if not 0 <= new.written_off <= asset.value:
        raise Refused("written_off", "Wcześniejsze odpisy nie mogą być większe od wartości.")


@transaction.atomic
def read_use(asset_id: int, units: int, on: date, *, actor: Actor, today: date, now: datetime) -> UseReading:
    """So much work was done since the reading before; the next run writes it off."""
    must_manage(actor)
    asset = _locked(asset_id, actor)
    if asset.method != BY_USE:
        raise NoSuchAsset(asset_id)
    last = UseReading.objects.filter(asset=asset).order_by("-on").first()
    if units < 1:
        raise Refused("units", "Podaj liczbę od 1.")
    if on > today or (asset.taken_on and on < asset.taken_on) or (last and on <= last.on):
        raise Refused("on", "Podaj dzień po poprzednim odczycie i nie późniejszy niż dzisiaj.")
    made = UseReading.objects.create(
        asset=asset, on=on, units=units, entered_at=now, entered_by_name=actor.name
    )
    _note(asset, "read_use", actor, now, units=units, on=on.isoformat())
    return made


def _locked(asset_id: int, actor: Actor) -> Asset:
    rows = access.visible_assets(actor).filter(pk=asset_id, state=Asset.State.IN_USE)
    found = rows.select_for_update(of=("self",)).first()
    if found is None:
        raise NoSuchAsset(asset_id)
    return found


def _note(asset: Asset, verb: str, actor: Actor, now: datetime, **payload: object) -> None:
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb=verb, thing=f"assets.asset:{asset.pk}",
        payload=payload, at=now,
    )  # fmt: skip
