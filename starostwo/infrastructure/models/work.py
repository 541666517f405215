"""Work orders with their checklist and photos; spare parts and modules as stock."""

import pgtrigger
from django.db import models
from django.db.models import Q

WORKS = {
    "INSTALL": "montaż",
    "MOVE": "przeniesienie",
    "REPAIR": "naprawa",
    "REMOVE": "demontaż",
    "OTHER": "inne",
}
MOMENTS = {"BEFORE": "przed", "AFTER": "po"}
SPARES = {"MODULE": "moduł", "PART": "część zamienna", "CORD": "kabel krosowy", "SUPPLY": "materiał"}
ORDER_IS_OPEN = """
    IF NOT EXISTS (
        SELECT 1 FROM infrastructure_workorder o
        WHERE o.id = COALESCE(NEW.order_id, OLD.order_id) AND o.state = 'OPEN' FOR SHARE
    ) THEN
        RAISE EXCEPTION 'the work order is closed'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'work_order_is_open';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""
CHANGES_THE_STOCK = """
    UPDATE infrastructure_spare SET quantity = quantity + NEW.change WHERE id = NEW.spare_id;
    RETURN NULL;
"""
ONLY_BY_MOVES = """
    IF pg_trigger_depth() = 1 AND NEW.quantity <> OLD.quantity THEN
        RAISE EXCEPTION 'only moves change the stock'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'only_moves_change_the_stock';
    END IF;
    RETURN NEW;
