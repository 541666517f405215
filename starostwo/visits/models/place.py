"""Where visits happen: places, their counters with hours, the matters that are settled there."""

from datetime import time

from django.db import models
from django.db.models import F, Q

from starostwo.visits.models.ranges import ENDS_AFTER_IT_STARTS


class Place(models.Model):
    """Miejsce obsługi: the counters of a unit in one building, with the rules of booking there."""

    code = models.SlugField("kod", max_length=30, unique=True)
    name = models.CharField("nazwa", max_length=120)
    unit_symbol = models.CharField("komórka", max_length=10)
    seat = models.ForeignKey(
        "office.Seat", on_delete=models.PROTECT, related_name="+", verbose_name="siedziba"
    )
    way = models.CharField("jak trafić", max_length=300, blank=True)
    horizon_days = models.PositiveSmallIntegerField("na ile dni naprzód", default=30)
    release_at = models.TimeField("o której otwiera się kolejny dzień", default=time(8))
    lead_minutes = models.PositiveSmallIntegerField("najpóźniej ile minut przed wizytą", default=60)
    confirm_minutes = models.PositiveSmallIntegerField("ile minut na potwierdzenie", default=60)
    grid_minutes = models.PositiveSmallIntegerField("co ile minut", default=15)
    most_open = models.PositiveSmallIntegerField("najwięcej wizyt jednej osoby", default=2)
    walk_in_quota = models.PositiveSmallIntegerField("bilety bez rezerwacji na dzień", default=10)
    machine_hash = models.CharField("skrót klucza biletomatu", max_length=64, blank=True)

    class Meta:
        verbose_name = "miejsce obsługi"
        constraints = [
            models.CheckConstraint(
                name="place_has_sensible_rules",
                condition=Q(
                    horizon_days__range=(1, 180),
                    grid_minutes__range=(5, 60),
                    confirm_minutes__range=(10, 1440),
                    most_open__range=(1, 20),
                    walk_in_quota__lte=999,
                ),
            ),
            models.UniqueConstraint(
                name="one_key_one_machine", fields=["machine_hash"], condition=~Q(machine_hash="")
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Matter(models.Model):
    """Rodzaj sprawy: what a resident comes with and how many minutes it takes."""

    code = models.SlugField("kod", max_length=60, unique=True)
    name = models.CharField("nazwa", max_length=120)
    minutes = models.PositiveSmallIntegerField("ile minut")
    card_code = models.CharField("karta usługi", max_length=60, blank=True)
    position = models.PositiveSmallIntegerField("kolejność", default=0)
    valid_from = models.DateField("od dnia")
    valid_to = models.DateField("do dnia (wyłącznie)", null=True, blank=True)

    class Meta:
        verbose_name = "rodzaj sprawy"
        constraints = [
            models.CheckConstraint(name="matter_takes_minutes", condition=Q(minutes__range=(5, 240))),
            models.CheckConstraint(name="matter_ends_after_it_starts", condition=ENDS_AFTER_IT_STARTS),
        ]

    def __str__(self) -> str:
        return self.name


class Counter(models.Model):
    """Okienko (stanowisko obsługi): where one person is served at a time, and with which matters."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="counters")
    number = models.PositiveSmallIntegerField("numer")
    matters = models.ManyToManyField(Matter, related_name="+", verbose_name="rodzaje spraw")
    takes_bookings = models.BooleanField("przyjmuje z rezerwacją", default=True)
    takes_walk_ins = models.BooleanField("przyjmuje bez rezerwacji", default=True)
    valid_from = models.DateField("od dnia")
    valid_to = models.DateField("do dnia (wyłącznie)", null=True, blank=True)

    class Meta:
        verbose_name = "okienko"
        constraints = [
            models.UniqueConstraint(name="one_number_one_counter", fields=["place", "number"]),
            models.CheckConstraint(name="counter_ends_after_it_starts", condition=ENDS_AFTER_IT_STARTS),
        ]

    def __str__(self) -> str:
        return f"okienko {self.number}"


class Hours(models.Model):
    """Godziny otwarcia of a counter on one day of the week, from a day on."""

    counter = models.ForeignKey(Counter, on_delete=models.PROTECT, related_name="+", verbose_name="okienko")
    weekday = models.PositiveSmallIntegerField("dzień tygodnia")
    opens = models.TimeField("od")
    closes = models.TimeField("do")
    valid_from = models.DateField("od dnia")
    valid_to = models.DateField("do dnia (wyłącznie)", null=True, blank=True)

    class Meta:
        verbose_name = "godziny otwarcia"
        constraints = [
            models.CheckConstraint(name="hours_are_of_a_week", condition=Q(weekday__lte=6)),
            models.CheckConstraint(name="hours_close_after_they_open", condition=Q(closes__gt=F("opens"))),
            models.CheckConstraint(name="hours_end_after_they_start", condition=ENDS_AFTER_IT_STARTS),
            models.UniqueConstraint(
                name="one_opening_at_an_hour", fields=["counter", "weekday", "opens", "valid_from"]
            ),
        ]


class SpecialDay(models.Model):
    """Dzień wyjątkowy: other hours of a counter on one date, or none at all."""

    counter = models.ForeignKey(Counter, on_delete=models.PROTECT, related_name="+", verbose_name="okienko")
    day_on = models.DateField("dzień")
    opens = models.TimeField("od", null=True, blank=True)
    closes = models.TimeField("do", null=True, blank=True)
    reason = models.CharField("powód", max_length=120)

    class Meta:
        verbose_name = "dzień wyjątkowy"
        constraints = [
            models.UniqueConstraint(name="one_special_day", fields=["counter", "day_on"]),
            models.CheckConstraint(
                name="special_day_is_closed_or_has_hours",
                condition=Q(opens=None, closes=None) | Q(closes__gt=F("opens")),
            ),
        ]
