"""Notices that tell a resident that something waits on his account, without a word of what.

The mark of a case is content too: its class says what the case is about, so no notice names it.
"""

from typing import TypeAlias

from starostwo.channels import api as channels
from starostwo.channels.api import Notice
from starostwo.office import api as office
from starostwo.records.models import Case, CaseParty, Party

Event: TypeAlias = office.residents.Event
FOOT = (
    "Zaloguj się na swoje konto, aby przeczytać.\n\n"
    "Ta wiadomość nie zawiera treści. Nie odpowiadaj na nią.\n"
    "O czym powiadamiamy i w jaki sposób, wybierzesz na stronie Moje dane."
)
TOLD = {
    Event.LETTER: ("Nowe pismo na Twoim koncie w urzędzie", "Na Twoim koncie w urzędzie czeka pismo."),
    Event.MESSAGE: ("Nowa wiadomość w Twojej sprawie", "W Twojej sprawie w urzędzie jest nowa wiadomość."),
    Event.STATUS: ("Zmiana w Twojej sprawie", "W Twojej sprawie w urzędzie coś się zmieniło."),
}


def tell(party: Party, event: Event) -> None:
    """Queue a notice to the owner of the party's account by the ways that he chose."""
    if party.account_id is None:
        return
    subject, words = TOLD[event]
    found = office.residents.reach(party.account_id, event)
    if not (found.email or found.phone):
        return
    publisher = office.office()
    text = f"{publisher.name if publisher else 'Urząd'}: {words} Zaloguj się na swoje konto w e-urzędzie."
    notice = Notice(subject, f"{words}\n{FOOT}", text)
    channels.tell(notice, email=found.email, phone=found.phone)


def tell_parties(case: Case) -> None:
    """Tell every party of a case that has an account that its step has changed."""
    parties = CaseParty.objects.filter(case=case, to_on=None, party__account__isnull=False)
    for row in parties.select_related("party").order_by("id"):
        tell(row.party, Event.STATUS)
