"""Tables of reports: what was approved and never changes, units that send theirs, empty files of SJO BeSTi@.

Law: rozp. MF 29.01.2025 (sprawozdawczość budżetowa): unit and joint reports, corrections.
"""

import pgtrigger
from django.db import models
from django.db.models import Q


class ReportUnit(models.Model):
    """Jednostka, która przysyła sprawozdania: a unit or a legal person of the county, its books elsewhere.

    Law: ufp art. 9 (public finance sector); rozp. MRiF 13.09.2017 (whose balance sheets are consolidated).
    """

    class Kind(models.TextChoices):
        UNIT = "UNIT", "jednostka budżetowa"
        BUDGET = "BUDGET", "budżet powiatu (organ) z innego programu"
        HOSPITAL = "HOSPITAL", "samodzielny publiczny zakład opieki zdrowotnej"
        COMPANY = "COMPANY", "spółka, w której powiat przeważa"
        OTHER = "OTHER", "inna osoba prawna powiatu"

    kind = models.CharField("rodzaj", max_length=8, choices=Kind, default=Kind.UNIT)
    name = models.CharField("nazwa", max_length=200)
    regon = models.CharField("REGON", max_length=14, unique=True)
    ended_on = models.DateField("do kiedy składa sprawozdania", null=True, blank=True)

    class Meta:
        verbose_name = "jednostka składająca sprawozdania"
        constraints = [
            models.CheckConstraint(
                name="report_unit_has_known_kind",
                condition=Q(kind__in=["UNIT", "BUDGET", "HOSPITAL", "COMPANY", "OTHER"]),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Report(models.Model):
    """Sprawozdanie zatwierdzone: one number of one form, with its hash; a correction is a new row."""

    class Origin(models.TextChoices):
        BOOKS = "BOOKS", "z ksiąg"
        UPLOADED = "UPLOADED", "przysłane przez jednostkę"
        JOINT = "JOINT", "połączone ze sprawozdań jednostek"

    form = models.CharField("formularz", max_length=10)
    form_version = models.PositiveSmallIntegerField("wersja formularza")
    year = models.PositiveSmallIntegerField("rok")
    month = models.PositiveSmallIntegerField("do końca miesiąca")
    correction = models.PositiveSmallIntegerField("numer korekty")
    origin = models.CharField("skąd", max_length=8, choices=Origin)
    book = models.ForeignKey("ledger.Book", on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("ledger.ReportUnit", on_delete=models.PROTECT, null=True, related_name="+")
    content = models.JSONField("kolumny i wiersze")
    findings = models.JSONField("wynik kontroli", default=list)
    sources = models.JSONField("z jakich sprawozdań", default=list)
    remark = models.TextField("uwagi", blank=True)
    made_at = models.DateTimeField("zatwierdzono")
    made_by = models.CharField("konto", max_length=100)
    made_by_name = models.CharField("kto zatwierdził", max_length=200)
    hash = models.CharField("skrót treści", max_length=64)

    class Meta:
        verbose_name = "sprawozdanie"
        constraints = [
            models.UniqueConstraint(
                fields=["form", "year", "month", "book", "unit", "correction"],
                nulls_distinct=False,
                name="one_report_a_number",
            ),
            models.CheckConstraint(
                name="report_is_of_someone",
                condition=Q(origin="BOOKS", book__isnull=False, unit=None)
                | Q(origin="UPLOADED", book=None, unit__isnull=False)
                | Q(origin="JOINT", book=None, unit=None),
            ),
            models.CheckConstraint(name="report_has_a_hash", condition=Q(hash__regex=r"^[0-9a-f]{64}$")),
            models.CheckConstraint(name="report_is_to_a_month", condition=Q(month__gte=1, month__lte=12)),
        ]
        indexes = [models.Index(fields=["year", "month", "form"], name="ledger_report_of_period")]
        triggers = [
            pgtrigger.Protect(name="approved_reports_stay", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.year}/{self.month}/{self.correction}"


class ReportCopy(models.Model):
    """Podpisany egzemplarz: where in records the signed paper of an approved report lies."""

    report = models.OneToOneField("ledger.Report", on_delete=models.PROTECT, related_name="+")
    document = models.CharField("dokument w aktach", max_length=200)
    mark = models.CharField("znak", max_length=80)
    filed_at = models.DateTimeField("podpisano")
    filed_by = models.CharField("kto podpisał", max_length=200)

    class Meta:
        verbose_name = "podpisany egzemplarz sprawozdania"
        triggers = [
            pgtrigger.Protect(name="report_copies_stay", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return self.mark


class ReportTemplate(models.Model):
    """Puste sprawozdanie z SJO BeSTi@: the file that is filled, one a form and unit."""

    form = models.CharField("formularz", max_length=10)
    book = models.ForeignKey("ledger.Book", on_delete=models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("ledger.ReportUnit", on_delete=models.PROTECT, null=True, related_name="+")
    content = models.BinaryField("plik")
    uploaded_at = models.DateTimeField("wgrano")
    uploaded_by_name = models.CharField("kto wgrał", max_length=200)

    class Meta:
        verbose_name = "puste sprawozdanie SJO BeSTi@"
        constraints = [
            models.UniqueConstraint(
                fields=["form", "book", "unit"], nulls_distinct=False, name="one_template_a_form"
            ),
            models.CheckConstraint(name="template_is_of_one", condition=Q(book=None) | Q(unit=None)),
        ]
