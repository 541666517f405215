"""Verbs inside a case for those who take part: notes, opinions, letting somebody in."""

from datetime import datetime

from django.db import transaction

from starostwo.office.api import Actor
from starostwo.records import access
from starostwo.records.models import Case, CaseAccess, CaseNote
from starostwo.records.rules.assignment import Target
from starostwo.records.services.acts import act
from starostwo.records.services.parties import held_open_case
from starostwo.records.services.visibility import show_case


class CannotWriteNote(Exception):
    """The case is closed, or the person neither holds it nor co-operates."""


@transaction.atomic
def write_note(case_id: int, *, actor: Actor, text: str, now: datetime) -> CaseNote:
    """Add a note of the holder, or an opinion of who co-operates; it stays as written."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    if case.state != Case.State.OPEN or not access.may_write_note(actor, case) or not text.strip():
        raise CannotWriteNote("Notatkę dodaje prowadzący albo współpracujący, dopóki sprawa jest w toku.")
    is_note = access.may_handle(actor, case) or access.may_hand_over(actor, case)
    note = CaseNote.objects.create(
        case=case,
        kind=CaseNote.Kind.NOTE if is_note else CaseNote.Kind.OPINION,
        text=text.strip(),
        author_id=actor.account_id,
        author_unit=min(actor.own.units, default=""),
        written_at=now,
    )
    verb = "write_note" if is_note else "write_opinion"
    act(verb, case, actor=actor, now=now, holder_id=case.holder_id, payload={"note": note.pk})
    return note


@transaction.atomic
def let_in(
    case_id: int,
    *,
    actor: Actor,
    who: Target,
    basis: CaseAccess.Basis = CaseAccess.Basis.COOPERATION,
    purpose: str = "",
    now: datetime,
) -> CaseAccess:
    """Let a unit or a person into an open case, with the basis and what is asked of them."""
    case = held_open_case(case_id, actor)
    token = f"person:{who.account_id}" if who.account_id is not None else f"head:{who.unit}"
    given, is_new = CaseAccess.objects.get_or_create(
        case=case,
        token=token,
        basis=basis,
        withdrawn_at=None,
        defaults={"purpose": purpose, "given_at": now, "given_by_id": actor.account_id},
    )
    if is_new:
        show_case(case)
        payload = {"who": token, "basis": basis, "purpose": purpose}
        act("let_in", case, actor=actor, now=now, holder_id=case.holder_id, payload=payload)
    return given


@transaction.atomic
def withdraw(access_id: int, *, actor: Actor, now: datetime) -> None:
    """Take a given access back; what the person wrote stays."""
    given = CaseAccess.objects.get(pk=access_id, withdrawn_at=None)
    case = held_open_case(given.case_id, actor)
    given.withdrawn_at = now
    given.save(update_fields=["withdrawn_at"])
    show_case(case)
    act("withdraw", case, actor=actor, now=now, holder_id=case.holder_id, payload={"who": given.token})
