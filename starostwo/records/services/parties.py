"""Verbs of the directory of parties and of parties of a case."""

from datetime import date, datetime

from django.db import transaction

from starostwo.office.api import Actor
from starostwo.platform.polish import fold
from starostwo.platform.telephone import e164
from starostwo.records import access
from starostwo.records.models import Case, CaseParty, Letter, Party
from starostwo.records.rules.metadata import Sender
from starostwo.records.services.acts import act
from starostwo.records.services.visibility import index_case

ADDRESS = ("postcode", "town", "street", "building", "flat", "po_box")


class NotHolder(Exception):
    """Only the holder of an open case, or who stands in for him, may do this."""


def party_of(sender: Sender, *, account_id: int | None = None) -> Party:
    """Find the party that the sender is in the directory, or enter it there.

    A known party takes over the telephone that came along only from its own account or from a clerk who chose
    it: anybody could write another person's name over a number of his own.
    """
    if sender.party_id is not None:
        return _reached_at(Party.objects.get(pk=sender.party_id), sender)
    if account_id is not None:
        found = Party.objects.filter(account_id=account_id).first()
        return _reached_at(found, sender) if found else _enter(sender, account_id=account_id)
    if sender.pesel:
        same_person = Party.objects.filter(account=None, pesel=sender.pesel, name=sender.name)
        return same_person.order_by("id").first() or _enter(sender)
    same = {field: getattr(sender, field) for field in ADDRESS}
    alike = Party.objects.filter(account=None, pesel="", name=sender.name, **same)
    return alike.order_by("id").first() or _enter(sender)


def waits_for_account(account_id: int, pesel: str) -> bool:
    """Say if the directory knows this person by his proven PESEL from before he had an account."""
    known = Party.objects.filter(account=None, pesel=pesel)
    return bool(pesel) and known.exists() and not Party.objects.filter(account_id=account_id).exists()


@transaction.atomic
def take_to_account(*, actor: Actor, pesel: str, now: datetime) -> bool:
    """Give the account what its owner filed at the counter before; the caller knows that the PESEL is his.

    An account is one party: of several entries under one PESEL the first becomes it.
    """
    party = Party.objects.select_for_update().filter(account=None, pesel=pesel).order_by("id").first()
    if party is None or not waits_for_account(actor.account_id, pesel):
        return False
    party.account_id = actor.account_id
    party.save(update_fields=["account"])
    act("take_to_account", f"records.party:{party.pk}", actor=actor, now=now)
    return True


@transaction.atomic
def add_party(
    case_id: int,
    *,
    actor: Actor,
    party_id: int,
    role: CaseParty.Role = CaseParty.Role.PARTY,
    represents_id: int | None = None,
    authority_id: int | None = None,
    today: date,
    now: datetime,
) -> CaseParty:
    """Enter a party or a representative of one of its parties into an open case."""
    case = held_open_case(case_id, actor)
    represents = CaseParty.objects.get(pk=represents_id, case=case) if represents_id else None
    authority = Letter.objects.get(pk=authority_id, case=case) if authority_id else None
    entry = CaseParty.objects.create(
        case=case, party_id=party_id, role=role, represents=represents, authority=authority, from_on=today
    )
    index_case(case)
    act(
        "add_party",
        case,
        actor=actor,
        now=now,
        holder_id=case.holder_id,
        payload={"party": entry.party.name, "role": entry.get_role_display()},
    )
    return entry


@transaction.atomic
def end_party(entry_id: int, *, actor: Actor, today: date, now: datetime) -> None:
    """End the part of a party in an open case; it stays readable."""
    entry = CaseParty.objects.select_related("party").get(pk=entry_id, to_on=None)
    case = held_open_case(entry.case_id, actor)
    entry.to_on = today
    entry.save(update_fields=["to_on"])
    index_case(case)
    act(
        "end_party",
        case,
        actor=actor,
        now=now,
        holder_id=case.holder_id,
        payload={"party": entry.party.name, "role": entry.get_role_display()},
    )


@transaction.atomic
def set_phone(entry_id: int, *, actor: Actor, phone: str, now: datetime) -> Party:
    """Say under which number a party of an open case calls; its own history says that it changed."""
    entry = CaseParty.objects.select_related("party").get(pk=entry_id, to_on=None)
    held_open_case(entry.case_id, actor)
    party = entry.party
    party.phone = phone
    party.save(update_fields=["phone"])
    act("set_phone", f"records.party:{party.pk}", actor=actor, now=now, payload={"is_known": bool(phone)})
    return party


def held_open_case(case_id: int, actor: Actor) -> Case:
    """Lock and return an open case that the person holds; refuse any other."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    if case.state != Case.State.OPEN or not access.may_handle(actor, case):
        raise NotHolder("Sprawa jest zakończona albo prowadzi ją kto inny.")
    return case


def _reached_at(party: Party, sender: Sender) -> Party:
    phone = e164(sender.phone)
    if phone and phone != party.phone:
        party.phone = phone
        party.save(update_fields=["phone"])
    return party


def _enter(sender: Sender, *, account_id: int | None = None) -> Party:
    return Party.objects.create(
        kind=Party.Kind.ORGANIZATION if sender.organization else Party.Kind.PERSON,
        organization=sender.organization,
        family_name=sender.family_name,
        given_name=sender.given_name,
        name=sender.name,
        folded=fold(sender.name),
        country=sender.country,
        email=sender.email,
        phone=e164(sender.phone) or "",
        account_id=account_id,
        pesel=sender.pesel,
        **{field: getattr(sender, field) for field in ADDRESS},
    )
