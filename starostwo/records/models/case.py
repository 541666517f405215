"""Cases, sub-groups of cases, who was let into a case, notes, and marks that point at each other."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from starostwo.records.models.laws import case_triggers, of_closed_case, subgroup_triggers
from starostwo.records.rules.clock import TermUnit
from starostwo.records.rules.metadata import ACCESS_LABELS, AccessLevel
from starostwo.records.rules.numbering import CaseMark
from starostwo.records.rules.plan import MODE_LABELS, Mode

NO_SUBGROUP = 0


class Case(models.Model):
    """Sprawa. Opened once, marked for ever; what is closed does not change."""

    class State(models.TextChoices):
        OPEN = "OPEN", "w toku"
        CLOSED = "CLOSED", "zakończona"

    mark = models.CharField("znak sprawy", max_length=60, unique=True)
    unit = models.CharField("komórka", max_length=12)
    klass = models.CharField("klasa", max_length=10)
    subgroup = models.PositiveIntegerField("podgrupa", default=NO_SUBGROUP)
    number = models.PositiveIntegerField("numer")
    year = models.PositiveSmallIntegerField("rok")
    plan_class = models.ForeignKey(
        "records.PlanClass", on_delete=models.PROTECT, related_name="+", verbose_name="klasa wykazu akt"
    )
    mode = models.CharField(
        "sposób prowadzenia", max_length=6, choices=[(one.value, MODE_LABELS[one]) for one in Mode]
    )
    title = models.CharField("tytuł", max_length=500)
    description = models.TextField("opis", blank=True)
    access = models.CharField(
        "dostęp", max_length=8, choices=[(one.value, ACCESS_LABELS[one]) for one in AccessLevel]
    )
    founder = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", verbose_name="założył(a)"
    )
    holder = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", verbose_name="prowadzący"
    )
    service_code = models.CharField("karta usługi", max_length=40, blank=True)
    first_letter = models.ForeignKey(
        "records.Letter",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name="pismo wszczynające",
    )
    opened_on = models.DateField("data wszczęcia (założenia)")
    opened_at = models.DateTimeField("założono")
    state = models.CharField("stan", max_length=6, choices=State.choices, default=State.OPEN)
    settled_on = models.DateField("załatwiono", null=True)
    closed_on = models.DateField("zakończono", null=True)
    outcome = models.CharField("sposób załatwienia", max_length=300, blank=True)

    started_on = models.DateField("początek biegu terminu")
    term_amount = models.PositiveSmallIntegerField("termin: ile", null=True)
    term_unit = models.CharField(
        "termin: czego", max_length=12, blank=True, choices=[(one.value, one.value) for one in TermUnit]
    )
    term_law = models.CharField("podstawa terminu", max_length=200, blank=True)
    due_on = models.DateField("termin załatwienia", null=True)
    is_suspended = models.BooleanField("termin nie biegnie", default=False)
    audience = ArrayField(models.CharField(max_length=60), verbose_name="kto widzi", default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "klass", "subgroup", "year", "number"], name="one_mark_one_case"
            ),
            models.CheckConstraint(name="case_number_is_natural", condition=Q(number__gte=1)),
            models.CheckConstraint(name="case_has_a_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="closed_case_has_a_day",
                condition=Q(state="OPEN", closed_on=None) | Q(state="CLOSED", closed_on__gte=F("opened_on")),
            ),
            models.CheckConstraint(
                name="case_term_is_whole",
                condition=Q(term_amount=None, term_unit="", term_law="")
                | (Q(term_amount__isnull=False) & ~Q(term_unit="") & ~Q(term_law="")),
            ),
        ]
        indexes = [
            GinIndex(fields=["audience"], name="case_audience"),
            models.Index(fields=["holder", "due_on", "id"], name="case_of_holder", condition=Q(state="OPEN")),
            models.Index(fields=["-opened_at", "-id"], name="case_newest"),
            models.Index(fields=["klass", "year", "unit", "subgroup", "number"], name="case_of_class"),
            models.Index(fields=["unit", "-opened_at", "-id"], name="case_of_unit"),
            models.Index(fields=["year", "-opened_at", "-id"], name="case_of_year"),
            models.Index(fields=["due_on", "id"], name="case_due", condition=Q(state="OPEN")),
        ]
        triggers: list[pgtrigger.Trigger] = case_triggers()

    def __str__(self) -> str:
        return f"records.case:{self.pk}"

    @property
    def case_mark(self) -> CaseMark:
        """The mark as a value."""
        return CaseMark(self.unit, self.klass, self.number, self.year, self.subgroup or None)


class Subgroup(models.Model):
    """Podgrupa: a number in the list of a class that is the basis of a list of its own."""

    unit = models.CharField("komórka", max_length=12)
    klass = models.CharField("klasa", max_length=10)
    year = models.PositiveSmallIntegerField("rok")
    number = models.PositiveIntegerField("numer")
    title = models.CharField("tytuł", max_length=500)
    opened_on = models.DateField("założono")
    opened_by = models.ForeignKey("office.Account", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "klass", "year", "number"], name="one_subgroup_one_number"
            )
        ]
        triggers: list[pgtrigger.Trigger] = subgroup_triggers()

    def __str__(self) -> str:
        return f"{self.unit}.{self.klass}.{self.number}.{self.year}"


class CaseLink(models.Model):
    """Powiązanie of two cases, read from both sides."""

    class Kind(models.TextChoices):
        CONTINUES = "CONTINUES", "ciąg dalszy sprawy"
        REORGANIZED = "REORGANIZED", "przejęta po reorganizacji"
        RELATED = "RELATED", "sprawa związana"

    newer = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", verbose_name="sprawa")
    older = models.ForeignKey(
        Case, on_delete=models.PROTECT, related_name="+", verbose_name="sprawa wcześniejsza"
    )
    kind = models.CharField("rodzaj", max_length=12, choices=Kind.choices)
    made_at = models.DateTimeField("powiązano")
    made_by = models.ForeignKey("office.Account", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["newer", "older", "kind"], name="one_link_of_a_kind"),
            models.CheckConstraint(name="no_case_links_to_itself", condition=~Q(newer=F("older"))),
        ]

    def __str__(self) -> str:
        return f"{self.newer_id} {self.kind} {self.older_id}"


class CaseAccess(models.Model):
    """Dostęp do sprawy given beyond the holder and his heads, with the reason, until withdrawn."""

    class Basis(models.TextChoices):
        COOPERATION = "COOPERATION", "współpraca"
        ACCEPTANCE = "ACCEPTANCE", "akceptacja"
        GRANT = "GRANT", "udostępnienie"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", verbose_name="sprawa")
    token = models.CharField("kto", max_length=60)
    basis = models.CharField("podstawa", max_length=12, choices=Basis.choices)
    purpose = models.CharField("cel", max_length=300, blank=True)
    given_at = models.DateTimeField("od")
    given_by = models.ForeignKey("office.Account", on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField("cofnięto", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "token", "basis"],
                condition=Q(withdrawn_at=None),
                name="one_open_access_of_a_basis",
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.token} ({self.basis})"


class CaseNote(models.Model):
    """Notatka służbowa or an opinion of a co-operating unit, written straight into the case."""

    class Kind(models.TextChoices):
        NOTE = "NOTE", "notatka służbowa"
        OPINION = "OPINION", "opinia współpracującego"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+", verbose_name="sprawa")
    kind = models.CharField("rodzaj", max_length=8, choices=Kind.choices)
    text = models.TextField("treść")
    author = models.ForeignKey(
        "office.Account", on_delete=models.PROTECT, related_name="+", verbose_name="autor"
    )
    author_unit = models.CharField("komórka autora", max_length=12, blank=True)
    written_at = models.DateTimeField("dodano")

    class Meta:
        constraints = [models.CheckConstraint(name="note_has_a_text", condition=~Q(text=""))]
        indexes = [models.Index(fields=["case", "written_at"], name="casenote_of_case")]
        triggers = [
            pgtrigger.Protect(name="notes_stay", operation=pgtrigger.Update | pgtrigger.Delete),
            of_closed_case("notes_only_in_open_cases", operation=pgtrigger.Insert),
        ]

    def __str__(self) -> str:
        return self.text[:60]
