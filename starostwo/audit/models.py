"""The tables of the history. Rows are only ever added: triggers and missing grants refuse the rest."""

from django.db import models
from django.db.models import Q


class Line(models.Model):
    """What every line has. The database fills all columns from `payload` and computes seq and hash."""

    seq = models.PositiveIntegerField("numer w łańcuchu")
    written_at = models.DateTimeField("zapisano")
    at = models.DateTimeField("kiedy")
    actor = models.CharField("kto", max_length=100)
    actor_name = models.CharField("imię i nazwisko", max_length=200)
    in_place_of = models.CharField("w zastępstwie", max_length=100, null=True)
    verb = models.CharField("czynność", max_length=60)
    thing = models.CharField("czego dotyczy", max_length=200)
    payload = models.TextField("treść, z której liczony jest skrót")
    prev_hash = models.BinaryField("skrót poprzedniego wpisu")
    hash = models.BinaryField("skrót wpisu")

    class Meta:
        abstract = True


class Entry(Line):
    """Wpis historii: who did what to which thing. One chain per thing."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thing", "seq"], name="one_line_per_number_of_a_thing"),
            models.CheckConstraint(
                name="thing_is_no_stream_of_reads", condition=~Q(thing__startswith="reads/")
            ),
        ]
        indexes = [models.Index(fields=["actor", "-at"], name="audit_entry_by_actor")]


class Read(Line):
    """Wgląd: who looked at personal data. One chain per person who looks."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["actor", "seq"], name="one_line_per_number_of_a_reader"),
        ]
        indexes = [models.Index(fields=["thing", "-at"], name="audit_read_by_thing")]


class Head(models.Model):
    """The end of each chain; kept by the trigger, the application may only read it."""

    stream = models.CharField("łańcuch", max_length=220, primary_key=True)
    seq = models.PositiveIntegerField("ostatni numer")
    hash = models.BinaryField("skrót ostatniego wpisu")


class Anchor(models.Model):
    """Kotwica: one hash over the ends of all chains that changed since the anchor before it."""

    number = models.PositiveIntegerField("numer", unique=True)
    at = models.DateTimeField("kiedy")
    previous_root = models.BinaryField("skrót poprzedniej kotwicy")
    root = models.BinaryField("skrót")
    token = models.BinaryField("znacznik czasu", null=True)


class AnchoredEnd(models.Model):
    """The end of one chain as an anchor bound it."""

    anchor = models.ForeignKey("audit.Anchor", on_delete=models.PROTECT, related_name="+")
    stream = models.CharField("łańcuch", max_length=220)
    seq = models.PositiveIntegerField("numer")
    hash = models.BinaryField("skrót")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stream", "seq", "anchor"], name="one_end_per_stream_of_an_anchor"
            ),
        ]
