"""What a resident reads of his drafts: the list, and one draft with its form, files and errors."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import UUID

from starostwo.citizen import access
from starostwo.citizen.acting import POWER_FILE, fee_of, needs_document, represented_by
from starostwo.citizen.models import CoApplicant, Draft, DraftFile, Power
from starostwo.citizen.rules.co_applicants import State, may_send
from starostwo.files import api as files
from starostwo.office.api import Actor
from starostwo.procedures import api as procedures
from starostwo.procedures.api import applicants

KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True)
class DraftView:
    """A draft with the form that it fills and the files beside it."""

    draft: Draft
    form: procedures.Definition
    files: Sequence[DraftFile]
    power: Power | None = None
    others: Sequence[CoApplicant] = ()

    @cached_property
    def answered(self) -> procedures.Answered:
        """The form with the answers that the draft keeps."""
        return procedures.Answered(self.form, self.draft.answers)

    @cached_property
    def steps(self) -> list[str]:
        """Names of the steps that this person is asked."""
        return [step.name for step in self.answered.steps]

    @cached_property
    def errors(self) -> list[tuple[str, str]]:
        """What must be corrected before signing: steps and messages."""
        return [(error.step, error.message) for error in self.answered.errors()]

    @cached_property
    def documents_missing(self) -> list[str]:
        """Names of the documents that must be attached before signing."""
        given = [file.kind for file in self.files]
        if self.acting_power and not needs_document(self.acting_power):
            given.append(POWER_FILE)  # the closest family need not file it (k.p.a. art. 33 par. 4)
        missing = self.answered.documents_missing(given)
        return [procedures.in_language(each.label) for each in missing]

    @cached_property
    def acts_for(self) -> applicants.ActsFor:
        """In whose name the application is made."""
        return self.answered.acts_for

    @property
    def acting_power(self) -> Power | None:
        """The power of attorney that fits the answers; one that was entered for other answers does not."""
        return self.power if self.power and self.power.acts_for == self.acts_for else None

    @property
    def power_file(self) -> DraftFile | None:
        """The document of the power of attorney."""
        return next((file for file in self.files if file.kind == POWER_FILE), None)

    @property
    def is_power_missing(self) -> bool:
        """Whether the person acts for another and has not said by what right, or has not attached it."""
        if self.acts_for is applicants.ActsFor.SELF:
            return False
        return self.acting_power is None or (needs_document(self.acting_power) and self.power_file is None)

    @cached_property
    def people(self) -> procedures.applicants.People:
        """Whom the document names beside its sender."""
        return applicants.People(
            represented_by(self.acting_power) if self.acting_power else None,
            tuple(
                procedures.Sender(
                    given_name=each.given_name, family_name=each.family_name, pesel=each.pesel, country=""
                )
                for each in self.others
            ),
        )

    @property
    def may_be_sent(self) -> bool:
        """Whether everybody who applies together has signed."""
        return may_send(State(each.state) for each in self.others)

    def fees(self, on: date) -> list[procedures.applicants.FeeLine]:
        """What is due for filing the application on the day, beside the service itself."""
        return [fee_of(self.acting_power, on=on)] if self.acting_power else []

    def named_files(self) -> list[procedures.NamedFile]:
        """The attachments as the document names them; a kind that is no longer asked for falls away."""
        asked = {each.name for each in self.answered.documents}
        return [
            procedures.NamedFile(
                file.name, file.blob.sha256, file.blob.size, file.kind if file.kind in asked else ""
            )
            for file in self.files
        ]

    @property
    def kept_until(self) -> datetime:
        """When an untouched draft is removed."""
        return self.draft.saved_at + KEPT_FOR

    @property
    def first_faulty_step(self) -> str | None:
        """The step that holds the first thing to correct."""
        return self.errors[0][0] if self.errors else None


def draft_of(actor: Actor, draft_id: UUID) -> DraftView | None:
    """One draft of this resident with all that belongs to it; five queries."""
    draft = access.visible_draft(actor, draft_id)
    form = procedures.form(draft.form_code, draft.form_version) if draft else None
    if draft is None or form is None:
        return None
    return view_of(draft, form, actor=actor)


def view_of(draft: Draft, form: procedures.Definition, *, actor: Actor) -> DraftView:
    """A draft of this resident with everything beside it."""
    files = access.visible_draft_files(actor, draft.pk).select_related("blob")
    power = access.visible_powers(actor).filter(draft=draft).first()
    others = access.own_co_applicants(actor).filter(draft=draft).select_related("signer", "signed")
    return DraftView(draft, form, list(files), power, list(others))


def open_drafts(actor: Actor) -> list[Draft]:
    """The drafts that are not sent yet, the last touched first."""
    return list(access.visible_drafts(actor).exclude(state=Draft.State.SENT).order_by("-saved_at"))


def earlier_application(actor: Actor, card_code: str) -> Draft | None:
    """The sent application that may fill a new one: the last of this service, else the last one."""
    sent = access.visible_drafts(actor).filter(state=Draft.State.SENT).order_by("-saved_at")
    return sent.filter(card_code=card_code).first() or sent.first()


def invited_by(token_hash: str, *, now: datetime) -> CoApplicant | None:
    """The open invitation of a link, whoever came by it; nothing of it may be shown before he signs in."""
    open_ones = CoApplicant.objects.filter(state=State.INVITED, token_expires_at__gt=now)
    return open_ones.filter(token_hash=token_hash).first()


def invitation_of(actor: Actor, guest: access.Guest, person_id: int, *, now: datetime) -> CoApplicant | None:
    """One open invitation of this person with the frozen document."""
    found = access.visible_invitations(actor, guest, now=now).filter(pk=person_id)
    return found.select_related("draft__account", "draft__document", "draft__printout").first()


def invitations(actor: Actor, guest: access.Guest, *, now: datetime) -> list[CoApplicant]:
    """What waits for the signature of the account's owner."""
    found = access.visible_invitations(actor, guest, now=now)
    return list(found.select_related("draft__account").order_by("id"))


def attachments_of(person: CoApplicant) -> list[DraftFile]:
    """The attachments that the document names."""
    return list(DraftFile.objects.filter(draft=person.draft_id).select_related("blob").order_by("id"))


def attachment_of(person: CoApplicant, file_id: int) -> DraftFile | None:
    """One of them."""
    return next((each for each in attachments_of(person) if each.pk == file_id), None)


def read_document(draft: Draft) -> procedures.Recognised | None:
    """The frozen document in words, read from its own bytes."""
    if draft.document is None:
        return None
    with files.open_blob(draft.document.sha256) as source:
        return procedures.recognise(source.read())
