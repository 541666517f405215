"""What comes into the bulletin from cases: the rules of classes, where an information comes from, its map."""

import pgtrigger
from django.db import models
from django.db.models import Q


class PublishingRule(models.Model):
    """Reguła publikacji: papers of cases of a class may be proposed for a register in a section."""

    class Takes(models.TextChoices):
        DOCUMENTS = "DOCUMENTS", "podpisane pisma urzędu"
        LETTERS = "LETTERS", "pisma przychodzące"
        BOTH = "BOTH", "wszystkie pisma"

    klass = models.CharField("klasa", max_length=10)
    kind = models.CharField("rejestr", max_length=20)
    section = models.ForeignKey(
        "bulletin.Section", on_delete=models.PROTECT, related_name="+", verbose_name="dział"
    )
    takes = models.CharField("co można zaproponować", max_length=10, choices=Takes.choices)
    made_at = models.DateTimeField("wpisano")
    made_by = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", verbose_name="wpisał(a)"
    )

    class Meta:
        verbose_name = "reguła publikacji"
        constraints = [
            models.UniqueConstraint(name="one_rule_of_a_class_and_register", fields=["klass", "kind"]),
            models.CheckConstraint(name="a_rule_names_a_class", condition=Q(klass__regex=r"^[0-9]{1,10}$")),
        ]

    def __str__(self) -> str:
        return f"bulletin.rule:{self.pk}"


class CaseOrigin(models.Model):
    """Pochodzenie: from which paper of which case an information was made; staff alone see it."""

    item = models.OneToOneField("bulletin.Item", on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey(
        "records.Case", on_delete=models.PROTECT, related_name="+", verbose_name="sprawa"
    )
    source = models.CharField("pismo", max_length=60)
    is_over = models.BooleanField("wycofano z BIP", default=False)
    label = models.CharField("jakie pismo", max_length=200)
    proposed_at = models.DateTimeField("przekazano")
    proposed_by = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", verbose_name="przekazał(a)"
    )

    class Meta:
        verbose_name = "pochodzenie informacji"
        constraints = [
            models.UniqueConstraint(
                name="one_paper_in_the_bulletin_at_a_time", fields=["source"], condition=Q(is_over=False)
            ),
        ]
        indexes = [models.Index(name="bulletin_origin_of_case", fields=["case", "-proposed_at"])]
        triggers = [
            pgtrigger.Protect(
                name="origins_stay",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["is_over"]),
            ),
            pgtrigger.Protect(
                name="what_is_over_stays_so",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.is_over"),
            ),
        ]

    def __str__(self) -> str:
        return self.source


class Redaction(models.Model):
    """Wiersz mapy: what was found, in how many places, whether it was blacked out, by whom and why kept."""

    item = models.ForeignKey("bulletin.Item", on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField("kolejność")
    kind = models.CharField("rodzaj", max_length=20)
    masked = models.CharField("zasłonięta treść", max_length=100)
    places = models.PositiveSmallIntegerField("ile miejsc")
    is_kept = models.BooleanField("zostawiono")
    reason = models.CharField("dlaczego wolno ujawnić", max_length=300, blank=True)
    decided_by = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", verbose_name="rozstrzygnął(-ęła)"
    )
    decided_at = models.DateTimeField("kiedy")

    class Meta:
        verbose_name = "wiersz mapy wyłączeń"
        constraints = [
            models.UniqueConstraint(name="one_place_one_redaction", fields=["item", "position"]),
            models.CheckConstraint(
                name="what_is_kept_says_why",
                condition=Q(is_kept=True) & ~Q(reason="") | Q(is_kept=False, reason=""),
            ),
        ]
        triggers = [pgtrigger.Protect(name="redactions_stay", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.kind} {self.masked}"
