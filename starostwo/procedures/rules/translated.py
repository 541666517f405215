"""A form in another language: other words for the same questions, names and values."""

from collections.abc import Callable
from dataclasses import replace

from starostwo.procedures.rules.definition import (
    SOURCE_LANGUAGE,
    Choice,
    Definition,
    Document,
    Field,
    Step,
    Text,
)

Translate = Callable[[Text], str]


class NotTranslated(Exception):
    """A text of the form is not there in the language: the form is shown in Polish as a whole."""


def translated(form: Definition, translate: Translate) -> Definition:
    """The form as it is shown, its words in place of the Polish ones; `translate` raises `NotTranslated`."""

    def words(text: Text) -> Text:
        return {SOURCE_LANGUAGE: translate(text)} if text else text

    def choice(one: Choice) -> Choice:
        return replace(one, label=words(one.label))

    def field(one: Field) -> Field:
        return replace(
            one,
            label=words(one.label),
            hint=words(one.hint),
            error=words(one.error),
            unit=words(one.unit),
            row=words(one.row),
            choices=tuple(choice(each) for each in one.choices),
            fields=tuple(field(each) for each in one.fields),
        )

    def step(one: Step) -> Step:
        fields = tuple(field(each) for each in one.fields)
        return replace(one, title=words(one.title), intro=words(one.intro), fields=fields)

    def document(one: Document) -> Document:
        return replace(one, label=words(one.label), hint=words(one.hint))

    return replace(
        form,
        title=words(form.title),
        summary=words(form.summary),
        attachments_hint=words(form.attachments_hint),
        steps=tuple(step(each) for each in form.steps),
        documents=tuple(document(each) for each in form.documents),
    )
