"""Tables of money that is not the office's own: deposits with their moves, the social fund person by person.

Law: rozp. MRiF 13.09.2017 zał. 3 (139/240, 135/851), from memory; u.z.f.ś.s. art. 12 (a separate account).
"""

import pgtrigger
from django.db import models
from django.db.models import Q

from starostwo.treasury.rules.deposits import Kind


class Deposit(models.Model):
    """Depozyt: money of another that secures something; the books hold it on 139 against 240."""

    class Kind(models.TextChoices):
        BID_BOND = Kind.BID_BOND.value, "wadium (zamówienie publiczne)"
        PERFORMANCE = Kind.PERFORMANCE.value, "zabezpieczenie należytego wykonania"
        AUCTION = Kind.AUCTION.value, "wadium (przetarg na nieruchomość)"
        OTHER = Kind.OTHER.value, "inny depozyt"

    book = models.ForeignKey("ledger.Book", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("rok")
    number = models.PositiveIntegerField("numer")
    kind = models.CharField("rodzaj", max_length=11, choices=Kind)
    counterparty = models.ForeignKey("ledger.Counterparty", on_delete=models.PROTECT, related_name="+")
    subject = models.CharField("czego dotyczy", max_length=200)
    amount = models.BigIntegerField("kwota, grosze")
    received_on = models.DateField("wpłynął")
    rate = models.PositiveIntegerField("oprocentowanie rachunku, setne procenta", default=0)
    ended_on = models.DateField("zabezpieczenie wygasło", null=True)
    return_by = models.DateField("zwrócić do", null=True)
    returned_on = models.DateField("zwrócono", null=True)
    returned = models.BigIntegerField("zwrócona kwota z odsetkami, grosze", default=0)
    kept_reason = models.CharField("powód zatrzymania", max_length=300, blank=True)

    class Meta:
        verbose_name = "depozyt"
        constraints = [
            models.UniqueConstraint(fields=["book", "year", "number"], name="one_deposit_a_number"),
            models.CheckConstraint(name="deposit_is_an_amount", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="deposit_goes_back_or_is_kept",
                condition=Q(returned_on=None, returned=0, kept_reason="")
                | (Q(returned_on__isnull=False) & (Q(returned__gt=0) ^ ~Q(kept_reason=""))),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="deposits_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="deposit_says_what_it_said",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    exclude=["ended_on", "return_by", "returned_on", "returned", "kept_reason"]
                ),
            ),
            pgtrigger.Protect(
                name="an_ended_deposit_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.returned_on IS NOT NULL"),
            ),
        ]
        indexes = [models.Index(fields=["book", "returned_on", "return_by", "id"], name="treasury_deposits")]

    def __str__(self) -> str:
        return f"treasury.deposit:{self.pk}"

    @property
    def shown_number(self) -> str:
        """Its number as it is written."""
        return f"D/{self.number}/{self.year}"


class FundEntry(models.Model):
    """Wpis funduszu socjalnego: what came to the fund or was given to a person, by the kind of benefit."""

    class Kind(models.TextChoices):
        ALLOWANCE = "ALLOWANCE", "odpis na fundusz"
        HOLIDAY = "HOLIDAY", "wypoczynek"
        RELIEF = "RELIEF", "zapomoga"
        CULTURE = "CULTURE", "kultura i sport"
        LOAN = "LOAN", "pożyczka mieszkaniowa"
        REPAYMENT = "REPAYMENT", "spłata pożyczki"
        OTHER = "OTHER", "inne"

    COMES_IN = (Kind.ALLOWANCE, Kind.REPAYMENT)

    book = models.ForeignKey("ledger.Book", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("rodzaj", max_length=9, choices=Kind)
    counterparty = models.ForeignKey(
        "ledger.Counterparty", on_delete=models.PROTECT, null=True, related_name="+"
    )
    amount = models.BigIntegerField("kwota, grosze")
    on_day = models.DateField("dzień")
    text = models.CharField("treść", max_length=200)
    voucher_id = models.BigIntegerField("dowód w księgach")
    made_by_name = models.CharField("kto zapisał", max_length=200)

    class Meta:
        verbose_name = "wpis funduszu socjalnego"
        constraints = [
            models.CheckConstraint(name="fund_entry_is_an_amount", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="fund_entry_names_its_person",
                condition=Q(kind="ALLOWANCE") | Q(counterparty__isnull=False),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="fund_entries_stay", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
        indexes = [models.Index(fields=["book", "-on_day", "-id"], name="treasury_fund_newest")]

    def __str__(self) -> str:
        return f"treasury.fund_entry:{self.pk}"
