"""What a resident reads of his drafts: the list, and one draft with its form, files and errors."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from uuid import UUID

from starostwo.citizen import access
from starostwo.citizen.models import Draft, DraftFile
from starostwo.office.api import Actor
from starostwo.procedures import api as procedures
from starostwo.screens.api import languages

KEPT_FOR = timedelta(days=30)


@dataclass(frozen=True)
class DraftView:
    """A draft with the form that it fills and the files beside it."""

    draft: Draft
    form: procedures.Definition
    files: Sequence[DraftFile]

    @cached_property
    def answered(self) -> procedures.Answered:
        """The form with the answers that the draft keeps."""
        return procedures.Answered(self.form, self.draft.answers)

    @cached_property
    def shown(self) -> procedures.Answered:
        """The same in the language of the page, for the screen alone: documents are made of `answered`."""
        return procedures.shown(self.form, self.draft.answers)

    @property
    def is_polish_alone(self) -> bool:
        """Whether the page is in another language, in which this form is not there."""
        return self.shown.form is self.form and languages.current() != languages.SOURCE

    @cached_property
    def steps(self) -> list[str]:
        """Names of the steps that this person is asked."""
        return [step.name for step in self.answered.steps]

    @cached_property
    def errors(self) -> list[tuple[str, str]]:
        """What must be corrected before signing: steps and messages."""
        return [(error.step, error.message) for error in self.shown.errors()]

    @cached_property
    def documents_missing(self) -> list[str]:
        """Names of the documents that must be attached before signing."""
        missing = self.shown.documents_missing(file.kind for file in self.files)
        return [procedures.in_language(each.label) for each in missing]

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
    """One draft of this resident with its form and files; three queries."""
    draft = access.visible_draft(actor, draft_id)
    form = procedures.form(draft.form_code, draft.form_version) if draft else None
    if draft is None or form is None:
        return None
    files = access.visible_draft_files(actor, draft_id).select_related("blob")
    return DraftView(draft, form, list(files))


def open_drafts(actor: Actor) -> list[Draft]:
    """The drafts that are not sent yet, the last touched first."""
    return list(access.visible_drafts(actor).exclude(state=Draft.State.SENT).order_by("-saved_at"))


def earlier_application(actor: Actor, card_code: str) -> Draft | None:
    """The sent application that may fill a new one: the last of this service, else the last one."""
    sent = access.visible_drafts(actor).filter(state=Draft.State.SENT).order_by("-saved_at")
    return sent.filter(card_code=card_code).first() or sent.first()
