"""Tables of bank statements: the file as it came, its operations with what each means, learned rules.

Law: u.o.r. art. 20 ust. 2 (vouchers from outside), art. 24 (books without gaps).
"""

import pgtrigger
from django.db import models
from django.db.models import Q

FOLLOWS = """
    IF NEW.previous_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM treasury_bankstatement p
        WHERE p.id = NEW.previous_id AND p.bank_account_id = NEW.bank_account_id AND p.closing = NEW.opening
    ) THEN RAISE EXCEPTION 'statement % does not follow the one before', NEW.number
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.previous_id IS NULL AND EXISTS (
        SELECT 1 FROM treasury_bankstatement p
        WHERE p.bank_account_id = NEW.bank_account_id AND p.id <> NEW.id
    ) THEN RAISE EXCEPTION 'statement % follows none', NEW.number
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""


class BankStatement(models.Model):
    """Wyciąg bankowy: its opening balance is the closing one of the statement before."""

    bank_account = models.ForeignKey("treasury.BankAccount", on_delete=models.PROTECT, related_name="+")
    previous = models.OneToOneField(
        "treasury.BankStatement", on_delete=models.PROTECT, null=True, related_name="+"
    )
    number = models.CharField("numer", max_length=35)
    opened_on = models.DateField("od dnia")
    closed_on = models.DateField("do dnia")
    opening = models.BigIntegerField("saldo początkowe, grosze")
    closing = models.BigIntegerField("saldo końcowe, grosze")
    file_name = models.CharField("nazwa pliku", max_length=200)
    digest = models.CharField("SHA-256", max_length=64)
    content = models.BinaryField("plik")
    taken_at = models.DateTimeField("wczytano")
    taken_by = models.CharField("wczytał", max_length=100)
    voucher_id = models.BigIntegerField("dowód w księgach", null=True)

    class Meta:
        verbose_name = "wyciąg bankowy"
        constraints = [
            models.UniqueConstraint(
                fields=["bank_account", "closed_on", "number"], name="one_statement_a_number"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="statements_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="statement_is_as_it_came",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.voucher_id IS NOT NULL OR OLD.opening <> NEW.opening OR OLD.closing <> NEW.closing"
                    " OR OLD.content <> NEW.content OR OLD.bank_account_id <> NEW.bank_account_id"
                    " OR OLD.number <> NEW.number OR OLD.previous_id IS DISTINCT FROM NEW.previous_id"
                ),
            ),
            pgtrigger.Trigger(
                name="statement_follows_the_one_before",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=FOLLOWS,
            ),
        ]
        indexes = [models.Index(fields=["bank_account", "-id"], name="treasury_statement_newest")]

    def __str__(self) -> str:
        return f"treasury.statement:{self.pk}"


class BankOperation(models.Model):
    """Operacja na wyciągu: what the bank says, and what it means for the books until it is posted."""

    class Meaning(models.TextChoices):
        UNKNOWN = "UNKNOWN", "do wyjaśnienia (245)"
        SETTLEMENT = "SETTLEMENT", "rozrachunek"
        ORDER = "ORDER", "nasz przelew"
        ACCOUNT = "ACCOUNT", "konto"

    statement = models.ForeignKey("treasury.BankStatement", on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField("pozycja")
    booked_on = models.DateField("zaksięgowano w banku")
    amount = models.BigIntegerField("kwota, grosze")
    reference = models.CharField("numer operacji", max_length=80, blank=True)
    own_reference = models.CharField("nasze oznaczenie", max_length=35, blank=True)
    title = models.CharField("tytuł", max_length=400, blank=True)
    name = models.CharField("druga strona", max_length=200, blank=True)
    account = models.CharField("rachunek drugiej strony", max_length=26, blank=True)
    own_account = models.CharField("rachunek wirtualny", max_length=26, blank=True)
    fingerprint = models.CharField("odcisk", max_length=64)
    bank_account = models.ForeignKey("treasury.BankAccount", on_delete=models.PROTECT, related_name="+")
    meaning = models.CharField("znaczenie", max_length=10, choices=Meaning, default=Meaning.UNKNOWN)
    why = models.CharField("po czym rozpoznano", max_length=200, blank=True)
    is_confirmed = models.BooleanField("potwierdzone przez człowieka", default=False)
    settlement = models.ForeignKey("ledger.Settlement", on_delete=models.PROTECT, null=True, related_name="+")
    order = models.OneToOneField(
        "treasury.PaymentOrder", on_delete=models.PROTECT, null=True, related_name="+"
    )
    ledger_account = models.CharField("konto", max_length=30, blank=True)
    classification = models.ForeignKey(
        "ledger.Classification", on_delete=models.PROTECT, null=True, related_name="+"
    )
    counterparty = models.ForeignKey(
        "ledger.Counterparty", on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = "operacja na wyciągu"
        constraints = [
            models.UniqueConstraint(fields=["bank_account", "fingerprint"], name="one_operation_once"),
            models.UniqueConstraint(fields=["statement", "position"], name="one_operation_a_position"),
            models.CheckConstraint(name="operation_moves_money", condition=~Q(amount=0)),
            models.CheckConstraint(
                name="operation_means_what_it_names",
                condition=Q(meaning="UNKNOWN", settlement=None, order=None)
                | Q(meaning="SETTLEMENT", settlement__isnull=False, order=None)
                | Q(meaning="ORDER", order__isnull=False)
                | (Q(meaning="ACCOUNT", settlement=None, order=None) & ~Q(ledger_account="")),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="operations_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="operation_is_as_the_bank_said",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.amount <> NEW.amount OR OLD.fingerprint <> NEW.fingerprint OR OLD.title <> NEW.title"
                    " OR OLD.booked_on <> NEW.booked_on OR OLD.statement_id <> NEW.statement_id"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"treasury.operation:{self.pk}"


class MatchRule(models.Model):
    """Reguła rozpoznawania: learned from what a person decided about an operation."""

    bank_account = models.ForeignKey("treasury.BankAccount", on_delete=models.PROTECT, related_name="+")
    is_credit = models.BooleanField("wpływ")
    account = models.CharField("rachunek drugiej strony", max_length=26, blank=True)
    title_has = models.CharField("tytuł zawiera", max_length=100, blank=True)
    ledger_account = models.CharField("konto", max_length=30)
    classification = models.ForeignKey(
        "ledger.Classification", on_delete=models.PROTECT, null=True, related_name="+"
    )
    counterparty = models.ForeignKey(
        "ledger.Counterparty", on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_by = models.CharField("nauczył", max_length=100)
    made_at = models.DateTimeField("od kiedy")

    class Meta:
        verbose_name = "reguła rozpoznawania"
        constraints = [
            models.UniqueConstraint(
                fields=["bank_account", "is_credit", "account", "title_has"], name="one_rule_a_pattern"
            ),
            models.CheckConstraint(name="rule_has_a_pattern", condition=~Q(account="", title_has="")),
        ]
