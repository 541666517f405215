"""Liquidation led step by step: application, examination by the commission, decision, the LT.

Law: board resolutions of counties; from memory, to be checked with the county's own.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from starostwo.assets import access
from starostwo.assets.models import Asset, Disposal, DisposalItem, DisposalMember
from starostwo.assets.rules.kinds import WAYS_OUT
from starostwo.assets.services import documents
from starostwo.assets.services.describing import NoSuchAsset
from starostwo.assets.services.numbering import take_numbers
from starostwo.assets.services.writing import Header, MayNotManage, Refused, must_manage
from starostwo.audit import api as audit
from starostwo.office.api import Actor

LEAST_COMMISSION = 3


@transaction.atomic
def apply(
    asset_ids: Sequence[int],
    reason: str,
    commission: Sequence[int],
    *,
    actor: Actor,
    today: date,
    now: datetime,
) -> Disposal:
    """Apply for the liquidation of things; a commission of at least three examines them."""
    must_manage(actor)
    found = list(Asset.objects.filter(pk__in=asset_ids, state=Asset.State.IN_USE).order_by("pk"))
    if not found or len(found) != len(set(asset_ids)):
        raise Refused("assets", "Wybierz składniki, które są w używaniu.")
    if len(set(commission)) < LEAST_COMMISSION:
        raise Refused("commission", "Komisja likwidacyjna ma co najmniej trzy osoby.")
    [number] = take_numbers("WL", today.year, 1)
    made = Disposal.objects.create(
        year=today.year, number=number, reason=reason.strip(), applied_on=today, applied_by_name=actor.name
    )
    DisposalMember.objects.bulk_create(
        DisposalMember(disposal=made, account_id=one) for one in sorted(set(commission))
    )
    DisposalItem.objects.bulk_create(DisposalItem(disposal=made, asset=asset) for asset in found)
    _note(made, "apply", actor, now, assets=[asset.number for asset in found])
    return made


@transaction.atomic
def examine(
    disposal_id: int, finding: str, way: str, *, actor: Actor, today: date, now: datetime
) -> Disposal:
    """The commission wrote down what it saw and how the things should go."""
    disposal = _locked(disposal_id, Disposal.State.APPLIED)
    if not (access.may_manage(actor) or disposal.commission.filter(account_id=actor.account_id).exists()):
        raise MayNotManage
    if not finding.strip():
        raise Refused("finding", "Napisz, co stwierdziła komisja.")
    if way not in WAYS_OUT:
        raise Refused("way", "Wybierz sposób likwidacji.")
    disposal.finding, disposal.way, disposal.examined_on = finding.strip(), way, today
    disposal.state = Disposal.State.EXAMINED
    disposal.save()
    _note(disposal, "examine", actor, now, way=way)
    return disposal


@transaction.atomic
def decide(
    disposal_id: int, *, approves: bool, decision: str, actor: Actor, today: date, now: datetime
) -> Disposal:
    """Whoever decides for the head of the unit approves or refuses."""
    if not access.may_decide_disposals(actor):
        raise MayNotManage
    disposal = _locked(disposal_id, Disposal.State.EXAMINED)
    if not approves and not decision.strip():
        raise Refused("decision", "Napisz, dlaczego odmawiasz.")
    disposal.state = Disposal.State.APPROVED if approves else Disposal.State.REFUSED
    disposal.decided_on, disposal.decided_by_name, disposal.decision = today, actor.name, decision.strip()
    disposal.save()
    _note(disposal, "decide", actor, now, approves=approves)
    return disposal


@transaction.atomic
def carry_out(disposal_id: int, *, actor: Actor, today: date, now: datetime) -> Disposal:
    """Write the LT of an approved application."""
    must_manage(actor)
    disposal = _locked(disposal_id, Disposal.State.APPROVED)
    things = list(disposal.items.values_list("asset_id", flat=True))
    header = Header(today, f"{disposal}: {disposal.reason}"[:500])
    disposal.document = documents.liquidate(
        things, header, way=disposal.way, actor=actor, today=today, now=now
    )
    disposal.state = Disposal.State.DONE
    disposal.save()
    _note(disposal, "carry_out", actor, now, document=str(disposal.document))
    return disposal


def _locked(disposal_id: int, state: str) -> Disposal:
    found = Disposal.objects.select_for_update(of=("self",)).filter(pk=disposal_id, state=state).first()
    if found is None:
        raise NoSuchAsset(disposal_id)
    return found


def _note(disposal: Disposal, verb: str, actor: Actor, now: datetime, **payload: object) -> None:
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb=verb, thing=f"assets.disposal:{disposal.pk}",
        payload={"number": str(disposal), **payload}, at=now,
    )  # fmt: skip
