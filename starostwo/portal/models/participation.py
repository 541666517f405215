"""What residents take part in: the newsletter that they asked for, consultations with their opinions."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from starostwo.screens.api import languages

IN_ITS_DAYS = """
    IF NOT EXISTS (
        SELECT 1 FROM portal_consultation
        WHERE id = NEW.consultation_id AND is_shown
          AND NEW.sent_on BETWEEN opens_on AND closes_on
    ) THEN RAISE EXCEPTION 'consultation % takes no opinions on %', NEW.consultation_id, NEW.sent_on
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""


class Subscriber(models.Model):
    """Odbiorca newslettera: an address that asked for it and, once confirmed, gets it until it leaves."""

    email = models.EmailField("adres e-mail", unique=True)
    asked_at = models.DateTimeField("poproszono")
    confirmed_at = models.DateTimeField("potwierdzono", null=True)
    key = models.CharField("klucz odnośników", max_length=64, unique=True)
    language = models.CharField("język", max_length=2, default=languages.SOURCE)

    class Meta:
        verbose_name = "odbiorca newslettera"
        constraints = [
            models.CheckConstraint(
                name="portal_confirmed_after_asked",
                condition=Q(confirmed_at=None) | Q(confirmed_at__gte=F("asked_at")),
            ),
            models.CheckConstraint(
                name="portal_subscriber_has_known_language", condition=Q(language__in=languages.CODES)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"


class Issue(models.Model):
    """Wydanie newslettera: written once, sent once to everybody who had confirmed by then."""

    subject = models.CharField("temat", max_length=150)
    intro = models.TextField("wstęp", max_length=2000, blank=True)
    body = models.TextField("treść")
    bodies = models.JSONField("treść w innych językach", default=dict)
    written_at = models.DateTimeField("zlecono wysłanie")
    written_by = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="zlecił(a)"
    )
    sent_at = models.DateTimeField("wysłano", null=True)
    recipients = models.PositiveIntegerField("liczba odbiorców", null=True)

    class Meta:
        verbose_name = "wydanie newslettera"
        constraints = [
            models.CheckConstraint(
                name="portal_sent_issue_counts_its_readers",
                condition=Q(sent_at=None, recipients=None)
                | Q(sent_at__isnull=False, recipients__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.subject


class Consultation(models.Model):
    """Konsultacje: a question to the residents from a day to a day, and the report of what they said."""

    slug = models.SlugField("adres", max_length=90, unique=True)
    title = models.CharField("tytuł", max_length=150)
    summary = models.CharField("zajawka", max_length=400)
    text = models.TextField("czego dotyczą", max_length=10000)
    opens_on = models.DateField("od dnia")
    closes_on = models.DateField("do dnia")
    report = models.TextField("raport", max_length=10000, blank=True)
    is_shown = models.BooleanField("widoczne", default=False)
    changed_at = models.DateTimeField("zmieniono")

    class Meta:
        verbose_name = "konsultacje"
        constraints = [
            models.CheckConstraint(
                name="portal_consultation_closes_after_it_opens", condition=Q(closes_on__gte=F("opens_on"))
            )
        ]

    def __str__(self) -> str:
        return self.title


class Opinion(models.Model):
    """Opinia: what a resident said in a consultation; the name is his own choice."""

    consultation = models.ForeignKey("portal.Consultation", on_delete=models.PROTECT, related_name="+")
    text = models.TextField("opinia", max_length=5000)
    stance = models.CharField("stanowisko", max_length=10)
    name = models.CharField("podpis", max_length=120, blank=True)
    sent_on = models.DateField("dzień")
    sent_at = models.DateTimeField("złożono")

    class Meta:
        verbose_name = "opinia"
        indexes = [models.Index(name="portal_opinions_of", fields=["consultation", "-sent_at", "-id"])]
        triggers = [
            pgtrigger.Protect(name="opinions_stay", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="opinion_in_its_days",
                operation=pgtrigger.Insert,
                when=pgtrigger.Before,
                func=IN_ITS_DAYS,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}: {self.pk}"
