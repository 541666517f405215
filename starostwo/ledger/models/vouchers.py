"""Tables of what is posted. Only the posting function of the database writes them; nothing changes them.

Law: u.o.r. art. 14 (journal), art. 20-21 (vouchers), art. 23 (entries), art. 25 (corrections).
"""

from django.db import models
from django.db.models import F, Q

from starostwo.ledger.rules.debts import SECTORS


class Counterparty(models.Model):
    """Kontrahent: whoever the county owes or who owes it."""

    name = models.CharField("nazwa", max_length=300)
    nip = models.CharField("NIP", max_length=10, blank=True)
    pesel = models.CharField("PESEL", max_length=11, blank=True)
    regon = models.CharField("REGON", max_length=14, blank=True)
    street = models.CharField("ulica i numer", max_length=200, blank=True)
    postcode = models.CharField("kod pocztowy", max_length=10, blank=True)
    town = models.CharField("miejscowość", max_length=100, blank=True)
    account_number = models.CharField("rachunek bankowy", max_length=34, blank=True)
    sector = models.CharField("grupa w Rb-N i Rb-Z", max_length=6, choices=SECTORS, blank=True, default="")
    folded = models.CharField("do szukania", max_length=300)

    class Meta:
        verbose_name = "kontrahent"
        constraints = [
            models.UniqueConstraint(fields=["nip"], condition=~Q(nip=""), name="one_counterparty_a_nip"),
            models.UniqueConstraint(
                fields=["pesel"], condition=~Q(pesel=""), name="one_counterparty_a_pesel"
            ),
        ]
        indexes = [models.Index(fields=["folded", "id"], name="ledger_counterparty_by_name")]

    def __str__(self) -> str:
        return self.name


class Settlement(models.Model):
    """Rozrachunek: one claim or debt of a counterparty, whose entries make what is left of it."""

    class Side(models.TextChoices):
        RECEIVABLE = "RECEIVABLE", "należność"
        PAYABLE = "PAYABLE", "zobowiązanie"

    book = models.ForeignKey("ledger.Book", on_delete=models.PROTECT, related_name="+")
    counterparty = models.ForeignKey("ledger.Counterparty", on_delete=models.PROTECT, related_name="+")
    side = models.CharField("strona", max_length=10, choices=Side)
    document_number = models.CharField("numer dokumentu", max_length=100)
    issued_on = models.DateField("z dnia")
    due_on = models.DateField("termin zapłaty")
    text = models.CharField("opis", max_length=300, blank=True)

    class Meta:
        verbose_name = "rozrachunek"
        indexes = [
            models.Index(fields=["counterparty", "due_on"], name="ledger_settlement_of"),
            models.Index(fields=["book", "due_on", "id"], name="ledger_settlement_due"),
        ]

    def __str__(self) -> str:
        return self.document_number


class SettlementSum(models.Model):
    """What was entered under a settlement, in all years; only posting changes it."""

    settlement = models.OneToOneField(
        "ledger.Settlement", on_delete=models.PROTECT, related_name="sum", primary_key=True
    )
    debit = models.BigIntegerField("Wn, grosze")
    credit = models.BigIntegerField("Ma, grosze")
    moved_in = models.PositiveIntegerField("ostatni okres zapisu, rrrrmm", default=0)

    class Meta:
        indexes = [
            models.Index(
                fields=["settlement"], name="ledger_settlement_open", condition=~Q(debit=F("credit"))
            ),
            models.Index(fields=["moved_in"], name="ledger_settlement_moved"),
        ]


