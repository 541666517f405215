"""Sites of the county's units: each with a domain, editors, a bulletin and a declaration of its own."""

from django.db import models
from django.db.models import Q

HOST_NAME = r"^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$"


class UnitSite(models.Model):
    """Strona jednostki powiatu: a school, PCPR, PUP; the same product under another name and host.

    Its editors and its bulletin are those of its body, which says the same of it as the site does.
    """

    slug = models.SlugField("adres w portalu", max_length=60, unique=True)
    body = models.OneToOneField(
        "bulletin.Body", on_delete=models.PROTECT, related_name="+", verbose_name="podmiot"
    )
    name = models.CharField("pełna nazwa", max_length=150)
    domain = models.CharField("własna domena", max_length=100, blank=True)
    lead = models.CharField("czym się zajmuje", max_length=300)
    address = models.CharField("adres", max_length=200)
    phone = models.CharField("telefon", max_length=40, blank=True)
    email = models.EmailField("e-mail", blank=True)
    hours = models.CharField("godziny", max_length=200, blank=True)
    bip_url = models.CharField("Biuletyn gdzie indziej", max_length=200, blank=True)
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
        ]

    def __str__(self) -> str:
        return f"portal.site:{self.pk}"
