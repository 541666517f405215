"""Licences: how many may use a program, from when until when, and who does."""

import pgtrigger
from django.db import models
from django.db.models import Q

HAS_A_SEAT = """
    PERFORM 1 FROM assets_licence l WHERE l.id = NEW.licence_id FOR UPDATE;
    IF NEW.until_on IS NULL AND (
        SELECT count(*) FROM assets_seat s
        WHERE s.licence_id = NEW.licence_id AND s.until_on IS NULL AND s.id <> NEW.id
    ) >= (SELECT l.seats FROM assets_licence l WHERE l.id = NEW.licence_id) THEN
        RAISE EXCEPTION 'licence_has_a_free_seat: no seat is free'
        USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'licence_has_a_free_seat';
    END IF;
    RETURN NEW;
"""


class Licence(models.Model):
    """Licencja na program."""

    name = models.CharField("program", max_length=200)
    kind = models.CharField("rodzaj licencji", max_length=200, blank=True)
    seats = models.PositiveIntegerField("stanowisk")
    valid_from = models.DateField("od dnia")
    valid_until = models.DateField("do dnia", null=True)
    contract = models.CharField("umowa, faktura", max_length=200, blank=True)
    asset = models.ForeignKey(
        "assets.Asset", on_delete=models.PROTECT, related_name="+", null=True,
        verbose_name="wartość niematerialna",
    )  # fmt: skip
    entered_at = models.DateTimeField("wpisano")
    entered_by_name = models.CharField("kto wpisał", max_length=200)

    class Meta:
        verbose_name = "licencja"
        constraints = [
            models.CheckConstraint(name="licence_has_seats", condition=Q(seats__gte=1)),
            models.CheckConstraint(
                name="licence_ends_after_it_begins",
                condition=Q(valid_until=None) | Q(valid_until__gte=models.F("valid_from")),
            ),
        ]
        triggers = [pgtrigger.Protect(name="licences_stay", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.name


class Seat(models.Model):
    """Stanowisko licencji: a person, or a computer, that uses it."""

    licence = models.ForeignKey("assets.Licence", on_delete=models.PROTECT, related_name="given")
    account = models.ForeignKey("office.Account", on_delete=models.PROTECT, related_name="+", null=True)
    asset = models.ForeignKey("assets.Asset", on_delete=models.PROTECT, related_name="+", null=True)
    since_on = models.DateField("od dnia")
    until_on = models.DateField("do dnia", null=True)
    given_by_name = models.CharField("kto przydzielił", max_length=200)

    class Meta:
        verbose_name = "stanowisko licencji"
        constraints = [
            models.CheckConstraint(
                name="seat_is_of_a_person_or_a_computer",
                condition=Q(account__isnull=False, asset=None) | Q(account=None, asset__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["licence", "account", "asset"], condition=Q(until_on=None), nulls_distinct=False,
                name="one_seat_of_a_licence_each",
            ),
        ]  # fmt: skip
        triggers = [
            pgtrigger.Protect(name="seats_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="freed_seat_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.until_on IS NOT NULL"),
            ),
            pgtrigger.Trigger(
                name="licence_has_a_free_seat", when=pgtrigger.Before, operation=pgtrigger.Insert,
                func=HAS_A_SEAT,
            ),
        ]  # fmt: skip
