"""Who may see an invoice and do what with it; the only place that says so of invoices.

Law: ufp art. 53 ust. 1 (responsibility of the head), art. 54 (chief accountant).
"""

from django.db.models import Q, QuerySet

from starostwo.ledger import api as ledger
from starostwo.office.api import Actor, Right
from starostwo.treasury.models import Invoice, InvoiceUnit, SaleInvoice
from starostwo.treasury.rules.invoice_path import State

KEEPERS = (Right.KEEP_BOOKS, Right.CHIEF_ACCOUNTANT)


def units_of(actor: Actor) -> QuerySet[InvoiceUnit]:
    """The units in whose books the person reads."""
    return InvoiceUnit.objects.filter(book__in=ledger.visible_books(actor))


def visible_invoices(actor: Actor) -> QuerySet[Invoice]:
    """Invoices of the person's books, those that wait for a unit, and those given to him to check."""
    if not actor.is_staff:
        return Invoice.objects.none()
    wanted = Q(checker__in=(actor.account_id, *actor.in_place_of)) | Q(unit__in=units_of(actor))
    if may_route(actor) or actor.may(Right.INSPECT):
        wanted |= Q(unit=None)
    return Invoice.objects.filter(wanted)


def visible_sales(actor: Actor) -> QuerySet[SaleInvoice]:
    """Sales of the units in whose books the person reads."""
    return SaleInvoice.objects.filter(unit__in=units_of(actor))


def may_route(actor: Actor) -> bool:
    """What no unit was named for is given to one by the treasurer or the accountants of the office."""
    if actor.may(Right.TREASURER):
        return True
    office = InvoiceUnit.objects.filter(is_office=True).select_related("book").first()
    return office is not None and any(keeps(actor, right, office) for right in KEEPERS)


def may_enter(actor: Actor, unit: InvoiceUnit) -> bool:
    """Invoices on paper are entered, and all are sent to be checked, by the accountants of the unit."""
    return any(keeps(actor, right, unit) for right in KEEPERS)


def decides(actor: Actor, invoice: Invoice) -> bool:
    """Whether the invoice waits for this person's word."""
    if invoice.state == State.SUBSTANCE:
        return invoice.checker_id in (actor.account_id, *actor.in_place_of)
    if invoice.unit is None:
        return False
    if invoice.state == State.FORMAL:
        return keeps(actor, Right.KEEP_BOOKS, invoice.unit)
    return invoice.state in (State.CHIEF, State.APPROVED) and keeps(
        actor, Right.CHIEF_ACCOUNTANT, invoice.unit
    )


def waits_for(actor: Actor) -> Q:
    """Which invoices wait for the person's word: his to check, those of his books to accept or to approve."""
    wanted = Q(state=State.SUBSTANCE, checker__in=(actor.account_id, *actor.in_place_of))
    symbols = actor.units | actor.heads
    for state, right in ((State.FORMAL, Right.KEEP_BOOKS), (State.CHIEF, Right.CHIEF_ACCOUNTANT)):
        if actor.may(right):
            wanted |= Q(state=state, unit__book__unit_symbol__in=symbols)
    return wanted


def may_sell(actor: Actor, unit: InvoiceUnit) -> bool:
    """Sales are issued by the accountants of the unit."""
    return keeps(actor, Right.KEEP_BOOKS, unit)


def may_sell_for(actor: Actor, *, book: str) -> bool:
    """Whether the person issues invoices of a unit with this book; of any where no book is named."""
    units = units_of(actor).select_related("book")
    rows = units.filter(book__code=book) if book else units
    return actor.may(Right.KEEP_BOOKS) and any(may_sell(actor, unit) for unit in rows)


def may_set_up(actor: Actor) -> bool:
    """Units, series and shares of tax are set by the treasurer and by administrators."""
    return actor.may(Right.TREASURER) or actor.may(Right.ADMIN)


def keeps(actor: Actor, right: Right, unit: InvoiceUnit) -> bool:
    """Whether the right holds in the unit that keeps the book."""
    return actor.may(right) and unit.book.unit_symbol in actor.units | actor.heads


def in_place_of(actor: Actor, invoice: Invoice) -> tuple[str, str]:
    """The absent person for whom the actor decides: the name for history, the one for people."""
    lent: str | None
    if invoice.state == State.SUBSTANCE:
        lent = actor.acting_for(invoice.checker_id or 0) if invoice.checker_id != actor.account_id else None
    else:
        right = Right.KEEP_BOOKS if invoice.state == State.FORMAL else Right.CHIEF_ACCOUNTANT
        lent = actor.lends(right, unit=invoice.unit.book.unit_symbol) if invoice.unit else None
    name = next((each.name for each in actor.absent if f"account:{each.account_id}" == lent), "")
    return lent or "", name
