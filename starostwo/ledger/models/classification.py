"""Tables of the budget classification: dated dictionaries, and the tuples that entries carry.

Law: rozp. MF 2.03.2010 (Dz.U. 2022 poz. 513, as amended); ufp art. 39.
"""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

DAYS = Func("valid_from", "valid_to", function="daterange", output_field=DateRangeField())


class DictionaryEntry(models.Model):
    """Pozycja słownika: one symbol with its name, the days it holds and where the text comes from."""

    class Kind(models.TextChoices):
        DIVISION = "DIVISION", "dział"
        CHAPTER = "CHAPTER", "rozdział"
        INCOME = "INCOME", "paragraf dochodów"
        SPENDING = "SPENDING", "paragraf wydatków"
        FLOW = "FLOW", "paragraf przychodów i rozchodów"
        GROUP = "GROUP", "grupa paragrafów"
        FOURTH = "FOURTH", "czwarta cyfra paragrafu"
        TASK = "TASK", "zadanie"
        FUNDING = "FUNDING", "źródło finansowania"
        PROJECT = "PROJECT", "projekt"
        DISPOSER = "DISPOSER", "dysponent"

    class Source(models.TextChoices):
        CHECKED = "C", "sprawdzone z tekstem prawa"
        PUBLIC = "S", "z publicznego źródła, niesprawdzone z tekstem prawa"
        MEMORY = "M", "z pamięci, niesprawdzone"
        LOCAL = "L", "własne"

    kind = models.CharField("słownik", max_length=8, choices=Kind)
    symbol = models.CharField("symbol", max_length=20)
    name = models.CharField("nazwa", max_length=400)
    group = models.CharField("grupa paragrafów", max_length=4, blank=True)
    valid_from = models.DateField("od dnia")
    valid_to = models.DateField("do dnia (wyłącznie)", null=True, blank=True)
    source = models.CharField("pochodzenie", max_length=1, choices=Source)

    class Meta:
        verbose_name = "pozycja słownika"
        constraints = [
            ExclusionConstraint(
                name="one_meaning_of_a_symbol_at_a_time",
                expressions=[
                    ("kind", RangeOperators.EQUAL),
                    ("symbol", RangeOperators.EQUAL),
                    (DAYS, RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                name="entry_ends_after_it_starts",
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.symbol} {self.name}"


KNOWN_THAT_YEAR = """
    SELECT string_agg(w.kind || ' ' || w.symbol, ', ') INTO missing
    FROM (VALUES
        ('DIVISION', NEW.division), ('CHAPTER', NEW.chapter),
        (CASE NEW.kind WHEN 'D' THEN 'INCOME' WHEN 'W' THEN 'SPENDING' ELSE 'FLOW' END, NEW.paragraph),
        ('GROUP', NEW."group"), ('TASK', NEW.task), ('FUNDING', NEW.funding), ('PROJECT', NEW.project),
        ('DISPOSER', NEW.disposer)
    ) AS w(kind, symbol)
    WHERE w.symbol <> '' AND NOT EXISTS (
        SELECT 1 FROM ledger_dictionaryentry e
        WHERE e.kind = w.kind AND (e.symbol = w.symbol
               OR w.kind IN ('INCOME', 'SPENDING', 'FLOW') AND e.symbol = left(w.symbol, 3) || '0')
          AND daterange(e.valid_from, e.valid_to)
              && daterange(make_date(NEW.year, 1, 1), make_date(NEW.year + 1, 1, 1))
    );
    IF missing IS NOT NULL THEN
        RAISE EXCEPTION 'not in the dictionaries of %: %', NEW.year, missing
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""


class Classification(models.Model):
    """Klasyfikacja: division, chapter, paragraph and the county's own dimensions, each tuple once a year."""

    class Kind(models.TextChoices):
        INCOME = "D", "dochody"
        SPENDING = "W", "wydatki"
        REVENUE = "P", "przychody"
        OUTFLOW = "R", "rozchody"

    year = models.PositiveSmallIntegerField("rok")
    kind = models.CharField("rodzaj", max_length=1, choices=Kind)
    division = models.CharField("dział", max_length=3, blank=True)
    chapter = models.CharField("rozdział", max_length=5, blank=True)
    paragraph = models.CharField("paragraf z czwartą cyfrą", max_length=4)
    group = models.CharField("grupa paragrafów", max_length=4, blank=True)
    task = models.CharField("zadanie", max_length=20, blank=True)
    funding = models.CharField("źródło finansowania", max_length=20, blank=True)
    project = models.CharField("projekt", max_length=20, blank=True)
    disposer = models.CharField("dysponent", max_length=20, blank=True)

    class Meta:
        verbose_name = "klasyfikacja"
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "year",
                    "kind",
                    "division",
                    "chapter",
                    "paragraph",
                    "task",
                    "funding",
                    "project",
                    "disposer",
                ],
                name="one_row_a_classification",
            ),
            models.CheckConstraint(
                name="chapter_lies_in_its_division",
                condition=Q(chapter="", division="") | Q(chapter__startswith=F("division")),
            ),
            models.CheckConstraint(
                name="only_flows_have_no_chapter",
                condition=Q(kind__in=["P", "R"]) | Q(chapter__regex=r"^\d{5}$"),
            ),
            models.CheckConstraint(
                name="classification_has_four_digits", condition=Q(paragraph__regex=r"^\d{4}$")
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="classifications_stay", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="symbols_are_known_that_year",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("missing", "text")],
                func=KNOWN_THAT_YEAR,
            ),
        ]

    def __str__(self) -> str:
        return ".".join(part for part in (self.division, self.chapter, self.paragraph) if part)
