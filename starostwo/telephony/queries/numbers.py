"""Reads of numbers: the book that everybody on the staff sees."""

from datetime import date

from django.db.models import Q, QuerySet

from starostwo.office import api as office
from starostwo.platform.polish import fold
from starostwo.telephony.models import Extension, HuntGroup, Number

BY_NUMBER = ("number",)


def listed(words: str) -> QuerySet[Number]:
    """Numbers with whom they ring; words are parts of a number, a name, a label or a unit."""
    rows = Number.objects.select_related("node", "extension__account", "extension__unit", "group")
    for word in fold(words).split()[:5]:
        rows = rows.filter(
            Q(number__startswith=word)
            | Q(extension__label__icontains=word)
            | Q(extension__account__folded__contains=word)
            | Q(extension__unit__symbol__iexact=word)
            | Q(group__name__icontains=word)
        )
    return rows


def phone(number: str) -> Extension | None:
    """One phone."""
    return (
        Extension.objects.select_related("number__node", "account", "unit", "shows").filter(pk=number).first()
    )


def own_phone(account_id: int) -> Extension | None:
    """The phone of a person; of several the first."""
    mine = Extension.objects.select_related("number__node").filter(account=account_id)
    return mine.order_by("number").first()


def group(number: str) -> HuntGroup | None:
    """One group."""
    return HuntGroup.objects.select_related("number__node").filter(pk=number).first()


def members(of_group: HuntGroup) -> list[str]:
    """The phones of a group in their turn."""
    return list(of_group.members.order_by("position").values_list("extension_id", flat=True))


def people(on: date) -> list[tuple[int, str]]:
    """Who may get a phone."""
    return [(one.id, f"{one.name}, {one.unit}") for one in office.people(on)]
