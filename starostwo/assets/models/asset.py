"""The register: what its documents made of each asset; nothing else changes its value or place.

Law: u.o.r. art. 17 ust. 1 pkt 1 (subsidiary books of fixed assets).
"""

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Lower

from starostwo.assets.rules.kinds import BY_USE, DECLINING, KINDS, METHODS, NEXT_MONTH, STARTS
from starostwo.assets.rules.methods import LEAST_FACTOR, MOST_FACTOR

PLAIN_LETTERS = (Value("ąćęłńóśźż"), Value("acelnoszz"))
BEGINS_EMPTY = """
    IF NEW.state <> 'NEW' OR NEW.value <> 0 OR NEW.written_off <> 0 OR NEW.quantity <> 0
        OR NEW.place_id IS NOT NULL OR NEW.keeper_id IS NOT NULL THEN
        RAISE EXCEPTION 'an asset gets its value and place from a document'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'asset_begins_empty';
    END IF;
    RETURN NEW;
"""
ONLY_BY_DOCUMENTS = """
    IF (NEW.number, NEW.kind, NEW.year, NEW.position, NEW.kst_code, NEW.rate, NEW.method, NEW.start,
        NEW.factor, NEW.capacity, NEW.use_unit, NEW.method_ground)
        IS DISTINCT FROM (OLD.number, OLD.kind, OLD.year, OLD.position, OLD.kst_code, OLD.rate, OLD.method,
        OLD.start, OLD.factor, OLD.capacity, OLD.use_unit, OLD.method_ground)
    THEN
        RAISE EXCEPTION 'number, class and rate of an asset stay'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'asset_keeps_its_number';
    END IF;
    IF pg_trigger_depth() = 1 AND (NEW.value, NEW.written_off, NEW.quantity, NEW.place_id, NEW.keeper_id,
        NEW.user_id, NEW.state, NEW.taken_on, NEW.valued_on, NEW.moved_on, NEW.gone_on)
        IS DISTINCT FROM (OLD.value, OLD.written_off, OLD.quantity, OLD.place_id, OLD.keeper_id,
        OLD.user_id, OLD.state, OLD.taken_on, OLD.valued_on, OLD.moved_on, OLD.gone_on)
    THEN
        RAISE EXCEPTION 'only documents change an asset'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'only_documents_change_assets';
    END IF;
    RETURN NEW;
"""
HAS_A_DOCUMENT = """
    IF NOT EXISTS (SELECT 1 FROM assets_documentline l WHERE l.asset_id = NEW.id) THEN
        RAISE EXCEPTION 'an asset begins with a document'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'asset_begins_with_a_document';
    END IF;
    RETURN NULL;
"""


