"""VLANs, prefixes, addresses: what does not overlap is said by the database."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.indexes import GistIndex, OpClass
from django.db import models
from django.db.models import F, Q

from starostwo.infrastructure.models.fields import CidrField

LIES_IN_A_PREFIX = """
    SELECT p.id, p.network INTO inside FROM infrastructure_prefix p
    WHERE p.network >>= NEW.address AND NOT p.is_container FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the address lies in no prefix'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'address_lies_in_a_prefix';
    END IF;
    IF family(NEW.address) = 4 AND masklen(inside.network) < 31 AND (
        host(NEW.address) = host(network(inside.network))
        OR host(NEW.address) = host(broadcast(inside.network))
    ) THEN
        RAISE EXCEPTION 'the first and the last address of a network belong to nobody'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'address_is_for_use';
    END IF;
    NEW.prefix_id := inside.id;
    RETURN NEW;
"""
KEEPS_ITS_ADDRESSES = """
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF NEW.is_container AND EXISTS (SELECT 1 FROM infrastructure_address a WHERE a.prefix_id = NEW.id)
        OR EXISTS (
            SELECT 1 FROM infrastructure_address a
            WHERE a.prefix_id = NEW.id AND NOT (NEW.network >>= a.address)
        )
    THEN
        RAISE EXCEPTION 'the prefix has addresses'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'prefix_keeps_its_addresses';
    END IF;
    RETURN NEW;
"""


class Vlan(models.Model):
    """Sieć wirtualna: its number and what it is for."""

    number = models.PositiveSmallIntegerField("numer", unique=True)
    name = models.CharField("nazwa", max_length=100)
    note = models.CharField("uwagi", max_length=500, blank=True)

    class Meta:
        verbose_name = "VLAN"
        constraints = [
            models.CheckConstraint(
                name="vlan_has_a_proper_number", condition=Q(number__gte=1, number__lte=4094)
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


TAGGED_OR_NOT = """
    IF EXISTS (SELECT 1 FROM infrastructure_port p WHERE p.id = NEW.port_id AND p.vlan_id = NEW.vlan_id) THEN
        RAISE EXCEPTION 'the VLAN is there without a tag'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'vlan_is_tagged_or_not';
    END IF;
    RETURN NEW;
"""


class TaggedVlan(models.Model):
    """VLAN ze znacznikiem na porcie; without a tag a port has one at most."""

    port = models.ForeignKey("infrastructure.Port", on_delete=models.CASCADE, related_name="+")
    vlan = models.ForeignKey("infrastructure.Vlan", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "VLAN ze znacznikiem"
        constraints = [models.UniqueConstraint(fields=["port", "vlan"], name="one_tag_of_a_vlan_a_port")]
        triggers = [
            pgtrigger.Trigger(
                name="vlan_is_tagged_or_not", when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update, func=TAGGED_OR_NOT,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.port.device}:{self.port}"


class Prefix(models.Model):
    """Sieć adresów; only a container holds other prefixes, only a prefix that is none holds addresses."""

    network = CidrField("sieć", unique=True)
    is_container = models.BooleanField("zbiór mniejszych sieci", default=False)
    name = models.CharField("przeznaczenie", max_length=200)
    vlan = models.ForeignKey(
        "infrastructure.Vlan", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    place = models.ForeignKey(
        "office.Place", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    note = models.CharField("uwagi", max_length=500, blank=True)

    class Meta:
        verbose_name = "sieć adresów"
        constraints = [
            ExclusionConstraint(
                name="prefixes_share_no_address",
                expressions=[(OpClass(F("network"), name="inet_ops"), "&&")],
                condition=Q(is_container=False),
            ),
        ]
        indexes = [GistIndex(OpClass(F("network"), name="inet_ops"), name="prefixes_by_network")]
        triggers = [
            pgtrigger.Trigger(
                name="prefix_keeps_its_addresses",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=KEEPS_ITS_ADDRESSES,
            ),
        ]

    def __str__(self) -> str:
        return str(self.network)


class Address(models.Model):
    """Adres IP; the prefix that it lies in is found by the database."""

    class Kind(models.TextChoices):
        STATIC = "STATIC", "stały"
        DHCP = "DHCP", "z DHCP"
        RESERVED = "RESERVED", "zarezerwowany"
        VIRTUAL = "VIRTUAL", "wirtualny"

    address = models.GenericIPAddressField("adres", unique=True)
    prefix = models.ForeignKey("infrastructure.Prefix", on_delete=models.PROTECT, related_name="+")
    port = models.ForeignKey(
        "infrastructure.Port", on_delete=models.PROTECT, related_name="addresses", null=True, blank=True
    )
    kind = models.CharField("rodzaj", max_length=8, choices=Kind.choices, default=Kind.STATIC)
    name = models.CharField("nazwa DNS", max_length=253, blank=True)
    note = models.CharField("uwagi", max_length=500, blank=True)

    class Meta:
        verbose_name = "adres IP"
        indexes = [
            models.Index(fields=["prefix", "address"], name="addresses_by_prefix"),
            models.Index(fields=["name"], name="addresses_by_name", condition=~Q(name="")),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="address_lies_in_a_prefix", when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update, declare=[("inside", "record")],
                func=LIES_IN_A_PREFIX,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.address)
