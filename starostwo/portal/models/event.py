"""What happens in the county, what is announced to everybody, and the short cuts of the start page."""

from django.db import models
from django.db.models import F, Q


class Event(models.Model):
    """Wydarzenie: something to come to, with its place and time."""

    slug = models.SlugField("adres", max_length=90, unique=True)
    title = models.CharField("tytuł", max_length=150)
    summary = models.CharField("zajawka", max_length=400)
    text = models.TextField("opis", max_length=5000, blank=True)
    place = models.CharField("miejsce i adres", max_length=200)
    access = models.CharField("dostępność miejsca", max_length=300, blank=True)
    starts_at = models.DateTimeField("początek")
    ends_at = models.DateTimeField("koniec", null=True, blank=True)
    is_cancelled = models.BooleanField("odwołane", default=False)
    is_shown = models.BooleanField("widoczne", default=False)
    changed_at = models.DateTimeField("zmieniono")

    class Meta:
        verbose_name = "wydarzenie"
        constraints = [
            models.CheckConstraint(
                name="portal_event_ends_after_it_starts",
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
            )
        ]
        indexes = [
            models.Index(name="portal_event_shown", fields=["starts_at", "id"], condition=Q(is_shown=True))
        ]

    def __str__(self) -> str:
        return self.title


class Alert(models.Model):
    """Komunikat: a sentence on every public page, from a moment to a moment."""

    text = models.CharField("treść", max_length=250)
    url = models.CharField("adres", max_length=200, blank=True)
    words = models.CharField("nazwa odnośnika", max_length=80, blank=True)
    is_urgent = models.BooleanField("pilny", default=False)
    starts_at = models.DateTimeField("od")
    ends_at = models.DateTimeField("do")
    changed_at = models.DateTimeField("zmieniono")

    class Meta:
        verbose_name = "komunikat"
        constraints = [
            models.CheckConstraint(
                name="portal_alert_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(
                name="portal_alert_names_its_link",
                condition=Q(url="", words="") | (~Q(url="") & ~Q(words="")),
            ),
        ]
        indexes = [models.Index(name="portal_alert_in_force", fields=["ends_at", "starts_at"])]

    def __str__(self) -> str:
        return self.text


class Shortcut(models.Model):
    """Skrót: a way from the start page to what is wanted most."""

    label = models.CharField("nazwa", max_length=70)
    url = models.CharField("adres", max_length=200)
    position = models.PositiveSmallIntegerField("kolejność", default=10)
    is_shown = models.BooleanField("widoczny", default=True)
    changed_at = models.DateTimeField("zmieniono")

    class Meta:
        verbose_name = "skrót"

    def __str__(self) -> str:
        return self.label


class UnitContact(models.Model):
    """Kontakt komórki: what the structure of the office does not keep: telephone, address, room."""

    unit = models.CharField("symbol komórki", max_length=20, unique=True)
    phone = models.CharField("telefon", max_length=60, blank=True)
    email = models.EmailField("adres e-mail", blank=True)
    room = models.CharField("pokój", max_length=60, blank=True)
    hours = models.CharField("godziny, jeśli inne niż siedziby", max_length=200, blank=True)
    changed_at = models.DateTimeField("zmieniono")

    class Meta:
        verbose_name = "kontakt komórki"

    def __str__(self) -> str:
        return self.unit
