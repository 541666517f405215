"""What a resident can ask the county for: service cards with dated fees and terms, and versions of forms."""

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy

ENDS_AFTER_IT_STARTS = Q(valid_to=None) | Q(valid_to__gt=F("valid_from"))
DAYS = Func("valid_from", "valid_to", function="daterange", output_field=DateRangeField())


class ServiceCard(models.Model):
    """Karta usługi: one thing that the office settles, in plain words, with who, where and how long."""

    code = models.SlugField("kod", max_length=60)
    title = models.CharField("tytuł", max_length=70)
    summary = models.CharField("w jednym zdaniu", max_length=300)
    who_may = models.CharField("kto może złożyć", max_length=300)
    documents = models.JSONField("co dołączyć", default=list)
    unit_symbol = models.CharField("komórka", max_length=10)
    jrwa_class = models.CharField("klasa JRWA", max_length=4)
    legal_basis = models.CharField("podstawa prawna", max_length=500)
    higher_organ = models.CharField("organ wyższego stopnia", max_length=200)
    form_code = models.SlugField("formularz", max_length=40, blank=True)
    co_applicants = models.PositiveSmallIntegerField("ile osób może wnioskować wspólnie", default=0)
    in_person = models.CharField("dlaczego tylko osobiście", max_length=300, blank=True)
    start_path = models.CharField("adres rozpoczęcia", max_length=200, blank=True)
    keywords = models.CharField("inne słowa", max_length=300, blank=True)
    remark = models.CharField("uwaga", max_length=500, blank=True)
    verified = models.BooleanField("sprawdzona z tekstem prawa", default=False)
    edition = models.PositiveSmallIntegerField("wydanie treści", default=1)
    valid_from = models.DateField("od dnia")
    valid_to = models.DateField("do dnia (wyłącznie)", null=True, blank=True)

    class Meta:
        verbose_name = "karta usługi"
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="one_card_from_a_day"),
            models.CheckConstraint(name="card_ends_after_it_starts", condition=ENDS_AFTER_IT_STARTS),
            models.CheckConstraint(
                name="card_has_a_form_or_says_why_not",
                condition=(~Q(form_code="") & Q(in_person="")) | (Q(form_code="") & ~Q(in_person="")),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CardRow(models.Model):
    """What the law changes about a card: holds from a day, has a source and says whether it was checked."""

    position = models.PositiveSmallIntegerField("kolejność")
    text = models.CharField("opis", max_length=300, blank=True)
    valid_from = models.DateField("od dnia")
    valid_to = models.DateField("do dnia (wyłącznie)", null=True, blank=True)
    source = models.CharField("źródło", max_length=300)
    verified = models.BooleanField("sprawdzone z tekstem prawa", default=False)

    class Meta:
        abstract = True


class Fee(CardRow):
    """Opłata: an amount in grosze, or words where the law gives a range or a table.

    Rows of one place of a card follow each other in time. What a row says stays; it only ends.
    """

    class GoesTo(models.TextChoices):
        COUNTY = "COUNTY", "powiat"
        STAMP = "STAMP", "gmina (opłata skarbowa)"

    card = models.ForeignKey("procedures.ServiceCard", on_delete=models.PROTECT, related_name="fees")
    label = models.CharField("za co", max_length=120)
    amount = models.PositiveIntegerField("kwota w groszach", null=True)
    goes_to = models.CharField("na rachunek", max_length=10, choices=GoesTo.choices, default=GoesTo.COUNTY)
    when = models.JSONField("gdy odpowiedzi tak mówią", null=True)
    by_office = models.BooleanField("nalicza urząd, nie formularz", default=False)

    class Meta:
        verbose_name = "opłata"
        constraints = [
            models.CheckConstraint(name="fee_says_something", condition=~Q(amount=None, text="")),
            models.CheckConstraint(name="fee_ends_after_it_starts", condition=ENDS_AFTER_IT_STARTS),
            ExclusionConstraint(
                name="one_fee_a_place_and_day",
                expressions=[
                    ("card", RangeOperators.EQUAL),
                    ("position", RangeOperators.EQUAL),
                    (DAYS, RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="a_fee_says_what_it_said",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["valid_to", "verified", "goes_to", "when"]),
            ),
            pgtrigger.Protect(
                name="a_fee_that_held_stays",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.valid_from <= CURRENT_DATE"),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class PaymentTime(models.Model):
    """Kiedy się płaci: before sending, after it, or when the office has counted the fee."""

    class Moment(models.TextChoices):
        BEFORE = "BEFORE", gettext_lazy("przed wysłaniem wniosku")
        AFTER = "AFTER", gettext_lazy("po wysłaniu wniosku")
        LATER = "LATER", gettext_lazy("gdy urząd naliczy opłatę")

    card = models.ForeignKey("procedures.ServiceCard", on_delete=models.PROTECT, related_name="payment_times")
    moment = models.CharField("kiedy się płaci", max_length=10, choices=Moment.choices)
    valid_from = models.DateField("od dnia")
    valid_to = models.DateField("do dnia (wyłącznie)", null=True, blank=True)

    class Meta:
        verbose_name = "kiedy się płaci"
        constraints = [
            models.CheckConstraint(name="payment_time_ends_after_it_starts", condition=ENDS_AFTER_IT_STARTS),
            ExclusionConstraint(
                name="one_payment_time_a_day",
                expressions=[("card", RangeOperators.EQUAL), (DAYS, RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return self.get_moment_display()


class Term(CardRow):
    """Termin: by when the office answers, or by when the resident must act."""

    class Party(models.TextChoices):
        OFFICE = "OFFICE", "urząd"
        RESIDENT = "RESIDENT", "wnioskodawca"

    class Kind(models.TextChoices):
        AT_ONCE = "AT_ONCE", "od ręki"
        DAYS = "DAYS", "dni"
        WORKING_DAYS = "WORKING_DAYS", "dni roboczych"
        MONTHS = "MONTHS", "miesięcy"

    card = models.ForeignKey("procedures.ServiceCard", on_delete=models.PROTECT, related_name="terms")
    party = models.CharField("kogo dotyczy", max_length=10, choices=Party.choices)
    kind = models.CharField("jednostka", max_length=12, choices=Kind.choices)
    number = models.PositiveSmallIntegerField("ile", null=True)

    class Meta:
        verbose_name = "termin"
        constraints = [
            models.CheckConstraint(
                name="term_at_once_has_no_number",
                condition=Q(kind="AT_ONCE", number=None) | (~Q(kind="AT_ONCE") & Q(number__gt=0)),
            ),
            models.CheckConstraint(name="term_ends_after_it_starts", condition=ENDS_AFTER_IT_STARTS),
            models.UniqueConstraint(fields=["card", "position"], name="one_term_a_place"),
        ]

    def __str__(self) -> str:
        return self.text


class FormVersion(models.Model):
    """Wersja formularza: frozen by the database from the moment it is published."""

    code = models.SlugField("kod", max_length=40)
    version = models.PositiveSmallIntegerField("wersja")
    definition = models.JSONField("definicja")
    sample = models.JSONField("przykładowe odpowiedzi", default=dict)
    published_at = models.DateTimeField("opublikowana", null=True)
    revision = models.PositiveIntegerField("który zapis", default=0)

    class Meta:
        verbose_name = "wersja formularza"
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="one_form_version"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(published_at=None), name="one_draft_of_a_form"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="published_form_is_frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__published_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.version}"
