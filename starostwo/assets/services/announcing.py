"""Terms announced by e-mail once: what ends or is overdue, to those who keep the register and who mind it."""

from collections import Counter
from datetime import date

from django.db import transaction

from starostwo.assets.models import Announcement, Loan
from starostwo.assets.queries.terms import Term, terms
from starostwo.channels import api as channels
from starostwo.office import api as office
from starostwo.office.api import Right

SUBJECT = "Terminy w ewidencji majątku"
WORDS = "W ewidencji majątku zbliżają się terminy ({}). Lista: Majątek, Terminy."
OWN = (
    "Zbliżają się terminy gwarancji albo umów, których pilnujesz w ewidencji majątku ({}). "
    "Lista: Majątek, Mój sprzęt."
)
LOAN = "Minął termin zwrotu wypożyczonej rzeczy. Szczegóły: Majątek, Mój sprzęt."


@transaction.atomic
def announce(*, today: date) -> int:
    """Tell of terms that were not told yet: all to those who keep the register, his own to whoever minds one.

    Says how many there were.
    """
    fresh = [one for one in terms(today=today) if _is_new(one, today)]
    if fresh:
        managers = {one.id for one in office.people(today, right=Right.MANAGE_ASSETS)}
        for address in office.colleagues.emails(managers).values():
            _tell(address, WORDS.format(len(fresh)))
        _tell_keepers(fresh, managers)
    _remind_borrowers(today)
    return len(fresh)


def _tell_keepers(fresh: list[Term], told: set[int]) -> None:
    """Whoever answers for a thing or minds a contract; who was told of all of them is not told again."""
    counts = Counter(one.keeper for one in fresh if one.keeper is not None and one.keeper not in told)
    for keeper, address in office.colleagues.emails(counts).items():
        _tell(address, OWN.format(counts[keeper]))


def _is_new(term: Term, today: date) -> bool:
    _, is_new = Announcement.objects.get_or_create(
        thing=term.thing, term=term.on, defaults={"told_on": today}
    )
    return is_new


def _remind_borrowers(today: date) -> None:
    """Each borrower is reminded once, on the day after his term."""
    late = Loan.objects.select_for_update(of=("self",)).filter(
        returned_on=None, reminded_on=None, due_on__lt=today
    )
    rows = list(late.order_by("pk"))
    addresses = office.colleagues.emails({loan.borrower_id for loan in rows})
    for loan in rows:
        if loan.borrower_id in addresses:
            _tell(addresses[loan.borrower_id], LOAN)
        loan.reminded_on = today
        loan.save(update_fields=["reminded_on"])


def _tell(address: str, words: str) -> None:
    channels.tell(channels.Notice(SUBJECT, words, words), email=address, phone="")
