"""What came into the electronic submission box, its files, and the receipt that was given for it."""

import uuid

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from starostwo.intake.rules.fingerprint import LONGEST_KEY

SETTLED_LATER = ["state", "letter", "settled_at", "settled_by", "settled_reason"]


class Submission(models.Model):
    """Złożenie: one document with attachments. What was received never changes, only how it was settled."""

    class State(models.TextChoices):
        REGISTERED = "REGISTERED", "zarejestrowane"
        QUARANTINED = "QUARANTINED", "w kwarantannie"
        REFUSED = "REFUSED", "odrzucone po kwarantannie"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    received_at = models.DateTimeField("wpłynęło")
    channel = models.CharField("kanał", max_length=12)
    account = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="konto"
    )
    sender_name = models.CharField("nadawca", max_length=300, blank=True)
    sender_address = models.CharField("adres nadawcy", max_length=500, blank=True)
    title = models.CharField("tytuł", max_length=500)
    form_code = models.CharField("formularz", max_length=40, blank=True)
    form_version = models.PositiveSmallIntegerField("wersja formularza", null=True)
    service_code = models.CharField("karta usługi", max_length=60, blank=True)
    scope = models.CharField("zakres klucza", max_length=60)
    idempotency_key = models.CharField("klucz powtórzenia", max_length=LONGEST_KEY, null=True)
    request_sha256 = models.CharField("skrót żądania", max_length=64)
    bytes_sha256 = models.CharField("skrót plików", max_length=64)
    repeats = models.ForeignKey("self", on_delete=models.PROTECT, related_name="+", null=True)
    problems = ArrayField(models.CharField(max_length=20), verbose_name="powody kwarantanny", default=list)
    people = models.JSONField("osoby: strony i pełnomocnicy", default=list)
    fees = models.JSONField("należne opłaty", default=list)
    written_by = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="spisał(a)"
    )

    state = models.CharField("stan", max_length=12, choices=State.choices)
    letter = models.OneToOneField(
        "records.Letter", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="przesyłka"
    )
    settled_at = models.DateTimeField("rozstrzygnięto", null=True)
    settled_by = models.ForeignKey(
        "office.Account",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        verbose_name="rozstrzygnął(a)",
    )
    settled_reason = models.CharField("powód", max_length=500, blank=True)

    class Meta:
        verbose_name = "złożenie"
        constraints = [
            models.UniqueConstraint(
                name="one_key_one_submission",
                fields=["scope", "idempotency_key"],
                condition=Q(idempotency_key__isnull=False),
            ),
            models.CheckConstraint(
                name="registered_submission_has_a_letter",
                condition=Q(state="REGISTERED", letter__isnull=False)
                | Q(state__in=["QUARANTINED", "REFUSED"], letter=None),
            ),
            models.CheckConstraint(
                name="refused_submission_says_who_and_why",
                condition=~Q(state="REFUSED")
                | (Q(settled_by__isnull=False, settled_at__isnull=False) & ~Q(settled_reason="")),
            ),
        ]
        indexes = [
            models.Index(
                name="quarantine_list", fields=["received_at", "id"], condition=Q(state="QUARANTINED")
            ),
            models.Index(name="submission_same_bytes", fields=["scope", "bytes_sha256"]),
        ]
        triggers = [
            pgtrigger.Protect(name="submission_is_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="received_stays_received",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=SETTLED_LATER),
            ),
        ]

    def __str__(self) -> str:
        return f"intake.submission:{self.pk}"


class SubmissionFile(models.Model):
    """Plik złożenia: the original bytes and what was found out about them on receipt."""

    class Role(models.TextChoices):
        MAIN = "main", "pismo"
        ATTACHMENT = "attachment", "załącznik"

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="files")
    position = models.PositiveSmallIntegerField("kolejność")
    role = models.CharField("rola", max_length=12, choices=Role.choices)
    blob = models.ForeignKey("files.Blob", on_delete=models.PROTECT, related_name="+", verbose_name="treść")
    name = models.CharField("nazwa", max_length=255)
    media_type = models.CharField("rodzaj treści", max_length=100)
    part = models.CharField("część złożenia", max_length=10, default="FILE")
    problems = ArrayField(models.CharField(max_length=20), verbose_name="zastrzeżenia", default=list)

    class Meta:
        verbose_name = "plik złożenia"
        constraints = [models.UniqueConstraint(name="one_file_a_position", fields=["submission", "position"])]
        triggers = [pgtrigger.Protect(name="files_stay", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.name


class Upo(models.Model):
    """Urzędowe poświadczenie odbioru: the sealed bytes as they were given out."""

    submission = models.OneToOneField(
        Submission, on_delete=models.PROTECT, primary_key=True, related_name="upo", verbose_name="złożenie"
    )
    identifier = models.CharField("identyfikator", max_length=60, unique=True)
    xml = models.BinaryField("poświadczenie")
    sha256 = models.CharField("skrót SHA-256", max_length=64)
    made_at = models.DateTimeField("wytworzono")

    class Meta:
        verbose_name = "UPO"
        triggers = [pgtrigger.Protect(name="upo_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.identifier


class AccessCode(models.Model):
    """Kod dostępu given with a receipt; a repeated request gets its own, for the first may be lost."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="codes")
    code_hash = models.CharField("skrót kodu", max_length=64, unique=True)
    given_at = models.DateTimeField("wydano")

    class Meta:
        verbose_name = "kod dostępu"

    def __str__(self) -> str:
        return self.code_hash[:8]
