"""Lines of operators between buildings or to the internet; certificates and domains that expire."""

from django.db import models
from django.db.models import F, Q

TERMS = {"CERTIFICATE": "certyfikat", "DOMAIN": "domena", "LICENCE": "licencja lub wsparcie"}


class Circuit(models.Model):
    """Łącze operatora: who gives it, under which contract, how fast; its cable is the line in a trace."""

    number = models.CharField("numer łącza", max_length=60, unique=True)
    supplier = models.CharField("operator", max_length=200)
    contract = models.CharField("umowa", max_length=100, blank=True)
    down = models.PositiveIntegerField("pobieranie, Mbit/s")
    up = models.PositiveIntegerField("wysyłanie, Mbit/s")
    monthly = models.BigIntegerField("koszt miesięczny brutto, grosze", default=0)
    since = models.DateField("od dnia", null=True, blank=True)
    until = models.DateField("umowa do dnia", null=True, blank=True)
    near = models.ForeignKey(
        "office.Place", on_delete=models.PROTECT, related_name="+", verbose_name="koniec u nas"
    )
    far = models.ForeignKey(
        "office.Place", on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name="drugi koniec",
    )  # fmt: skip
    cable = models.OneToOneField(
        "infrastructure.Cable", on_delete=models.PROTECT, related_name="circuit", null=True, blank=True
    )
    note = models.CharField("uwagi", max_length=500, blank=True)

    class Meta:
        verbose_name = "łącze operatora"
        constraints = [
            models.CheckConstraint(
                name="circuit_ends_after_it_began",
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
            ),
            models.CheckConstraint(name="circuit_costs_no_less_than_nothing", condition=Q(monthly__gte=0)),
        ]

    def __str__(self) -> str:
        return self.number


class Expiry(models.Model):
    """Termin ważności of a certificate, a domain or a licence, typed by hand."""

    kind = models.CharField("rodzaj", max_length=11, choices=list(TERMS.items()))
    name = models.CharField("nazwa", max_length=253)
    provider = models.CharField("wystawca albo rejestrator", max_length=200, blank=True)
    valid_until = models.DateField("ważne do dnia")
    warn_days = models.PositiveSmallIntegerField("ostrzegaj na dni przed", default=30)
    host = models.CharField("adres serwera", max_length=253, blank=True)
    tcp_port = models.PositiveIntegerField("port TCP", default=443)
    device = models.ForeignKey(
        "infrastructure.Device", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    note = models.CharField("uwagi", max_length=500, blank=True)

    class Meta:
        verbose_name = "termin ważności"
        constraints = [
            models.UniqueConstraint(fields=["kind", "name"], name="one_expiry_a_name"),
            models.CheckConstraint(name="expiry_has_known_kind", condition=Q(kind__in=list(TERMS))),
            models.CheckConstraint(
                name="expiry_has_a_proper_port", condition=Q(tcp_port__gte=1, tcp_port__lte=65535)
            ),
        ]
        indexes = [models.Index(fields=["valid_until", "id"], name="expiries_by_day")]

    def __str__(self) -> str:
        return self.name
