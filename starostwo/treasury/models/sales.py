"""Sales invoices of the county: series numbered without gaps, the invoice, how it stands in KSeF.

Law: ustawa o VAT art. 106b, 106e, 106j; art. 106nda (offline24: sent by the next working day).
"""

import pgtrigger
from django.db import models
from django.db.models import F, Q


class SaleSeries(models.Model):
    """Seria faktur of a unit and year; its row is locked last, so that numbers have no gaps."""

    unit = models.ForeignKey("treasury.InvoiceUnit", on_delete=models.PROTECT, related_name="+")
    code = models.CharField("symbol", max_length=20)
    year = models.PositiveSmallIntegerField("rok")
    last = models.PositiveIntegerField("ostatni numer", default=0)

    class Meta:
        verbose_name = "seria faktur"
        constraints = [
            models.UniqueConstraint(fields=["code", "year"], name="one_series_a_year"),
        ]
        triggers = [
            pgtrigger.Protect(name="series_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="series_count_by_one",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "NEW.last <> OLD.last + 1 OR NEW.code <> OLD.code OR NEW.year <> OLD.year"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}/{self.year}"


class SaleInvoice(models.Model):
    """Faktura sprzedaży: issued once, never changed; a correction is another one."""

    class Mode(models.TextChoices):
        ONLINE = "ONLINE", "online"
        OFFLINE24 = "OFFLINE24", "offline24"

    class State(models.TextChoices):
        ISSUED = "ISSUED", "wystawiona, czeka na wysłanie"
        SENT = "SENT", "wysłana, KSeF sprawdza"
        ACCEPTED = "ACCEPTED", "przyjęta w KSeF"
        REFUSED = "REFUSED", "odrzucona przez KSeF"

    series = models.ForeignKey("treasury.SaleSeries", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField("numer w serii")
    number = models.CharField("numer", max_length=100, unique=True)
    unit = models.ForeignKey("treasury.InvoiceUnit", on_delete=models.PROTECT, related_name="+")
    issued_on = models.DateField("wystawiona")
    issued_at = models.DateTimeField("kiedy wystawiono")
    issued_by = models.CharField("kto", max_length=200)
    sold_on = models.DateField("sprzedaż", null=True)
    due_on = models.DateField("termin zapłaty", null=True)
    buyer_nip = models.CharField("NIP nabywcy", max_length=10, blank=True)
    buyer_name = models.CharField("nabywca", max_length=512)
    gross = models.BigIntegerField("brutto, grosze")
    rates = models.JSONField("netto i podatek według stawek", default=dict)
    lines = models.JSONField("pozycje", default=list)
    blob = models.ForeignKey("files.Blob", on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField("skrót SHA-256", max_length=64)
    corrects = models.ForeignKey(
        "treasury.SaleInvoice", on_delete=models.PROTECT, null=True, related_name="+"
    )
    mode = models.CharField("tryb", max_length=9, choices=Mode)
    state = models.CharField("stan", max_length=8, choices=State, default=State.ISSUED)
    ksef_number = models.CharField("numer KSeF", max_length=40, null=True, unique=True)
    session = models.CharField("sesja KSeF", max_length=60, blank=True)
    reference = models.CharField("numer referencyjny", max_length=60, blank=True)
    upo = models.ForeignKey("files.Blob", on_delete=models.PROTECT, null=True, related_name="+")
    fault = models.CharField("ostatni błąd", max_length=300, blank=True)
    voucher = models.ForeignKey("ledger.Voucher", on_delete=models.PROTECT, null=True, related_name="+")
    posted_as = models.CharField("klasyfikacja dochodu", max_length=20, blank=True, default="")

    class Meta:
        verbose_name = "faktura sprzedaży"
        constraints = [
            models.UniqueConstraint(fields=["series", "position"], name="one_sale_a_number"),
            models.CheckConstraint(
                name="accepted_sale_has_its_ksef_number",
                condition=Q(state="ACCEPTED", ksef_number__isnull=False, upo__isnull=False)
                | (~Q(state="ACCEPTED") & Q(upo=None)),
            ),
            models.CheckConstraint(name="sale_does_not_correct_itself", condition=~Q(corrects=F("id"))),
        ]
        indexes = [models.Index(fields=["-issued_on", "-id"], name="treasury_sale_newest")]
        triggers = [
            pgtrigger.Protect(name="sales_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="an_issued_sale_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    exclude=[
                        "state",
                        "ksef_number",
                        "session",
                        "reference",
                        "upo",
                        "fault",
                        "mode",
                        "voucher",
                        "posted_as",
                    ]
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.number
