"""Messages between a resident and the office within a case, and answers to calls."""

import pgtrigger
from django.db import models
from django.db.models import Q


class Message(models.Model):
    """Wiadomość w sprawie, from the party or from the office; no letter in the sense of the code."""

    case = models.ForeignKey(
        "records.Case", on_delete=models.PROTECT, related_name="+", verbose_name="sprawa"
    )
    resident = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", verbose_name="strona rozmowy"
    )
    author = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", verbose_name="autor"
    )
    is_from_office = models.BooleanField("od urzędu")
    text = models.TextField("treść")
    sent_at = models.DateTimeField("wysłano")

    class Meta:
        verbose_name = "wiadomość"
        constraints = [
            models.CheckConstraint(name="a_message_says_something", condition=~Q(text="")),
        ]
        indexes = [models.Index(name="records_message_of_case", fields=["case", "resident", "sent_at"])]
        triggers = [
            pgtrigger.Protect(name="message_stays", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"records.message:{self.pk}"


class CallAnswer(models.Model):
    """Odpowiedź na wezwanie: the incoming letter by which a party answered a call of the office."""

    document = models.ForeignKey(
        "records.Document", on_delete=models.PROTECT, related_name="+", verbose_name="wezwanie"
    )
    letter = models.OneToOneField(
        "records.Letter", on_delete=models.PROTECT, related_name="+", verbose_name="odpowiedź"
    )
    answered_at = models.DateTimeField("kiedy")

    class Meta:
        verbose_name = "odpowiedź na wezwanie"
        triggers = [
            pgtrigger.Protect(name="answer_stays", operation=pgtrigger.Update | pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}: {self.letter_id}"
