"""Registers of a month: sales by the day of sale, purchases by the day they came, by unit and merged.

Law: ustawa o VAT art. 19a ust. 1 (when tax is due), art. 86 ust. 10 and 10b (when it is deducted).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.db.models.functions import Coalesce

from starostwo.office.api import Actor
from starostwo.treasury import invoice_access as access
from starostwo.treasury.models import Invoice, InvoiceUnit, SaleInvoice, VatShare
from starostwo.treasury.rules.vat import Row, deducted, mark

WARSAW = ZoneInfo("Europe/Warsaw")
MOST = 5000  # rows of one month on one screen


@dataclass(frozen=True)
class UnitSums:
    """One unit's month: sums in grosze and the shares that held on its last day."""

    unit: InvoiceUnit
    sold: int
    due: int
    bought: int
    tax: int
    deducted: int
    pre: int | None
    proportion: int | None


@dataclass(frozen=True)
class Month:
    """The registers of a month; with each purchase goes what is deducted of its tax."""

    first: date
    sales: Sequence[Row]
    purchases: Sequence[tuple[Row, int]]
    units: Sequence[UnitSums]

    @property
    def due(self) -> int:
        """Tax of all sales."""
        return sum(row.tax for row in self.sales)

    @property
    def deducted(self) -> int:
        """What is deducted of all purchases."""
        return sum(part for _, part in self.purchases)


def month_of(first: date, *, actor: Actor, unit: int | None = None) -> Month:
    """The registers of the units that the person sees, or of one of them."""
    units = list(access.units_of(actor).filter(**({"pk": unit} if unit else {})).order_by("name"))
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    shares = _shares(units, last)
    sales, bought = _sales(units, first, last), _purchases(units, first, last)
    purchases = [
        (row, deducted(row.tax, pre=shares.get((row.unit, "PRE")), proportion=shares.get((row.unit, "PROP"))))
        for row in bought
    ]
    return Month(first, sales, purchases, [_sums(each, sales, purchases, shares) for each in units])


def shares_of(actor: Actor) -> list[VatShare]:
    """The shares of the person's units, the newest first."""
    rows = VatShare.objects.filter(unit__in=access.units_of(actor)).select_related("unit")
    return list(rows.order_by("unit__name", "kind", "-valid_from"))


def _shares(units: Sequence[InvoiceUnit], on: date) -> dict[tuple[int, str], int]:
    rows = VatShare.objects.filter(unit__in=units, valid_from__lte=on).filter(
        Q(valid_to=None) | Q(valid_to__gt=on)
    )
    return {(row.unit_id, row.kind): row.percent for row in rows}


def _sales(units: Sequence[InvoiceUnit], first: date, last: date) -> list[Row]:
    rows = SaleInvoice.objects.filter(unit__in=units).exclude(state=SaleInvoice.State.REFUSED)
    rows = rows.annotate(on=Coalesce("sold_on", "issued_on")).filter(on__range=(first, last))
    return [
        Row(
            unit=row.unit_id, party_nip=row.buyer_nip, party_name=row.buyer_name, number=row.number,
            issued_on=row.issued_on, on=row.sold_on or row.issued_on, rates=_pairs(row.rates),
            mark=mark(ksef_number=row.ksef_number or "", is_offline=True), ksef_number=row.ksef_number or "",
            link=f"sprzedaz/{row.pk}",
        )
        for row in rows.order_by("on", "id")[:MOST]
    ]  # fmt: skip


def _purchases(units: Sequence[InvoiceUnit], first: date, last: date) -> list[Row]:
    since = datetime(first.year, first.month, 1, tzinfo=WARSAW).astimezone(UTC)
    until = datetime.combine(last + timedelta(days=1), datetime.min.time(), tzinfo=WARSAW).astimezone(UTC)
    rows = Invoice.objects.filter(unit__in=units, received_at__gte=since, received_at__lt=until)
    rows = rows.filter(state__in=[Invoice.State.APPROVED, Invoice.State.POSTED])
    return [
        Row(
            unit=row.unit_id or 0, party_nip=row.seller_nip, party_name=row.seller_name, number=row.number,
            issued_on=row.issued_on, on=row.received_at.astimezone(WARSAW).date(), rates=_pairs(row.rates),
            mark=mark(ksef_number=row.ksef_number or "", is_invoice=bool(row.kind)),
            ksef_number=row.ksef_number or "", link=f"{row.pk}",
        )
        for row in rows.order_by("received_at", "id")[:MOST]
    ]  # fmt: skip


def _sums(
    unit: InvoiceUnit,
    sales: Sequence[Row],
    purchases: Sequence[tuple[Row, int]],
    shares: dict[tuple[int, str], int],
) -> UnitSums:
    own = [row for row in sales if row.unit == unit.pk]
    bought = [(row, part) for row, part in purchases if row.unit == unit.pk]
    return UnitSums(
        unit=unit, sold=sum(row.net for row in own), due=sum(row.tax for row in own),
        bought=sum(row.net for row, _ in bought), tax=sum(row.tax for row, _ in bought),
        deducted=sum(part for _, part in bought), pre=shares.get((unit.pk, "PRE")),
        proportion=shares.get((unit.pk, "PROP")),
    )  # fmt: skip


def _pairs(rates: dict[str, list[int]]) -> dict[str, tuple[int, int]]:
    return {rate: (int(net), int(tax)) for rate, (net, tax) in rates.items()}
