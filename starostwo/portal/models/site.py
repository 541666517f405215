"""Sites of the county's units: each with a domain, editors and a declaration of accessibility of its own."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

HOST_NAME = r"^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$"


class UnitSite(models.Model):
    """Strona jednostki powiatu: a school, PCPR, PUP; the same product under another name and host."""

    slug = models.SlugField("adres w portalu", max_length=60, unique=True)
    name = models.CharField("pełna nazwa", max_length=150)
    domain = models.CharField("własna domena", max_length=100, blank=True)
    lead = models.CharField("czym się zajmuje", max_length=300)
    address = models.CharField("adres", max_length=200)
    phone = models.CharField("telefon", max_length=40, blank=True)
    email = models.EmailField("e-mail", blank=True)
    hours = models.CharField("godziny", max_length=200, blank=True)
    bip_url = models.CharField("strona w Biuletynie (BIP)", max_length=200)
    is_open = models.BooleanField("widoczna dla wszystkich", default=False)
    changed_at = models.DateTimeField("zmieniono")

    class Meta:
        verbose_name = "strona jednostki"
        constraints = [
            models.UniqueConstraint(
                name="portal_one_site_a_domain", fields=["domain"], condition=~Q(domain="")
            ),
            models.CheckConstraint(
                name="portal_domain_is_a_host_name", condition=Q(domain="") | Q(domain__regex=HOST_NAME)
            ),
            models.CheckConstraint(name="portal_unit_has_its_bip", condition=~Q(bip_url="")),
        ]

    def __str__(self) -> str:
        return f"portal.site:{self.pk}"


class SiteEditor(models.Model):
    """Redakcja strony jednostki: who may edit this one site."""

    site = models.ForeignKey(UnitSite, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey("office.Account", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "redaktor strony jednostki"
        constraints = [models.UniqueConstraint(name="portal_editor_once_a_site", fields=["site", "account"])]

    def __str__(self) -> str:
        return f"{self.site_id}: {self.account_id}"


class SiteDeclaration(models.Model):
    """Deklaracja dostępności of a unit's site; each one stays, the newest is in force."""

    class Status(models.TextChoices):
        FULL = "FULL", "zgodna"
        PARTLY = "PARTLY", "częściowo zgodna"
        NOT = "NOT", "niezgodna"

    site = models.ForeignKey(UnitSite, on_delete=models.PROTECT, related_name="+")
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
    apps = models.TextField("aplikacje mobilne", default="Jednostka nie ma aplikacji mobilnych.")
    saved_at = models.DateTimeField("zapisano")

    class Meta:
        verbose_name = "deklaracja dostępności jednostki"
        constraints = [
            models.CheckConstraint(
                name="portal_review_follows_the_making", condition=Q(reviewed_on__gte=F("made_on"))
            ),
            models.CheckConstraint(
                name="portal_what_is_not_accessible_is_named", condition=Q(status="FULL") | ~Q(exceptions="")
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="site_declarations_stay", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"portal.declaration:{self.pk}"
