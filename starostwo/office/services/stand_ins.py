"""Verbs of stand-ins: somebody is away from a day to a day and another acts in his place."""

from datetime import date

from django.db import transaction

from starostwo.audit import api as audit
from starostwo.office import access
from starostwo.office.actor import Actor, Mandate
from starostwo.office.models import Account, StandIn
from starostwo.office.services.refusal import NotAllowed, Refusal, constraints_speak


class CannotSetStandIn(Refusal):
    """The days, the deputy or another stand-in stand against it."""


@transaction.atomic
def set_stand_in(
    actor: Actor,
    *,
    absent_id: int,
    deputy_id: int,
    valid_from: date,
    valid_to: date,
    today: date,
    reason: str = "",
) -> StandIn:
    """Let the deputy act with the rights of the absent person; the last day is not included."""
    mandate = access.absence_mandate(actor, absent_id, today=today)
    if mandate is None:
        raise NotAllowed
    absent, deputy = _staff(absent_id), _staff(deputy_id)
    if valid_to <= today:
        raise CannotSetStandIn(
            "Zastępstwo kończy się przed dzisiejszym dniem. Proszę podać późniejszy dzień."
        )
    refusals: dict[str, Refusal] = {
        "one_deputy_at_a_time": CannotSetStandIn(f"{absent.name} ma już w tym czasie zastępcę."),
        "nobody_stands_in_for_himself": CannotSetStandIn("Nikt nie zastępuje sam siebie."),
        "stand_in_ends_after_it_starts": CannotSetStandIn("Ostatni dzień jest wcześniejszy niż pierwszy."),
    }
    with constraints_speak(refusals):
        stand_in = StandIn.objects.create(
            absent=absent, deputy=deputy, valid_from=valid_from, valid_to=valid_to, reason=reason
        )
    _note(actor, "set_stand_in", stand_in, mandate)
    return stand_in


class CannotEndStandIn(Refusal):
    """It is over already."""


@transaction.atomic
def end_stand_in(actor: Actor, *, stand_in_id: int, on: date) -> None:
    """End a stand-in before its time; one that has not begun is taken back whole."""
    stand_in = StandIn.objects.select_for_update(of=("self",)).filter(pk=stand_in_id).first()
    mandate = access.absence_mandate(actor, stand_in.absent_id, today=on) if stand_in else None
    if stand_in is None or mandate is None:
        raise NotAllowed
    if stand_in.valid_to <= on:
        raise CannotEndStandIn("To zastępstwo już się skończyło.")
    _note(actor, "end_stand_in", stand_in, mandate)
    if stand_in.valid_from >= on:
        stand_in.delete()
    else:
        stand_in.valid_to = on
        stand_in.save(update_fields=["valid_to"])


def _staff(account_id: int) -> Account:
    account = Account.objects.filter(pk=account_id).first()
    if account is None or not access.may_hold_posts(account):
        raise CannotSetStandIn("Zastępować się mogą pracownicy, których konta są czynne.")
    return account


def _note(actor: Actor, verb: str, stand_in: StandIn, mandate: Mandate) -> None:
    audit.record(
        actor=actor.audit_name,
        actor_name=actor.name,
        verb=verb,
        thing=f"office.account:{stand_in.absent_id}",
        payload={
            "deputy": stand_in.deputy_id,
            "from": stand_in.valid_from.isoformat(),
            "to": stand_in.valid_to.isoformat(),
            "reason": stand_in.reason,
        },
        in_place_of=actor.acting_for(mandate.account_id),
    )
