"""A form with what somebody answered so far: what is asked, what is wrong, and the documents made from it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from starostwo.procedures.rules import answers as rules
from starostwo.procedures.rules import filled, rows
from starostwo.procedures.rules.acting import ActsFor, acts_for
from starostwo.procedures.rules.carrying import carried
from starostwo.procedures.rules.definition import Definition, Document, Field, Step
from starostwo.procedures.rules.filled import NamedFile
from starostwo.procedures.rules.people import NOBODY, People
from starostwo.procedures.rules.reading import ReadStep, readable
from starostwo.procedures.rules.sender import Sender


class NoSuchGroup(rows.CannotChangeRows):
    """The step has no repeated group of this name."""


@dataclass(frozen=True)
class Answered:
    """A form and the flat answers to it, right or wrong."""

    form: Definition
    answers: Mapping[str, str]

    @property
    def steps(self) -> list[Step]:
        """The steps that this person is asked."""
        return rules.shown_steps(self.form, self.answers)

    @property
    def said(self) -> dict[str, str]:
        """The answers to what is asked; those to hidden questions are left out."""
        return rules.shown_answers(self.form, self.answers)

    @property
    def sender(self) -> Sender:
        """The sender as the answers name him."""
        return rules.sender_of(self.form, self.answers)

    @property
    def acts_for(self) -> ActsFor:
        """In whose name the application is made."""
        return acts_for(self.form, self.said)

    @property
    def documents(self) -> list[Document]:
        """The kinds of files that this person is asked for."""
        return rules.shown_documents(self.form, self.answers)

    def documents_missing(self, kinds: Iterable[str]) -> list[Document]:
        """The documents that must be there and are not among these kinds of files."""
        given = set(kinds)
        return [each for each in self.documents if each.required and each.name not in given]

    @property
    def in_words(self) -> list[ReadStep]:
        """What was answered, as a person reads it."""
        return readable(self.form, self.answers)

    def errors(self, step: str | None = None) -> list[rules.AnswerError]:
        """What must be corrected in the whole form or in one step."""
        return rules.validate(self.form, self.answers, step=step)

    def with_typed(self, step: str, typed: Mapping[str, str]) -> dict[str, str]:
        """The answers with what was typed into one step; what the step does not ask is left out."""
        asked = next(each for each in self.form.steps if each.name == step)
        return dict(self.answers) | {key: value for key, value in typed.items() if rows.belongs(asked, key)}

    def carried_to(self, form: Definition) -> dict[str, str]:
        """What these answers may say in a new application by the form."""
        return carried(self.form, self.answers, form)

    def with_row(self, step: str, group: str) -> dict[str, str]:
        """The answers with one more row of the group."""
        return rows.with_row(self._group(step, group), self.answers)

    def without_row(self, step: str, group: str, row: int) -> dict[str, str]:
        """The answers without one row of the group."""
        return rows.without_row(self._group(step, group), self.answers, row)

    def xml(
        self,
        *,
        addressee: str,
        made_on: date,
        attachments: Sequence[NamedFile] = (),
        people: People = NOBODY,
    ) -> bytes:
        """The document that the resident signs."""
        return filled.to_xml(
            self.form,
            self.answers,
            sender=self.sender,
            addressee=addressee,
            made_on=made_on,
            attachments=attachments,
            people=people,
        )

    def _group(self, step: str, name: str) -> Field:
        for each in self.form.steps:
            for field in each.fields:
                if each.name == step and field.name == name and field.is_group:
                    return field
        raise NoSuchGroup(name)
