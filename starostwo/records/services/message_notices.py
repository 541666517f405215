"""Notices that tell a resident that something waits on his account, without a word of what.

The mark of a case is content too: its class says what the case is about, so no notice names it.
"""

from typing import TypeAlias

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, override

from starostwo.channels import api as channels
from starostwo.channels.api import Notice
from starostwo.office import api as office
from starostwo.records.models import Case, CaseParty, Party

Event: TypeAlias = office.residents.Event
FOOT = (
    gettext_lazy("Zaloguj się na swoje konto, aby przeczytać."),
    gettext_lazy("Ta wiadomość nie zawiera treści. Nie odpowiadaj na nią."),
    gettext_lazy("O czym powiadamiamy i w jaki sposób, wybierzesz na stronie Moje dane."),
)
TOLD = {
    Event.LETTER: (
        gettext_lazy("Nowe pismo na Twoim koncie w urzędzie"),
        gettext_lazy("Na Twoim koncie w urzędzie czeka pismo."),
    ),
    Event.MESSAGE: (
        gettext_lazy("Nowa wiadomość w Twojej sprawie"),
        gettext_lazy("W Twojej sprawie w urzędzie jest nowa wiadomość."),
    ),
    Event.STATUS: (
        gettext_lazy("Zmiana w Twojej sprawie"),
        gettext_lazy("W Twojej sprawie w urzędzie coś się zmieniło."),
    ),
}


def tell(party: Party, event: Event) -> None:
    """Queue a notice to the owner of the party's account by the ways and in the language that he chose."""
    if party.account_id is not None:
        tell_account(party.account_id, event, *TOLD[event])


def tell_account(account_id: int, event: Event, subject: Promise, words: Promise) -> bool:
    """Queue a notice to the owner of an account; say whether there is any way to reach him."""
    found = office.residents.reach(account_id, event)
    if not (found.email or found.phone):
        return False
    publisher = office.office()
    with override(found.language):
        name = publisher.name if publisher else gettext("Urząd")
        text = f"{name}: {words} {gettext('Zaloguj się na swoje konto w e-urzędzie.')}"
        body = "{}\n{}\n\n{}\n{}".format(words, *FOOT)
        notice = Notice(str(subject), body, text)
    channels.tell(notice, email=found.email, phone=found.phone)
    return True


def tell_parties(case: Case) -> None:
    """Tell every party of a case that has an account that its step has changed."""
    parties = CaseParty.objects.filter(case=case, to_on=None, party__account__isnull=False)
    for row in parties.select_related("party").order_by("id"):
        tell(row.party, Event.STATUS)
