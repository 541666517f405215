"""The run of depreciation: one document for all assets, to the end of a month.

Law: u.p.d.o.p. art. 16h ust. 1 pkt 1; u.o.r. art. 32 ust. 1.
"""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from starostwo.assets.models import Asset, Document
from starostwo.assets.queries.values import changes_of, due_of, uses_of
from starostwo.assets.rules.kinds import IN_PARTS
from starostwo.assets.services.writing import Header, Refused, must_manage, write
from starostwo.office.api import Actor

NOTHING = "Za ten okres nie ma nic do umorzenia albo odpis już zrobiono."


def month_end(month: date) -> date:
    """The last day of the month."""
    return month.replace(day=monthrange(month.year, month.month)[1])


def amounts(assets: Iterable[Asset], month: date) -> dict[int, int]:
    """What is to be written off of each asset so that it stands as planned at the end of the month."""
    rows = list(assets)
    changes, uses = changes_of(rows), uses_of(rows)
    found = {
        asset.pk: due_of(asset, changes[asset.pk], uses.get(asset.pk, []), until=month) - asset.written_off
        for asset in rows
    }
    return {pk: amount for pk, amount in found.items() if amount > 0}


@transaction.atomic
def write_off(month: date, *, actor: Actor, today: date, now: datetime) -> Document:
    """AM: write off to the end of the month (or of the year, when its last month is given), never twice."""
    must_manage(actor)
    if month.replace(day=1) > today:
        raise Refused("month", "Ten miesiąc jeszcze się nie zaczął.")
    rows = Asset.objects.filter(method__in=IN_PARTS, state=Asset.State.IN_USE)
    assets = list(rows.select_for_update(of=("self",)).order_by("pk"))
    wanted = amounts(assets, month)
    if not wanted:
        raise Refused("month", NOTHING)
    lines = [
        {"asset": asset, "written_off_change": wanted[asset.pk]} for asset in assets if asset.pk in wanted
    ]
    header = Header(month_end(month), f"umorzenie do końca miesiąca {month:%m.%Y}")
    return write("AM", "AM", header, lines, actor=actor, now=now)
