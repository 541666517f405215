"""Tables of bank accounts: those of a book, and the virtual ones that tell who pays."""

from django.db import models
from django.db.models import Q


class BankAccount(models.Model):
    """Rachunek bankowy of a book: its accounts in the chart, and how its bank is spoken to."""

    class Format(models.TextChoices):
        CP1250 = "cp1250", "Elixir-0, Windows-1250"
        CP852 = "cp852", "Elixir-0, CP 852 (DOS)"
        ISO = "iso", "Elixir-0, ISO 8859-2"
        CP1250_51 = "cp1250-51", "Elixir-0, Windows-1250, MPP jako 51"
        PAIN = "pain.001", "pain.001 (XML)"

    class Approvals(models.TextChoices):
        CHIEF_AND_TREASURER = "BOTH", "główny księgowy i skarbnik"
        ANY_TWO = "TWO", "dowolne dwie osoby z nich"

    class Encoding(models.TextChoices):
        FOUND = "", "rozpoznawane"
        UTF8 = "utf-8", "UTF-8"
        CP1250 = "cp1250", "Windows-1250"
        CP852 = "cp852", "CP 852"
        ISO = "iso8859-2", "ISO 8859-2"

    book = models.ForeignKey("ledger.Book", on_delete=models.PROTECT, related_name="+")
    number = models.CharField("numer rachunku", max_length=26, unique=True)
    name = models.CharField("nazwa", max_length=100)
    owner_name = models.CharField("posiadacz", max_length=100)
    owner_address = models.CharField("adres posiadacza", max_length=100)
    account_out = models.CharField("konto ksiąg: wypłaty", max_length=30, default="130-2")
    account_in = models.CharField("konto ksiąg: wpływy", max_length=30, default="130-1")
    file_format = models.CharField("plik przelewów", max_length=10, choices=Format, default=Format.CP1250)
    encoding = models.CharField("kodowanie wyciągów", max_length=10, choices=Encoding, blank=True, default="")
    approvals = models.CharField(
        "kto zatwierdza", max_length=4, choices=Approvals, default=Approvals.CHIEF_AND_TREASURER
    )

    class Meta:
        verbose_name = "rachunek bankowy"
        constraints = [
            models.CheckConstraint(name="bank_account_has_26_digits", condition=Q(number__regex=r"^\d{26}$")),
            models.CheckConstraint(
                name="bank_account_has_known_approvals", condition=Q(approvals__in=["BOTH", "TWO"])
            ),
        ]

    def __str__(self) -> str:
        return self.name


class VirtualAccount(models.Model):
    """Rachunek wirtualny: a number of the bank given to one counterparty, so that its payments name it."""

    bank_account = models.ForeignKey("treasury.BankAccount", on_delete=models.PROTECT, related_name="+")
    number = models.CharField("numer", max_length=26, unique=True)
    counterparty = models.ForeignKey("ledger.Counterparty", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "rachunek wirtualny"
        constraints = [
            models.CheckConstraint(
                name="virtual_account_has_26_digits", condition=Q(number__regex=r"^\d{26}$")
            ),
            models.UniqueConstraint(
                fields=["bank_account", "counterparty"], name="one_virtual_account_a_counterparty"
            ),
        ]
