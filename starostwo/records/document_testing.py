"""Makers of documents for tests, all through the services: drafted, in acceptance, signed, sent."""

from datetime import date

from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.records.models import Case, Document
from starostwo.records.rules.delivery import Remedy
from starostwo.records.rules.document_kinds import KINDS, Kind
from starostwo.records.services.acceptance import submit
from starostwo.records.services.document_drafts import Wording, draft_document
from starostwo.records.testing import TODAY, at, make_assigned, make_case

DECISION_TEXT = """\
## Podstawa prawna
Na podstawie art. 104 i art. 107 k.p.a.

## Rozstrzygnięcie
**orzekam** zgodnie z wnioskiem.

## Uzasadnienie
Wnioskodawca wykazał tytuł prawny do działki.

## Pouczenie
Służy odwołanie w terminie 14 dni od dnia doręczenia.
"""
CALL_TEXT = """\
## Wezwanie
wzywam do dołączenia mapy w terminie 14 dni.

## Pouczenie
Nieusunięcie braków spowoduje pozostawienie wniosku bez rozpoznania.
"""
TEXTS = {Kind.DECISION: DECISION_TEXT, Kind.CALL: CALL_TEXT, Kind.LETTER: "Informuję, że sprawa jest w toku."}


def make_online_case(*, on: date = TODAY, resident: Account | None = None) -> Case:
    """A case of Anna that Piotr began from his account."""
    return make_case(on=on, letter=make_assigned(on=on, resident=resident or office.piotr()))


def wording_of(kind: Kind = Kind.DECISION, *, title: str = "Wypis z rejestru gruntów") -> Wording:
    """Words with which a letter of the kind is ready to be signed."""
    rules = KINDS[kind]
    days = 14 if rules.remedy is Remedy.ANSWER else None
    return Wording(title, TEXTS[kind], rules.remedy, days)


def make_draft(
    *,
    case: Case | None = None,
    kind: Kind = Kind.DECISION,
    wording: Wording | None = None,
    on: date = TODAY,
) -> Document:
    """A letter that Anna drafted, ready to be handed over."""
    return draft_document(
        (case or make_online_case(on=on)).pk,
        actor=office.actor(office.anna(), today=on),
        kind=kind,
        wording=wording or wording_of(kind),
        today=on,
        now=at(on, 12),
    )


def make_submitted(
    *acceptors: Account, case: Case | None = None, kind: Kind = Kind.DECISION, on: date = TODAY
) -> Document:
    """A letter that waits for the people in their order; for Ewa's signature when nobody is named."""
    people = acceptors or (office.ewa(),)
    return submit(
        make_draft(case=case, kind=kind, on=on).pk,
        actor=office.actor(office.anna(), today=on),
        acceptors=[person.pk for person in people],
        now=at(on, 13),
    )
