"""Informations of the bulletin, their versions and the files with them.

What was published never changes: a change is the next version, a withdrawal leaves its trace. The database
itself holds this, and that nobody approves what he wrote.
"""

from datetime import date, datetime
from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.lookups import IsNull
from django.utils.timezone import localtime

CONTENT = tuple(
    """
    item_id title text produced_by responsible produced_on change_reason publish_at expires_on
    exclusion_scope exclusion_basis exclusion_organ exclusion_beneficiary fields sought_names
    authors entered_by_id
    """.split()
)
CONTENT_CHANGES = "ROW({}) IS DISTINCT FROM ROW({})".format(
    *(", ".join(f"{row}.{column}" for column in CONTENT) for row in ("OLD", "NEW"))
)
FILES_OF_DRAFTS = """
    IF (SELECT state FROM bulletin_version WHERE id = COALESCE(NEW.version_id, OLD.version_id)) <> 'DRAFT'
    THEN
        RAISE EXCEPTION 'files of a version that was handed over do not change'
        USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
"""


class NotPublished(Exception):
    """The thing was never published, so that there is no moment of it."""


class Item(models.Model):
    """Informacja: one thing that the bulletin tells, at an address that never changes."""

    class State(models.TextChoices):
        DRAFT = "DRAFT", "nieopublikowana"
        PUBLISHED = "PUBLISHED", "opublikowana"
        WITHDRAWN = "WITHDRAWN", "wycofana"
        EXPIRED = "EXPIRED", "wygasła"

    section = models.ForeignKey(
        "bulletin.Section", on_delete=models.PROTECT, related_name="+", verbose_name="dział"
    )
    kind = models.CharField("rodzaj", max_length=20)
    title = models.CharField("tytuł", max_length=250)
    state = models.CharField("stan", max_length=10, choices=State.choices, default=State.DRAFT)
    current = models.ForeignKey(
        "bulletin.Version", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="obowiązuje"
    )
    created_at = models.DateTimeField("założono")
    first_published_at = models.DateTimeField("pierwsza publikacja", null=True)
    changed_at = models.DateTimeField("ostatnia zmiana")
    expires_on = models.DateField("zdjąć dnia", null=True)
    ended_at = models.DateTimeField("wycofano", null=True)
    ended_by = models.ForeignKey("office.Account", on_delete=models.PROTECT, null=True, related_name="+")
    end_reason = models.TextField("powód wycofania", blank=True)

    class Meta:
        verbose_name = "informacja"
        constraints = [
            models.CheckConstraint(
                name="what_is_published_has_a_version",
                condition=Q(state="DRAFT", current=None, first_published_at=None)
                | ~Q(state="DRAFT") & Q(current__isnull=False, first_published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="a_withdrawal_says_why",
                condition=Q(state__in=["WITHDRAWN", "EXPIRED"], ended_at__isnull=False) & ~Q(end_reason="")
                | Q(state__in=["DRAFT", "PUBLISHED"], ended_at=None, end_reason=""),
            ),
        ]
        indexes = [
            models.Index(name="bulletin_item_of_section", fields=["section", "-first_published_at", "-id"]),
            models.Index(name="bulletin_item_lately", fields=["-changed_at", "-id"]),
        ]
        triggers = [
            pgtrigger.Protect(
                name="published_items_stay",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.state <> 'DRAFT'"),
            ),
        ]

    def __str__(self) -> str:
        return f"bulletin.item:{self.pk}"

    @property
    def first_day(self) -> date:
        """The day of the first publication."""
        return localtime(_known(self.first_published_at)).date()

    @property
    def year(self) -> int:
        """The year of the first publication, by which sections list their informations."""
        return self.first_day.year

    @property
    def own_fields(self) -> dict[str, str]:
        """The fields of the register in the version in force, which is selected with the item."""
        return self.current.fields if self.current else {}

    @property
    def gone_at(self) -> datetime:
        """When it was withdrawn or expired."""
        return _known(self.ended_at)


class Version(models.Model):
    """Wersja: one wording; a draft may change, whatever was handed over may not."""

    class State(models.TextChoices):
        DRAFT = "DRAFT", "robocza"
        SUBMITTED = "SUBMITTED", "czeka na zatwierdzenie"
        SCHEDULED = "SCHEDULED", "zatwierdzona, czeka na dzień publikacji"
        PUBLISHED = "PUBLISHED", "opublikowana"

    OPEN: ClassVar = ("DRAFT", "SUBMITTED", "SCHEDULED")

    item = models.ForeignKey("bulletin.Item", on_delete=models.CASCADE, related_name="+")
    number = models.PositiveIntegerField("wersja", null=True)
    state = models.CharField("stan", max_length=10, choices=State.choices, default=State.DRAFT)
    title = models.CharField("tytuł", max_length=250)
    text = models.TextField("treść")
    produced_by = models.CharField("wytworzył(a)", max_length=200, blank=True)
    responsible = models.CharField("odpowiada za treść", max_length=200, blank=True)
    produced_on = models.DateField("data wytworzenia", null=True)
    entered_by = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", verbose_name="wprowadził(a)"
    )
    authors = ArrayField(models.BigIntegerField(), verbose_name="kto pisał")
    change_reason = models.CharField("powód zmiany", max_length=300, blank=True)
    publish_at = models.DateTimeField("opublikować", null=True)
    expires_on = models.DateField("zdjąć dnia", null=True)
    exclusion_scope = models.CharField("zakres wyłączenia", max_length=300, blank=True)
    exclusion_basis = models.CharField("podstawa wyłączenia", max_length=300, blank=True)
    exclusion_organ = models.CharField("kto wyłączył", max_length=200, blank=True)
    exclusion_beneficiary = models.CharField("w czyim interesie", max_length=200, blank=True)
    fields = models.JSONField("pola rodzaju", default=dict)
    sought_names = models.TextField("nazwiska, których szukać", blank=True)
    sha256 = models.CharField("skrót treści", max_length=64, blank=True)
    saved_at = models.DateTimeField("zapisano")
    remark = models.TextField("uwaga zwracającego", blank=True)
    approved_by = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="zatwierdził(a)"
    )
    approved_at = models.DateTimeField("zatwierdzono", null=True)
    published_at = models.DateTimeField("opublikowano", null=True)

    class Meta:
        verbose_name = "wersja informacji"
        constraints = [
            models.UniqueConstraint(name="one_number_one_version_of_item", fields=["item", "number"]),
            models.UniqueConstraint(
                name="one_open_version_of_item", fields=["item"], condition=~Q(state="PUBLISHED")
            ),
            models.CheckConstraint(
                name="nobody_approves_what_he_wrote",
                condition=IsNull(
                    Func(
                        F("authors"),
                        F("approved_by"),
                        function="array_position",
                        output_field=models.IntegerField(),
                    ),
                    True,
                ),
            ),
            models.CheckConstraint(
                name="only_an_approved_version_goes_out",
                condition=Q(
                    state__in=["SCHEDULED", "PUBLISHED"], approved_by__isnull=False, approved_at__isnull=False
                )
                | Q(state__in=["DRAFT", "SUBMITTED"], approved_by=None, approved_at=None),
            ),
            models.CheckConstraint(
                name="what_is_published_names_who_and_when",
                condition=~Q(state="PUBLISHED") & Q(published_at=None, number=None)
                | Q(state="PUBLISHED", produced_on__isnull=False, published_at__isnull=False, number__gte=1)
                & ~Q(produced_by="")
                & ~Q(responsible="")
                & ~Q(title="")
                & ~Q(text=""),
            ),
            models.CheckConstraint(
                name="a_change_says_why",
                condition=~Q(state="PUBLISHED") | Q(number=1) | ~Q(change_reason=""),
            ),
            models.CheckConstraint(
                name="an_exclusion_is_whole",
                condition=Q(exclusion_scope="", exclusion_basis="", exclusion_organ="")
                | ~Q(exclusion_scope="") & ~Q(exclusion_basis="") & ~Q(exclusion_organ="")
                | Q(state="DRAFT"),
            ),
            models.CheckConstraint(
                name="what_was_handed_over_has_a_digest",
                condition=Q(state="DRAFT") | Q(sha256__regex=r"^[0-9a-f]{64}$"),
            ),
        ]
        indexes = [
            models.Index(name="bulletin_version_open", fields=["saved_at"], condition=~Q(state="PUBLISHED")),
            models.Index(
                name="bulletin_version_lately", fields=["-published_at"], condition=Q(state="PUBLISHED")
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="published_versions_stay",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Condition("OLD.state = 'PUBLISHED'"),
            ),
            pgtrigger.Protect(
                name="what_was_handed_over_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(f"OLD.state <> 'DRAFT' AND {CONTENT_CHANGES}"),
            ),
        ]

    def __str__(self) -> str:
        return f"bulletin.version:{self.pk}"

    @property
    def out_at(self) -> datetime:
        """When it was published."""
        return _known(self.published_at)


