"""Units, posts, who holds them and who stands in, each with the days on which it is valid."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Q

from starostwo.office.models.ranges import ENDS_AFTER_IT_STARTS, CalendarYears, DateRange
from starostwo.office.models.rights import Right
from starostwo.office.rules.symbols import MAX_UNIT_SYMBOL, UNIT_SYMBOL_PATTERN

SHARED_AS_POST = "SELECT is_shared INTO NEW.is_shared FROM office_post WHERE id = NEW.post_id; RETURN NEW;"


class Unit(models.Model):
    """Komórka organizacyjna: a symbol for the marks of cases, held by one unit in a calendar year."""

    symbol = models.CharField("symbol", max_length=MAX_UNIT_SYMBOL)
    valid_from = models.DateField("od dnia")
    valid_to = models.DateField("do dnia (wyłącznie)", null=True, blank=True)

    class Meta:
        verbose_name = "komórka"
        constraints = [
            models.CheckConstraint(
                name="unit_symbol_fits_marks", condition=Q(symbol__regex=UNIT_SYMBOL_PATTERN)
            ),
            models.CheckConstraint(name="unit_ends_after_it_starts", condition=ENDS_AFTER_IT_STARTS),
            ExclusionConstraint(
                name="one_symbol_one_unit_in_a_year",
                expressions=[("symbol", RangeOperators.EQUAL), (CalendarYears(), RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return self.symbol


class UnitPlace(models.Model):
    """A unit's name and its place in the structure for a time; a reorganisation adds a row."""

    unit = models.ForeignKey(
        "office.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="komórka"
    )
    name = models.CharField("nazwa", max_length=200)
    parent = models.ForeignKey(
        "office.Unit", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="podlega"
    )
    seat = models.ForeignKey(
        "office.Seat", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="siedziba"
    )
    valid_from = models.DateField("od dnia")
    valid_to = models.DateField("do dnia (wyłącznie)", null=True, blank=True)

    class Meta:
        verbose_name = "miejsce komórki"
        constraints = [
            models.CheckConstraint(name="unit_place_ends_after_it_starts", condition=ENDS_AFTER_IT_STARTS),
            models.CheckConstraint(name="unit_is_not_its_own_parent", condition=~Q(parent=F("unit"))),
            ExclusionConstraint(
                name="one_unit_one_place_at_a_time",
                expressions=[("unit", RangeOperators.EQUAL), (DateRange(), RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """Stanowisko: carries the rights; who holds it has them for as long as he holds it."""

    unit = models.ForeignKey(
        "office.Unit", on_delete=models.PROTECT, related_name="+", verbose_name="komórka"
    )
    title = models.CharField("nazwa stanowiska", max_length=120)
    rights = ArrayField(
        models.CharField(max_length=20, choices=Right.choices), verbose_name="uprawnienia", default=list
    )
    is_head = models.BooleanField("kieruje komórką", default=False)
    is_shared = models.BooleanField("wieloosobowe", default=False)
    valid_from = models.DateField("od dnia")
    valid_to = models.DateField("do dnia (wyłącznie)", null=True, blank=True)

    class Meta:
        verbose_name = "stanowisko"
        constraints = [
            models.CheckConstraint(name="post_ends_after_it_starts", condition=ENDS_AFTER_IT_STARTS),
            models.CheckConstraint(
                name="post_has_known_rights", condition=Q(rights__contained_by=Right.values)
            ),
            models.CheckConstraint(name="head_is_not_shared", condition=~Q(is_head=True, is_shared=True)),
            ExclusionConstraint(
                name="one_unit_one_head_at_a_time",
                expressions=[("unit", RangeOperators.EQUAL), (DateRange(), RangeOperators.OVERLAPS)],
                condition=Q(is_head=True),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Holding(models.Model):
    """Who holds a post and for how long; a post that is not shared has one holder at a time."""

    post = models.ForeignKey(
        "office.Post", on_delete=models.PROTECT, related_name="+", verbose_name="stanowisko"
    )
    account = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", verbose_name="osoba"
    )
    is_shared = models.BooleanField("wieloosobowe", default=False, editable=False)
    valid_from = models.DateField("od dnia")
    valid_to = models.DateField("do dnia (wyłącznie)", null=True, blank=True)

    class Meta:
        verbose_name = "objęcie stanowiska"
        constraints = [
            models.CheckConstraint(name="holding_ends_after_it_starts", condition=ENDS_AFTER_IT_STARTS),
            ExclusionConstraint(
                name="one_post_one_holder_at_a_time",
                expressions=[("post", RangeOperators.EQUAL), (DateRange(), RangeOperators.OVERLAPS)],
                condition=Q(is_shared=False),
            ),
            ExclusionConstraint(
                name="nobody_holds_a_post_twice",
                expressions=[
                    ("post", RangeOperators.EQUAL),
                    ("account", RangeOperators.EQUAL),
                    (DateRange(), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="holding_is_shared_as_its_post",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=SHARED_AS_POST,
            )
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.post_id}"


class StandIn(models.Model):
    """Zastępstwo: the deputy acts with the rights of the absent person, from a day to a day."""

    absent = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", verbose_name="osoba nieobecna"
    )
    deputy = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", verbose_name="zastępca"
    )
    reason = models.CharField("powód", max_length=120, blank=True)
    valid_from = models.DateField("od dnia")
    valid_to = models.DateField("do dnia (wyłącznie)")

    class Meta:
        verbose_name = "zastępstwo"
        constraints = [
            models.CheckConstraint(
                name="stand_in_ends_after_it_starts", condition=Q(valid_to__gt=F("valid_from"))
            ),
            models.CheckConstraint(name="nobody_stands_in_for_himself", condition=~Q(deputy=F("absent"))),
            ExclusionConstraint(
                name="one_deputy_at_a_time",
                expressions=[("absent", RangeOperators.EQUAL), (DateRange(), RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy_id} za {self.absent_id}"
