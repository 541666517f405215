"""What a person's own voice says at the beginning of the voicemail."""

from django.db import models
from django.db.models import Q


class Greeting(models.Model):
    """Powitanie własne of a box. It is a voice of a person: on another person's phone it is not played."""

    class Origin(models.TextChoices):
        FILE = "FILE", "z pliku"
        PHONE = "PHONE", "nagrane telefonem"

    extension = models.OneToOneField(
        "telephony.Extension", on_delete=models.CASCADE, primary_key=True, related_name="+",
        verbose_name="telefon",
    )  # fmt: skip
    account = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", verbose_name="osoba"
    )
    blob = models.ForeignKey(
        "files.Blob", on_delete=models.PROTECT, related_name="+", verbose_name="nagranie"
    )
    origin = models.CharField("skąd", max_length=5, choices=Origin.choices)
    seconds = models.PositiveIntegerField("sekund")
    set_at = models.DateTimeField("ustawiono")

    class Meta:
        verbose_name = "powitanie poczty głosowej"
        constraints = [
            models.CheckConstraint(
                name="greeting_has_known_origin", condition=Q(origin__in=["FILE", "PHONE"])
            )
        ]
