"""The official receipt (UPO): built from what is in the same transaction, sealed, and kept as it was given.

Law: ustawa o informatyzacji art. 3 pkt 20; rozp. PRM 14.09.2011 par. 11 (what the receipt says).
"""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from django.utils.timezone import localtime

from starostwo.intake.models import Submission, Upo
from starostwo.intake.rules.sender import Role, people_of_values
from starostwo.intake.services.taking import Taken
from starostwo.office import api as office
from starostwo.signatures import api as signatures

NOBODY = "nadawca nie podał danych"
SHOWN = {Role.PARTY: "Wnioskodawca", Role.REPRESENTATIVE: "Pełnomocnik"}


class OfficeIsNotSetUp(Exception):
    """There is no office in whose name a receipt could be given."""


def give_receipt(submission: Submission, taken: Sequence[Taken], *, now: datetime) -> Upo:
    """Seal a receipt for the submission; it must be shown to nobody before the transaction is committed."""
    made_at = localtime(now)
    identifier = f"UPO-{submission.pk}"
    xml = signatures.build_upo(
        signatures.Upo(
            identifier=identifier,
            addressee=_addressee(),
            sender=_sender(submission),
            delivered_at=made_at,
            made_at=made_at,
            document_id=str(submission.pk),
            additions=_additions(submission, taken),
        )
    )
    sealed = signatures.seal_xml(xml, at=now)
    digest = sha256(sealed).hexdigest()
    upo = Upo.objects.create(
        submission=submission, identifier=identifier, xml=sealed, sha256=digest, made_at=now
    )
    signatures.queue_stamp(digest, now=now)
    return upo


def _addressee() -> signatures.Party:
    here = office.office()
    if here is None:
        raise OfficeIsNotSetUp("Zarejestruj urząd, zanim skrzynka podawcza zacznie przyjmować pisma.")
    return signatures.Party(here.name, here.esp_address, "ESP")


def _sender(submission: Submission) -> signatures.Party:
    if submission.account_id is not None:
        return signatures.Party(submission.sender_name or NOBODY, str(submission.account_id), "KONTO")
    return signatures.Party(submission.sender_name or NOBODY, "brak", "BRAK")


def _additions(submission: Submission, taken: Sequence[Taken]) -> list[tuple[str, str]]:
    named = [(SHOWN[each.role], each.sender.name) for each in people_of_values(submission.people)]
    number = [("Numer w rejestrze przesyłek", submission.letter.shown_number)] if submission.letter else []
    state = [("Stan", submission.get_state_display())]
    hashes = [(f"SHA-256 pliku {each.name}", each.blob.sha256) for each in taken]
    return [*number, *state, *named, *hashes]
