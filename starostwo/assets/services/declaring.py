"""Declarations of those who answer for the things, before and after counting.

Law: u.o.r. art. 26; custom of county instructions, from memory.
"""

from datetime import datetime

from django.db import IntegrityError, transaction

from starostwo.assets.models import Declaration
from starostwo.assets.queries.own import declarations_wanted
from starostwo.assets.services.stocktaking import NoSuchStockTake, note
from starostwo.assets.services.writing import Refused
from starostwo.office.api import Actor


@transaction.atomic
def declare(field_id: int, moment: str, objections: str, *, actor: Actor, now: datetime) -> Declaration:
    """Declare once for a field and a moment; objections are words of one's own."""
    wanted = [one for one in declarations_wanted(actor) if (one.field.pk, one.moment) == (field_id, moment)]
    if not wanted:
        raise NoSuchStockTake(field_id)
    try:
        with transaction.atomic():
            made = Declaration.objects.create(
                field=wanted[0].field, account_id=actor.account_id, account_name=actor.name, moment=moment,
                objections=objections.strip(), declared_at=now,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused("objections", "Oświadczenie jest już złożone.") from error
    note(
        wanted[0].field.stock_take, "declare", actor, now, moment=moment, objections=bool(objections.strip())
    )
    return made
