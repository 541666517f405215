"""Voice messages: what somebody left for a person or for a group, its sound in the store."""

from django.db import models
from django.db.models import F, Q


class VoiceMessage(models.Model):
    """Wiadomość głosowa. Whose it is was settled when it came: a number may get another person later."""

    name = models.CharField("nazwa nadana przez skrzynkę", max_length=60, unique=True)
    number = models.CharField("skrzynka", max_length=20)
    account = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name="osoba",
    )  # fmt: skip
    group = models.ForeignKey(
        "telephony.HuntGroup", on_delete=models.SET_NULL, related_name="+", null=True, blank=True,
        verbose_name="grupa",
    )  # fmt: skip
    caller = models.CharField("dzwonił", max_length=200)
    caller_name = models.CharField("nazwa dzwoniącego", max_length=200, blank=True)
    call_id = models.CharField("Call-ID", max_length=255)
    began_at = models.DateTimeField("nagrano")
    seconds = models.PositiveIntegerField("sekund")
    blob = models.ForeignKey(
        "files.Blob", on_delete=models.PROTECT, related_name="+", verbose_name="nagranie"
    )
    taken_at = models.DateTimeField("przyjęto")
    heard_at = models.DateTimeField("odsłuchano", null=True, blank=True)
    heard_by = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    deleted_at = models.DateTimeField("usunięto", null=True, blank=True)

    class Meta:
        verbose_name = "wiadomość głosowa"
        constraints = [
            models.CheckConstraint(
                name="message_is_of_a_person_or_a_group", condition=Q(account=None) | Q(group=None)
            ),
            models.CheckConstraint(
                name="heard_message_names_its_hearer",
                condition=Q(heard_at=None, heard_by=None) | Q(heard_at__isnull=False, heard_by__isnull=False),
            ),
            models.CheckConstraint(
                name="message_is_taken_after_it_began", condition=Q(taken_at__gte=F("began_at"))
            ),
        ]
        indexes = [
            models.Index(fields=["account", "-began_at"], name="telephony_messages_of_person"),
            models.Index(fields=["group", "-began_at"], name="telephony_messages_of_group"),
        ]
