"""Declarations of responsible persons at a stock-taking, and terms that were announced."""

import pgtrigger
from django.db import models
from django.db.models import Q


class Declaration(models.Model):
    """Oświadczenie osoby odpowiedzialnej: all papers are in, later objections or none."""

    class Moment(models.TextChoices):
        BEFORE = "BEFORE", "przed spisem"
        AFTER = "AFTER", "po spisie"

    field = models.ForeignKey("assets.CountField", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey("office.Account", on_delete=models.PROTECT, related_name="+")
    account_name = models.CharField("imię i nazwisko", max_length=200)
    moment = models.CharField("kiedy", max_length=6, choices=Moment.choices)
    objections = models.CharField("zastrzeżenia", max_length=1000, blank=True)
    declared_at = models.DateTimeField("złożono")

    class Meta:
        verbose_name = "oświadczenie osoby odpowiedzialnej"
        constraints = [
            models.UniqueConstraint(
                fields=["field", "account", "moment"], name="one_declaration_of_a_person_a_moment"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="declarations_stay", operation=pgtrigger.Update | pgtrigger.Delete)
        ]


class Announcement(models.Model):
    """Zapowiedź: a term that was told once by e-mail, so that it is not told every day."""

    thing = models.CharField("czego dotyczy", max_length=60)
    term = models.DateField("termin")
    told_on = models.DateField("powiadomiono")

    class Meta:
        verbose_name = "zapowiedź terminu"
        constraints = [
            models.UniqueConstraint(fields=["thing", "term"], name="one_announcement_of_a_term"),
            models.CheckConstraint(name="announcement_names_a_thing", condition=~Q(thing="")),
        ]
        triggers = [
            pgtrigger.Protect(name="announcements_stay", operation=pgtrigger.Update | pgtrigger.Delete)
        ]
