"""Terms announced by e-mail once: warranties and licences that end, loans overdue, the next stock-taking."""

from datetime import date

from django.db import transaction

from starostwo.assets.models import Announcement, Loan
from starostwo.assets.queries.terms import Term, terms
from starostwo.channels import api as channels
from starostwo.office import api as office
from starostwo.office.api import Right

SUBJECT = "Terminy w ewidencji majątku"
WORDS = "W ewidencji majątku zbliżają się terminy ({}). Lista: Majątek, Terminy."
LOAN = "Minął termin zwrotu wypożyczonej rzeczy. Szczegóły: Majątek, Mój sprzęt."


@transaction.atomic
def announce(*, today: date) -> int:
    """Tell those who keep the register of terms that were not told yet; says how many there were."""
    fresh = [one for one in terms(today=today) if _is_new(one, today)]
    if fresh:
        keepers = [one.id for one in office.people(today, right=Right.MANAGE_ASSETS)]
        for address in office.colleagues.emails(keepers).values():
            _tell(address, WORDS.format(len(fresh)))
    _remind_borrowers(today)
    return len(fresh)


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
