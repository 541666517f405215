"""Letters as they stand in the register of incoming letters, with the metadata of annex A."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from starostwo.records.models.laws import letter_triggers
from starostwo.records.rules.metadata import (
    ACCESS_LABELS,
    CHANNEL_LABELS,
    SENDER_ROLE_LABELS,
    AccessLevel,
    Channel,
    DcmiType,
    SenderRole,
)
from starostwo.records.rules.numbering import RegisterNumber


class NumberSeries(models.Model):
    """The last number given in a series of a year; its row is locked last and shortest."""

    series = models.CharField("seria", max_length=60)
    year = models.PositiveSmallIntegerField("rok")
    last = models.PositiveIntegerField("ostatni numer")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["series", "year"], name="one_row_a_series_and_year")]

    def __str__(self) -> str:
        return f"{self.series}/{self.last}/{self.year}"


class Letter(models.Model):
    """Przesyłka wpływająca. Its number and what was received never change."""

    class State(models.TextChoices):
        REGISTERED = "REGISTERED", "do dekretacji"
        ASSIGNED = "ASSIGNED", "zadekretowane"
        FILED = "FILED", "w aktach"

    series = models.CharField("rejestr", max_length=8)
    year = models.PositiveSmallIntegerField("rok")
    number = models.PositiveIntegerField("numer")
    identifier = models.CharField("identyfikator", max_length=40, unique=True)
    idempotency_key = models.CharField("klucz powtórzenia", max_length=200, unique=True, null=True)
    channel = models.CharField(
        "kanał", max_length=12, choices=[(one.value, CHANNEL_LABELS[one]) for one in Channel]
    )
    received_on = models.DateField("data wpływu")
    registered_at = models.DateTimeField("zarejestrowano")
    registered_by = models.ForeignKey(
        "office.Account",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="zarejestrował(a)",
    )
    seat = models.CharField("siedziba", max_length=10, blank=True)
    resident = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="konto nadawcy"
    )

    sender_name = models.CharField("nadawca", max_length=250, blank=True)
    sender_town = models.CharField("miejscowość nadawcy", max_length=100, blank=True)
    kind = models.CharField("rodzaj", max_length=60)
    title = models.CharField("tytuł", max_length=500)
    letter_date = models.CharField("data na piśmie", max_length=10, blank=True)
    sent_on = models.DateField("data nadania", null=True)
    access = models.CharField(
        "dostęp", max_length=8, choices=[(one.value, ACCESS_LABELS[one]) for one in AccessLevel]
    )
    attachments = models.PositiveSmallIntegerField("liczba załączników", default=0)
    format = models.CharField("format", max_length=120, blank=True)
    remarks = ArrayField(models.CharField(max_length=500), verbose_name="uwagi", default=list)
    dcmi_type = models.CharField(
        "typ", max_length=20, choices=[(one.value, one.value) for one in DcmiType], default=DcmiType.TEXT
    )
    delivery_way = models.CharField("sposób dostarczenia", max_length=60, blank=True)
    sender_reference = models.CharField("znak nadawcy", max_length=100, blank=True)
    fully_copied = models.BooleanField("w pełni odwzorowane", default=True)
    not_copied_reason = models.CharField("dlaczego nie w pełni", max_length=200, blank=True)
    envelope_only = models.BooleanField("bez otwierania koperty", default=False)
    service_code = models.CharField("karta usługi", max_length=40, blank=True)

    state = models.CharField("stan", max_length=10, choices=State.choices, default=State.REGISTERED)
    unit = models.CharField("komórka", max_length=12, blank=True)
    holder = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="prowadzący"
    )
    due_on = models.DateField("termin z dekretacji", null=True)
    returned_reason = models.CharField("powód zwrotu", max_length=300, blank=True)
    case = models.ForeignKey(
        "records.Case", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="sprawa"
    )
    plan_class = models.ForeignKey(
        "records.PlanClass",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="klasa poza sprawą",
    )
    filed_at = models.DateTimeField("włączono do akt", null=True)
    audience = ArrayField(models.CharField(max_length=60), verbose_name="kto widzi", default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["series", "year", "number"], name="one_letter_one_number"),
            models.CheckConstraint(name="letter_number_is_natural", condition=Q(number__gte=1)),
            models.CheckConstraint(name="letter_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="filed_letter_is_somewhere",
                condition=Q(state="FILED", case__isnull=False, plan_class=None, filed_at__isnull=False)
                | Q(state="FILED", case=None, plan_class__isnull=False, filed_at__isnull=False)
                | Q(state__in=["REGISTERED", "ASSIGNED"], case=None, plan_class=None, filed_at=None),
            ),
            models.CheckConstraint(
                name="letter_not_copied_says_why", condition=Q(fully_copied=True) | ~Q(not_copied_reason="")
            ),
        ]
        indexes = [
            GinIndex(fields=["audience"], name="letter_audience"),
            models.Index(fields=["-registered_at", "-id"], name="letter_newest"),
            models.Index(
                fields=["registered_at", "id"], name="letter_waiting", condition=Q(state="REGISTERED")
            ),
            models.Index(
                fields=["registered_at", "id"], name="letter_not_copied", condition=Q(fully_copied=False)
            ),
            models.Index(fields=["channel", "-registered_at", "-id"], name="letter_of_channel"),
            models.Index(
                fields=["unit", "registered_at", "id"],
                name="letter_waiting_in_unit",
                condition=Q(holder=None, state__in=["REGISTERED", "ASSIGNED"]),
            ),
            models.Index(
                fields=["holder", "due_on", "id"], name="letter_of_holder", condition=Q(state="ASSIGNED")
            ),
            models.Index(fields=["unit", "-registered_at", "-id"], name="letter_of_unit"),
            models.Index(fields=["case", "registered_at", "id"], name="letter_of_case"),
            models.Index(fields=["resident", "-registered_at"], name="letter_of_resident"),
            models.Index(fields=["received_on", "id"], name="letter_received"),
        ]
        triggers: list[pgtrigger.Trigger] = letter_triggers()

    def __str__(self) -> str:
        return f"records.letter:{self.pk}"

    @property
    def register_number(self) -> RegisterNumber:
        """The number as a value: series, year, number."""
        return RegisterNumber(self.series, self.year, self.number)

    @property
    def shown_number(self) -> str:
        """The number as people write it: RPW/123/2026."""
        return str(self.register_number)


class LetterSender(models.Model):
    """Nadawca of a letter as it was written on it (annex A points 1 and 2)."""

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField("kolejność")
    party = models.ForeignKey("records.Party", on_delete=models.PROTECT, null=True, related_name="+")
    organization = models.CharField("nazwa", max_length=250, blank=True)
    family_name = models.CharField("nazwisko", max_length=80, blank=True)
    given_name = models.CharField("imię", max_length=60, blank=True)
    postcode = models.CharField("kod pocztowy", max_length=10, blank=True)
    town = models.CharField("miejscowość", max_length=100, blank=True)
    street = models.CharField("ulica", max_length=100, blank=True)
    building = models.CharField("numer budynku", max_length=20, blank=True)
    flat = models.CharField("numer lokalu", max_length=20, blank=True)
    po_box = models.CharField("skrytka pocztowa", max_length=40, blank=True)
    country = models.CharField("kraj", max_length=2, default="PL")
    email = models.CharField("adres e-mail", max_length=254, blank=True)
    role = models.CharField(
        "rola",
        max_length=14,
        choices=[(one.value, SENDER_ROLE_LABELS[one]) for one in SenderRole],
        default=SenderRole.PARTY,
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["letter", "position"], name="one_sender_one_position")]

    def __str__(self) -> str:
        return self.organization or f"{self.family_name} {self.given_name}"


class LetterFile(models.Model):
    """Plik of a letter: the original bytes, an attachment or a scan; never changed or removed."""

    class Role(models.TextChoices):
        MAIN = "main", "pismo"
        ATTACHMENT = "attachment", "załącznik"
        SCAN = "scan", "odwzorowanie cyfrowe"
        ENVELOPE = "envelope", "koperta"
        RECEIPT = "receipt", "potwierdzenie (UPO)"

    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="+", verbose_name="przesyłka")
    blob = models.ForeignKey("files.Blob", on_delete=models.PROTECT, related_name="+", verbose_name="treść")
    name = models.CharField("nazwa", max_length=255)
    role = models.CharField("rola", max_length=12, choices=Role.choices)
    report = models.JSONField("weryfikacja podpisu", null=True)
    added_at = models.DateTimeField("dodano")
    added_by = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="dodał(a)"
    )

    class Meta:
        indexes = [models.Index(fields=["letter", "id"], name="letterfile_of_letter")]
        triggers = [
            pgtrigger.Protect(name="files_stay", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.name
