"""Publishing bodies beside the county: each unit's bulletin is kept by those to whom it was given.

The county itself has no row: what names no body is the county's.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Body(models.Model):
    """Podmiot udostępniający: a unit of the county with a bulletin of its own, as its pages name it."""

    slug = models.SlugField("adres", max_length=60, unique=True)
    name = models.CharField("pełna nazwa", max_length=150)
    address = models.CharField("adres siedziby", max_length=200)
    phone = models.CharField("telefon", max_length=40, blank=True)
    email = models.EmailField("e-mail", blank=True)
    domain = models.CharField("własna domena", max_length=100, blank=True)
    is_open = models.BooleanField("widoczny dla wszystkich", default=False)

    class Meta:
        verbose_name = "podmiot udostępniający"
        constraints = [
            models.CheckConstraint(name="a_body_has_a_name", condition=~Q(name="")),
            models.UniqueConstraint(name="one_body_a_domain", fields=["domain"], condition=~Q(domain="")),
        ]

    def __str__(self) -> str:
        return f"bulletin.body:{self.pk}"

    @property
    def place(self) -> str:
        """Where its pages stand at the county's host."""
        return f"/jednostki/{self.slug}/"

    @property
    def home(self) -> str:
        """The whole address under which its pages are known."""
        return f"https://{self.domain}/" if self.domain else f"{settings.PUBLIC_URL}{self.place}"


class BodyEditor(models.Model):
    """Redakcja podmiotu: who may keep the pages of this one body."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", verbose_name="podmiot")
    account = models.ForeignKey("office.Account", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "redaktor podmiotu"
        constraints = [models.UniqueConstraint(name="an_editor_once_a_body", fields=["body", "account"])]

    def __str__(self) -> str:
        return f"{self.body_id}: {self.account_id}"
