"""A booked visit, its matters, and the links by which it is confirmed and called off."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from starostwo.screens.api import languages
from starostwo.visits.models.place import Counter, Matter, Place
from starostwo.visits.models.ranges import TimeRange

PERSONAL = {"given_name": "", "family_name": "", "email": "", "phone": "", "person_key": "", "account": None}

ANOTHER_PERSON = (
    pgtrigger.Q(old__given_name__df=pgtrigger.F("new__given_name"))
    | pgtrigger.Q(old__family_name__df=pgtrigger.F("new__family_name"))
    | pgtrigger.Q(old__person_key__df=pgtrigger.F("new__person_key"))
    | pgtrigger.Q(old__account_id__df=pgtrigger.F("new__account_id"))
)


class Visit(models.Model):
    """Wizyta: one person at one counter for as long as his matters take."""

    class State(models.TextChoices):
        HELD = "HELD", "czeka na potwierdzenie"
        CONFIRMED = "CONFIRMED", "potwierdzona"
        ARRIVED = "ARRIVED", "czeka w urzędzie"
        SERVED = "SERVED", "obsłużona"
        NO_SHOW = "NO_SHOW", "nie odnotowano przybycia"
        CANCELLED = "CANCELLED", "odwołana"
        LAPSED = "LAPSED", "wygasła bez potwierdzenia"

    class Reminder(models.TextChoices):
        NONE = "", "nie przypominaj"
        EMAIL = "EMAIL", "e-mailem"
        TEXT = "TEXT", "SMS-em"

    OPEN = (State.HELD.value, State.CONFIRMED.value)
    GIVEN_BACK = (State.CANCELLED.value, State.LAPSED.value)

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", verbose_name="miejsce")
    counter = models.ForeignKey(Counter, on_delete=models.PROTECT, related_name="+", verbose_name="okienko")
    comes_on = models.DateField("dzień")
    starts_at = models.DateTimeField("od")
    ends_at = models.DateTimeField("do")
    state = models.CharField("stan", max_length=10, choices=State.choices)
    code = models.CharField("kod do biletomatu", max_length=6)

    given_name = models.CharField("imię", max_length=60, blank=True)
    family_name = models.CharField("nazwisko", max_length=80, blank=True)
    email = models.EmailField("adres e-mail", blank=True)
    phone = models.CharField("telefon", max_length=40, blank=True)
    account = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="konto"
    )
    person_key = models.CharField("klucz osoby", max_length=80, blank=True)
    ordinal = models.PositiveSmallIntegerField("która wizyta tej osoby")

    language = models.CharField("język powiadomień", max_length=2, default=languages.SOURCE)
    remind_by = models.CharField(
        "przypomnienie dzień wcześniej", max_length=10, choices=Reminder.choices, blank=True, default=""
    )
    reminded_at = models.DateTimeField("przypomniano", null=True)

    booked_at = models.DateTimeField("zarezerwowana")
    booked_by = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="zapisał(a)"
    )
    confirm_until = models.DateTimeField("potwierdzić do", null=True)
    free_again_at = models.DateTimeField("termin znów wolny od", null=True)
    erased_at = models.DateTimeField("dane osobowe usunięte", null=True)

    class Meta:
        verbose_name = "wizyta"
        constraints = [
            models.CheckConstraint(
                name="visit_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            ),
            ExclusionConstraint(
                name="one_counter_one_visit_at_a_time",
                expressions=[("counter", RangeOperators.EQUAL), (TimeRange(), RangeOperators.OVERLAPS)],
                condition=~Q(state__in=["CANCELLED", "LAPSED"]),
            ),
            models.UniqueConstraint(
                name="one_person_keeps_the_limit",
                fields=["person_key", "ordinal"],
                condition=Q(state__in=["HELD", "CONFIRMED"]) & ~Q(person_key=""),
            ),
            models.CheckConstraint(
                name="held_visit_says_until_when",
                condition=~Q(state="HELD") | Q(confirm_until__isnull=False),
            ),
            models.UniqueConstraint(
                name="one_code_a_place_and_day",
                fields=["place", "comes_on", "code"],
                condition=~Q(state__in=["CANCELLED", "LAPSED"]),
            ),
            models.CheckConstraint(
                name="visit_has_known_language", condition=Q(language__in=languages.CODES)
            ),
            models.CheckConstraint(
                name="erased_visit_names_nobody",
                condition=Q(erased_at=None) | Q(**PERSONAL),
            ),
        ]
        indexes = [
            models.Index(name="visits_of_a_day", fields=["place", "comes_on", "starts_at"]),
            models.Index(name="visits_to_confirm", fields=["confirm_until"], condition=Q(state="HELD")),
            models.Index(
                name="visits_of_an_account", fields=["account", "-starts_at"], condition=~Q(account=None)
            ),
            models.Index(
                name="visits_to_remind_of",
                fields=["comes_on"],
                condition=Q(state="CONFIRMED", reminded_at=None) & ~Q(remind_by=""),
            ),
            models.Index(name="visits_to_erase", fields=["comes_on"], condition=Q(erased_at=None)),
        ]
        triggers = [
            pgtrigger.Protect(name="visits_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="visit_keeps_its_person",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(new__erased_at__isnull=True) & ANOTHER_PERSON,
            ),
            pgtrigger.Protect(
                name="visit_keeps_its_time",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("place", "counter", "comes_on", "starts_at", "ends_at"),
            ),
        ]

    def __str__(self) -> str:
        return f"visits.visit:{self.pk}"

    @property
    def person(self) -> str:
        """The name that the booking is bound to; empty once it was deleted."""
        return f"{self.given_name} {self.family_name}".strip()


class VisitMatter(models.Model):
    """One of the matters of a visit, with the minutes that were counted for it."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="matters")
    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="+", verbose_name="sprawa")
    minutes = models.PositiveSmallIntegerField("ile minut")

    class Meta:
        verbose_name = "sprawa wizyty"
        constraints = [models.UniqueConstraint(name="one_matter_once", fields=["visit", "matter"])]


class Link(models.Model):
    """Odnośnik: lets whoever holds it do one thing with one visit until a moment; kept as a hash alone."""

    class Purpose(models.TextChoices):
        CONFIRM = "CONFIRM", "potwierdzenie"
        MANAGE = "MANAGE", "podgląd i odwołanie"

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="+")
    purpose = models.CharField("do czego", max_length=10, choices=Purpose.choices)
    token_hash = models.CharField("skrót", max_length=64, unique=True)
    expires_at = models.DateTimeField("ważny do", db_index=True)
    used_at = models.DateTimeField("użyty", null=True)

    class Meta:
        verbose_name = "odnośnik"
