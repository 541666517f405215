"""What left the office: one row of the register of outgoing letters for each addressee."""

import pgtrigger
from django.db import models
from django.db.models import Q

NEXT_OF_DISPATCHES = """
    IF NEW.number > 1 AND NOT EXISTS (
        SELECT 1 FROM records_dispatch WHERE year = NEW.year AND number = NEW.number - 1
    ) THEN RAISE EXCEPTION 'a number of the register is skipped: RKW/%/%', NEW.number, NEW.year
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""


class Dispatch(models.Model):
    """Przesyłka wychodząca (RKW). Law: instrukcja kancelaryjna par. 40 and annex B."""

    class Channel(models.TextChoices):
        ACCOUNT = "ACCOUNT", "konto w urzędzie"
        PAPER = "PAPER", "przesyłka papierowa"
        EMAIL = "EMAIL", "e-mail ze skrzynki urzędu"

    document = models.ForeignKey("records.Document", on_delete=models.PROTECT, related_name="+")
    party = models.ForeignKey(
        "records.Party", on_delete=models.PROTECT, related_name="+", verbose_name="strona"
    )
    channel = models.CharField("sposób wysłania", max_length=10, choices=Channel.choices)
    account = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="konto adresata"
    )
    year = models.PositiveSmallIntegerField("rok")
    number = models.PositiveIntegerField("liczba porządkowa")
    addressee_name = models.CharField("adresat", max_length=250)
    addressee_address = models.CharField("adres", max_length=300, blank=True)
    sent_on = models.DateField("data wysłania")
    sent_at = models.DateTimeField("przekazano")
    sent_by = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", verbose_name="wysyłający"
    )
    printout = models.ForeignKey(
        "files.Blob", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="wydruk"
    )

    class Meta:
        verbose_name = "przesyłka wychodząca"
        constraints = [
            models.UniqueConstraint(name="one_number_one_dispatch", fields=["year", "number"]),
            models.CheckConstraint(name="dispatch_number_is_natural", condition=Q(number__gte=1)),
            models.UniqueConstraint(name="one_party_gets_a_document_once", fields=["document", "party"]),
            models.CheckConstraint(
                name="a_channel_has_what_it_needs",
                condition=Q(channel="ACCOUNT", account__isnull=False, printout=None)
                | Q(channel="PAPER", printout__isnull=False)
                | Q(channel="EMAIL", account=None, printout=None) & ~Q(addressee_address=""),
            ),
        ]
        indexes = [
            models.Index(name="records_dispatch_to_account", fields=["account", "-sent_at"]),
            models.Index(name="records_dispatch_newest", fields=["-sent_at", "-id"]),
        ]
        triggers = [
            pgtrigger.Protect(name="dispatch_stays", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="no_outgoing_number_is_skipped",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=NEXT_OF_DISPATCHES,
            ),
            pgtrigger.Trigger(
                name="what_was_sent_waits_no_more",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func="DELETE FROM records_waitingdispatch WHERE document_id = NEW.document_id; RETURN NULL;",
            ),
        ]

    def __str__(self) -> str:
        return f"RKW/{self.number}/{self.year}"


class WaitingDispatch(models.Model):
    """A signed document that nobody has sent yet; triggers keep these rows.

    They are few, while signed documents grow for ever: whoever asks what waits reads no more than these.
    """

    document = models.OneToOneField(
        "records.Document", on_delete=models.PROTECT, primary_key=True, related_name="+"
    )

    class Meta:
        verbose_name = "pismo do wysłania"

    def __str__(self) -> str:
        return f"do wysłania: {self.document_id}"