class VersionFile(models.Model):
    """Załącznik of a version, with a text beside it where the file itself has none that can be read aloud."""

    version = models.ForeignKey("bulletin.Version", on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField("kolejność")
    blob = models.ForeignKey("files.Blob", on_delete=models.PROTECT, related_name="+", verbose_name="plik")
    name = models.CharField("nazwa pliku", max_length=150)
    label = models.CharField("opis", max_length=200)
    text_version = models.TextField("wersja tekstowa", blank=True)

    class Meta:
        verbose_name = "załącznik"
        constraints = [
            models.UniqueConstraint(name="one_place_one_attachment", fields=["version", "position"]),
            models.UniqueConstraint(name="one_name_one_attachment", fields=["version", "name"]),
            models.CheckConstraint(name="an_attachment_says_what_it_is", condition=~Q(label="")),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="files_of_drafts_alone_change",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=FILES_OF_DRAFTS,
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Decision(models.Model):
    """Rozstrzygnięcie: what looked like personal data is let through by a person, who says why."""

    item = models.ForeignKey("bulletin.Item", on_delete=models.CASCADE, related_name="+")
    key = models.CharField("skrót znaleziska", max_length=64)
    kind = models.CharField("rodzaj", max_length=20)
    masked = models.CharField("zasłonięta treść", max_length=100)
    reason = models.CharField("dlaczego wolno ujawnić", max_length=300)
    decided_by = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", verbose_name="rozstrzygnął(-ęła)"
    )
    decided_at = models.DateTimeField("kiedy")

    class Meta:
        verbose_name = "rozstrzygnięcie o danych"
        constraints = [
            models.UniqueConstraint(name="one_finding_one_decision", fields=["item", "key"]),
            models.CheckConstraint(name="a_decision_says_why", condition=~Q(reason="")),
        ]
        triggers = [pgtrigger.Protect(name="decisions_stay", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.kind} {self.masked}"


def _known(moment: datetime | None) -> datetime:
    if moment is None:
        raise NotPublished
    return moment
