"""Setting up the units that receive invoices and their shares of input tax.

Law: ustawa o VAT art. 86 ust. 2a and 2x, art. 90 ust. 2-3 (shares are counted for each unit, for a year).
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from starostwo.audit import api as audit
from starostwo.ledger import api as ledger
from starostwo.office.api import Actor
from starostwo.treasury import invoice_access as access
from starostwo.treasury.models import InvoiceUnit, VatShare


class MayNotSetUp(Exception):
    """Units and shares are set by the treasurer and by administrators."""


class UnitIsThere(Exception):
    """Another unit has that code, that number, or is the office already."""


class ShareIsThere(Exception):
    """A share of that kind begins on that day or later already."""


@dataclass(frozen=True)
class NewUnit:
    """What a unit says of itself."""

    code: str
    name: str
    book_id: int
    idwew: str = ""
    nip: str = ""
    address: str = ""
    is_office: bool = False


def open_unit(said: NewUnit, *, actor: Actor, now: datetime) -> InvoiceUnit:
    """Enter a unit; invoices that name it are routed to it from now on."""
    book = ledger.visible_books(actor).filter(pk=said.book_id).first()
    if not access.may_set_up(actor) or book is None:
        raise MayNotSetUp
    try:
        with transaction.atomic():
            unit = InvoiceUnit.objects.create(
                code=said.code, name=said.name, idwew=said.idwew, nip=said.nip, address=said.address,
                is_office=said.is_office, book=book,
            )  # fmt: skip
            _note(actor, "open", f"treasury.unit:{unit.pk}", now, code=said.code)
    except IntegrityError as twin:
        raise UnitIsThere(said.code) from twin
    return unit


@transaction.atomic
def set_share(
    unit_id: int, *, kind: str, percent: int, valid_from: date, source: str, actor: Actor, now: datetime
) -> VatShare:
    """Say how much of the input tax a unit deducts from a day on; the share before ends there."""
    unit = InvoiceUnit.objects.select_for_update().filter(pk=unit_id).first()
    if not access.may_set_up(actor) or unit is None:
        raise MayNotSetUp
    rows = VatShare.objects.filter(unit=unit, kind=kind)
    if rows.filter(valid_from__gte=valid_from).exists():
        raise ShareIsThere(valid_from)
    rows.filter(valid_to=None).update(valid_to=valid_from)
    share = VatShare.objects.create(
        unit=unit, kind=kind, percent=percent, valid_from=valid_from, source=source
    )
    _note(
        actor,
        "set",
        f"treasury.unit:{unit.pk}",
        now,
        kind=kind,
        percent=percent,
        since=valid_from.isoformat(),
    )
    return share


def _note(actor: Actor, verb: str, thing: str, now: datetime, **said: object) -> None:
    audit.record(actor=actor.audit_name, actor_name=actor.name, verb=verb, thing=thing, payload=said, at=now)
