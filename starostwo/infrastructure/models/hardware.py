"""Device types as templates, racks, devices in places and racks, and their ports."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Lower

from starostwo.infrastructure.rules.kinds import CATEGORIES, FRONT, PORTS

PLAIN_LETTERS = (Value("ąćęłńóśźż"), Value("acelnoszz"))
TALLEST_RACK = 60
STANDS_IN_A_RACK = """
    IF NOT EXISTS (SELECT 1 FROM office_place p WHERE p.id = NEW.place_id AND p.level = 4) THEN
        RAISE EXCEPTION 'a rack is a place of the lowest level'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'rack_is_a_place_of_racks';
    END IF;
    IF EXISTS (
        SELECT 1 FROM infrastructure_device d WHERE d.rack_id = NEW.id AND d.unit + d.height - 1 > NEW.units
    ) THEN
        RAISE EXCEPTION 'devices stand higher than that'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'device_fits_into_its_rack';
    END IF;
    RETURN NEW;
"""
FITS_INTO_ITS_RACK = """
    IF NEW.rack_id IS NULL THEN
        RETURN NEW;
    END IF;
    SELECT * INTO holder FROM infrastructure_rack WHERE id = NEW.rack_id FOR SHARE;
    IF NEW.unit + NEW.height - 1 > holder.units THEN
        RAISE EXCEPTION 'the device does not fit into the rack'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'device_fits_into_its_rack';
    END IF;
    NEW.place_id := holder.place_id;
    RETURN NEW;
"""
MAPS_TO_A_REAR_PORT = """
    IF NEW.rear_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM infrastructure_port p
        WHERE p.id = NEW.rear_id AND p.device_id = NEW.device_id AND p.kind = 'REAR'
    ) THEN
        RAISE EXCEPTION 'a front port leads to a rear port of its device'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'front_port_leads_to_a_rear_port';
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW.device_id, NEW.kind) IS DISTINCT FROM (OLD.device_id, OLD.kind) THEN
        RAISE EXCEPTION 'a port stays in its device'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'port_stays_in_its_device';
    END IF;
    RETURN NEW;
"""


UNTAGGED_OR_NOT = """
    IF EXISTS (
        SELECT 1 FROM infrastructure_taggedvlan t WHERE t.port_id = NEW.id AND t.vlan_id = NEW.vlan_id
    ) THEN
        RAISE EXCEPTION 'the VLAN is there with a tag'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'vlan_is_tagged_or_not';
    END IF;
    RETURN NEW;
