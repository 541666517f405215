"""The tree of places: buildings of a seat, their floors, rooms, and racks in rooms."""

import pgtrigger
from django.db import models
from django.db.models import Q

STANDS_ON_ITS_PARENT = """
    IF TG_OP = 'UPDATE' AND NEW.level <> OLD.level THEN
        RAISE EXCEPTION 'the level of a place stays'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'level_of_a_place_stays';
    END IF;
    IF NEW.level = 1 THEN
        NEW.path := NEW.code;
        NEW.label := NEW.name;
        RETURN NEW;
    END IF;
    SELECT * INTO above FROM office_place WHERE id = NEW.parent_id FOR SHARE;
    IF NOT FOUND OR above.level <> NEW.level - 1 THEN
        RAISE EXCEPTION 'a place stands on one of the level above it'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'place_stands_on_its_parent';
    END IF;
    IF above.closed_on IS NOT NULL AND NEW.closed_on IS NULL THEN
        RAISE EXCEPTION 'the place above is closed'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'place_above_is_open';
    END IF;
    NEW.seat_id := above.seat_id;
    NEW.path := above.path || '/' || NEW.code;
    NEW.label := above.label || ', ' || NEW.name;
    RETURN NEW;
"""
THOSE_BELOW_FOLLOW = """
    IF NEW.closed_on IS NOT NULL AND EXISTS (
        SELECT 1 FROM office_place p WHERE p.parent_id = NEW.id AND p.closed_on IS NULL
    ) THEN
        RAISE EXCEPTION 'there are open places below'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'closed_place_holds_none';
    END IF;
    IF (NEW.path, NEW.label, NEW.seat_id) IS DISTINCT FROM (OLD.path, OLD.label, OLD.seat_id) THEN
        UPDATE office_place SET code = code WHERE parent_id = NEW.id;
    END IF;
    RETURN NULL;
"""


class Place(models.Model):
    """Miejsce: where a thing stands. Path and label are what the database makes of the places above."""

    class Level(models.IntegerChoices):
        BUILDING = 1, "budynek"
        FLOOR = 2, "piętro"
        ROOM = 3, "pomieszczenie"
        RACK = 4, "szafa"

    level = models.PositiveSmallIntegerField("rodzaj miejsca", choices=Level.choices)
    parent = models.ForeignKey(
        "office.Place", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="w miejscu"
    )
    seat = models.ForeignKey(
        "office.Seat", on_delete=models.PROTECT, related_name="+", verbose_name="siedziba"
    )
    code = models.CharField("kod", max_length=20)
    name = models.CharField("nazwa", max_length=100)
    path = models.CharField("kod z miejscami wyżej", max_length=100, blank=True, unique=True)
    label = models.CharField("nazwa z miejscami wyżej", max_length=420, blank=True)
    closed_on = models.DateField("zamknięte dnia", null=True, blank=True)

    class Meta:
        verbose_name = "miejsce"
        constraints = [
            models.CheckConstraint(name="place_has_known_level", condition=Q(level__in=[1, 2, 3, 4])),
            models.CheckConstraint(
                name="building_stands_on_nothing",
                condition=Q(level=1, parent=None) | Q(level__gt=1, parent__isnull=False),
            ),
            models.CheckConstraint(
                name="place_code_fits_labels", condition=Q(code__regex=r"^[A-Z0-9]([A-Z0-9.-]*[A-Z0-9])?$")
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="places_stay", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="place_stands_on_its_parent",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                declare=[("above", "office_place")],
                func=STANDS_ON_ITS_PARENT,
            ),
            pgtrigger.Trigger(
                name="places_below_follow",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                func=THOSE_BELOW_FOLLOW,
            ),
        ]

    def __str__(self) -> str:
        return self.label
