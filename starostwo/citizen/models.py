"""What a resident has begun and not yet sent: drafts with their answers and attachments."""

import uuid

from django.db import models
from django.db.models import Q


class Draft(models.Model):
    """Wniosek w przygotowaniu: kept on the server, so that any device goes on where another stopped."""

    class State(models.TextChoices):
        FILLING = "FILLING", "w trakcie wypełniania"
        CLOSED = "CLOSED", "gotowy do podpisu"
        SENT = "SENT", "wysłany"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.ForeignKey("office.Account", on_delete=models.PROTECT, related_name="+")
    card_code = models.CharField("karta usługi", max_length=60)
    form_code = models.CharField("formularz", max_length=40)
    form_version = models.PositiveIntegerField("wersja formularza")
    title = models.CharField("tytuł", max_length=200)
    answers = models.JSONField("odpowiedzi", default=dict)
    step = models.CharField("ostatni krok", max_length=40, blank=True)
    state = models.CharField("stan", max_length=10, choices=State.choices, default=State.FILLING)
    started_at = models.DateTimeField("rozpoczęty")
    saved_at = models.DateTimeField("zapisany")
    document = models.ForeignKey(
        "files.Blob", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="dokument"
    )
    printout = models.ForeignKey(
        "files.Blob", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="wydruk do podpisu"
    )
    signed = models.ForeignKey(
        "files.Blob", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="podpisany dokument"
    )
    signed_name = models.CharField("nazwa podpisanego pliku", max_length=200, blank=True)
    submission = models.UUIDField("złożone jako", null=True)

    class Meta:
        verbose_name = "wniosek w przygotowaniu"
        constraints = [
            models.CheckConstraint(
                name="draft_has_a_document_once_closed",
                condition=Q(state="FILLING", document=None, printout=None, signed=None)
                | Q(state__in=["CLOSED", "SENT"], document__isnull=False, printout__isnull=False),
            ),
            models.CheckConstraint(
                name="sent_draft_names_its_submission",
                condition=Q(state="SENT", submission__isnull=False) | (~Q(state="SENT") & Q(submission=None)),
            ),
        ]
        indexes = [models.Index(name="drafts_of_a_resident", fields=["account", "-saved_at"])]

    def __str__(self) -> str:
        return self.title


class DraftFile(models.Model):
    """An attachment of a draft."""

    draft = models.ForeignKey("citizen.Draft", on_delete=models.CASCADE, related_name="+")
    blob = models.ForeignKey("files.Blob", on_delete=models.PROTECT, related_name="+")
    name = models.CharField("nazwa pliku", max_length=200)
    kind = models.CharField("którym dokumentem jest", max_length=40, blank=True)
    added_at = models.DateTimeField("dodany")

    class Meta:
        verbose_name = "załącznik"
        constraints = [models.UniqueConstraint(name="one_name_in_a_draft", fields=["draft", "name"])]

    def __str__(self) -> str:
        return self.name
