"""Cables with their ends; a port has at most one cable. A breakout has several ends on its far side."""

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Func, Q, Value
from django.db.models.functions import Lower

from starostwo.infrastructure.models.hardware import PLAIN_LETTERS
from starostwo.infrastructure.rules.kinds import CABLES, COLOURS

FAR_ENDS = 8
HAS_TWO_SIDES = """
    SELECT * INTO one FROM infrastructure_cable WHERE id = COALESCE(NEW.{key}, OLD.{key});
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    SELECT count(*) FILTER (WHERE e.side = 'A'), count(*) FILTER (WHERE e.side = 'B') INTO near, far
    FROM infrastructure_cableend e WHERE e.cable_id = one.id;
    IF one.status = 'REMOVED' AND near + far > 0 OR one.status <> 'REMOVED' AND (near <> 1 OR far < 1) THEN
        RAISE EXCEPTION 'a cable has two sides, a removed one has none'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'cable_has_two_sides';
    END IF;
    RETURN NULL;
"""
# Of a whole statement: planned for each row it read all ports for each cable of a large import.
ENDS_FIT = """
    IF EXISTS (
        SELECT 1 FROM laid JOIN infrastructure_port mine ON mine.id = laid.port_id
        JOIN infrastructure_cableend e ON e.cable_id = laid.cable_id AND e.side <> laid.side
        JOIN infrastructure_port p ON p.id = e.port_id
        WHERE (p.kind LIKE 'POWER%' OR mine.kind LIKE 'POWER%')
        AND NOT (p.kind LIKE 'POWER%' AND mine.kind LIKE 'POWER%' AND p.kind <> mine.kind)
    ) THEN
        RAISE EXCEPTION 'these ports do not fit together'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'ends_of_a_cable_fit';
    END IF;
    RETURN NULL;
"""


class Cable(models.Model):
    """Kabel: what it is; where it ends is told by its ends."""

    class Status(models.TextChoices):
        PLANNED = "PLANNED", "planowany"
        CONNECTED = "CONNECTED", "podłączony"
        LEAVING = "LEAVING", "do usunięcia"
        REMOVED = "REMOVED", "usunięty"

    kind = models.CharField("rodzaj", max_length=8, choices=list(CABLES.items()))
    status = models.CharField("stan", max_length=9, choices=Status.choices, default=Status.CONNECTED)
    label = models.CharField("oznaczenie", max_length=60, blank=True)
    colour = models.CharField("kolor", max_length=8, choices=list(COLOURS.items()), blank=True)
    length = models.PositiveIntegerField("długość, cm", null=True, blank=True)
    note = models.CharField("uwagi", max_length=500, blank=True)
    folded = models.GeneratedField(
        expression=Func(
            Func(Lower("label"), *PLAIN_LETTERS, function="translate"), Value(" "),
            Func(Lower("note"), *PLAIN_LETTERS, function="translate"),
            template="(%(expressions)s)", arg_joiner=" || ", output_field=models.TextField(),
        ),
        output_field=models.TextField(), db_persist=True,
    )  # fmt: skip

    class Meta:
        verbose_name = "kabel"
        constraints = [
            models.UniqueConstraint(
                Lower("label"), name="one_cable_a_label", condition=~Q(label="") & ~Q(status="REMOVED")
            ),
            models.CheckConstraint(name="cable_has_known_kind", condition=Q(kind__in=list(CABLES))),
            models.CheckConstraint(name="cable_has_known_colour", condition=Q(colour__in=list(COLOURS))),
        ]
        indexes = [
            models.Index(fields=["status", "-id"], name="cables_by_status"),
            GinIndex(name="cables_by_words", fields=["folded"], opclasses=["gin_trgm_ops"]),
        ]
        triggers = [
            pgtrigger.Protect(name="cables_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="removed_cable_stays", operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.status = 'REMOVED'"),
            ),
            pgtrigger.Trigger(
                name="cable_has_two_sides", when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update, timing=pgtrigger.Deferred,
                declare=[("one", "infrastructure_cable"), ("near", "integer"), ("far", "integer")],
                func=HAS_TWO_SIDES.format(key="id"),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.label or f"kabel {self.pk}"


class CableEnd(models.Model):
    """Koniec kabla in a port."""

    cable = models.ForeignKey("infrastructure.Cable", on_delete=models.PROTECT, related_name="ends")
    side = models.CharField("strona", max_length=1, choices=[("A", "A"), ("B", "B")])
    position = models.PositiveSmallIntegerField("żyła", default=1)
    port = models.OneToOneField("infrastructure.Port", on_delete=models.PROTECT, related_name="end")

    class Meta:
        verbose_name = "koniec kabla"
        constraints = [
            models.UniqueConstraint(fields=["cable", "side", "position"], name="one_end_a_side"),
            models.CheckConstraint(
                name="end_has_a_side",
                condition=Q(side="A", position=1) | Q(side="B", position__gte=1, position__lte=FAR_ENDS),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="ends_do_not_move", operation=pgtrigger.Update),
            pgtrigger.Trigger(
                name="ends_of_a_cable_fit", level=pgtrigger.Statement, when=pgtrigger.After,
                operation=pgtrigger.Insert, func=ENDS_FIT,
                referencing=pgtrigger.Referencing(new="laid"),  # type: ignore[no-untyped-call]
            ),
            pgtrigger.Trigger(
                name="end_leaves_two_sides", when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Delete, timing=pgtrigger.Deferred,
                declare=[("one", "infrastructure_cable"), ("near", "integer"), ("far", "integer")],
                func=HAS_TWO_SIDES.format(key="cable_id"),
            ),
        ]  # fmt: skip
