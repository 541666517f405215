"""Należności: what is to be paid for an application or in a case, in which state, and tries at a gateway."""

import uuid

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from starostwo.intake.models.sums import sums_agree
from starostwo.intake.rules.payment_states import MOVES, TRY_MOVES, Lifted, Said, State, Sums

ENDS_AFTER_IT_STARTS = Q(valid_to=None) | Q(valid_to__gt=F("valid_from"))
CHANGES = ["amount", "received", "given_back", "state", "lifted", "lifted_reason", "lifted_at", "lifted_by",
           "submission", "declared_on", "pay_by"]  # fmt: skip
HELD = F("amount") + F("given_back")


class BankAccount(models.Model):
    """Rachunek: where money of a kind goes from a day on."""

    class Kind(models.TextChoices):
        COUNTY = "COUNTY", "opłaty powiatu"
        STAMP = "STAMP", "opłata skarbowa"

    kind = models.CharField("na co", max_length=10, choices=Kind.choices)
    recipient = models.CharField("odbiorca", max_length=100)
    address = models.CharField("adres odbiorcy", max_length=150)
    number = models.CharField("numer rachunku", max_length=26)
    takes_gateway = models.BooleanField("można płacić przez operatora", default=True)
    valid_from = models.DateField("od dnia")
    valid_to = models.DateField("do dnia (wyłącznie)", null=True)

    class Meta:
        verbose_name = "rachunek"
        constraints = [
            models.CheckConstraint(name="account_ends_after_it_starts", condition=ENDS_AFTER_IT_STARTS),
            models.CheckConstraint(name="account_has_26_digits", condition=Q(number__regex=r"^\d{26}$")),
            ExclusionConstraint(
                name="one_account_of_a_kind_a_day",
                expressions=[
                    ("kind", RangeOperators.EQUAL),
                    (
                        Func("valid_from", "valid_to", function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="an_account_only_ends",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["valid_to"]),
            ),
            pgtrigger.Protect(name="accounts_stay", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"intake.bank_account:{self.kind}"


class Due(models.Model):
    """Należność: one sum for one application on one account, or one that a clerk charged in a case."""

    class State(models.TextChoices):
        DUE = State.DUE, "do zapłaty"
        PENDING = State.PENDING, "w toku u operatora"
        PAID = State.PAID, "zapłacona"
        TO_GIVE_BACK = State.TO_GIVE_BACK, "nadpłata do zwrotu"
        WAIVED = State.WAIVED, "zwolniona z opłaty"
        WITHDRAWN = State.WITHDRAWN, "wycofana"

    OPEN = (State.DUE, State.PENDING)
    SETTLED = (State.PAID, State.TO_GIVE_BACK, State.WAIVED)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField("oznaczenie w tytule przelewu", max_length=13, unique=True)
    account = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="kto płaci"
    )
    payer = models.CharField("nazwa płacącego", max_length=300, blank=True)
    title = models.CharField("za co", max_length=500)
    kind = models.CharField("na rachunek", max_length=10, choices=BankAccount.Kind.choices)
    application = models.UUIDField("wniosek", null=True)
    submission = models.ForeignKey(
        "intake.Submission", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="złożenie"
    )
    case = models.ForeignKey(
        "records.Case", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="sprawa"
    )
    claim = models.ForeignKey(
        "treasury.Claim",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        verbose_name="należność z ksiąg",
    )
    rates_on = models.DateField("stawki z dnia")
    charged_at = models.DateTimeField("naliczono")
    amount = models.PositiveIntegerField("kwota")
    received = models.PositiveIntegerField("wpłacono", default=0)
    given_back = models.PositiveIntegerField("zwrócono", default=0)
    state = models.CharField("stan", max_length=12, choices=State.choices, default=State.DUE)
    declared_on = models.DateField("płacący zgłosił przelew", null=True)
    pay_by = models.DateField("zapłacić do", null=True)
    lifted = models.CharField("dlaczego się nie należy", max_length=10, blank=True)
    lifted_reason = models.CharField("powód", max_length=500, blank=True)
    lifted_at = models.DateTimeField("kiedy zwolniono", null=True)
    lifted_by = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="kto zwolnił"
    )

    class Meta:
        verbose_name = "należność"
        constraints = [
            models.UniqueConstraint(name="one_due_of_an_application", fields=["application", "kind"]),
            models.CheckConstraint(
                name="due_is_for_something",
                condition=Q(application__isnull=False) | Q(case__isnull=False) | Q(claim__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_open_due_of_a_claim",
                fields=["account", "claim"],
                condition=Q(claim__isnull=False, state__in=["DUE", "PENDING"]),
            ),
            models.CheckConstraint(name="due_is_an_amount", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="no_more_back_than_came", condition=Q(given_back__lte=F("received"))),
            models.CheckConstraint(
                name="due_state_follows_its_sums",
                condition=Q(state__in=["DUE", "PENDING"], lifted="", received__lt=HELD)
                | Q(state="PAID", lifted="", received=HELD)
                | Q(state="TO_GIVE_BACK", lifted="", received__gt=HELD)
                | (Q(state="TO_GIVE_BACK", received__gt=F("given_back")) & ~Q(lifted=""))
                | Q(state="WAIVED", lifted="WAIVED", received=F("given_back"))
                | Q(state="WITHDRAWN", lifted="WITHDRAWN", received=F("given_back")),
            ),
            models.CheckConstraint(
                name="waived_says_who_when_and_why",
                condition=~Q(lifted="WAIVED")
                | (Q(lifted_by__isnull=False, lifted_at__isnull=False) & ~Q(lifted_reason="")),
            ),
        ]
        indexes = [
            models.Index(name="due_list", fields=["state", "charged_at", "id"]),
            models.Index(name="due_newest", fields=["charged_at", "id"]),
            models.Index(
                name="dues_to_remind_of",
                fields=["pay_by"],
                condition=Q(state="DUE", declared_on=None, account__isnull=False, pay_by__isnull=False),
            ),
            models.Index(name="due_of_account", fields=["account", "charged_at", "id"]),
        ]
        triggers = [
            pgtrigger.Protect(name="dues_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="what_a_due_is_for_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=[*CHANGES, "rates_on", "title"]),
            ),
            pgtrigger.Protect(
                name="a_term_to_pay_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__pay_by__isnull=False)
                & pgtrigger.Q(old__pay_by__df=pgtrigger.F("new__pay_by")),
            ),
            pgtrigger.FSM(
                name="due_goes_its_ways",
                field="state",
                transitions=sorted((before.value, later.value) for before, later in MOVES),
            ),
            sums_agree(row="NEW.id", operation=pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return f"intake.due:{self.pk}"

    @property
    def sums(self) -> Sums:
        """What was counted so far; whether a try is under way is what the state says."""
        return Sums(
            self.amount, self.received, self.given_back, Lifted(self.lifted), self.state == State.PENDING
        )


class DueLine(models.Model):
    """Pozycja należności: for what, by which provision, from which row of the card's fees."""

    due = models.ForeignKey(Due, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField("kolejność")
    fee = models.ForeignKey(
        "procedures.Fee", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="wiersz opłat"
    )
    label = models.CharField("za co", max_length=120)
    amount = models.PositiveIntegerField("kwota")
    source = models.CharField("podstawa", max_length=300)
    verified = models.BooleanField("sprawdzona z tekstem prawa", default=False)

    class Meta:
        verbose_name = "pozycja należności"
        constraints = [models.UniqueConstraint(name="one_line_a_place", fields=["due", "position"])]

    def __str__(self) -> str:
        return self.label


class Attempt(models.Model):
    """Próba: one way to the gateway and what came of it; one at a time is under way for a due."""

    class State(models.TextChoices):
        BEGUN = Said.BEGUN, "w toku"
        PAID = Said.PAID, "zapłacona"
        CANCELLED = Said.CANCELLED, "przerwana"
        FAILED = Said.FAILED, "nieudana"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    due = models.ForeignKey(Due, on_delete=models.PROTECT, related_name="attempts")
    gateway = models.CharField("operator", max_length=40)
    amount = models.PositiveIntegerField("kwota")
    state = models.CharField("stan", max_length=10, choices=State.choices, default=State.BEGUN)
    begun_at = models.DateTimeField("rozpoczęto")
    ended_at = models.DateTimeField("zakończono", null=True)
    doubt = models.CharField("do wyjaśnienia", max_length=200, blank=True)

    class Meta:
        verbose_name = "próba płatności"
        constraints = [
            models.UniqueConstraint(
                name="one_try_under_way", fields=["due"], condition=Q(state=Said.BEGUN.value)
            ),
            models.CheckConstraint(name="try_is_for_an_amount", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="try_ends_once",
                condition=Q(state="BEGUN", ended_at=None) | (~Q(state="BEGUN") & Q(ended_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(name="tries_under_way", fields=["begun_at"], condition=Q(state=Said.BEGUN.value)),
            models.Index(name="tries_in_doubt", fields=["begun_at"], condition=~Q(doubt="")),
        ]
        triggers = [
            pgtrigger.Protect(name="tries_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="a_try_stays_what_it_was",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["state", "ended_at", "doubt"]),
            ),
            pgtrigger.FSM(
                name="try_goes_its_ways",
                field="state",
                transitions=sorted((before.value, later.value) for before, later in TRY_MOVES),
            ),
        ]

    def __str__(self) -> str:
        return f"intake.attempt:{self.pk}"
