"""Tables of the cash desk: the desk with its cash, its reports, their slips, forms of strict account.

Law: u.o.r. art. 20 ust. 2, art. 24 ust. 5 pkt 3 (cash entered on its day). Habits of offices are from memory.
"""

import pgtrigger
from django.db import models
from django.db.models import F, Q

SLIP_IS_OF_AN_OPEN_REPORT = """
    IF NOT EXISTS (
        SELECT 1 FROM treasury_cashreport r WHERE r.id = NEW.report_id AND r.closed_at IS NULL
    ) THEN
        RAISE EXCEPTION 'the cash report is closed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""
REPORT_ADDS_UP = """
    IF NEW.closed_at IS NOT NULL AND NEW.closing <> NEW.opening + coalesce((
        SELECT sum(CASE WHEN s.kind = 'KP' THEN s.amount ELSE -s.amount END)
        FROM treasury_cashslip s WHERE s.report_id = NEW.id), 0)
    THEN RAISE EXCEPTION 'the cash report does not add up' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""


class CashDesk(models.Model):
    """Kasa of a book: what lies in it; never less than nothing."""

    book = models.ForeignKey("ledger.Book", on_delete=models.PROTECT, related_name="+")
    name = models.CharField("nazwa", max_length=100)
    balance = models.BigIntegerField("stan kasy, grosze", default=0)
    last_in = models.PositiveIntegerField("ostatni KP w roku", default=0)
    last_out = models.PositiveIntegerField("ostatni KW w roku", default=0)
    last_report = models.PositiveIntegerField("ostatni raport w roku", default=0)
    year = models.PositiveSmallIntegerField("rok numeracji")

    class Meta:
        verbose_name = "kasa"
        constraints = [
            models.UniqueConstraint(fields=["book", "name"], name="one_cash_desk_a_name"),
            models.CheckConstraint(name="cash_is_never_below_zero", condition=Q(balance__gte=0)),
        ]
        triggers = [pgtrigger.Protect(name="cash_desks_stay", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.name


class CashReport(models.Model):
    """Raport kasowy: numbered without gaps; closed it becomes one voucher and changes no more."""

    desk = models.ForeignKey("treasury.CashDesk", on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField("rok")
    number = models.PositiveIntegerField("numer")
    day = models.DateField("dzień")
    opening = models.BigIntegerField("stan początkowy, grosze")
    closing = models.BigIntegerField("stan końcowy, grosze", null=True)
    counted = models.BigIntegerField("przeliczono, grosze", null=True)
    opened_at = models.DateTimeField("otwarto")
    opened_by = models.CharField("otworzył", max_length=100)
    opened_by_name = models.CharField("imię i nazwisko", max_length=200)
    closed_at = models.DateTimeField("zamknięto", null=True)
    voucher_id = models.BigIntegerField("dowód w księgach", null=True)

    class Meta:
        verbose_name = "raport kasowy"
        constraints = [
            models.UniqueConstraint(fields=["desk", "year", "number"], name="one_cash_report_a_number"),
            models.UniqueConstraint(
                fields=["desk"], condition=Q(closed_at=None), name="one_open_cash_report_a_desk"
            ),
            models.CheckConstraint(
                name="closed_report_was_counted",
                condition=Q(closed_at=None, closing=None)
                | Q(closed_at__isnull=False, closing__isnull=False, counted=F("closing"), closing__gte=0),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="cash_reports_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="closed_cash_report_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.closed_at IS NOT NULL"),
            ),
            pgtrigger.Trigger(
                name="cash_report_adds_up",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=REPORT_ADDS_UP,
            ),
        ]

    def __str__(self) -> str:
        return f"treasury.cash_report:{self.pk}"


class CashSlip(models.Model):
    """Dowód kasowy: KP (money came) or KW (money went), numbered without gaps, each with its other side."""

    class Kind(models.TextChoices):
        IN = "KP", "KP (wpłata)"
        OUT = "KW", "KW (wypłata)"

    report = models.ForeignKey("treasury.CashReport", on_delete=models.PROTECT, related_name="+")
    desk = models.ForeignKey("treasury.CashDesk", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField("rodzaj", max_length=2, choices=Kind)
    year = models.PositiveSmallIntegerField("rok")
    number = models.PositiveIntegerField("numer")
    amount = models.BigIntegerField("kwota, grosze")
    person = models.CharField("od kogo albo komu", max_length=200)
    title = models.CharField("tytułem", max_length=300)
    settlement = models.ForeignKey("ledger.Settlement", on_delete=models.PROTECT, null=True, related_name="+")
    ledger_account = models.CharField("konto", max_length=30, blank=True)
    classification = models.ForeignKey(
        "ledger.Classification", on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField("wystawiono")
    made_by = models.CharField("wystawił", max_length=100)

    class Meta:
        verbose_name = "dowód kasowy"
        constraints = [
            models.UniqueConstraint(fields=["desk", "year", "kind", "number"], name="one_cash_slip_a_number"),
            models.CheckConstraint(name="cash_slip_has_an_amount", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="cash_slip_has_a_kind", condition=Q(kind__in=["KP", "KW"])),
            models.CheckConstraint(
                name="cash_slip_has_another_side",
                condition=Q(settlement__isnull=False) | ~Q(ledger_account=""),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="cash_slips_stay", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="cash_slip_is_of_an_open_report",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=SLIP_IS_OF_AN_OPEN_REPORT,
            ),
        ]


class StrictForm(models.Model):
    """Druk ścisłego zarachowania: a block of numbered forms, received, then given out to a person."""

    desk = models.ForeignKey("treasury.CashDesk", on_delete=models.PROTECT, related_name="+")
    name = models.CharField("nazwa druku", max_length=100)
    series = models.CharField("seria", max_length=10, blank=True)
    first = models.PositiveIntegerField("od numeru")
    last = models.PositiveIntegerField("do numeru")
    received_on = models.DateField("przyjęto")
    received_by = models.CharField("przyjął", max_length=100)
    given_on = models.DateField("wydano", null=True)
    given_to = models.CharField("komu", max_length=200, blank=True)
    spoiled = models.PositiveIntegerField("anulowano sztuk", default=0)
    note = models.CharField("uwagi", max_length=300, blank=True)

    class Meta:
        verbose_name = "druk ścisłego zarachowania"
        constraints = [
            models.CheckConstraint(
                name="strict_forms_have_numbers", condition=Q(last__gte=F("first"), first__gt=0)
            ),
            models.CheckConstraint(
                name="strict_forms_given_name_whom",
                condition=Q(given_on=None, given_to="")
                | (Q(given_on__gte=F("received_on")) & ~Q(given_to="")),
            ),
            models.CheckConstraint(
                name="strict_forms_spoiled_are_of_the_block",
                condition=Q(spoiled__lte=F("last") - F("first") + 1),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="strict_forms_stay", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="strict_forms_given_stay",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.first <> NEW.first OR OLD.last <> NEW.last OR OLD.series <> NEW.series"
                    " OR (OLD.given_on IS NOT NULL"
                    " AND (OLD.given_to <> NEW.given_to OR OLD.given_on IS DISTINCT FROM NEW.given_on))"
                ),
            ),
        ]