"""


class DeviceType(models.Model):
    """Typ urządzenia: what all devices of a model have."""

    category = models.CharField("rodzaj", max_length=12, choices=list(CATEGORIES.items()))
    maker = models.CharField("producent", max_length=100)
    model = models.CharField("model", max_length=100)
    units = models.PositiveSmallIntegerField("wysokość w U", default=0)
    is_deep = models.BooleanField("zajmuje przód i tył szafy", default=False)
    draw = models.PositiveIntegerField("pobór mocy, W", default=0)
    capacity = models.PositiveIntegerField("moc oddawana, W", default=0)
    note = models.CharField("uwagi", max_length=500, blank=True)

    class Meta:
        verbose_name = "typ urządzenia"
        constraints = [
            models.UniqueConstraint(
                "category", Lower("maker"), Lower("model"), name="one_device_type_a_model"
            ),
            models.CheckConstraint(
                name="device_type_has_known_category", condition=Q(category__in=list(CATEGORIES))
            ),
            models.CheckConstraint(name="device_type_is_no_tower", condition=Q(units__lte=TALLEST_RACK)),
        ]
        triggers = [
            pgtrigger.Protect(
                name="size_of_a_type_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.category <> NEW.category OR OLD.units <> NEW.units OR OLD.is_deep <> NEW.is_deep"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.maker} {self.model}"


class PortTemplate(models.Model):
    """Port of a type: each device made from it gets one."""

    device_type = models.ForeignKey(
        "infrastructure.DeviceType", on_delete=models.CASCADE, related_name="templates"
    )
    kind = models.CharField("rodzaj", max_length=9, choices=list(PORTS.items()))
    position = models.PositiveIntegerField("kolejność")
    name = models.CharField("nazwa", max_length=60)
    speed = models.PositiveIntegerField("prędkość, Mbit/s", default=0)
    rear_name = models.CharField("port tylny", max_length=60, blank=True)
    rear_position = models.PositiveSmallIntegerField("tor portu tylnego", default=1)

    class Meta:
        verbose_name = "port typu"
        constraints = [
            models.UniqueConstraint(fields=["device_type", "kind", "name"], name="one_port_template_a_name"),
            models.CheckConstraint(name="port_template_has_known_kind", condition=Q(kind__in=list(PORTS))),
        ]


class Rack(models.Model):
    """Szafa: a place of the lowest level with units counted from the bottom."""

    place = models.OneToOneField("office.Place", on_delete=models.PROTECT, related_name="+")
    units = models.PositiveSmallIntegerField("wysokość w U", default=42)
    width = models.PositiveSmallIntegerField("szerokość, mm", default=600)
    depth = models.PositiveSmallIntegerField("głębokość, mm", default=1000)
    note = models.CharField("uwagi", max_length=500, blank=True)

    class Meta:
        verbose_name = "szafa"
        constraints = [
            models.CheckConstraint(name="rack_has_units", condition=Q(units__gte=1, units__lte=TALLEST_RACK))
        ]
        triggers = [
            pgtrigger.Trigger(
                name="rack_stands_in_its_place",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=STANDS_IN_A_RACK,
            ),
        ]


class Device(models.Model):
    """Urządzenie: one made from a type, in a place, perhaps in a rack, perhaps an asset."""

    class State(models.TextChoices):
        PLANNED = "PLANNED", "planowane"
        IN_USE = "IN_USE", "działa"
        STORED = "STORED", "w magazynie"
        WITHDRAWN = "WITHDRAWN", "wycofane"

    class Face(models.TextChoices):
        FRONT = "FRONT", "przód"
        REAR = "REAR", "tył"
        BOTH = "BOTH", "przód i tył"

    device_type = models.ForeignKey("infrastructure.DeviceType", on_delete=models.PROTECT, related_name="+")
    name = models.CharField("nazwa", max_length=60)
    state = models.CharField("stan", max_length=9, choices=State.choices, default=State.IN_USE)
    place = models.ForeignKey("office.Place", on_delete=models.PROTECT, related_name="+")
    rack = models.ForeignKey(
        "infrastructure.Rack", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    unit = models.PositiveSmallIntegerField("najniższe U", null=True, blank=True)
    height = models.PositiveSmallIntegerField("wysokość w U", default=0)
    face = models.CharField("strona szafy", max_length=5, choices=Face.choices, blank=True)
    asset = models.OneToOneField(
        "assets.Asset", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    serial_number = models.CharField("numer seryjny", max_length=100, blank=True)
    role = models.CharField("do czego służy", max_length=100, blank=True)
    management = models.OneToOneField(
        "infrastructure.Address", on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    draw = models.PositiveIntegerField("zmierzony pobór mocy, W", null=True, blank=True)
    note = models.CharField("uwagi", max_length=500, blank=True)
    folded = models.GeneratedField(
        expression=Func(
            Func(Lower("name"), *PLAIN_LETTERS, function="translate"), Value(" "),
            Func(Lower("role"), *PLAIN_LETTERS, function="translate"), Value(" "), Lower("serial_number"),
            template="(%(expressions)s)", arg_joiner=" || ", output_field=models.TextField(),
        ),
        output_field=models.TextField(), db_persist=True,
    )  # fmt: skip

    class Meta:
        verbose_name = "urządzenie"
        constraints = [
            models.UniqueConstraint(
                Lower("name"), name="one_device_a_name", condition=~Q(state="WITHDRAWN")
            ),
            models.CheckConstraint(
                name="device_stands_in_its_rack",
                condition=Q(rack=None, unit=None, face="")
                | Q(rack__isnull=False, unit__gte=1, height__gte=1, face__in=["FRONT", "REAR", "BOTH"]),
            ),
            models.CheckConstraint(
                name="withdrawn_device_leaves_its_rack", condition=~Q(state="WITHDRAWN") | Q(rack=None)
            ),
            ExclusionConstraint(
                name="devices_share_no_unit_of_a_rack",
                expressions=[
                    (F("rack"), RangeOperators.EQUAL),
                    (RawSQL("int4range(unit, unit + height)", ()), RangeOperators.OVERLAPS),
                    (
                        RawSQL(
                            "CASE face WHEN 'FRONT' THEN int4range(0, 1) WHEN 'REAR' THEN int4range(1, 2)"
                            " ELSE int4range(0, 2) END",
                            (),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(rack__isnull=False),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["name", "id"], name="devices_by_name"),
            models.Index(fields=["place", "state"], name="devices_by_place"),
            models.Index(fields=["device_type", "name", "id"], name="devices_by_type"),
            GinIndex(name="devices_by_words", fields=["folded"], opclasses=["gin_trgm_ops"]),
        ]
        triggers = [
            pgtrigger.Protect(name="devices_stay", operation=pgtrigger.Delete),
            pgtrigger.Trigger(
                name="device_fits_into_its_rack", when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update, declare=[("holder", "infrastructure_rack")],
                func=FITS_INTO_ITS_RACK,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Port(models.Model):
    """Port of a device: where one cable ends. A front port leads on to a rear port of the same device."""

    device = models.ForeignKey("infrastructure.Device", on_delete=models.CASCADE, related_name="ports")
    kind = models.CharField("rodzaj", max_length=9, choices=list(PORTS.items()))
    position = models.PositiveIntegerField("kolejność", default=0)
    name = models.CharField("nazwa", max_length=60)
    speed = models.PositiveIntegerField("prędkość, Mbit/s", default=0)
    mac = models.CharField("adres MAC", max_length=17, blank=True)
    rear = models.ForeignKey("infrastructure.Port", on_delete=models.PROTECT, related_name="+", null=True)
    rear_position = models.PositiveSmallIntegerField("tor portu tylnego", default=1)
    vlan = models.ForeignKey(
        "infrastructure.Vlan", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    tagged = models.ManyToManyField(
        "infrastructure.Vlan", through="infrastructure.TaggedVlan", related_name="+"
    )
    note = models.CharField("opis", max_length=200, blank=True)

    class Meta:
        verbose_name = "port"
        constraints = [
            models.UniqueConstraint(fields=["device", "kind", "name"], name="one_port_a_name"),
            models.UniqueConstraint(
                fields=["rear", "rear_position"],
                name="one_front_port_a_position",
                condition=Q(rear__isnull=False),
            ),
            models.CheckConstraint(name="port_has_known_kind", condition=Q(kind__in=list(PORTS))),
            models.CheckConstraint(
                name="only_front_ports_lead_on", condition=Q(rear=None) | Q(kind=FRONT, rear_position__gte=1)
            ),
            models.CheckConstraint(
                name="port_has_a_proper_mac",
                condition=Q(mac="") | Q(mac__regex=r"^[0-9a-f]{2}(:[0-9a-f]{2}){5}$"),
            ),
        ]
        indexes = [
            models.Index(fields=["device", "kind", "position", "id"], name="ports_by_device"),
            models.Index(fields=["mac"], name="ports_by_mac", condition=~Q(mac="")),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="port_leads_to_a_rear_port", when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update, func=MAPS_TO_A_REAR_PORT,
            ),
            pgtrigger.Trigger(
                name="vlan_is_untagged_or_not", when=pgtrigger.Before, operation=pgtrigger.Update,
                condition=pgtrigger.Condition("NEW.vlan_id IS DISTINCT FROM OLD.vlan_id"),
                func=UNTAGGED_OR_NOT,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name
