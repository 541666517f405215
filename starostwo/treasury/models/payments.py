"""Tables of transfers: the order, the file in which it goes to the bank, the proof of the white list.

Law: ufp art. 44 ust. 3 (spending), art. 54 (the chief accountant's approval).
"""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from starostwo.treasury.rules.payment_states import MOVES, State

CONTENT_STAYS = "OLD.state <> 'PROPOSED' AND ({})".format(
    " OR ".join(
        f"OLD.{name} IS DISTINCT FROM NEW.{name}"
        for name in [
            "bank_account_id", "settlement_id", "counterparty_id", "classification_id", "amount",
            "ledger_account", "payee_name", "payee_address", "payee_account", "title", "is_split", "vat",
            "pay_on",
        ]
    )
)  # fmt: skip
ALLOWED = [(str(before), str(after)) for before, after in MOVES]
APPROVED_ONCE = Q(first_by__isnull=False, first_at__isnull=False, first_as__in=["CHIEF", "TREASURER"])
APPROVED_TWICE = APPROVED_ONCE & Q(
    second_by__isnull=False, second_at__isnull=False, second_as__in=["CHIEF", "TREASURER"]
)


class PaymentFile(models.Model):
    """Paczka przelewów: the very bytes that went to the bank, so that a second download is the same file."""

    bank_account = models.ForeignKey("treasury.BankAccount", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("rok")
    number = models.PositiveIntegerField("numer")
    name = models.CharField("nazwa pliku", max_length=60)
    content = models.BinaryField("plik")
    digest = models.CharField("SHA-256", max_length=64)
    count = models.PositiveIntegerField("liczba przelewów")
    total = models.BigIntegerField("suma, grosze")
    made_at = models.DateTimeField("utworzono")
    made_by = models.CharField("utworzył", max_length=100)
    made_by_name = models.CharField("imię i nazwisko", max_length=200)

    class Meta:
        verbose_name = "paczka przelewów"
        constraints = [
            models.UniqueConstraint(fields=["bank_account", "year", "number"], name="one_file_a_number"),
            models.CheckConstraint(name="file_has_orders", condition=Q(count__gt=0, total__gt=0)),
        ]
        triggers = [
            pgtrigger.Protect(name="payment_files_stay", operation=pgtrigger.Update | pgtrigger.Delete)
        ]


class PaymentOrder(models.Model):
    """Polecenie przelewu: proposed, approved by two people, sent in one file, found on the statement."""

    bank_account = models.ForeignKey("treasury.BankAccount", on_delete=models.PROTECT, related_name="+")
    settlement = models.ForeignKey("ledger.Settlement", on_delete=models.PROTECT, null=True, related_name="+")
    counterparty = models.ForeignKey("ledger.Counterparty", on_delete=models.PROTECT, related_name="+")
    classification = models.ForeignKey(
        "ledger.Classification", on_delete=models.PROTECT, null=True, related_name="+"
    )
    ledger_account = models.CharField("konto, z którym się księguje", max_length=30, default="201")
    amount = models.BigIntegerField("kwota, grosze")
    payee_name = models.CharField("odbiorca", max_length=140)
    payee_address = models.CharField("adres odbiorcy", max_length=140, blank=True)
    payee_account = models.CharField("rachunek odbiorcy", max_length=26, blank=True)
    title = models.CharField("tytuł", max_length=140)
    is_split = models.BooleanField("podzielona płatność", default=False)
    vat = models.BigIntegerField("VAT, grosze", default=0)
    pay_on = models.DateField("dzień zapłaty")
    state = models.CharField("stan", max_length=9, default=State.PROPOSED.value)
    made_by = models.CharField("przygotował", max_length=100)
    made_at = models.DateTimeField("przygotowano")
    first_by = models.BigIntegerField("pierwszy zatwierdzający", null=True)
    first_as = models.CharField("w jakiej roli", max_length=9, blank=True)
    first_at = models.DateTimeField("zatwierdzono", null=True)
    second_by = models.BigIntegerField("drugi zatwierdzający", null=True)
    second_as = models.CharField("w jakiej roli", max_length=9, blank=True)
    second_at = models.DateTimeField("zatwierdzono", null=True)
    despite = models.CharField("powód mimo braku w wykazie podatników", max_length=300, blank=True)
    file = models.ForeignKey("treasury.PaymentFile", on_delete=models.PROTECT, null=True, related_name="+")
    ended_reason = models.CharField("powód wycofania albo odrzucenia", max_length=300, blank=True)

    class Meta:
        verbose_name = "przelew"
        constraints = [
            models.CheckConstraint(name="order_has_an_amount", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="order_has_known_state", condition=Q(state__in=[state.value for state in State])
            ),
            models.CheckConstraint(
                name="order_is_approved_by_two",
                condition=Q(state__in=["PROPOSED", "APPROVED", "WITHDRAWN"]) | APPROVED_TWICE,
            ),
            models.CheckConstraint(
                name="order_approved_has_one", condition=~Q(state="APPROVED") | APPROVED_ONCE
            ),
            models.CheckConstraint(
                name="nobody_approves_twice",
                condition=Q(second_by=None) | Q(first_by=None) | ~Q(first_by=F("second_by")),
            ),
            models.CheckConstraint(
                name="order_sent_is_in_a_file",
                condition=Q(state__in=["EXPORTED", "PAID", "REFUSED"], file__isnull=False)
                | Q(state__in=["PROPOSED", "APPROVED", "READY", "WITHDRAWN"], file=None),
            ),
            models.CheckConstraint(
                name="split_order_names_vat", condition=Q(is_split=False) | Q(vat__gte=0, vat__lt=F("amount"))
            ),
            models.CheckConstraint(
                name="order_approved_has_an_account",
                condition=Q(state__in=["PROPOSED", "WITHDRAWN"]) | Q(payee_account__regex=r"^\d{26}$"),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="orders_stay", operation=pgtrigger.Delete),
            pgtrigger.FSM(
                name="order_moves_as_allowed", field="state", transitions=[(str(a), str(b)) for a, b in MOVES]
            ),
            pgtrigger.Protect(
                name="approved_order_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(CONTENT_STAYS),
            ),
        ]
        indexes = [
            models.Index(fields=["bank_account", "state", "pay_on", "id"], name="treasury_order_by_state"),
            models.Index(fields=["settlement"], name="treasury_order_of_debt", condition=~Q(settlement=None)),
        ]

    def __str__(self) -> str:
        return f"treasury.order:{self.pk}"

    @property
    def reference(self) -> str:
        """What the file and the statement call the order."""
        return f"P{self.pk}"


class WhiteListCheck(models.Model):
    """Sprawdzenie w wykazie podatników VAT: what was asked and answered, as proof for later."""

    class Outcome(models.TextChoices):
        LISTED = "LISTED", "rachunek jest w wykazie"
        NOT_LISTED = "NOT_LISTED", "rachunku nie ma w wykazie"
        UNKNOWN = "UNKNOWN", "nie sprawdzono"

    class Way(models.TextChoices):
        API = "API", "zapytanie do wykazu"
        FILE = "FILE", "plik płaski"
        NONE = "NONE", "kanał niewłączony"

    nip = models.CharField("NIP", max_length=10)
    account = models.CharField("rachunek", max_length=26)
    on_day = models.DateField("na dzień")
    outcome = models.CharField("wynik", max_length=10, choices=Outcome)
    way = models.CharField("sposób", max_length=4, choices=Way)
    request_id = models.CharField("identyfikator zapytania", max_length=80, blank=True)
    said = models.CharField("odpowiedź", max_length=1000, blank=True)
    checked_at = models.DateTimeField("sprawdzono")
    checked_by = models.CharField("sprawdził", max_length=100)

    class Meta:
        verbose_name = "sprawdzenie w wykazie podatników"
        constraints = [
            models.CheckConstraint(
                name="listed_has_a_way", condition=Q(outcome="UNKNOWN") | Q(way__in=["API", "FILE"])
            ),
            models.CheckConstraint(
                name="api_answer_has_its_id",
                condition=~Q(way="API", outcome__in=["LISTED", "NOT_LISTED"]) | ~Q(request_id=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="white_list_checks_stay", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
        indexes = [
            models.Index(fields=["nip", "account", "-on_day", "-id"], name="treasury_white_list_newest")
        ]