"""


class WorkSeries(models.Model):
    """The last number of work orders in a year; locked last and shortest."""

    year = models.PositiveSmallIntegerField("rok", unique=True)
    last = models.PositiveIntegerField("ostatni numer", default=0)

    class Meta:
        verbose_name = "numeracja zleceń"
        triggers = [
            pgtrigger.Protect(
                name="work_series_only_grow",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("NEW.last < OLD.last"),
            ),
            pgtrigger.Protect(name="work_series_stay", operation=pgtrigger.Delete),
        ]


class WorkOrder(models.Model):
    """Zlecenie: a task at a device or a place; closed it changes no more."""

    class State(models.TextChoices):
        OPEN = "OPEN", "w toku"
        DONE = "DONE", "wykonane"
        CANCELLED = "CANCELLED", "anulowane"

    year = models.PositiveSmallIntegerField("rok")
    number = models.PositiveIntegerField("numer")
    kind = models.CharField("rodzaj", max_length=7, choices=list(WORKS.items()))
    subject = models.CharField("co zrobić", max_length=200)
    description = models.TextField("opis", blank=True)
    place = models.ForeignKey("office.Place", on_delete=models.PROTECT, related_name="+")
    device = models.ForeignKey(
        "infrastructure.Device", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    assignee = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    due_on = models.DateField("do dnia", null=True, blank=True)
    state = models.CharField("stan", max_length=9, choices=State.choices, default=State.OPEN)
    made_at = models.DateTimeField("zlecono")
    made_by_name = models.CharField("kto zlecił", max_length=200)
    closed_at = models.DateTimeField("zamknięto", null=True)
    closed_by_name = models.CharField("kto zamknął", max_length=200, blank=True)
    receiver = models.CharField("kto odebrał", max_length=200, blank=True)
    remarks = models.CharField("uwagi odbierającego", max_length=500, blank=True)

    class Meta:
        verbose_name = "zlecenie"
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="one_work_order_a_number"),
            models.CheckConstraint(
                name="closed_work_order_says_who",
                condition=Q(state="OPEN", closed_at=None)
                | (~Q(state="OPEN") & Q(closed_at__isnull=False) & ~Q(closed_by_name="")),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-id"], name="work_orders_by_state"),
            models.Index(fields=["assignee", "state"], name="work_orders_by_person"),
        ]
        triggers = [
            pgtrigger.Protect(name="work_orders_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="closed_work_order_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.state <> 'OPEN'"),
            ),
        ]

    def __str__(self) -> str:
        return f"ZL/{self.number}/{self.year}"


class WorkStep(models.Model):
    """Punkt listy kontrolnej."""

    order = models.ForeignKey("infrastructure.WorkOrder", on_delete=models.PROTECT, related_name="steps")
    position = models.PositiveSmallIntegerField("kolejność")
    text = models.CharField("czynność", max_length=200)
    done_at = models.DateTimeField("zrobiono", null=True)
    done_by_name = models.CharField("kto", max_length=200, blank=True)

    class Meta:
        verbose_name = "czynność zlecenia"
        constraints = [
            models.UniqueConstraint(fields=["order", "position"], name="one_step_a_position"),
            models.CheckConstraint(
                name="done_step_says_who",
                condition=Q(done_at=None, done_by_name="") | (Q(done_at__isnull=False) & ~Q(done_by_name="")),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="step_of_an_open_order", when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete, func=ORDER_IS_OPEN,
            ),
        ]  # fmt: skip


class WorkPhoto(models.Model):
    """Zdjęcie before or after the work."""

    order = models.ForeignKey("infrastructure.WorkOrder", on_delete=models.PROTECT, related_name="photos")
    moment = models.CharField("kiedy", max_length=6, choices=list(MOMENTS.items()))
    image = models.ForeignKey("files.Blob", on_delete=models.PROTECT, related_name="+")
    caption = models.CharField("podpis", max_length=200, blank=True)
    added_at = models.DateTimeField("dodano")
    added_by_name = models.CharField("kto dodał", max_length=200)

    class Meta:
        verbose_name = "zdjęcie zlecenia"
        triggers = [
            pgtrigger.Trigger(
                name="photo_of_an_open_order", when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete, func=ORDER_IS_OPEN,
            ),
        ]  # fmt: skip


class Spare(models.Model):
    """Część na zapas: modules, parts and cords by quantity; only moves change how many there are."""

    kind = models.CharField("rodzaj", max_length=6, choices=list(SPARES.items()))
    name = models.CharField("nazwa", max_length=200)
    part_number = models.CharField("numer części", max_length=60, unique=True)
    place = models.ForeignKey("office.Place", on_delete=models.PROTECT, related_name="+")
    quantity = models.IntegerField("stan", default=0)
    least = models.PositiveIntegerField("najmniej", default=0)

    class Meta:
        verbose_name = "część na zapas"
        constraints = [models.CheckConstraint(name="stock_is_not_negative", condition=Q(quantity__gte=0))]
        triggers = [
            pgtrigger.Protect(name="spares_stay", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="only_moves_change_the_stock", when=pgtrigger.Before, operation=pgtrigger.Update,
                func=ONLY_BY_MOVES,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class SpareMove(models.Model):
    """Ruch zapasu: what came, or what went into which device."""

    spare = models.ForeignKey("infrastructure.Spare", on_delete=models.PROTECT, related_name="moves")
    change = models.IntegerField("zmiana")
    device = models.ForeignKey("infrastructure.Device", on_delete=models.PROTECT, related_name="+", null=True)
    order = models.ForeignKey(
        "infrastructure.WorkOrder", on_delete=models.PROTECT, related_name="+", null=True
    )
    why = models.CharField("po co", max_length=200)
    made_at = models.DateTimeField("kiedy")
    made_by_name = models.CharField("kto", max_length=200)

    class Meta:
        verbose_name = "ruch zapasu"
        constraints = [models.CheckConstraint(name="move_changes_something", condition=~Q(change=0))]
        indexes = [models.Index(fields=["device"], name="spare_moves_by_device")]
        triggers = [
            pgtrigger.Protect(name="spare_moves_stay", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="move_changes_the_stock", when=pgtrigger.After, operation=pgtrigger.Insert,
                func=CHANGES_THE_STOCK,
            ),
        ]  # fmt: skip
