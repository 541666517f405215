"""Stock-taking: order, fields and teams, the frozen books, numbered sheets, what was counted and decided.

Law: u.o.r. art. 26, art. 27. A closed sheet changes no more, whoever writes.
"""

import pgtrigger
from django.db import models
from django.db.models import Q

from starostwo.assets.rules.stocktaking import DECISIONS, DIFFERENCES, OUTCOMES

SHEET_IS_OPEN = """
    IF NOT EXISTS (
        SELECT 1 FROM assets_sheet s WHERE s.id = NEW.sheet_id AND s.closed_at IS NULL FOR SHARE
    ) THEN
        RAISE EXCEPTION 'the sheet is closed'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'sheet_is_open';
    END IF;
    IF TG_OP = 'UPDATE' AND (OLD.struck_at IS NOT NULL
        OR (NEW.sheet_id, NEW.position, NEW.asset_id, NEW.typed, NEW.quantity, NEW.outcome, NEW.place_id,
            NEW.note, NEW.counted_at, NEW.read_at)
        IS DISTINCT FROM (OLD.sheet_id, OLD.position, OLD.asset_id, OLD.typed, OLD.quantity, OLD.outcome,
            OLD.place_id, OLD.note, OLD.counted_at, OLD.read_at))
    THEN
        RAISE EXCEPTION 'a counted line is struck, not changed'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'counted_line_is_only_struck';
    END IF;
    RETURN NEW;
"""
BOOKS_ARE_FROZEN = """
    IF NOT EXISTS (
        SELECT 1 FROM assets_stocktake t WHERE t.id = NEW.stock_take_id AND t.state = 'PREPARED'
    ) THEN
        RAISE EXCEPTION 'the books of a stock-taking are frozen'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'books_are_frozen';
    END IF;
    RETURN NEW;
"""


