"""Makers of documents for tests, all through the services: drafted, in acceptance, signed, sent."""

from datetime import date
from zlib import crc32

from django.conf import settings

from starostwo.office import testing as office
from starostwo.office.models import Account
from starostwo.records.models import Case, Dispatch, Document
from starostwo.records.rules.delivery import Remedy
from starostwo.records.rules.document_kinds import KINDS, Kind
from starostwo.records.services.acceptance import submit
from starostwo.records.services.dispatch import dispatch_document
from starostwo.records.services.document_drafts import Wording, draft_document
from starostwo.records.services.document_signing import sign_document
from starostwo.records.testing import TODAY, at, make_assigned, make_case
from starostwo.signatures import api as signatures

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


def give_key(account: Account, *, on: date = TODAY) -> None:
    """A test certificate for a member of staff; the key of a login is made once for all tests."""
    kept = crc32(account.login.encode())
    person = signatures.demo_pki.DemoPerson(kept, account.given_name, account.family_name)
    pki = signatures.demo_pki.build(settings.KEYS_DIR, [person], now=at(TODAY, 0))
    signatures.assign_key(account.pk, pki.people[kept], now=at(on, 0))


def make_signed(*, case: Case | None = None, kind: Kind = Kind.DECISION, on: date = TODAY) -> Document:
    """A letter that Ewa signed with her test key."""
    office.make_office()
    give_key(office.ewa(), on=on)
    document = make_submitted(case=case, kind=kind, on=on)
    sign_document(document.pk, actor=office.actor(office.ewa(), today=on), now=at(on, 14))
    document.refresh_from_db()
    return document


def make_sent(*, case: Case | None = None, kind: Kind = Kind.DECISION, on: date = TODAY) -> Dispatch:
    """A letter that Anna sent to Piotr's account."""
    document = make_signed(case=case, kind=kind, on=on)
    [row] = dispatch_document(document.pk, actor=office.actor(office.anna(), today=on), now=at(on, 15))
    return row
