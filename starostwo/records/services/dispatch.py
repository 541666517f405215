"""Verbs of dispatch: send a signed letter and enter it into the register of outgoing letters.

Law: instrukcja kancelaryjna par. 40 (register), k.p.a. art. 39 par. 1 (account first), art. 39(3) (printout).
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from starostwo.files import api as files
from starostwo.office.api import Actor
from starostwo.records import document_access
from starostwo.records.models import Case, Dispatch, Document, InformationLetter, Party, SignedFile
from starostwo.records.queries.document_paper import address_lines, recipients, shown_name
from starostwo.records.rules.acceptance import DocumentState
from starostwo.records.rules.delivery import Remedy
from starostwo.records.rules.document_kinds import KINDS, Kind
from starostwo.records.rules.document_signature import Signer, printout_note
from starostwo.records.rules.numbering import OUTGOING
from starostwo.records.services.clock import settle
from starostwo.records.services.document_drafts import write_act
from starostwo.records.services.information import note_sent
from starostwo.records.services.message_notices import Event, tell
from starostwo.records.services.series import next_number
from starostwo.records.typeset import letter_from, typeset_letter

LIMIT = 50_000_000


class CannotDispatch(Exception):
    """The letter is not signed, was sent already, or the addressee has no account or address for the way."""


@transaction.atomic
def dispatch_document(
    document_id: int,
    *,
    actor: Actor,
    ways: Mapping[int, Dispatch.Channel] | None = None,
    now: datetime,
) -> list[Dispatch]:
    """Send a signed letter to every addressee who has not got it; by account where there is one.

    `ways` names another way for a party. The number of the register is taken last.
    """
    document = _signed(document_id, actor)
    done = set(Dispatch.objects.filter(document=document).values_list("party_id", flat=True))
    parties = [party for party in recipients(document) if party.pk not in done]
    if not parties:
        raise CannotDispatch("To pismo wysłano już do wszystkich adresatów.")
    signed = SignedFile.objects.select_related("document").get(document=document)
    rows = [_prepared(document, signed, party, (ways or {}).get(party.pk), now=now) for party in parties]
    if KINDS[Kind(document.kind)].settles:
        settle(document.case_id, actor=actor, settled_on=localdate(now), document=document.mark, now=now)
    note_sent(document, actor=actor, now=now)
    for row in rows:
        if row.account_id is not None:
            tell(row.party, Event.LETTER)
    for row in rows:
        row.sent_by_id = actor.account_id
        row.year = row.sent_on.year
        row.number = next_number(OUTGOING, row.year)
        row.save(force_insert=True)
    write_act(
        "send_document",
        document,
        actor=actor,
        now=now,
        payload={"sent": [f"{row}: {row.addressee_name} ({row.get_channel_display()})" for row in rows]},
    )
    return rows


def default_way(party: Party, document: Document) -> Dispatch.Channel:
    """The account in the office when the party has one that it can still open, else paper.

    Who asked for public information and gave no postal address gets an e-mail.
    """
    if _can_open(party):
        return Dispatch.Channel.ACCOUNT
    ways = ways_of(party, document)
    is_mail = Dispatch.Channel.EMAIL in ways and not address_lines(party)
    return Dispatch.Channel.EMAIL if is_mail else Dispatch.Channel.PAPER


def ways_of(party: Party, document: Document) -> list[Dispatch.Channel]:
    """The ways by which the party can get the letter.

    An e-mail carries what the law does not ask to serve: letters about a request for public information that
    are no decision (ustawa o dostępie do informacji publicznej art. 14 ust. 1). It is sent by hand.
    """
    account = [Dispatch.Channel.ACCOUNT] if party.account_id else []
    letters = InformationLetter.objects.filter(document=document)
    is_mail = bool(party.email) and document.remedy == Remedy.NONE and letters.exists()
    return [*account, Dispatch.Channel.PAPER, *([Dispatch.Channel.EMAIL] if is_mail else [])]


def _can_open(party: Party) -> bool:
    """A closed account takes no letters: nobody could open them, and terms would run all the same."""
    return party.account is not None and party.account.is_active


def _signed(document_id: int, actor: Actor) -> Document:
    """Lock the case first: two people who send the same letter at once get one dispatch."""
    document = Document.objects.select_related("case", "addressee").get(pk=document_id)
    Case.objects.select_for_update(of=("self",)).get(pk=document.case_id)
    if not document_access.may_dispatch(actor, document):
        raise CannotDispatch("Pismo wysyła prowadzący sprawę albo kancelaria.")
    if document.state != DocumentState.SIGNED:
        raise CannotDispatch("Wysłać można tylko podpisane pismo.")
    return document


def _prepared(
    document: Document, signed: SignedFile, party: Party, way: Dispatch.Channel | None, *, now: datetime
) -> Dispatch:
    channel = way or default_way(party, document)
    is_mail = channel == Dispatch.Channel.EMAIL
    address = [party.email] if is_mail else address_lines(party)
    if is_mail and channel not in ways_of(party, document):
        raise CannotDispatch("Tego pisma nie można wysłać e-mailem; wyślij je na konto albo papierowo.")
    if channel == Dispatch.Channel.ACCOUNT and not _can_open(party):
        raise CannotDispatch(f"{shown_name(party)} nie ma czynnego konta; wyślij pismo papierowe.")
    if channel == Dispatch.Channel.PAPER and not address:
        raise CannotDispatch(f"{shown_name(party)} nie ma adresu; uzupełnij adres strony.")
    is_paper = channel == Dispatch.Channel.PAPER
    return Dispatch(
        document=document,
        party=party,
        channel=channel,
        account_id=party.account_id if channel == Dispatch.Channel.ACCOUNT else None,
        addressee_name=shown_name(party),
        addressee_address=", ".join(address),
        sent_on=localdate(now),
        sent_at=now,
        printout_id=_printout(signed, now=now) if is_paper else None,
    )


def _printout(signed: SignedFile, *, now: datetime) -> int:
    """Typeset the signed letter again, word for word, with the note of art. 39(3) par. 2."""
    note = printout_note(
        Signer(signed.signer_name, signed.signer_post),
        signed_on=localdate(signed.signed_at),
        identifier=f"{signed.document.mark}-{signed.pk}",
        sha256=signed.sha256,
    )
    pdf = typeset_letter(replace(letter_from(signed.printed), printout_note=note), now=now)
    return files.put(pdf, name=f"wydruk-{signed.document.mark}.pdf", limit=LIMIT).pk
