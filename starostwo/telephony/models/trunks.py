"""The way out: lines of operators, what calls over them cost, and which numbers count as what."""

from django.db import models
from django.db.models import F, Q

from starostwo.telephony.rules.classes import CLASSES, INTERNAL, PREMIUM


class Trunk(models.Model):
    """Łącze operatora in one building."""

    node = models.ForeignKey(
        "telephony.Node", on_delete=models.PROTECT, related_name="trunks", verbose_name="węzeł"
    )
    name = models.CharField("nazwa", max_length=100, unique=True)
    host = models.CharField("adres serwera", max_length=100)
    port = models.PositiveIntegerField("port", default=5060)
    order = models.PositiveSmallIntegerField("kolejność przy równej cenie", default=1)
    is_on = models.BooleanField("włączone", default=True)

    class Meta:
        verbose_name = "łącze operatora"
        constraints = [
            models.CheckConstraint(
                name="trunk_has_a_host", condition=Q(host__regex=r"^[A-Za-z0-9.:-]{1,100}$")
            ),
            models.CheckConstraint(name="trunk_has_a_port", condition=Q(port__gte=1, port__lte=65535)),
        ]

    def __str__(self) -> str:
        return self.name


class Tariff(models.Model):
    """Stawka: what a minute to numbers that begin so costs over a trunk, from a day on, in 1/100 grosza."""

    trunk = models.ForeignKey(Trunk, on_delete=models.CASCADE, related_name="tariffs")
    beginning = models.CharField("początek numeru", max_length=16)
    minute = models.PositiveIntegerField("minuta, setne części grosza")
    setup = models.PositiveIntegerField("rozpoczęcie, setne części grosza", default=0)
    since = models.DateField("od dnia")
    until = models.DateField("do dnia", null=True, blank=True)

    class Meta:
        verbose_name = "stawka łącza"
        constraints = [
            models.UniqueConstraint(fields=["trunk", "beginning", "since"], name="one_tariff_a_day"),
            models.CheckConstraint(
                name="tariff_begins_so", condition=Q(beginning__regex=r"^\+([1-9][0-9]{0,14})?$")
            ),
            models.CheckConstraint(
                name="tariff_ends_after_it_begins", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
        ]

    @property
    def minute_zloty(self) -> str:
        """A minute in złote: `0,09`."""
        return _zloty(self.minute)

    @property
    def setup_zloty(self) -> str:
        """The beginning of a call in złote."""
        return _zloty(self.setup)


def _zloty(hundredths_of_a_grosz: int) -> str:
    whole, rest = divmod(hundredths_of_a_grosz, 10_000)
    return f"{whole},{rest:04}".removesuffix("00")


class NumberClass(models.Model):
    """Rodzaj numerów: outside numbers that begin so need this right; the longest beginning holds."""

    beginning = models.CharField("początek numeru", max_length=16, unique=True)
    needs = models.PositiveSmallIntegerField("rodzaj", choices=list(CLASSES.items()))
    is_checked = models.BooleanField("sprawdzono z planem numeracji", default=False)

    class Meta:
        verbose_name = "rodzaj numerów"
        constraints = [
            models.CheckConstraint(
                name="class_begins_so", condition=Q(beginning__regex=r"^\+([1-9][0-9]{0,14})?$")
            ),
            models.CheckConstraint(
                name="class_is_known", condition=Q(needs__gt=INTERNAL, needs__lte=PREMIUM)
            ),
        ]


class EmergencyNumber(models.Model):
    """Numer alarmowy: always put through, before every check, from every phone."""

    number = models.CharField("numer", max_length=6, primary_key=True)
    name = models.CharField("nazwa", max_length=100)

    class Meta:
        verbose_name = "numer alarmowy"
        constraints = [
            models.CheckConstraint(
                name="emergency_number_is_short", condition=Q(number__regex="^[0-9]{3,6}$")
            )
        ]
