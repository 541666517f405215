"""The office itself and the buildings in which it works."""

from django.db import models
from django.db.models import Q

from starostwo.office.rules.delivery_address import FORM


class Office(models.Model):
    """Urząd. One row: every installation serves one county."""

    name = models.CharField("nazwa", max_length=200)
    county = models.CharField("powiat", max_length=100, blank=True)
    street = models.CharField("ulica", max_length=100)
    building = models.CharField("numer budynku", max_length=20)
    postcode = models.CharField("kod pocztowy", max_length=10)
    town = models.CharField("miejscowość", max_length=100)
    phone = models.CharField("telefon", max_length=40, blank=True)
    email = models.EmailField("adres e-mail", blank=True)
    web_address = models.CharField("strona internetowa", max_length=200, blank=True)
    esp_address = models.CharField("adres elektronicznej skrzynki podawczej", max_length=200, blank=True)
    delivery_address = models.CharField("adres do doręczeń elektronicznych", max_length=40, blank=True)
    nip = models.CharField("NIP", max_length=10, blank=True)
    regon = models.CharField("REGON", max_length=14, blank=True)
    teryt = models.CharField("TERYT", max_length=7, blank=True)
    is_demo = models.BooleanField("instalacja demonstracyjna", default=False)

    class Meta:
        verbose_name = "urząd"
        constraints = [
            models.CheckConstraint(name="one_office", condition=Q(id=1)),
            models.CheckConstraint(
                name="delivery_address_has_its_form",
                condition=Q(delivery_address="") | Q(delivery_address__regex=f"^{FORM}$"),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """Siedziba: a building with desks; all seats share one register of incoming letters."""

    code = models.CharField("kod", max_length=10, unique=True)
    name = models.CharField("nazwa", max_length=100)
    street = models.CharField("ulica", max_length=100)
    building = models.CharField("numer budynku", max_length=20)
    postcode = models.CharField("kod pocztowy", max_length=10)
    town = models.CharField("miejscowość", max_length=100)
    opening_hours = models.CharField("godziny pracy", max_length=200, blank=True)

    class Meta:
        verbose_name = "siedziba"

    def __str__(self) -> str:
        return self.name
