"""What people have: they confirm it, borrow with a term and bring back, look after rooms."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from starostwo.assets import access
from starostwo.assets.models import Asset, Confirmation, Loan, RoomKeeper
from starostwo.assets.services.describing import NoSuchAsset
from starostwo.assets.services.writing import Refused, must_manage
from starostwo.audit import api as audit
from starostwo.office.api import Actor


@transaction.atomic
def confirm(asset_id: int, *, has_it: bool, note: str, actor: Actor, now: datetime) -> Confirmation:
    """A person says whether he has a thing for which he answers, that he uses or has borrowed."""
    rows = access.visible_assets(actor).filter(pk=asset_id, state=Asset.State.IN_USE)
    asset = rows.first() or Asset.objects.filter(pk__in=_borrowed(actor), pk=asset_id).first()
    if asset is None:
        raise NoSuchAsset(asset_id)
    if not has_it and not note.strip():
        raise Refused("note", "Napisz, co się stało z tą rzeczą.")
    answer = Confirmation.Answer.HAVE if has_it else Confirmation.Answer.HAVE_NOT
    return Confirmation.objects.create(
        asset=asset, account_id=actor.account_id, answer=answer, note=note.strip(), answered_at=now
    )


def _borrowed(actor: Actor) -> list[int]:
    rows = Loan.objects.filter(borrower_id=actor.account_id, returned_on=None)
    return list(rows.values_list("asset_id", flat=True))


@transaction.atomic
def lend(
    asset_id: int, borrower: int, due_on: date, note: str, *, actor: Actor, today: date, now: datetime
) -> Loan:
    """Lend a thing to a person until a day."""
    must_manage(actor)
    if due_on < today:
        raise Refused("due_on", "Termin zwrotu nie może być wcześniejszy niż dzisiaj.")
    asset = Asset.objects.filter(pk=asset_id, state=Asset.State.IN_USE).first()
    if asset is None:
        raise NoSuchAsset(asset_id)
    try:
        with transaction.atomic():
            made = Loan.objects.create(
                asset=asset, borrower_id=borrower, lent_on=today, due_on=due_on, note=note.strip(),
                lent_by_name=actor.name,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused("borrower", "Ta rzecz jest już wypożyczona. Najpierw zapisz jej zwrot.") from error
    _note(asset, "lend", actor, now, borrower=borrower, due_on=due_on.isoformat())
    return made


@transaction.atomic
def give_back(loan_id: int, *, actor: Actor, today: date, now: datetime) -> Loan:
    """The thing came back."""
    must_manage(actor)
    rows = Loan.objects.select_for_update(of=("self",)).select_related("asset")
    loan = rows.filter(pk=loan_id, returned_on=None).first()
    if loan is None:
        raise NoSuchAsset(loan_id)
    loan.returned_on = today
    loan.save(update_fields=["returned_on"])
    _note(loan.asset, "give_back", actor, now)
    return loan


@transaction.atomic
def appoint(place_id: int, account_id: int, *, actor: Actor, today: date, now: datetime) -> RoomKeeper:
    """Name who looks after a place and so sees everything in it."""
    must_manage(actor)
    try:
        with transaction.atomic():
            made = RoomKeeper.objects.create(
                place_id=place_id, account_id=account_id, since_on=today, set_by_name=actor.name
            )
    except IntegrityError as error:
        raise Refused("account", "Ta osoba jest już opiekunem tego miejsca.") from error
    _note_place(made, "appoint", actor, now)
    return made


@transaction.atomic
def dismiss(keeper_id: int, *, actor: Actor, today: date, now: datetime) -> RoomKeeper:
    """The person looks after the place no more."""
    must_manage(actor)
    found = RoomKeeper.objects.select_for_update().filter(pk=keeper_id, until_on=None).first()
    if found is None:
        raise NoSuchAsset(keeper_id)
    found.until_on = today
    found.save(update_fields=["until_on"])
    _note_place(found, "dismiss", actor, now)
    return found


def _note(asset: Asset, verb: str, actor: Actor, now: datetime, **payload: object) -> None:
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb=verb, thing=f"assets.asset:{asset.pk}",
        payload=payload, at=now,
    )  # fmt: skip


def _note_place(row: RoomKeeper, verb: str, actor: Actor, now: datetime) -> None:
    audit.record(
        actor=actor.audit_name, actor_name=actor.name, verb=verb, thing=f"office.place:{row.place_id}",
        payload={"account": row.account_id}, at=now,
    )  # fmt: skip
