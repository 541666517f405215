"""Purchase invoices: units that receive them, the position in KSeF, the invoice, its path to the books.

Law: ustawa o VAT art. 106nd-106ng (KSeF); u.o.r. art. 21 (vouchers); ufp art. 44 and 54 (prior control).
"""

import pgtrigger
from django.db import models
from django.db.models import Q

from starostwo.treasury.rules.invoice_path import MOVES, State


class InvoiceUnit(models.Model):
    """Jednostka odbierająca faktury: how invoices name it, and in which book they are posted."""

    code = models.SlugField("kod", max_length=20, unique=True)
    name = models.CharField("nazwa", max_length=200)
    nip = models.CharField("NIP jednostki", max_length=10, blank=True)
    idwew = models.CharField("identyfikator wewnętrzny (NIP i pięć cyfr)", max_length=16, blank=True)
    address = models.CharField("adres", max_length=200, blank=True)
    is_office = models.BooleanField("starostwo (odbiera, gdy nie wskazano jednostki)", default=False)
    book = models.ForeignKey("ledger.Book", on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "jednostka odbierająca faktury"
        constraints = [
            models.UniqueConstraint(fields=["idwew"], condition=~Q(idwew=""), name="one_unit_an_idwew"),
            models.UniqueConstraint(
                fields=["is_office"], condition=Q(is_office=True), name="one_office_of_invoices"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class KsefPosition(models.Model):
    """How far the invoices of a taxpayer were taken from KSeF; its row is the lock of the one puller."""

    nip = models.CharField("NIP", max_length=10, primary_key=True)
    reached_at = models.DateTimeField("pobrano wszystko do chwili")
    asked_at = models.DateTimeField("ostatnio pytano", null=True)
    fault = models.CharField("ostatni błąd", max_length=300, blank=True)
    waits_until = models.DateTimeField("KSeF prosi, by nie pytać do", null=True)

    class Meta:
        verbose_name = "pozycja w KSeF"


class Invoice(models.Model):
    """Faktura zakupu: from KSeF as its XML, or on paper or by e-mail as it was typed in."""

    class Source(models.TextChoices):
        KSEF = "KSEF", "KSeF"
        PAPER = "PAPER", "papier"
        EMAIL = "EMAIL", "e-mail"

    class State(models.TextChoices):
        QUEUE = State.QUEUE, "do rozdzielenia"
        BROKEN = State.BROKEN, "nieczytelna"
        NEW = State.NEW, "nowa"
        SUBSTANCE = State.SUBSTANCE, "kontrola merytoryczna"
        FORMAL = State.FORMAL, "kontrola formalno-rachunkowa"
        CHIEF = State.CHIEF, "zatwierdzenie głównego księgowego"
        APPROVED = State.APPROVED, "zatwierdzona"
        POSTED = State.POSTED, "zaksięgowana"
        REJECTED = State.REJECTED, "odrzucona"

    source = models.CharField("skąd", max_length=5, choices=Source)
    state = models.CharField("stan", max_length=9, choices=State)
    ksef_number = models.CharField("numer KSeF", max_length=40, null=True, unique=True)
    sha256 = models.CharField("skrót SHA-256", max_length=64, blank=True)
    blob = models.ForeignKey("files.Blob", on_delete=models.PROTECT, null=True, related_name="+")
    kind = models.CharField("rodzaj", max_length=7, blank=True)
    number = models.CharField("numer faktury", max_length=256)
    issued_on = models.DateField("wystawiona")
    received_at = models.DateTimeField("otrzymana")
    sold_on = models.DateField("sprzedaż", null=True)
    due_on = models.DateField("termin zapłaty", null=True)
    seller_nip = models.CharField("NIP sprzedawcy", max_length=10, blank=True)
    seller_name = models.CharField("sprzedawca", max_length=512)
    seller_account = models.CharField("rachunek sprzedawcy", max_length=34, blank=True)
    text = models.CharField("za co", max_length=512, blank=True)
    currency = models.CharField("waluta", max_length=3, default="PLN")
    gross = models.BigIntegerField("brutto")
    rates = models.JSONField("netto i podatek według stawek", default=dict)
    corrects_number = models.CharField("koryguje fakturę", max_length=256, blank=True)
    unit = models.ForeignKey("treasury.InvoiceUnit", on_delete=models.PROTECT, null=True, related_name="+")
    routed_why = models.CharField("dlaczego tam", max_length=200, blank=True)
    checker = models.ForeignKey("office.Account", on_delete=models.PROTECT, null=True, related_name="+")
    problem = models.CharField("co jest nie tak", max_length=500, blank=True)
    proposal = models.JSONField("dekretacja tak, jak ją wpisano", default=dict)
    voucher = models.ForeignKey("ledger.Voucher", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = "faktura"
        constraints = [
            models.CheckConstraint(
                name="invoice_of_a_unit_unless_it_waits",
                condition=Q(state__in=["QUEUE", "BROKEN", "REJECTED"]) | Q(unit__isnull=False),
            ),
            models.CheckConstraint(
                name="ksef_invoice_keeps_its_original",
                condition=~Q(source="KSEF")
                | (Q(ksef_number__isnull=False, blob__isnull=False) & ~Q(sha256="")),
            ),
            models.CheckConstraint(
                name="posted_invoice_has_its_voucher",
                condition=Q(state="POSTED", voucher__isnull=False) | (~Q(state="POSTED") & Q(voucher=None)),
            ),
            models.CheckConstraint(
                name="checked_invoice_has_a_checker",
                condition=~Q(state__in=["SUBSTANCE", "FORMAL", "CHIEF", "APPROVED", "POSTED"])
                | Q(checker__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["seller_nip", "number", "kind"],
                condition=~Q(seller_nip="") & ~Q(state__in=["REJECTED", "BROKEN"]),
                name="one_invoice_of_a_seller_and_number",
            ),
        ]
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="treasury_invoice_newest"),
            models.Index(fields=["state", "-received_at", "-id"], name="treasury_invoice_by_state"),
            models.Index(fields=["checker", "state"], name="treasury_invoice_of_checker"),
            models.Index(fields=["seller_nip", "-id"], name="treasury_invoice_of_seller"),
        ]
        triggers = [
            pgtrigger.Protect(name="invoices_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="what_an_invoice_says_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    exclude=["state", "unit", "routed_why", "checker", "proposal", "voucher"]
                ),
            ),
            pgtrigger.FSM(name="invoice_goes_its_ways", field="state", transitions=sorted(MOVES)),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def net(self) -> int:
        """The sum without tax."""
        return sum(int(net) for net, _ in self.rates.values())

    @property
    def vat(self) -> int:
        """The tax."""
        return sum(int(vat) for _, vat in self.rates.values())


class InvoiceStep(models.Model):
    """Krok obiegu: who decided what about an invoice, for whom, when and with which remark; never changed."""

    class What(models.TextChoices):
        ARRIVED = "ARRIVED", "wpłynęła"
        ENTERED = "ENTERED", "wpisano ręcznie"
        ROUTED = "ROUTED", "skierowano do jednostki"
        SENT = "SENT", "przekazano do kontroli merytorycznej"
        ACCEPTED = "ACCEPTED", "zaakceptowano"
        RETURNED = "RETURNED", "zwrócono do poprawy"
        REJECTED = "REJECTED", "odrzucono"
        POSTED = "POSTED", "zaksięgowano"

    invoice = models.ForeignKey("treasury.Invoice", on_delete=models.PROTECT, related_name="steps")
    what = models.CharField("co", max_length=8, choices=What)
    stage = models.CharField("w stanie", max_length=9, choices=Invoice.State)
    at = models.DateTimeField("kiedy")
    by = models.CharField("kto", max_length=100)
    by_name = models.CharField("imię i nazwisko", max_length=200)
    in_place_of = models.CharField("w zastępstwie", max_length=200, blank=True)
    remark = models.CharField("uwagi", max_length=500, blank=True)

    class Meta:
        verbose_name = "krok obiegu faktury"
        indexes = [models.Index(fields=["invoice", "id"], name="treasury_step_of_invoice")]
        triggers = [
            pgtrigger.Protect(name="steps_stay", operation=pgtrigger.Update | pgtrigger.Delete),
        ]
