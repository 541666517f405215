"""Tables of debt: instruments, their schedules, what was drawn and repaid, and the figures of art. 243.

Law: ufp art. 72, 89-91, 242-243, from memory. What is owed stands in the books, as entries of a settlement.
"""

import pgtrigger
from django.db import models
from django.db.models import Q

from starostwo.ledger.rules.debts import Kind, Move


class DebtInstrument(models.Model):
    """Tytuł dłużny albo poręczenie: what the county borrowed, of whom; the books hold what is left."""

    class Kind(models.TextChoices):
        LOAN = Kind.LOAN.value, "kredyt"
        BORROWING = Kind.BORROWING.value, "pożyczka"
        BOND = Kind.BOND.value, "obligacje"
        GUARANTEE = Kind.GUARANTEE.value, "poręczenie albo gwarancja"

    book = models.ForeignKey("ledger.Book", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("rodzaj", max_length=9, choices=Kind)
    number = models.CharField("numer umowy", max_length=100)
    counterparty = models.ForeignKey("ledger.Counterparty", on_delete=models.PROTECT, related_name="+")
    subject = models.CharField("na co", max_length=200)
    signed_on = models.DateField("zawarta dnia")
    last_on = models.DateField("ostatni termin")
    title = models.CharField("tytuł dłużny", max_length=10)
    amount = models.BigIntegerField("kwota, grosze")
    settlement = models.OneToOneField(
        "ledger.Settlement", on_delete=models.PROTECT, null=True, related_name="+"
    )
    left_out_by = models.CharField("podstawa wyłączenia z relacji", max_length=200, blank=True)

    class Meta:
        verbose_name = "tytuł dłużny"
        constraints = [
            models.UniqueConstraint(fields=["book", "number"], name="one_debt_a_number"),
            models.CheckConstraint(name="debt_is_an_amount", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="debt_stands_in_the_books",
                condition=Q(kind="GUARANTEE", settlement=None)
                | (~Q(kind="GUARANTEE") & Q(settlement__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["book", "-signed_on", "-id"], name="ledger_debt_newest")]
        triggers = [
            pgtrigger.Protect(name="debts_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="debt_says_what_it_said",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["last_on"]),
            ),
        ]

    def __str__(self) -> str:
        return f"ledger.debt:{self.pk}"


class DebtInstalment(models.Model):
    """Rata: principal and interest that fall due on a day; an annex withdraws rows and writes new ones."""

    instrument = models.ForeignKey(DebtInstrument, on_delete=models.PROTECT, related_name="instalments")
    due_on = models.DateField("termin")
    principal = models.BigIntegerField("kapitał, grosze")
    interest = models.BigIntegerField("odsetki, grosze")
    withdrawn_at = models.DateTimeField("zastąpiona", null=True)

    class Meta:
        verbose_name = "rata"
        constraints = [
            models.UniqueConstraint(
                fields=["instrument", "due_on"], condition=Q(withdrawn_at=None), name="one_instalment_a_day"
            ),
            models.CheckConstraint(
                name="instalment_is_an_amount",
                condition=Q(principal__gte=0, interest__gte=0) & (Q(principal__gt=0) | Q(interest__gt=0)),
            ),
        ]
        indexes = [models.Index(fields=["due_on", "id"], name="ledger_instalment_due")]
        triggers = [
            pgtrigger.Protect(name="instalments_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="instalment_is_only_withdrawn",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["withdrawn_at"]),
            ),
        ]


class DebtMove(models.Model):
    """Ruch tytułu: a drawing, a repayment, interest, each with the voucher proposed; a release has none."""

    class Kind(models.TextChoices):
        DRAWING = Move.DRAWING.value, "zaciągnięcie"
        REPAYMENT = Move.REPAYMENT.value, "spłata kapitału"
        INTEREST = Move.INTEREST.value, "odsetki"
        RELEASE = Move.RELEASE.value, "wygaśnięcie poręczenia"

    instrument = models.ForeignKey(DebtInstrument, on_delete=models.PROTECT, related_name="moves")
    instalment = models.ForeignKey(DebtInstalment, on_delete=models.PROTECT, null=True, related_name="moves")
    kind = models.CharField("rodzaj", max_length=9, choices=Kind)
    on_day = models.DateField("dzień")
    amount = models.BigIntegerField("kwota, grosze")
    draft_id = models.BigIntegerField("dowód roboczy", null=True)
    made_at = models.DateTimeField("zapisano")
    made_by_name = models.CharField("kto zapisał", max_length=200)

    class Meta:
        verbose_name = "ruch tytułu dłużnego"
        constraints = [models.CheckConstraint(name="debt_move_is_an_amount", condition=Q(amount__gt=0))]
        triggers = [
            pgtrigger.Protect(name="debt_moves_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="debt_move_says_what_it_said",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["draft_id"]),
            ),
        ]

    def __str__(self) -> str:
        return f"ledger.debt_move:{self.pk}"


class DebtYear(models.Model):
    """Dane jednego roku do relacji z art. 243: what was planned or carried out."""

    book = models.ForeignKey("ledger.Book", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("rok")
    current_income = models.BigIntegerField("dochody bieżące, grosze")
    programme_income = models.BigIntegerField("w tym dotacje na programy, grosze", default=0)
    current_spending = models.BigIntegerField("wydatki bieżące, grosze")
    programme_spending = models.BigIntegerField("w tym na programy, grosze", default=0)
    debt_service = models.BigIntegerField("w tym obsługa długu, grosze", default=0)
    property_income = models.BigIntegerField("dochody ze sprzedaży majątku, grosze", default=0)
    source = models.CharField("skąd", max_length=100)

    class Meta:
        verbose_name = "dane roku do relacji długu"
        constraints = [
            models.UniqueConstraint(fields=["book", "year"], name="one_debt_year_a_year"),
            models.CheckConstraint(
                name="debt_year_is_not_negative",
                condition=Q(
                    current_income__gte=0, programme_income__gte=0, current_spending__gte=0,
                    programme_spending__gte=0, debt_service__gte=0, property_income__gte=0,
                ),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"ledger.debt_year:{self.pk}"
