"""Tables of the books: for whom they are kept, their years and months, the chart of accounts, the journals.

Law: u.o.r. art. 10 (chart of accounts), art. 12 (opening and closing), art. 14 (journals), ufp art. 40.
"""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

LAST_MONTH = 13  # 0 opens the year, 13 closes it


class Book(models.Model):
    """Księga: the books of one budget unit, or of the budget of the county (organ)."""

    class Kind(models.TextChoices):
        UNIT = "UNIT", "jednostka budżetowa"
        BUDGET = "BUDGET", "budżet powiatu (organ)"

    code = models.SlugField("kod", max_length=20, unique=True)
    name = models.CharField("nazwa", max_length=200)
    kind = models.CharField("rodzaj", max_length=6, choices=Kind)
    unit_symbol = models.CharField("komórka, która ją prowadzi", max_length=20)
    regon = models.CharField("REGON", max_length=14, blank=True)

    class Meta:
        verbose_name = "księga"
        constraints = [
            models.CheckConstraint(name="book_has_known_kind", condition=Q(kind__in=["UNIT", "BUDGET"])),
        ]

    def __str__(self) -> str:
        return self.name


class FiscalYear(models.Model):
    """Rok obrotowy of a book. Closed books open again until they are approved, then never."""

    class State(models.TextChoices):
        OPEN = "OPEN", "otwarty"
        CLOSED = "CLOSED", "zamknięty"
        APPROVED = "APPROVED", "zatwierdzony"

    class Detail(models.TextChoices):
        PARAGRAPH = "PARAGRAPH", "paragraf"
        GROUP = "GROUP", "grupa paragrafów"

    book = models.ForeignKey("ledger.Book", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("rok")
    state = models.CharField("stan", max_length=8, choices=State, default=State.OPEN)
    detail = models.CharField(
        "szczegółowość planu wydatków", max_length=9, choices=Detail, default=Detail.PARAGRAPH
    )
    approved_on = models.DateField("dzień zatwierdzenia sprawozdania", null=True)

    class Meta:
        verbose_name = "rok obrotowy"
        constraints = [
            models.UniqueConstraint(fields=["book", "year"], name="one_fiscal_year_a_book"),
            models.CheckConstraint(
                name="approved_year_has_a_day",
                condition=Q(state="APPROVED", approved_on__isnull=False)
                | (Q(state__in=["OPEN", "CLOSED"]) & Q(approved_on=None)),
            ),
            models.CheckConstraint(
                name="year_has_known_detail", condition=Q(detail__in=["PARAGRAPH", "GROUP"])
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="fiscal_years_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="approved_year_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.state = 'APPROVED' OR (NEW.state = 'APPROVED' AND OLD.state <> 'CLOSED')"
                    " OR OLD.book_id <> NEW.book_id OR OLD.year <> NEW.year"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.book_id}/{self.year}"


CLOSED_STAYS = """
    IF EXISTS (
        SELECT 1 FROM ledger_fiscalyear y WHERE y.id = OLD.fiscal_year_id AND y.state = 'APPROVED'
    ) OR (OLD.state = 'CLOSED' AND NEW.state <> 'CLOSED' AND OLD.month <> 13)
      OR OLD.fiscal_year_id <> NEW.fiscal_year_id OR OLD.month <> NEW.month
    THEN RAISE EXCEPTION 'period % of fiscal year % stays as it is', OLD.month, OLD.fiscal_year_id
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""


class Period(models.Model):
    """Okres: the opening (0), a month, or the closing of the year (13)."""

    class State(models.TextChoices):
        OPEN = "OPEN", "otwarty"
        SOFT = "SOFT", "zamknięty wstępnie"
        CLOSED = "CLOSED", "zamknięty"

    fiscal_year = models.ForeignKey("ledger.FiscalYear", on_delete=models.PROTECT, related_name="+")
    month = models.PositiveSmallIntegerField("miesiąc")
    state = models.CharField("stan", max_length=6, choices=State, default=State.OPEN)

    class Meta:
        verbose_name = "okres"
        constraints = [
            models.UniqueConstraint(fields=["fiscal_year", "month"], name="one_period_a_month"),
            models.CheckConstraint(name="period_is_a_month", condition=Q(month__lte=LAST_MONTH)),
            models.CheckConstraint(
                name="period_has_known_state", condition=Q(state__in=["OPEN", "SOFT", "CLOSED"])
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="periods_stay", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="closed_month_stays_closed",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=CLOSED_STAYS,
            ),
        ]


class Account(models.Model):
    """Konto of a year's chart: how it is kept and what each entry on it must say."""

    class Kind(models.TextChoices):
        BALANCE = "BALANCE", "bilansowe"
        OFF_BALANCE = "OFF_BALANCE", "pozabilansowe"

    class Control(models.TextChoices):
        NONE = "", "bez kontroli planu"
        PAID = "PAID", "wydatki wykonane (strona Ma)"
        RECEIVED = "RECEIVED", "dochody wykonane (strona Wn)"
        COMMITTED = "COMMITTED", "zaangażowanie (strona Ma)"

    class Requires(models.TextChoices):
        INCOME = "INCOME", "klasyfikacja dochodów"
        SPENDING = "SPENDING", "klasyfikacja wydatków"
        CLASSIFICATION = "CLASSIFICATION", "klasyfikacja"
        COUNTERPARTY = "COUNTERPARTY", "kontrahent"
        SETTLEMENT = "SETTLEMENT", "rozrachunek"
        TASK = "TASK", "zadanie"
        FUNDING = "FUNDING", "źródło finansowania"
        PROJECT = "PROJECT", "projekt"

    fiscal_year = models.ForeignKey("ledger.FiscalYear", on_delete=models.PROTECT, related_name="+")
    number = models.CharField("numer", max_length=30)
    name = models.CharField("nazwa", max_length=200)
    kind = models.CharField("rodzaj", max_length=11, choices=Kind)
    is_posting = models.BooleanField("można na nim księgować", default=True)
    control = models.CharField("kontrola planu", max_length=9, choices=Control, blank=True, default="")
    requires = ArrayField(
        models.CharField(max_length=14, choices=Requires), default=list, verbose_name="wymagane wymiary"
    )
    source = models.CharField("pochodzenie nazwy", max_length=1)

    class Meta:
        verbose_name = "konto"
        constraints = [
            models.UniqueConstraint(fields=["fiscal_year", "number"], name="one_account_a_number"),
            models.CheckConstraint(
                name="account_has_known_control",
                condition=Q(control__in=["", "PAID", "RECEIVED", "COMMITTED"]),
            ),
            models.CheckConstraint(
                name="ledger_account_has_known_kind", condition=Q(kind__in=["BALANCE", "OFF_BALANCE"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


class Journal(models.Model):
    """Dziennik częściowy of a year; its vouchers are numbered without gaps."""

    fiscal_year = models.ForeignKey("ledger.FiscalYear", on_delete=models.PROTECT, related_name="+")
    code = models.CharField("symbol", max_length=10)
    name = models.CharField("nazwa", max_length=100)

    class Meta:
        verbose_name = "dziennik"
        constraints = [
            models.UniqueConstraint(fields=["fiscal_year", "code"], name="one_journal_a_code"),
        ]
        triggers = [pgtrigger.Protect(name="journals_stay", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class JournalHead(models.Model):
    """The end of a journal: the last number, the chained hash, the turnover so far. Only posting moves it."""

    journal = models.OneToOneField(
        "ledger.Journal", on_delete=models.PROTECT, related_name="head", primary_key=True
    )
    number = models.PositiveIntegerField("ostatni numer", default=0)
    turnover = models.BigIntegerField("obroty narastająco, grosze", default=0)
    hash = models.BinaryField("skrót ostatniego dowodu", default=b"")
