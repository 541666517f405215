"""Desk phones: which number each rings, where it stands, with which key it fetches its settings."""

from django.db import models
from django.db.models import Q

from starostwo.telephony.rules.devices import VENDORS


class Device(models.Model):
    """Aparat: a desk phone by its MAC. Its key is kept as a hash alone.

    `open_until` lets a phone without a key fetch its settings once, and gives it a key with them.
    """

    mac = models.CharField("adres MAC", max_length=17)
    vendor = models.CharField("producent", max_length=11, choices=list(VENDORS.items()))
    model = models.CharField("model", max_length=30)
    extension = models.ForeignKey(
        "telephony.Extension", on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name="numer wewnętrzny",
    )  # fmt: skip
    place = models.ForeignKey(
        "office.Place", on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name="miejsce",
    )  # fmt: skip
    asset = models.ForeignKey(
        "assets.Asset", on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name="składnik majątku",
    )  # fmt: skip
    note = models.CharField("uwagi", max_length=200, blank=True)
    key_hash = models.CharField("skrót klucza", max_length=64, blank=True)
    key_made_at = models.DateTimeField("klucz z dnia", null=True, blank=True)
    open_until = models.DateTimeField("pierwsze pobranie do", null=True, blank=True)
    fetched_at = models.DateTimeField("ostatnie pobranie", null=True, blank=True)
    fetched_from = models.GenericIPAddressField("pobranie z adresu", null=True, blank=True)
    fetched_file = models.CharField("pobrany plik", max_length=60, blank=True)
    fetched_by = models.CharField("przedstawił się jako", max_length=200, blank=True)
    retired_at = models.DateTimeField("wycofany", null=True, blank=True)

    class Meta:
        verbose_name = "aparat"
        constraints = [
            models.UniqueConstraint(fields=["mac"], name="one_phone_a_mac", condition=Q(retired_at=None)),
            models.UniqueConstraint(
                fields=["asset"], name="one_phone_an_asset", condition=Q(retired_at=None, asset__isnull=False)
            ),
            models.UniqueConstraint(fields=["key_hash"], name="one_phone_a_key", condition=~Q(key_hash="")),
            models.CheckConstraint(
                name="phone_has_a_proper_mac", condition=Q(mac__regex=r"^[0-9a-f]{2}(:[0-9a-f]{2}){5}$")
            ),
            models.CheckConstraint(name="phone_has_known_maker", condition=Q(vendor__in=list(VENDORS))),
            models.CheckConstraint(
                name="key_of_a_phone_is_hashed",
                condition=Q(key_hash="") | Q(key_hash__regex="^[0-9a-f]{64}$"),
            ),
            models.CheckConstraint(
                name="retired_phone_has_no_key",
                condition=Q(retired_at=None) | Q(key_hash="", open_until=None, extension=None),
            ),
        ]
        indexes = [models.Index(fields=["extension"], name="phones_of_a_number")]

    def __str__(self) -> str:
        return f"{self.get_vendor_display()} {self.model}"


class DeviceCredential(models.Model):
    """What an aparat signs in with, as HA1, and for which number and key it was made.

    When the number or the key of the phone changes, the exchange sees it no more, whoever changed them.
    No role of the application can read the HA1.
    """

    device = models.OneToOneField(Device, on_delete=models.CASCADE, primary_key=True, related_name="+")
    number = models.CharField("numer", max_length=6)
    key_hash = models.CharField("skrót klucza", max_length=64)
    ha1 = models.CharField("HA1", max_length=32)
    set_at = models.DateTimeField("nadano")

    class Meta:
        verbose_name = "hasło aparatu"
        constraints = [
            models.CheckConstraint(
                name="ha1_of_a_phone_is_a_digest", condition=Q(ha1__regex="^[0-9a-f]{32}$")
            )
        ]
