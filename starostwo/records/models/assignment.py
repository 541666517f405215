"""Assignment (dekretacja): who is to handle a letter, who co-operates, what to do and until when."""

from django.db import models
from django.db.models import Q


class Assignment(models.Model):
    """Dekretacja. A later one follows the earlier, which stays readable."""

    class State(models.TextChoices):
        ACTIVE = "ACTIVE", "obowiązuje"
        REPLACED = "REPLACED", "zastąpiona"
        RETURNED = "RETURNED", "zwrócona"

    letter = models.ForeignKey(
        "records.Letter", on_delete=models.PROTECT, related_name="+", verbose_name="przesyłka"
    )
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    from_unit = models.CharField("z komórki", max_length=12, blank=True)
    lead_unit = models.CharField("komórka prowadząca", max_length=12, blank=True)
    lead_person = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="prowadzący"
    )
    instruction = models.TextField("polecenie", blank=True)
    due_on = models.DateField("termin", null=True)
    made_by = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="dekretujący"
    )
    in_place_of = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="w zastępstwie"
    )
    made_at = models.DateTimeField("zadekretowano")
    state = models.CharField("stan", max_length=8, choices=State.choices, default=State.ACTIVE)
    ended_at = models.DateTimeField("przestała obowiązywać", null=True)
    return_reason = models.CharField("powód zwrotu", max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["letter"], condition=Q(state="ACTIVE"), name="one_active_assignment"
            ),
            models.CheckConstraint(name="assignment_names_somebody", condition=~Q(lead_unit="")),
            models.CheckConstraint(
                name="ended_assignment_has_a_moment",
                condition=Q(state="ACTIVE", ended_at=None) | (~Q(state="ACTIVE") & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="return_says_why", condition=~Q(state="RETURNED") | ~Q(return_reason="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} -> {self.lead_unit}"


class CoAssignment(models.Model):
    """Współpracujący named in an assignment: a unit, or a person of it."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="+")
    unit = models.CharField("komórka", max_length=12)
    person = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="osoba"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "unit", "person"], name="nobody_co_operates_twice", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id}: {self.unit}"
