"""Tables of enforcement titles: what was claimed, the signed file, the states, what payments changed.

Law: u.p.e.a. art. 26-27, from memory.
"""

import pgtrigger
from django.db import models
from django.db.models import Q

from starostwo.treasury.rules.enforcement import MOVES, Move, State


class EnforcementTitle(models.Model):
    """Tytuł wykonawczy: the claims of one reminder that was not obeyed, numbered in a register."""

    class State(models.TextChoices):
        PREPARED = State.PREPARED.value, "przygotowany"
        ISSUED = State.ISSUED.value, "wystawiony"
        SENT = State.SENT.value, "przekazany"
        SUSPENDED = State.SUSPENDED.value, "zawieszony"
        WITHDRAWN = State.WITHDRAWN.value, "wycofany"
        PAID = State.PAID.value, "zapłacony"

    book = models.ForeignKey("ledger.Book", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("rok")
    number = models.PositiveIntegerField("numer")
    state = models.CharField("stan", max_length=9, choices=State, default=State.PREPARED)
    reminder = models.ForeignKey("treasury.Reminder", on_delete=models.PROTECT, related_name="+")
    counterparty = models.ForeignKey("ledger.Counterparty", on_delete=models.PROTECT, related_name="+")
    organ = models.CharField("organ egzekucyjny", max_length=200)
    delivered_on = models.DateField("upomnienie doręczono")
    made_on = models.DateField("z dnia")
    cost = models.BigIntegerField("koszty upomnienia, grosze")
    last_left = models.BigIntegerField("zostało przy ostatniej aktualizacji, grosze")
    blob = models.ForeignKey("files.Blob", on_delete=models.PROTECT, related_name="+")
    document = models.OneToOneField("records.Document", on_delete=models.PROTECT, null=True, related_name="+")
    signed = models.ForeignKey("files.Blob", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "tytuł wykonawczy"
        constraints = [
            models.UniqueConstraint(fields=["book", "year", "number"], name="one_title_a_number"),
            models.UniqueConstraint(
                fields=["reminder"], condition=~Q(state="WITHDRAWN"), name="one_title_a_reminder"
            ),
            models.CheckConstraint(
                name="issued_title_is_signed",
                condition=Q(state__in=["PREPARED", "WITHDRAWN", "PAID"]) | Q(signed__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["book", "-id"], name="treasury_title_newest")]
        triggers = [
            pgtrigger.Protect(name="titles_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="title_says_what_it_said",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["state", "signed", "last_left"]),
            ),
            pgtrigger.FSM(
                name="title_goes_its_ways",
                field="state",
                transitions=sorted({(a.value, b.value) for (a, _), b in MOVES.items()}),
            ),
        ]

    def __str__(self) -> str:
        return f"treasury.enforcement_title:{self.pk}"

    @property
    def shown_number(self) -> str:
        """Its number as it is written."""
        return f"TW/{self.number}/{self.year}"


class EnforcementLine(models.Model):
    """Pozycja tytułu: one claim with what was left of it and its interest on the day of the title."""

    title = models.ForeignKey(EnforcementTitle, on_delete=models.PROTECT, related_name="lines")
    claim = models.ForeignKey("treasury.Claim", on_delete=models.PROTECT, related_name="+")
    left = models.BigIntegerField("należność główna, grosze")
    interest = models.BigIntegerField("odsetki na dzień tytułu, grosze")

    class Meta:
        verbose_name = "pozycja tytułu wykonawczego"
        constraints = [
            models.UniqueConstraint(fields=["title", "claim"], name="one_line_a_titled_claim"),
            models.CheckConstraint(name="titled_claim_is_an_amount", condition=Q(left__gt=0)),
        ]
        triggers = [pgtrigger.Protect(name="title_lines_stay", operation=pgtrigger.Update | pgtrigger.Delete)]


class EnforcementStep(models.Model):
    """Krok tytułu: what was done when, by whom and why; an update says what is left after a payment."""

    class What(models.TextChoices):
        PREPARED = "PREPARED", "przygotowano"
        SIGN = Move.SIGN.value, "podpisano"
        SEND = Move.SEND.value, "przekazano organowi"
        SUSPEND = Move.SUSPEND.value, "zawieszono"
        RESUME = Move.RESUME.value, "podjęto"
        WITHDRAW = Move.WITHDRAW.value, "wycofano"
        PAY = Move.PAY.value, "zapłacono w całości"
        UPDATE = "UPDATE", "zmiana po wpłacie"

    title = models.ForeignKey(EnforcementTitle, on_delete=models.PROTECT, related_name="steps")
    what = models.CharField("co", max_length=8, choices=What)
    at = models.DateTimeField("kiedy")
    by_name = models.CharField("kto", max_length=200)
    remark = models.CharField("uwagi", max_length=300, blank=True)
    left = models.BigIntegerField("zostało, grosze")

    class Meta:
        verbose_name = "krok tytułu wykonawczego"
        triggers = [pgtrigger.Protect(name="title_steps_stay", operation=pgtrigger.Update | pgtrigger.Delete)]
