"""The declaration of accessibility: each one stays, the newest is in force."""

import pgtrigger
from django.db import models
from django.db.models import F, Q


class Declaration(models.Model):
    """Deklaracja dostępności, as it was made or looked through."""

    class Status(models.TextChoices):
        FULL = "FULL", "zgodna"
        PARTLY = "PARTLY", "częściowo zgodna"
        NOT = "NOT", "niezgodna"

    body = models.ForeignKey(
        "bulletin.Body", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="podmiot"
    )
    site_published_on = models.DateField("data publikacji strony")
    site_changed_on = models.DateField("data ostatniej istotnej aktualizacji")
    status = models.CharField("status", max_length=6, choices=Status.choices)
    exceptions = models.TextField("treści niedostępne", blank=True)
    assessed_by = models.CharField("kto ocenił", max_length=200)
    made_on = models.DateField("data sporządzenia")
    reviewed_on = models.DateField("data przeglądu")
    contact = models.CharField("osoba do kontaktu", max_length=150)
    email = models.EmailField("e-mail")
    phone = models.CharField("telefon", max_length=40)
    building = models.TextField("dostępność architektoniczna")
    apps = models.TextField("aplikacje mobilne")
    saved_at = models.DateTimeField("zapisano")
    saved_by = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="zapisał(a)"
    )

    class Meta:
        verbose_name = "deklaracja dostępności"
        constraints = [
            models.CheckConstraint(
                name="a_review_follows_the_making", condition=Q(reviewed_on__gte=F("made_on"))
            ),
            models.CheckConstraint(
                name="what_is_not_accessible_is_named", condition=Q(status="FULL") | ~Q(exceptions="")
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="declarations_stay", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"bulletin.declaration:{self.pk}"
