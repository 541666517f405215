"""What employees say and ask about things: confirmations, loans with a term, requests."""

import pgtrigger
from django.db import models
from django.db.models import F, Q


class Confirmation(models.Model):
    """Potwierdzenie: an employee says that he has a thing, or has it no more."""

    class Answer(models.TextChoices):
        HAVE = "HAVE", "mam"
        HAVE_NOT = "HAVE_NOT", "nie mam"

    asset = models.ForeignKey("assets.Asset", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey("office.Account", on_delete=models.PROTECT, related_name="+")
    answer = models.CharField("odpowiedź", max_length=8, choices=Answer.choices)
    note = models.CharField("uwagi", max_length=300, blank=True)
    answered_at = models.DateTimeField("kiedy")

    class Meta:
        verbose_name = "potwierdzenie posiadania"
        constraints = [
            models.CheckConstraint(name="who_has_it_not_says_why", condition=Q(answer="HAVE") | ~Q(note="")),
        ]
        indexes = [models.Index(fields=["asset", "account", "-id"], name="confirmations_by_asset")]
        triggers = [
            pgtrigger.Protect(name="confirmations_stay", operation=pgtrigger.Update | pgtrigger.Delete)
        ]


class RoomKeeper(models.Model):
    """Opiekun miejsca: a person who sees everything that stands in a place and below it."""

    place = models.ForeignKey("office.Place", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey("office.Account", on_delete=models.PROTECT, related_name="+")
    since_on = models.DateField("od dnia")
    until_on = models.DateField("do dnia", null=True)
    set_by_name = models.CharField("kto wyznaczył", max_length=200)

    class Meta:
        verbose_name = "opiekun miejsca"
        constraints = [
            models.UniqueConstraint(
                fields=["place", "account"], condition=Q(until_on=None), name="one_room_keeper_once"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="room_keepers_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="ended_room_keeper_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.until_on IS NOT NULL"),
            ),
        ]


class Loan(models.Model):
    """Wypożyczenie: a thing lent to a person until a day; who answers for it stays the same."""

    asset = models.ForeignKey("assets.Asset", on_delete=models.PROTECT, related_name="+")
    borrower = models.ForeignKey("office.Account", on_delete=models.PROTECT, related_name="+")
    lent_on = models.DateField("wydano")
    due_on = models.DateField("do kiedy")
    returned_on = models.DateField("zwrócono", null=True)
    note = models.CharField("cel, uwagi", max_length=300, blank=True)
    lent_by_name = models.CharField("kto wydał", max_length=200)
    reminded_on = models.DateField("przypomniano", null=True)

    class Meta:
        verbose_name = "wypożyczenie"
        constraints = [
            models.UniqueConstraint(
                fields=["asset"], condition=Q(returned_on=None), name="one_open_loan_of_an_asset"
            ),
            models.CheckConstraint(name="loan_ends_after_it_begins", condition=Q(due_on__gte=F("lent_on"))),
        ]
        indexes = [models.Index(fields=["due_on"], condition=Q(returned_on=None), name="open_loans_by_term")]
        triggers = [
            pgtrigger.Protect(name="loans_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="returned_loan_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.returned_on IS NOT NULL"),
            ),
        ]


class Wish(models.Model):
    """Zapotrzebowanie: an employee asks for equipment or for a consumable."""

    class State(models.TextChoices):
        WAITING = "WAITING", "czeka"
        GRANTED = "GRANTED", "zrealizowane"
        REFUSED = "REFUSED", "odmowa"
        WITHDRAWN = "WITHDRAWN", "wycofane"

    account = models.ForeignKey("office.Account", on_delete=models.PROTECT, related_name="+")
    supply = models.ForeignKey("assets.Supply", on_delete=models.PROTECT, related_name="+", null=True)
    quantity = models.PositiveIntegerField("ilość", default=1)
    text = models.CharField("czego potrzeba i po co", max_length=500)
    asked_at = models.DateTimeField("kiedy")
    state = models.CharField("stan", max_length=9, choices=State.choices, default=State.WAITING)
    answer = models.CharField("odpowiedź", max_length=300, blank=True)
    answered_at = models.DateTimeField("odpowiedziano", null=True)
    answered_by_name = models.CharField("kto odpowiedział", max_length=200, blank=True)

    class Meta:
        verbose_name = "zapotrzebowanie"
        constraints = [
            models.CheckConstraint(
                name="answered_wish_has_an_answer",
                condition=Q(state="WAITING", answered_at=None)
                | (~Q(state="WAITING") & Q(answered_at__isnull=False)),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="wishes_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="answered_wish_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.state <> 'WAITING'"),
            ),
        ]
