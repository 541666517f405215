"""Numbers inside: each stands once in one list, whatever it rings."""

import pgtrigger
from django.db import models
from django.db.models import Q

from starostwo.telephony.rules.classes import CLASSES, INTERNAL, PREMIUM

DIALLED = r"^(\+[1-9][0-9]{6,14}|[1-9][0-9]{1,5})$"
IS_OF_ITS_KIND = """
    IF NOT EXISTS (SELECT 1 FROM telephony_number n WHERE n.number = NEW.number_id AND n.kind = '{kind}') THEN
        RAISE EXCEPTION 'the number rings something else'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'number_is_of_its_kind';
    END IF;
    RETURN NEW;
"""


def _of_kind(kind: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=f"number_is_{kind.lower()}", when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update, func=IS_OF_ITS_KIND.format(kind=kind),
    )  # fmt: skip


class Number(models.Model):
    """Numer wewnętrzny and the building where it is at home."""

    class Kind(models.TextChoices):
        PHONE = "PHONE", "telefon"
        GROUP = "GROUP", "grupa"

    number = models.CharField("numer", max_length=6, primary_key=True)
    kind = models.CharField("rodzaj", max_length=5, choices=Kind.choices)
    node = models.ForeignKey(
        "telephony.Node", on_delete=models.PROTECT, related_name="+", verbose_name="węzeł"
    )

    class Meta:
        verbose_name = "numer wewnętrzny"
        constraints = [
            models.CheckConstraint(
                name="internal_number_is_short", condition=Q(number__regex=r"^[1-9][0-9]{1,5}$")
            ),
            models.CheckConstraint(name="number_has_known_kind", condition=Q(kind__in=["PHONE", "GROUP"])),
        ]

    def __str__(self) -> str:
        return self.number


class Extension(models.Model):
    """Telefon wewnętrzny: of a person or of a room, and what it does when nobody answers."""

    number = models.OneToOneField(
        Number, on_delete=models.CASCADE, primary_key=True, related_name="extension"
    )
    label = models.CharField("podpis", max_length=100)
    account = models.ForeignKey(
        "office.Account",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="osoba",
    )
    unit = models.ForeignKey(
        "office.Unit",
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name="komórka",
    )
    may_call = models.PositiveSmallIntegerField(
        "rozmowy wychodzące", choices=list(CLASSES.items()), default=INTERNAL
    )
    ring_seconds = models.PositiveSmallIntegerField("dzwoni, sekund", default=20)
    forward_always = models.CharField("przekieruj zawsze na", max_length=16, blank=True)
    forward_busy = models.CharField("przekieruj, gdy zajęty, na", max_length=16, blank=True)
    forward_no_answer = models.CharField("przekieruj, gdy nie odbiera, na", max_length=16, blank=True)
    has_voicemail = models.BooleanField("poczta głosowa", default=True)
    is_quiet = models.BooleanField("nie przeszkadzać", default=False)
    shows = models.ForeignKey(
        "telephony.PublicNumber", on_delete=models.PROTECT, related_name="+", null=True, blank=True,
        verbose_name="przedstawia się na zewnątrz numerem",
    )  # fmt: skip
    is_blocked = models.BooleanField("zablokowany", default=False)

    class Meta:
        verbose_name = "telefon wewnętrzny"
        constraints = [
            models.CheckConstraint(name="extension_has_known_class", condition=Q(may_call__lte=PREMIUM)),
            models.CheckConstraint(
                name="extension_rings_a_while", condition=Q(ring_seconds__gte=1, ring_seconds__lte=120)
            ),
            *(
                models.CheckConstraint(
                    name=f"{field}_is_a_number",
                    condition=Q(**{field: ""}) | Q(**{f"{field}__regex": DIALLED}),
                )
                for field in ("forward_always", "forward_busy", "forward_no_answer")
            ),
        ]
        triggers = [_of_kind("PHONE")]

    def __str__(self) -> str:
        return f"{self.number_id} {self.label}"


class Credential(models.Model):
    """Hasło telefonu as its HA1, md5(number:domain:password). No role of the application can read it.

    Source: RFC 2617 sec. 3.2.2.2. Whoever knows the HA1 can register, so it is as secret as the password.
    """

    extension = models.OneToOneField(Extension, on_delete=models.CASCADE, primary_key=True, related_name="+")
    ha1 = models.CharField("HA1", max_length=32)
    set_at = models.DateTimeField("nadano")
    set_by = models.CharField("nadał", max_length=100)

    class Meta:
        verbose_name = "hasło telefonu"
        constraints = [
            models.CheckConstraint(name="ha1_is_a_digest", condition=Q(ha1__regex="^[0-9a-f]{32}$"))
        ]


class HuntGroup(models.Model):
    """Grupa: rings several phones, one after another or all at once."""

    class Strategy(models.TextChoices):
        SEQUENTIAL = "SEQUENTIAL", "po kolei"
        PARALLEL = "PARALLEL", "wszystkie naraz"

    number = models.OneToOneField(Number, on_delete=models.CASCADE, primary_key=True, related_name="group")
    name = models.CharField("nazwa", max_length=100)
    strategy = models.CharField(
        "dzwoni", max_length=10, choices=Strategy.choices, default=Strategy.SEQUENTIAL
    )
    ring_seconds = models.PositiveSmallIntegerField("każdy dzwoni, sekund", default=15)
    then = models.CharField("gdy nikt nie odbierze, na", max_length=16, blank=True)
    at_night = models.CharField("w nocy na", max_length=16, blank=True)
    has_voicemail = models.BooleanField("poczta głosowa grupy", default=False)

    class Meta:
        verbose_name = "grupa telefonów"
        constraints = [
            models.CheckConstraint(
                name="group_has_known_strategy", condition=Q(strategy__in=["SEQUENTIAL", "PARALLEL"])
            ),
            models.CheckConstraint(
                name="group_rings_a_while", condition=Q(ring_seconds__gte=1, ring_seconds__lte=120)
            ),
            *(
                models.CheckConstraint(
                    name=f"group_{field}_is_a_number",
                    condition=Q(**{field: ""}) | Q(**{f"{field}__regex": DIALLED}),
                )
                for field in ("then", "at_night")
            ),
        ]
        triggers = [_of_kind("GROUP")]

    def __str__(self) -> str:
        return f"{self.number_id} {self.name}"


class GroupMember(models.Model):
    """A phone of a group, in its turn."""

    group = models.ForeignKey(HuntGroup, on_delete=models.CASCADE, related_name="members")
    extension = models.ForeignKey(Extension, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField("kolejność")

    class Meta:
        verbose_name = "telefon w grupie"
        constraints = [
            models.UniqueConstraint(fields=["group", "extension"], name="a_phone_is_once_in_a_group"),
            models.UniqueConstraint(
                fields=["group", "position"], name="one_phone_a_turn", deferrable=models.Deferrable.DEFERRED
            ),
        ]


class PublicNumber(models.Model):
    """Numer zewnętrzny of the county, in the form of E.164, and the inner number that it rings."""

    number = models.CharField("numer", max_length=16, unique=True)
    rings = models.ForeignKey(
        Number, on_delete=models.PROTECT, related_name="+", null=True, blank=True, verbose_name="dzwoni na"
    )
    description = models.CharField("opis", max_length=100, blank=True)

    class Meta:
        verbose_name = "numer zewnętrzny"
        constraints = [
            models.CheckConstraint(
                name="public_number_is_whole", condition=Q(number__regex=r"^\+[1-9][0-9]{6,14}$")
            )
        ]

    def __str__(self) -> str:
        return self.number
