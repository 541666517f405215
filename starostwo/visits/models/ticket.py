"""A ticket of the hall's queue."""

from django.db import models
from django.db.models import F, Q

from starostwo.visits.models.place import Counter, Matter, Place
from starostwo.visits.models.visit import Visit
from starostwo.visits.rules.queue import label


class Ticket(models.Model):
    """Bilet: the number under which a person is called, with a booking or without one."""

    class Kind(models.TextChoices):
        BOOKED = "BOOKED", "z rezerwacją"
        WALK_IN = "WALK_IN", "bez rezerwacji"

    class State(models.TextChoices):
        WAITING = "WAITING", "czeka"
        CALLED = "CALLED", "wezwany"
        SERVED = "SERVED", "obsłużony"
        NO_SHOW = "NO_SHOW", "nie zgłosił się"

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="+", verbose_name="miejsce")
    issued_on = models.DateField("dzień")
    kind = models.CharField("rodzaj", max_length=10, choices=Kind.choices)
    number = models.PositiveSmallIntegerField("numer")
    quota = models.PositiveSmallIntegerField("pula dnia", null=True)
    matter = models.ForeignKey(
        Matter, on_delete=models.PROTECT, related_name="+", null=True, verbose_name="sprawa"
    )
    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, related_name="+", null=True)
    state = models.CharField("stan", max_length=10, choices=State.choices, default=State.WAITING)
    issued_at = models.DateTimeField("wydany")
    issued_by = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="wydał(a)"
    )
    counter = models.ForeignKey(
        Counter, on_delete=models.PROTECT, related_name="+", null=True, verbose_name="okienko"
    )
    called_at = models.DateTimeField("wezwany o", null=True)
    called_by = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", null=True, verbose_name="wezwał(a)"
    )
    finished_at = models.DateTimeField("zakończony o", null=True)

    class Meta:
        verbose_name = "bilet"
        constraints = [
            models.UniqueConstraint(
                name="one_number_one_ticket", fields=["place", "issued_on", "kind", "number"]
            ),
            models.CheckConstraint(
                name="walk_ins_keep_the_quota",
                condition=Q(kind="BOOKED", visit__isnull=False)
                | Q(kind="WALK_IN", visit=None, matter__isnull=False, number__lte=F("quota")),
            ),
            models.CheckConstraint(
                name="called_ticket_has_a_counter",
                condition=Q(state="WAITING", counter=None) | ~Q(state="WAITING"),
            ),
            models.UniqueConstraint(
                name="one_counter_calls_one", fields=["counter"], condition=Q(state="CALLED")
            ),
        ]
        indexes = [models.Index(name="queue_of_a_day", fields=["place", "issued_on", "state"])]

    def __str__(self) -> str:
        return f"visits.ticket:{self.pk}"

    @property
    def label(self) -> str:
        """What stands on the ticket: R07, B12."""
        return label(self.kind, self.number)
