"""Discovery: by which words devices are asked, runs over a network, what was seen, proposals for a person."""

import pgtrigger
from django.db import models
from django.db.models import Q

from starostwo.infrastructure.models.fields import CidrField
from starostwo.infrastructure.rules.differences import KINDS, METHODS


class SnmpAccess(models.Model):
    """Dostęp SNMP: a community or a user; its secrets are sealed and shown to nobody."""

    class Version(models.TextChoices):
        V2C = "V2C", "v2c (wspólne hasło, bez szyfrowania)"
        V3 = "V3", "v3 (uwierzytelnienie i szyfrowanie)"

    class Auth(models.TextChoices):
        SHA512 = "SHA512", "SHA-512"
        SHA256 = "SHA256", "SHA-256"
        SHA1 = "SHA1", "SHA-1"

    class Priv(models.TextChoices):
        AES128 = "AES128", "AES-128"
        AES256 = "AES256", "AES-256"

    name = models.CharField("nazwa", max_length=60, unique=True)
    version = models.CharField("wersja", max_length=3, choices=Version.choices)
    user = models.CharField("użytkownik", max_length=60, blank=True)
    auth = models.CharField("uwierzytelnienie", max_length=6, choices=Auth.choices, blank=True)
    priv = models.CharField("szyfrowanie", max_length=6, choices=Priv.choices, blank=True)
    port = models.PositiveIntegerField("port UDP", default=161)
    sealed = models.BinaryField("hasła, zaszyfrowane")

    class Meta:
        verbose_name = "dostęp SNMP"
        constraints = [
            models.CheckConstraint(
                name="access_has_what_its_version_needs",
                condition=Q(version="V2C", user="", auth="", priv="")
                | (Q(version="V3") & ~Q(user="") & ~Q(auth="") & ~Q(priv="")),
            ),
            models.CheckConstraint(name="access_has_a_port", condition=Q(port__gte=1, port__lte=65535)),
        ]

    def __str__(self) -> str:
        return self.name


class DiscoveryRun(models.Model):
    """Przegląd sieci: every address of a network is asked; what differs is proposed."""

    class State(models.TextChoices):
        WAITING = "WAITING", "czeka"
        RUNNING = "RUNNING", "trwa"
        DONE = "DONE", "zakończony"
        STOPPED = "STOPPED", "zatrzymany"
        FAILED = "FAILED", "przerwany"

    network = CidrField("sieć")
    access = models.ForeignKey(
        "infrastructure.SnmpAccess", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    state = models.CharField("stan", max_length=7, choices=State.choices, default=State.WAITING)
    total = models.PositiveIntegerField("adresów")
    asked = models.PositiveIntegerField("zapytano", default=0)
    found = models.PositiveIntegerField("odpowiedziało", default=0)
    made_by_name = models.CharField("zlecił", max_length=200)
    made_at = models.DateTimeField("zlecono")
    ended_at = models.DateTimeField("zakończono", null=True)
    stop_asked_at = models.DateTimeField("polecono zatrzymać", null=True)
    fault = models.CharField("powód przerwania", max_length=200, blank=True)

    class Meta:
        verbose_name = "przegląd sieci"
        constraints = [
            models.UniqueConstraint(
                fields=["network"], name="one_run_of_a_network", condition=Q(state__in=["WAITING", "RUNNING"])
            ),
            models.CheckConstraint(
                name="ended_run_has_its_end",
                condition=Q(state__in=["WAITING", "RUNNING"], ended_at=None)
                | (~Q(state__in=["WAITING", "RUNNING"]) & Q(ended_at__isnull=False)),
            ),
        ]
        triggers = [pgtrigger.Protect(name="runs_stay", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.network)


class Sighting(models.Model):
    """Co widziano pod adresem w przeglądzie: the evidence behind a proposal."""

    run = models.ForeignKey("infrastructure.DiscoveryRun", on_delete=models.PROTECT, related_name="+")
    address = models.GenericIPAddressField("adres")
    method = models.CharField("sposób", max_length=4, choices=[(one, one) for one in METHODS])
    microseconds = models.PositiveIntegerField("czas odpowiedzi, µs")
    name = models.CharField("przedstawia się jako", max_length=200, blank=True)
    described = models.CharField("opis", max_length=200, blank=True)
    device = models.ForeignKey("infrastructure.Device", on_delete=models.PROTECT, related_name="+", null=True)
    told = models.JSONField("porty i sąsiedzi", default=dict)

    class Meta:
        verbose_name = "co widziano"
        constraints = [
            models.UniqueConstraint(fields=["run", "address"], name="one_sighting_an_address"),
        ]
        triggers = [pgtrigger.Protect(name="sightings_stay", operation=pgtrigger.Delete)]


class Proposal(models.Model):
    """Propozycja: one difference between register and network, which a person accepts or rejects."""

    class State(models.TextChoices):
        OPEN = "OPEN", "do decyzji"
        ACCEPTED = "ACCEPTED", "przyjęta"
        REJECTED = "REJECTED", "odrzucona"
        GONE = "GONE", "nieaktualna"

    run = models.ForeignKey("infrastructure.DiscoveryRun", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("rodzaj", max_length=12, choices=list(KINDS.items()))
    key = models.CharField("czego dotyczy", max_length=300)
    device = models.ForeignKey("infrastructure.Device", on_delete=models.PROTECT, related_name="+", null=True)
    port = models.ForeignKey("infrastructure.Port", on_delete=models.PROTECT, related_name="+", null=True)
    other = models.ForeignKey("infrastructure.Port", on_delete=models.PROTECT, related_name="+", null=True)
    cable = models.ForeignKey("infrastructure.Cable", on_delete=models.PROTECT, related_name="+", null=True)
    known = models.CharField("w ewidencji", max_length=300, blank=True)
    seen = models.CharField("w sieci", max_length=300, blank=True)
    told = models.JSONField("szczegóły", default=dict)
    state = models.CharField("stan", max_length=8, choices=State.choices, default=State.OPEN)
    decided_by_name = models.CharField("zdecydował", max_length=200, blank=True)
    decided_at = models.DateTimeField("kiedy", null=True)

    class Meta:
        verbose_name = "propozycja"
        constraints = [
            models.UniqueConstraint(fields=["key"], name="one_open_proposal", condition=Q(state="OPEN")),
            models.CheckConstraint(
                name="decided_proposal_says_when",
                condition=Q(state="OPEN", decided_at=None) | (~Q(state="OPEN") & Q(decided_at__isnull=False)),
            ),
        ]
        indexes = [models.Index(fields=["key", "state"], name="proposals_by_key")]
        triggers = [
            pgtrigger.Protect(name="proposals_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="decided_proposal_stays", operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.state <> 'OPEN'"),
            ),
        ]  # fmt: skip
