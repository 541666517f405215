"""Tables of claims: what the register says of each beside the books, and contracts that bring some each year.

Law: u.o.r. art. 16 ust. 1 and art. 17 ust. 1 pkt 3 (subsidiary ledgers), from memory.
"""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from starostwo.treasury.rules.income_contracts import Rhythm
from starostwo.treasury.rules.interest import Kind as Interest


class ClaimKind(models.TextChoices):
    """What a claim is for."""

    FEE = "FEE", "opłata"
    LEASE = "LEASE", "najem albo dzierżawa"
    USUFRUCT = "USUFRUCT", "użytkowanie wieczyste"
    MANAGEMENT = "MANAGEMENT", "trwały zarząd"
    CONVERSION = "CONVERSION", "przekształcenie we własność"
    PENALTY = "PENALTY", "kara pieniężna"
    COSTS = "COSTS", "koszty upomnienia"
    INTEREST = "INTEREST", "odsetki (nota)"
    OTHER = "OTHER", "inna"


class InterestKind(models.TextChoices):
    """Which interest it bears."""

    TAX = Interest.TAX.value, "odsetki za zwłokę (publicznoprawna)"
    DELAY = Interest.DELAY.value, "ustawowe za opóźnienie (cywilnoprawna)"
    COMMERCE = Interest.COMMERCE.value, "w transakcjach handlowych"
    NONE = Interest.NONE.value, "bez odsetek"


class Basis(models.TextChoices):
    """What it follows from."""

    LAW = "LAW", "przepis"
    DECISION = "DECISION", "decyzja"
    CONTRACT = "CONTRACT", "umowa"


class IncomeContract(models.Model):
    """Umowa albo decyzja, z której opłata należy się co roku albo co miesiąc, na przykład za użytkowanie."""

    class Rhythm(models.TextChoices):
        YEAR = Rhythm.YEAR.value, "co rok"
        MONTH = Rhythm.MONTH.value, "co miesiąc"

    book = models.ForeignKey("ledger.Book", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("rodzaj", max_length=10, choices=ClaimKind)
    basis = models.CharField("podstawa", max_length=8, choices=Basis)
    number = models.CharField("numer", max_length=60)
    signed_on = models.DateField("z dnia")
    counterparty = models.ForeignKey("ledger.Counterparty", on_delete=models.PROTECT, related_name="+")
    subject = models.CharField("przedmiot", max_length=200)
    rhythm = models.CharField("jak często", max_length=5, choices=Rhythm)
    due_month = models.PositiveSmallIntegerField("miesiąc terminu", null=True)
    due_day = models.PositiveSmallIntegerField("dzień terminu")
    starts_on = models.DateField("od dnia")
    ends_on = models.DateField("do dnia", null=True)
    position = models.CharField("klasyfikacja dochodu", max_length=20)
    is_state = models.BooleanField("dochód Skarbu Państwa", default=False)
    interest = models.CharField("odsetki", max_length=8, choices=InterestKind)
    case = models.ForeignKey("records.Case", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "umowa dochodowa"
        constraints = [
            models.UniqueConstraint(fields=["book", "number"], name="one_income_contract_a_number"),
            models.CheckConstraint(
                name="income_contract_has_its_term",
                condition=Q(rhythm="YEAR", due_month__gte=1, due_month__lte=12)
                | Q(rhythm="MONTH", due_month=None),
            ),
            models.CheckConstraint(
                name="income_contract_term_is_a_day", condition=Q(due_day__gte=1, due_day__lte=31)
            ),
            models.CheckConstraint(
                name="income_contract_ends_after_it_starts",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="income_contracts_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="income_contract_only_ends",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["ends_on", "case"]),
            ),
        ]
        indexes = [models.Index(fields=["book", "kind", "number"], name="treasury_income_contract_list")]

    def __str__(self) -> str:
        return f"treasury.income_contract:{self.pk}"


class IncomeRate(models.Model):
    """Stawka umowy: what one period costs since a day; a raise is a new row."""

    contract = models.ForeignKey(IncomeContract, on_delete=models.PROTECT, related_name="rates")
    since = models.DateField("od dnia")
    amount = models.BigIntegerField("kwota okresu, grosze")
    why = models.CharField("skąd ta kwota", max_length=200)

    class Meta:
        verbose_name = "stawka umowy"
        constraints = [
            models.UniqueConstraint(fields=["contract", "since"], name="one_rate_a_day"),
            models.CheckConstraint(name="rate_is_an_amount", condition=Q(amount__gt=0)),
        ]
        triggers = [pgtrigger.Protect(name="rates_stay", operation=pgtrigger.Update | pgtrigger.Delete)]


class Claim(models.Model):
    """Należność in the register: for what, by what right, under which interest; the books hold its sums."""

    settlement = models.OneToOneField("ledger.Settlement", on_delete=models.PROTECT, related_name="+")
    book = models.ForeignKey("ledger.Book", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("rodzaj", max_length=10, choices=ClaimKind)
    interest = models.CharField("odsetki", max_length=8, choices=InterestKind)
    basis = models.CharField("podstawa", max_length=8, choices=Basis)
    basis_number = models.CharField("numer", max_length=100, blank=True)
    basis_on = models.DateField("z dnia", null=True)
    case = models.ForeignKey("records.Case", on_delete=models.PROTECT, null=True, related_name="+")
    account = models.CharField("konto", max_length=30, default="221")
    classification = models.ForeignKey("ledger.Classification", on_delete=models.PROTECT, related_name="+")
    contract = models.ForeignKey(IncomeContract, on_delete=models.PROTECT, null=True, related_name="+")
    period = models.CharField("okres", max_length=7, blank=True)
    main = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    first_due_on = models.DateField("pierwszy termin")
    paused_on = models.DateField("odsetki wstrzymano", null=True)

    class Meta:
        verbose_name = "należność"
        constraints = [
            models.UniqueConstraint(
                fields=["contract", "period"],
                condition=Q(contract__isnull=False, main=None),
                name="one_claim_a_period",
            ),
            models.CheckConstraint(
                name="claim_names_its_basis",
                condition=Q(basis="LAW") | (~Q(basis_number="") & Q(basis_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="claim_of_a_contract_names_its_period",
                condition=Q(contract=None, period="") | (Q(contract__isnull=False) & ~Q(period="")),
            ),
            models.CheckConstraint(
                name="claim_for_costs_names_its_main", condition=~Q(kind="INTEREST") | Q(main__isnull=False)
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="claims_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="claim_says_what_it_said",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["case"]),
            ),
        ]
        indexes = [
            models.Index(fields=["main"], name="treasury_claim_of_main", condition=~Q(main=None)),
            models.Index(fields=["book", "kind", "id"], name="treasury_claim_by_kind"),
        ]

    def __str__(self) -> str:
        return f"treasury.claim:{self.settlement_id}"