class StockTake(models.Model):
    """Spis z natury by an order of the head of the unit."""

    class State(models.TextChoices):
        PREPARED = "PREPARED", "przygotowanie"
        COUNTING = "COUNTING", "liczenie"
        DECIDING = "DECIDING", "rozliczenie różnic"
        CLOSED = "CLOSED", "zakończony"

    class Kind(models.TextChoices):
        FULL = "FULL", "pełny"
        PERIODIC = "PERIODIC", "okresowy"
        SUDDEN = "SUDDEN", "doraźny"
        HANDING_OVER = "HANDING_OVER", "zdawczo-odbiorczy"

    year = models.PositiveSmallIntegerField("rok")
    number = models.PositiveIntegerField("numer")
    kind = models.CharField("rodzaj", max_length=12, choices=Kind.choices)
    order = models.CharField("zarządzenie", max_length=200)
    ordered_on = models.DateField("z dnia")
    is_blind = models.BooleanField("bez podpowiadania stanu z ewidencji", default=False)
    state = models.CharField("stan", max_length=8, choices=State.choices, default=State.PREPARED)
    frozen_at = models.DateTimeField("stan ewidencji z chwili", null=True)
    closed_on = models.DateField("zakończono dnia", null=True)
    made_by_name = models.CharField("zarządził wpisać", max_length=200)

    class Meta:
        verbose_name = "spis z natury"
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="one_stock_take_a_number"),
            models.CheckConstraint(
                name="begun_stock_take_is_frozen",
                condition=Q(state="PREPARED", frozen_at=None)
                | (~Q(state="PREPARED") & Q(frozen_at__isnull=False)),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="stock_takes_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="closed_stock_take_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state = 'CLOSED' OR (OLD.state = 'DECIDING' AND NEW.state <> 'CLOSED')"
                    " OR (OLD.state <> 'PREPARED' AND NEW.state = 'PREPARED')"
                    " OR (OLD.frozen_at IS NOT NULL AND NEW.frozen_at IS DISTINCT FROM OLD.frozen_at)"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"SN/{self.number}/{self.year}"


class CountField(models.Model):
    """Pole spisowe: a place with all in it, and the team that counts there."""

    stock_take = models.ForeignKey("assets.StockTake", on_delete=models.PROTECT, related_name="fields")
    place = models.ForeignKey("office.Place", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "pole spisowe"
        constraints = [
            models.UniqueConstraint(fields=["stock_take", "place"], name="one_field_a_place"),
        ]


class TeamMember(models.Model):
    """Członek zespołu spisowego of a field."""

    field = models.ForeignKey("assets.CountField", on_delete=models.PROTECT, related_name="team")
    account = models.ForeignKey("office.Account", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "członek zespołu spisowego"
        constraints = [
            models.UniqueConstraint(fields=["field", "account"], name="one_place_in_a_team"),
        ]
        triggers = [
            pgtrigger.Protect(name="team_members_stay", operation=pgtrigger.Update | pgtrigger.Delete)
        ]


class BookRow(models.Model):
    """Stan z ewidencji: what the register said when the count began."""

    stock_take = models.ForeignKey("assets.StockTake", on_delete=models.PROTECT, related_name="+")
    field = models.ForeignKey("assets.CountField", on_delete=models.PROTECT, related_name="+")
    asset = models.ForeignKey("assets.Asset", on_delete=models.PROTECT, related_name="+")
    place = models.ForeignKey("office.Place", on_delete=models.PROTECT, related_name="+")
    keeper = models.ForeignKey("office.Account", on_delete=models.PROTECT, related_name="+", null=True)
    quantity = models.PositiveIntegerField("ilość")
    value = models.BigIntegerField("wartość, grosze")

    class Meta:
        verbose_name = "stan z ewidencji"
        constraints = [
            models.UniqueConstraint(fields=["stock_take", "asset"], name="one_book_row_an_asset"),
        ]
        triggers = [
            pgtrigger.Protect(name="book_rows_stay", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="books_are_frozen", when=pgtrigger.Before, operation=pgtrigger.Insert,
                func=BOOKS_ARE_FROZEN,
            ),
        ]  # fmt: skip


class Sheet(models.Model):
    """Arkusz spisowy: a numbered form of strict account; closed it is locked with the hash of its lines."""

    field = models.OneToOneField("assets.CountField", on_delete=models.PROTECT, related_name="sheet")
    year = models.PositiveSmallIntegerField("rok")
    number = models.PositiveIntegerField("numer")
    opened_at = models.DateTimeField("otwarto")
    closed_at = models.DateTimeField("zamknięto", null=True)
    closed_by_name = models.CharField("zamknął", max_length=200, blank=True)
    digest = models.CharField("skrót treści", max_length=64, blank=True)

    class Meta:
        verbose_name = "arkusz spisowy"
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="one_sheet_a_number"),
            models.CheckConstraint(
                name="closed_sheet_has_its_hash",
                condition=Q(closed_at=None, digest="") | (Q(closed_at__isnull=False) & ~Q(digest="")),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="sheets_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="closed_sheet_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.closed_at IS NOT NULL OR OLD.number <> NEW.number"),
            ),
        ]

    def __str__(self) -> str:
        return f"AS/{self.number}/{self.year}"


class CountLine(models.Model):
    """Pozycja arkusza: a number that was read or typed; struck when it was a mistake, never changed."""

    sheet = models.ForeignKey("assets.Sheet", on_delete=models.PROTECT, related_name="lines")
    stock_take = models.ForeignKey("assets.StockTake", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField("pozycja")
    typed = models.CharField("odczytano", max_length=100)
    asset = models.ForeignKey("assets.Asset", on_delete=models.PROTECT, related_name="+", null=True)
    place = models.ForeignKey("office.Place", on_delete=models.PROTECT, related_name="+", null=True)
    quantity = models.PositiveIntegerField("ilość")
    outcome = models.CharField("wynik", max_length=10, choices=list(OUTCOMES.items()))
    note = models.CharField("uwagi, uszkodzenia", max_length=300, blank=True)
    key = models.UUIDField("klucz powtórzenia", unique=True)
    counted_at = models.DateTimeField("policzono")
    read_at = models.DateTimeField("odczytano, według zegara urządzenia", null=True)
    counted_by_name = models.CharField("policzył", max_length=200)
    struck_at = models.DateTimeField("skreślono", null=True)
    struck_why = models.CharField("powód skreślenia", max_length=200, blank=True)

    class Meta:
        verbose_name = "pozycja arkusza"
        constraints = [
            models.UniqueConstraint(fields=["sheet", "position"], name="one_count_line_a_position"),
            models.UniqueConstraint(
                fields=["stock_take", "asset"], condition=Q(struck_at=None), name="one_count_of_an_asset"
            ),
            models.CheckConstraint(
                name="struck_line_says_why",
                condition=Q(struck_at=None, struck_why="") | (Q(struck_at__isnull=False) & ~Q(struck_why="")),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="count_lines_stay", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="sheet_is_open", when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update, func=SHEET_IS_OPEN,
            ),
        ]  # fmt: skip


class Difference(models.Model):
    """Różnica: what does not agree, its explanation, the decision, the document that settled it."""

    stock_take = models.ForeignKey("assets.StockTake", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("rodzaj", max_length=10, choices=list(DIFFERENCES.items()))
    asset = models.ForeignKey("assets.Asset", on_delete=models.PROTECT, related_name="+", null=True)
    line = models.ForeignKey("assets.CountLine", on_delete=models.PROTECT, related_name="+", null=True)
    quantity = models.PositiveIntegerField("o ile sztuk")
    explanation = models.CharField("wyjaśnienie", max_length=500, blank=True)
    decision = models.CharField("decyzja", max_length=10, choices=list(DECISIONS.items()), blank=True)
    decided_by_name = models.CharField("zdecydował", max_length=200, blank=True)
    decided_at = models.DateTimeField("kiedy", null=True)
    document = models.ForeignKey("assets.Document", on_delete=models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = "różnica"
        constraints = [
            models.CheckConstraint(
                name="decision_is_explained",
                condition=Q(decision="", decided_at=None)
                | (~Q(decision="") & ~Q(explanation="") & Q(decided_at__isnull=False)),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="differences_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="decided_difference_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.decision <> ''"),
            ),
        ]
