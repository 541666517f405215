"""What each screen of the books begins with: the year, journal, account or voucher that one may see."""

from typing import Any

from django.http import Http404
from django.urls import reverse

from starostwo.ledger import access
from starostwo.ledger.models import Account, FiscalYear, Journal, Voucher
from starostwo.ledger.queries import reading
from starostwo.office.api import ActorRequest
from starostwo.screens.api import Tab

PARTS = (
    ("ledger:year", "Miesiące i dzienniki"),
    ("ledger:vouchers", "Dowody"),
    ("ledger:trial_balance", "Obroty i salda"),
    ("ledger:chart", "Plan kont"),
    ("ledger:drafts", "Do zaksięgowania"),
)


def year_or_404(request: ActorRequest, year_id: int) -> FiscalYear:
    """The year of a book that the person sees."""
    found = reading.year(request.actor, year_id)
    if found is None:
        raise Http404
    return found


def journal_or_404(year: FiscalYear, code: str) -> Journal:
    """A journal of the year."""
    found = reading.journal(year, code)
    if found is None:
        raise Http404
    return found


def account_or_404(request: ActorRequest, account_id: int) -> Account:
    """An account of a book that the person sees."""
    found = reading.account(request.actor, account_id)
    if found is None:
        raise Http404
    return found


def voucher_or_404(request: ActorRequest, voucher_id: int) -> Voucher:
    """A voucher of a book that the person sees."""
    found = reading.voucher(request.actor, voucher_id)
    if found is None:
        raise Http404
    return found


def frame(request: ActorRequest, year: FiscalYear, here: str) -> dict[str, Any]:
    """What the pages of one year share: the year, its tabs, and what the person may do."""
    posts = access.may_post(request.actor, year.book)
    tabs = [
        Tab(label, reverse(name, args=[year.pk]), name == here)
        for name, label in PARTS
        if posts or name != "ledger:drafts"
    ]
    return {
        "year": year,
        "tabs": tabs,
        "may_post": posts and year.state == FiscalYear.State.OPEN,
        "may_close": access.may_close(request.actor, year.book),
    }
