"""What a submission is about and from whom: read from our own form, else a general letter."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from starostwo.intake.rules.sender import Sender
from starostwo.intake.services.taking import Part, Taken, bytes_of
from starostwo.procedures import api as procedures

XML = "application/xml"
GENERAL = "pismo-ogolne"


@dataclass(frozen=True)
class Described:
    """How the register will name the submission."""

    title: str
    sender: Sender
    kind: str = "pismo"
    form_code: str = ""
    form_version: int | None = None
    remarks: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)


def describe(taken: Sequence[Taken], sender: Sender) -> Described:
    """Describe by the form that the document was made from; well-formed XML of another kind is a letter."""
    document = next((each for each in taken if each.part is Part.DATA), taken[0])
    can_be_read = document.media_type == XML and not document.quarantine
    form = procedures.recognise(bytes_of(document.blob)) if can_be_read else None
    if form is None:
        return Described(f"Pismo: {taken[0].name}", sender)
    return Described(
        title=form.title,
        sender=_filled(sender, form.sender),
        kind="pismo" if form.code == GENERAL else "wniosek",
        form_code=form.code,
        form_version=form.version,
        remarks=tuple(_differences(form.attachment_sha256s, taken[1:])),
        answers=form.answers,
    )


def _filled(known: Sender, named: procedures.Sender) -> Sender:
    """What the document says of its sender; the rest from who sent it."""
    said = Sender(
        given_name=named.given_name,
        family_name=named.family_name,
        organisation=named.organisation,
        street=named.street,
        postcode=named.postcode,
        town=named.town,
        email=named.email,
        phone=named.phone,
    )
    if said.name:
        return said
    return replace(known, email=known.email or said.email, phone=known.phone or said.phone)


def _differences(named: Sequence[str], attachments: Sequence[Taken]) -> list[str]:
    """The document names its attachments by their hashes, and the signature covers these names."""
    sent = {each.blob.sha256 for each in attachments if each.part is Part.FILE}
    remarks = []
    if missing := len(set(named) - sent):
        remarks.append(f"Brak załączników wymienionych w dokumencie: {missing}.")
    if unnamed := len(sent - set(named)):
        remarks.append(f"Załączniki niewymienione w dokumencie: {unnamed}.")
    return remarks


def sha256_of(data: bytes) -> str:
    """Return the hash under which the bytes are known."""
    return sha256(data).hexdigest()
