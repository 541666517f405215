"""The county council: councillors, sessions with agenda, roll-call votes, interpellations; and places."""

import pgtrigger
from django.db import models
from django.db.models import F, Q


class Councillor(models.Model):
    """Radny."""

    name = models.CharField("imię i nazwisko", max_length=120)
    club = models.CharField("klub", max_length=120, blank=True)
    since = models.DateField("od dnia")
    until = models.DateField("do dnia", null=True, blank=True)
    changed_at = models.DateTimeField("zmieniono")

    class Meta:
        verbose_name = "radny"
        constraints = [
            models.CheckConstraint(
                name="portal_councillor_ends_after_he_begins",
                condition=Q(until=None) | Q(until__gt=F("since")),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Session(models.Model):
    """Sesja rady."""

    slug = models.SlugField("adres", max_length=90, unique=True)
    title = models.CharField("tytuł", max_length=150)
    held_at = models.DateTimeField("termin")
    place = models.CharField("miejsce", max_length=200)
    agenda = models.TextField("porządek obrad", max_length=10000)
    recording = models.CharField("adres nagrania", max_length=200, blank=True)
    is_shown = models.BooleanField("widoczna", default=False)
    changed_at = models.DateTimeField("zmieniono")

    class Meta:
        verbose_name = "sesja rady"

    def __str__(self) -> str:
        return self.title


class Vote(models.Model):
    """Głosowanie imienne: written down once; its ballots say who voted how."""

    session = models.ForeignKey("portal.Session", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField("numer na sesji")
    subject = models.CharField("nad czym", max_length=300)
    majority = models.CharField("większość", max_length=10)
    council_size = models.PositiveSmallIntegerField("ustawowy skład rady")
    written_at = models.DateTimeField("zapisano")

    class Meta:
        verbose_name = "głosowanie"
        constraints = [
            models.UniqueConstraint(name="portal_votes_are_numbered", fields=["session", "number"])
        ]
        triggers = [pgtrigger.Protect(name="votes_stay", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.subject


class Ballot(models.Model):
    """Głos radnego."""

    vote = models.ForeignKey("portal.Vote", on_delete=models.PROTECT, related_name="+")
    councillor = models.ForeignKey("portal.Councillor", on_delete=models.PROTECT, related_name="+")
    choice = models.CharField("głos", max_length=10)

    class Meta:
        verbose_name = "głos"
        constraints = [
            models.UniqueConstraint(name="portal_one_ballot_each", fields=["vote", "councillor"]),
            models.CheckConstraint(
                name="portal_ballot_is_one_of_four",
                condition=Q(choice__in=["FOR", "AGAINST", "ABSTAIN", "ABSENT"]),
            ),
        ]
        triggers = [pgtrigger.Protect(name="ballots_stay", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.vote_id}: {self.choice}"


class Interpellation(models.Model):
    """Interpelacja albo zapytanie radnego, z odpowiedzią."""

    councillor = models.ForeignKey("portal.Councillor", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("rodzaj", max_length=15)
    subject = models.CharField("w sprawie", max_length=200)
    text = models.TextField("treść", max_length=10000)
    filed_on = models.DateField("złożono")
    answer = models.TextField("odpowiedź", max_length=10000, blank=True)
    answered_on = models.DateField("odpowiedziano", null=True, blank=True)
    is_shown = models.BooleanField("widoczna", default=True)
    changed_at = models.DateTimeField("zmieniono")

    class Meta:
        verbose_name = "interpelacja albo zapytanie"
        constraints = [
            models.CheckConstraint(
                name="portal_answer_has_its_day",
                condition=Q(answer="", answered_on=None)
                | (~Q(answer="") & Q(answered_on__gte=F("filed_on"))),
            )
        ]
        indexes = [models.Index(name="portal_interpellations", fields=["-filed_on", "-id"])]

    def __str__(self) -> str:
        return self.subject


class Place(models.Model):
    """Miejsce warte zobaczenia, with its own coordinates."""

    name = models.CharField("nazwa", max_length=120)
    category = models.CharField("rodzaj", max_length=60)
    text = models.TextField("opis", max_length=2000)
    address = models.CharField("adres", max_length=200)
    access = models.CharField("dostępność", max_length=300, blank=True)
    latitude = models.DecimalField("szerokość geograficzna", max_digits=8, decimal_places=5)
    longitude = models.DecimalField("długość geograficzna", max_digits=8, decimal_places=5)
    is_shown = models.BooleanField("widoczne", default=True)
    changed_at = models.DateTimeField("zmieniono")

    class Meta:
        verbose_name = "miejsce"
        constraints = [
            models.CheckConstraint(
                name="portal_place_lies_in_poland",
                condition=Q(latitude__gte=49, latitude__lte=55, longitude__gte=14, longitude__lte=24.2),
            )
        ]

    def __str__(self) -> str:
        return self.name
