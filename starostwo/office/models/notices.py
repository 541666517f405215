"""How a resident wants to be told that something waits, and the number that he confirmed for it."""

from django.db import models
from django.db.models import Q


class NoticeChoice(models.Model):
    """Wybór: by which ways the owner of an account is told of one kind of event."""

    account = models.ForeignKey("office.Account", on_delete=models.CASCADE, related_name="+")
    event = models.CharField("zdarzenie", max_length=10)
    by_email = models.BooleanField("e-mailem")
    by_text = models.BooleanField("SMS-em")

    class Meta:
        verbose_name = "wybór powiadomień"
        constraints = [
            models.UniqueConstraint(name="one_choice_an_event", fields=["account", "event"]),
            models.CheckConstraint(
                name="letters_are_always_announced", condition=~Q(event="LETTER") | Q(by_email=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.event}"


class NoticeNumber(models.Model):
    """Numer do SMS-ów: the confirmed one, and the one whose code is awaited; the code is kept as a hash."""

    account = models.OneToOneField("office.Account", on_delete=models.CASCADE, related_name="+")
    number = models.CharField("numer", max_length=16, blank=True)
    confirmed_at = models.DateTimeField("potwierdzony", null=True)
    asked_number = models.CharField("numer do potwierdzenia", max_length=16, blank=True)
    code_hash = models.CharField("skrót kodu", max_length=64, blank=True)
    code_until = models.DateTimeField("kod ważny do", null=True)
    wrong_tries = models.PositiveSmallIntegerField("złe próby", default=0)

    class Meta:
        verbose_name = "numer do SMS-ów"
        constraints = [
            models.CheckConstraint(
                name="number_for_texts_is_confirmed",
                condition=Q(number="", confirmed_at=None) | (~Q(number="") & Q(confirmed_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="awaited_code_has_all_its_parts",
                condition=Q(asked_number="", code_hash="", code_until=None)
                | (~Q(asked_number="") & ~Q(code_hash="") & Q(code_until__isnull=False)),
            ),
            models.CheckConstraint(name="tries_of_a_code_are_few", condition=Q(wrong_tries__lte=5)),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}"