class SettlementBalance(models.Model):
    """What was entered under a settlement in a month, by account and classification; posting keeps it."""

    settlement = models.ForeignKey(
        "ledger.Settlement", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    account = models.ForeignKey("ledger.Account", on_delete=models.PROTECT, related_name="+", db_index=False)
    month = models.PositiveSmallIntegerField("okres")
    classification = models.ForeignKey(
        "ledger.Classification", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    debit = models.BigIntegerField("Wn, grosze")
    credit = models.BigIntegerField("Ma, grosze")

    class Meta:
        verbose_name = "saldo rozrachunku"
        constraints = [
            models.UniqueConstraint(
                fields=["settlement", "account", "month", "classification"],
                nulls_distinct=False,
                name="one_settlement_balance_a_key",
            ),
        ]


class Voucher(models.Model):
    """Dowód księgowy, posted: its number in the journal, who and when, and the hash that chains it."""

    class Kind(models.TextChoices):
        NOTE = "PK", "polecenie księgowania"
        PURCHASE = "FZ", "faktura zakupu"
        SALE = "FS", "faktura sprzedaży"
        STATEMENT = "WB", "wyciąg bankowy"
        CASH = "RK", "raport kasowy"
        PAYROLL = "LP", "lista płac"
        FEE = "PO", "przypis albo odpis należności"
        NOTE_OF_DEBT = "NK", "nota księgowa"
        ASSET = "OT", "dokument środka trwałego"
        PLAN = "PL", "plan finansowy"
        CONTRACT = "UM", "umowa, zlecenie"
        OPENING = "BO", "bilans otwarcia (stan z zewnątrz)"
        CARRIED = "BP", "bilans otwarcia (przeniesienie)"
        CLOSING = "ZR", "zamknięcie roku"

    class Correction(models.TextChoices):
        NONE = "", "to nie korekta"
        RED = "RED", "storno czerwone"
        BLACK = "BLACK", "storno czarne"

    journal = models.ForeignKey("ledger.Journal", on_delete=models.PROTECT, related_name="+")
    fiscal_year = models.ForeignKey("ledger.FiscalYear", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField("numer w dzienniku")
    month = models.PositiveSmallIntegerField("okres")
    kind = models.CharField("rodzaj", max_length=2, choices=Kind)
    external_number = models.CharField("numer dokumentu", max_length=100, blank=True)
    issued_on = models.DateField("data dokumentu")
    operation_on = models.DateField("data operacji")
    text = models.CharField("treść", max_length=300)
    posted_at = models.DateTimeField("zaksięgowano")
    posted_by = models.CharField("zaksięgował", max_length=100)
    posted_by_name = models.CharField("imię i nazwisko", max_length=200)
    prepared_by = models.CharField("przygotował", max_length=100, blank=True)
    document = models.CharField("dokument w aktach", max_length=200, blank=True)
    origin = models.CharField("skąd", max_length=100, null=True)
    corrects = models.ForeignKey("ledger.Voucher", on_delete=models.PROTECT, null=True, related_name="+")
    correction = models.CharField("rodzaj korekty", max_length=5, choices=Correction, blank=True, default="")
    total = models.BigIntegerField("suma Wn, grosze")
    turnover = models.BigIntegerField("obroty dziennika narastająco, grosze")
    prev_hash = models.BinaryField("skrót poprzedniego dowodu")
    hash = models.BinaryField("skrót")

    class Meta:
        verbose_name = "dowód"
        constraints = [
            models.UniqueConstraint(fields=["journal", "number"], name="one_voucher_a_number"),
            models.UniqueConstraint(fields=["fiscal_year", "origin"], name="one_voucher_an_origin"),
            models.CheckConstraint(
                name="correction_names_what_it_corrects",
                condition=Q(corrects=None, correction="")
                | (Q(corrects__isnull=False) & Q(correction__in=["RED", "BLACK"])),
            ),
        ]
        indexes = [
            models.Index(fields=["fiscal_year", "month", "id"], name="ledger_voucher_by_month"),
            models.Index(fields=["corrects"], name="ledger_voucher_corrected", condition=~Q(corrects=None)),
        ]

    def __str__(self) -> str:
        return f"{self.journal_id}/{self.number}"


class Line(models.Model):
    """Zapis: one side of one account. Red entries are negative."""

    voucher = models.ForeignKey("ledger.Voucher", on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField("pozycja")
    account = models.ForeignKey("ledger.Account", on_delete=models.PROTECT, related_name="+")
    classification = models.ForeignKey(
        "ledger.Classification", on_delete=models.PROTECT, null=True, related_name="+"
    )
    counterparty = models.ForeignKey(
        "ledger.Counterparty", on_delete=models.PROTECT, null=True, related_name="+"
    )
    settlement = models.ForeignKey("ledger.Settlement", on_delete=models.PROTECT, null=True, related_name="+")
    contract = models.ForeignKey("ledger.Contract", on_delete=models.PROTECT, null=True, related_name="+")
    debit = models.BigIntegerField("Wn, grosze")
    credit = models.BigIntegerField("Ma, grosze")
    text = models.CharField("treść", max_length=300, blank=True)

    class Meta:
        verbose_name = "zapis"
        constraints = [
            models.UniqueConstraint(fields=["voucher", "position"], name="one_line_a_position"),
            models.CheckConstraint(
                name="line_has_one_side",
                condition=(Q(debit=0) & ~Q(credit=0)) | (~Q(debit=0) & Q(credit=0)),
            ),
        ]
        indexes = [
            models.Index(fields=["account", "id"], name="ledger_line_card"),
            models.Index(
                fields=["settlement", "id"], name="ledger_line_settled", condition=~Q(settlement=None)
            ),
            models.Index(fields=["contract", "id"], name="ledger_line_contract", condition=~Q(contract=None)),
        ]


class Balance(models.Model):
    """Saldo: turnovers of an account in a month, by classification and, where kept, by counterparty."""

    account = models.ForeignKey("ledger.Account", on_delete=models.PROTECT, related_name="+")
    month = models.PositiveSmallIntegerField("okres")
    classification = models.ForeignKey(
        "ledger.Classification", on_delete=models.PROTECT, null=True, related_name="+"
    )
    counterparty = models.ForeignKey(
        "ledger.Counterparty", on_delete=models.PROTECT, null=True, related_name="+"
    )
    debit = models.BigIntegerField("Wn, grosze")
    credit = models.BigIntegerField("Ma, grosze")

    class Meta:
        verbose_name = "saldo"
        constraints = [
            models.UniqueConstraint(
                fields=["account", "month", "classification", "counterparty"],
                nulls_distinct=False,
                name="one_balance_a_key",
            ),
        ]


class Limit(models.Model):
    """Limit: plan of one position of the classification, and what was committed and paid under it.

    Law: ufp art. 52 (spending within the plan), art. 261; u.o.n.d.f.p. art. 11 and 15.
    """

    fiscal_year = models.ForeignKey("ledger.FiscalYear", on_delete=models.PROTECT, related_name="+")
    position = models.CharField("pozycja", max_length=20)
    plan = models.BigIntegerField("plan, grosze", default=0)
    committed = models.BigIntegerField("zaangażowanie, grosze", default=0)
    paid = models.BigIntegerField("wykonanie, grosze", default=0)
    overcommitted = models.BigIntegerField("zgoda na zaangażowanie ponad plan, grosze", default=0)

    class Meta:
        verbose_name = "limit"
        constraints = [
            models.UniqueConstraint(fields=["fiscal_year", "position"], name="one_limit_a_position"),
            models.CheckConstraint(name="amount_planned_is_not_negative", condition=Q(plan__gte=0)),
            models.CheckConstraint(
                name="paid_within_plan", condition=~Q(position__startswith="W") | Q(paid__lte=F("plan"))
            ),
            models.CheckConstraint(
                name="committed_within_plan", condition=Q(committed__lte=F("plan") + F("overcommitted"))
            ),
        ]
