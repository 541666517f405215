"""Reading sales: the list, one with its history, what waits for KSeF."""

from datetime import date

from django.db.models import Q, QuerySet

from starostwo.audit import api as audit
from starostwo.office.api import Actor
from starostwo.screens.api import TimelineEntry
from starostwo.treasury import invoice_access as access
from starostwo.treasury.models import SaleInvoice
from starostwo.treasury.rules.ksef_offline import send_by

NEWEST = ("-issued_on", "-id")
WAITS = (SaleInvoice.State.ISSUED, SaleInvoice.State.SENT)
VERBS = {
    "issue": "Wystawiono",
    "accept": "Przyjęta w KSeF",
    "post": "Zaksięgowano",
    "refuse": "Odrzucona przez KSeF",
}


def listed(actor: Actor, *, state: str, words: str) -> QuerySet[SaleInvoice]:
    """The sales of the person's units, in a state, cut down by words."""
    rows = access.visible_sales(actor).select_related("unit")
    if state:
        rows = rows.filter(state=state)
    if words:
        rows = rows.filter(
            Q(number__icontains=words)
            | Q(buyer_name__icontains=words)
            | Q(buyer_nip=words)
            | Q(ksef_number=words)
        )
    return rows


def one(sale_id: int, *, actor: Actor) -> SaleInvoice | None:
    """One sale that the person may see."""
    rows = access.visible_sales(actor).select_related("unit__book", "blob", "upo", "corrects")
    return rows.filter(pk=sale_id).first()


def usual_position(sale: SaleInvoice) -> str:
    """As what the last invoice of the buyer was posted, else the last one of the unit."""
    rows = SaleInvoice.objects.filter(unit=sale.unit).exclude(posted_as="").order_by("-id")
    of_buyer = rows.filter(buyer_nip=sale.buyer_nip, buyer_name=sale.buyer_name)
    found = of_buyer.first() or rows.first()
    return found.posted_as if found else ""


def corrections_of(sale: SaleInvoice) -> list[SaleInvoice]:
    """Its corrections, the oldest first."""
    return list(SaleInvoice.objects.filter(corrects=sale).order_by("id"))


def history(sale: SaleInvoice) -> list[TimelineEntry]:
    """What happened to it, the newest first."""
    lines = reversed(audit.history(f"treasury.sale:{sale.pk}"))
    return [TimelineEntry(VERBS.get(line.verb, line.verb), at=line.at, by=line.actor_name) for line in lines]


def last_day(sale: SaleInvoice) -> date | None:
    """Until when an offline invoice has to be sent; nothing for the others."""
    is_waiting = sale.mode == SaleInvoice.Mode.OFFLINE24 and sale.state in WAITS
    return send_by(sale.issued_on) if is_waiting else None


def waits_for_ksef() -> bool:
    """Whether there is anything to send or to ask about."""
    return SaleInvoice.objects.filter(state__in=WAITS).exists()
