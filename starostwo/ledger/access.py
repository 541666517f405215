"""Who may see the books and do what in them; the only place of the package that says so.

Law: ufp art. 54 (duties of the chief accountant), art. 53 (responsibility of the head of the unit).
"""

from django.db.models import QuerySet

from starostwo.ledger.models import Book, Draft, Report
from starostwo.office.api import Actor, Right

SEES_ALL = (Right.TREASURER, Right.INSPECT)
SEES_OWN = (Right.READ_BOOKS, Right.KEEP_BOOKS, Right.CHIEF_ACCOUNTANT)


def visible_books(actor: Actor) -> QuerySet[Book]:
    """The treasurer and whoever inspects see all books; others those that a unit of theirs keeps."""
    if not actor.is_staff:
        return Book.objects.none()
    if any(actor.may(right) for right in SEES_ALL):
        return Book.objects.all()
    if any(actor.may(right) for right in SEES_OWN):
        return Book.objects.filter(unit_symbol__in=actor.units | actor.heads)
    return Book.objects.none()


def may_post(actor: Actor, book: Book) -> bool:
    """Vouchers are written and posted by the accountants of the unit that keeps the book."""
    return actor.may(Right.KEEP_BOOKS) and _is_theirs(actor, book)


def may_close(actor: Actor, book: Book) -> bool:
    """Months and years are closed, and months closed for a while entered, by the chief accountant.

    Law: ufp art. 54 ust. 1 pkt 1.
    """
    return (actor.may(Right.CHIEF_ACCOUNTANT) and _is_theirs(actor, book)) or actor.may(Right.TREASURER)


def may_set_up(actor: Actor) -> bool:
    """Books, years and charts are set up by the treasurer and by administrators."""
    return actor.may(Right.TREASURER) or actor.may(Right.ADMIN)


def may_change_plan(actor: Actor) -> bool:
    """The plan follows acts of the council and the board, which the treasurer enters."""
    return actor.may(Right.TREASURER)


def may_prepare_plan(actor: Actor, book: Book) -> bool:
    """Acts are typed by the accountants of the book or by the treasurer, who alone approves them."""
    return may_post(actor, book) or may_change_plan(actor)


def visible_drafts(actor: Actor) -> QuerySet[Draft]:
    """Drafts of the books in which the person posts; colleagues see each other's."""
    if not actor.may(Right.KEEP_BOOKS):
        return Draft.objects.none()
    return Draft.objects.filter(journal__fiscal_year__book__in=visible_books(actor))


def _is_theirs(actor: Actor, book: Book) -> bool:
    return book.unit_symbol in actor.units | actor.heads


def may_report(actor: Actor, book: Book) -> bool:
    """Reports of a book are approved by its chief accountant and by the treasurer.

    Law: ufp art. 54 ust. 1 pkt 1.
    """
    return may_close(actor, book)


def may_collect(actor: Actor) -> bool:
    """Reports of units are collected and joined by the treasurer."""
    return actor.may(Right.TREASURER)


def may_copy(actor: Actor, report: Report) -> bool:
    """Whoever may approve the report signs its copy; of a unit's file the copy is that file."""
    if report.origin == Report.Origin.UPLOADED:
        return False
    return may_report(actor, report.book) if report.book else may_collect(actor)


def visible_reports(actor: Actor) -> QuerySet[Report]:
    """Whoever sees all books sees all approved reports; others those of the books that they see."""
    if actor.is_staff and any(actor.may(right) for right in SEES_ALL):
        return Report.objects.all()
    return Report.objects.filter(book__in=visible_books(actor))
