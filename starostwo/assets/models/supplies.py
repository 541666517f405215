"""Consumables: a store by quantity; only moves change it, and it never holds less than nothing."""

import pgtrigger
from django.db import models
from django.db.models import Q

CHANGES_ITS_SUPPLY = """
    UPDATE assets_supply SET quantity = quantity + NEW.quantity WHERE id = NEW.supply_id;
    RETURN NULL;
"""


class Supply(models.Model):
    """Materiał eksploatacyjny: what is kept in a store, and from how little on it is bought again."""

    number = models.CharField("numer", max_length=20, unique=True)
    name = models.CharField("nazwa", max_length=200)
    unit = models.CharField("jednostka miary", max_length=20)
    least = models.PositiveIntegerField("zamawiać od stanu", default=0)
    place = models.ForeignKey("office.Place", on_delete=models.PROTECT, related_name="+")
    fits = models.CharField("do czego pasuje", max_length=200, blank=True)
    quantity = models.IntegerField("stan", default=0)
    is_kept = models.BooleanField("prowadzony", default=True)

    class Meta:
        verbose_name = "materiał"
        constraints = [
            models.CheckConstraint(name="store_holds_no_less_than_nothing", condition=Q(quantity__gte=0)),
        ]
        triggers = [
            pgtrigger.Protect(name="supplies_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="only_moves_change_supplies",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "pg_trigger_depth() < 1 AND NEW.quantity <> OLD.quantity OR NEW.number <> OLD.number"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class SupplyMove(models.Model):
    """Obrót materiałem: what came, what was given to whom, what came back."""

    class Kind(models.TextChoices):
        BOUGHT = "BOUGHT", "przyjęcie"
        ISSUED = "ISSUED", "wydanie"
        RETURNED = "RETURNED", "zwrot"
        COUNTED = "COUNTED", "wyrównanie do stanu policzonego"

    supply = models.ForeignKey("assets.Supply", on_delete=models.PROTECT, related_name="moves")
    kind = models.CharField("rodzaj", max_length=8, choices=Kind.choices)
    quantity = models.IntegerField("zmiana stanu")
    account = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="komu, od kogo"
    )
    wish = models.ForeignKey("assets.Wish", on_delete=models.PROTECT, related_name="+", null=True)
    on = models.DateField("dzień")
    note = models.CharField("podstawa, uwagi", max_length=300, blank=True)
    made_at = models.DateTimeField("zapisano")
    made_by_name = models.CharField("kto zapisał", max_length=200)

    class Meta:
        verbose_name = "obrót materiałem"
        constraints = [
            models.CheckConstraint(
                name="supply_move_has_its_sign",
                condition=Q(kind__in=["BOUGHT", "RETURNED"], quantity__gt=0)
                | Q(kind="ISSUED", quantity__lt=0, account__isnull=False)
                | (Q(kind="COUNTED") & ~Q(quantity=0)),
            ),
        ]
        indexes = [models.Index(fields=["account", "supply"], name="supply_moves_by_person")]
        triggers = [
            pgtrigger.Protect(name="supply_moves_stay", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="move_changes_its_supply", when=pgtrigger.After, operation=pgtrigger.Insert,
                func=CHANGES_ITS_SUPPLY,
            ),
        ]  # fmt: skip