class Asset(models.Model):
    """Składnik majątku: what it is by itself, and what its documents come to."""

    class State(models.TextChoices):
        NEW = "NEW", "bez dokumentu"
        IN_USE = "IN_USE", "używany"
        HANDED_OVER = "HANDED_OVER", "przekazany"
        LIQUIDATED = "LIQUIDATED", "zlikwidowany"

    kind = models.CharField("rodzaj", max_length=10, choices=list(KINDS.items()))
    year = models.PositiveSmallIntegerField("rok wpisu")
    position = models.PositiveIntegerField("pozycja księgi")
    number = models.CharField("numer inwentarzowy", max_length=20, unique=True)
    name = models.CharField("nazwa", max_length=200)
    kst_code = models.CharField("symbol KŚT", max_length=5, blank=True)
    rate = models.PositiveIntegerField("stawka roczna, setne procenta", default=0)
    method = models.CharField("umorzenie", max_length=10, choices=list(METHODS.items()))
    start = models.CharField(
        "początek umorzenia", max_length=10, choices=list(STARTS.items()), default=NEXT_MONTH
    )
    factor = models.PositiveSmallIntegerField("współczynnik, setne", default=LEAST_FACTOR)
    capacity = models.PositiveBigIntegerField("ile jednostek pracy wykona", default=0)
    use_unit = models.CharField("jednostka pracy", max_length=30, blank=True)
    method_ground = models.CharField("podstawa wyboru metody", max_length=300, blank=True)
    maker = models.CharField("producent i model", max_length=200, blank=True)
    serial_number = models.CharField("numer seryjny", max_length=100, blank=True)
    supplier = models.CharField("dostawca", max_length=200, blank=True)
    bought_by = models.CharField("dokument zakupu", max_length=100, blank=True)
    funding = models.CharField("źródło finansowania", max_length=200, blank=True)
    contract = models.CharField("umowa", max_length=100, blank=True)
    warranty_until = models.DateField("gwarancja do dnia", null=True, blank=True)
    note = models.CharField("uwagi", max_length=500, blank=True)

    value = models.BigIntegerField("wartość, grosze", default=0)
    written_off = models.BigIntegerField("umorzenie, grosze", default=0)
    quantity = models.PositiveIntegerField("ilość", default=0)
    place = models.ForeignKey("office.Place", on_delete=models.PROTECT, related_name="+", null=True)
    keeper = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="odpowiada"
    )
    user = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="używa"
    )
    state = models.CharField("stan", max_length=12, choices=State.choices, default=State.NEW)
    taken_on = models.DateField("przyjęto do używania", null=True)
    valued_on = models.DateField("ostatnia zmiana wartości", null=True)
    moved_on = models.DateField("ostatnie przeniesienie", null=True)
    gone_on = models.DateField("ubyło dnia", null=True)
    folded = models.GeneratedField(
        expression=Func(
            Lower(F("number")), Value(" "), Func(Lower("name"), *PLAIN_LETTERS, function="translate"),
            Value(" "), Func(Lower("maker"), *PLAIN_LETTERS, function="translate"), Value(" "),
            Lower("serial_number"),
            template="(%(expressions)s)", arg_joiner=" || ", output_field=models.TextField(),
        ),
        output_field=models.TextField(), db_persist=True,
    )  # fmt: skip

    class Meta:
        verbose_name = "składnik majątku"
        constraints = [
            models.UniqueConstraint(fields=["kind", "year", "position"], name="one_asset_a_position"),
            models.CheckConstraint(name="asset_has_known_kind", condition=Q(kind__in=list(KINDS))),
            models.CheckConstraint(name="asset_has_known_method", condition=Q(method__in=list(METHODS))),
            models.CheckConstraint(
                name="unusual_method_has_a_ground",
                condition=(~Q(method__in=[DECLINING, BY_USE]) & Q(start=NEXT_MONTH)) | ~Q(method_ground=""),
            ),
            models.CheckConstraint(
                name="method_has_what_it_needs",
                condition=Q(factor__gte=LEAST_FACTOR, factor__lte=MOST_FACTOR)
                & (~Q(method=BY_USE) | (Q(capacity__gte=1) & ~Q(use_unit=""))),
            ),
            models.CheckConstraint(
                name="written_off_is_within_the_value",
                condition=Q(written_off__gte=0, written_off__lte=F("value")),
            ),
            models.CheckConstraint(
                name="asset_in_use_has_a_day_and_a_place",
                condition=Q(state="NEW", value=0, quantity=0)
                | Q(
                    state="IN_USE", quantity__gte=1,
                    taken_on__isnull=False, place__isnull=False, gone_on=None,
                )
                | Q(
                    state__in=["HANDED_OVER", "LIQUIDATED"],
                    value=0, written_off=0, quantity=0, gone_on__isnull=False,
                ),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["kind", "year", "position", "id"], name="assets_by_number"),
            models.Index(fields=["place", "state"], name="assets_by_place"),
            models.Index(fields=["keeper", "state"], name="assets_by_keeper"),
            models.Index(fields=["user", "state"], name="assets_by_user"),
            GinIndex(name="assets_by_words", fields=["folded"], opclasses=["gin_trgm_ops"]),
        ]
        triggers = [
            pgtrigger.Protect(name="assets_stay", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="asset_begins_empty", when=pgtrigger.Before, operation=pgtrigger.Insert,
                func=BEGINS_EMPTY,
            ),
            pgtrigger.Trigger(
                name="only_documents_change_assets", when=pgtrigger.Before, operation=pgtrigger.Update,
                func=ONLY_BY_DOCUMENTS,
            ),
            pgtrigger.Trigger(
                name="asset_begins_with_a_document", when=pgtrigger.After, operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred, func=HAS_A_DOCUMENT,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number


class Series(models.Model):
    """The last number of a register or of a kind of documents in a year; locked last and shortest."""

    code = models.CharField("symbol", max_length=10)
    year = models.PositiveSmallIntegerField("rok")
    last = models.PositiveIntegerField("ostatni numer", default=0)

    class Meta:
        verbose_name = "numeracja"
        constraints = [models.UniqueConstraint(fields=["code", "year"], name="one_series_of_assets_a_year")]
        triggers = [
            pgtrigger.Protect(
                name="series_only_grow",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("NEW.last < OLD.last"),
            ),
            pgtrigger.Protect(name="series_stay", operation=pgtrigger.Delete),
        ]
