"""A form as data: steps of typed fields, groups and conditions; made by `defining`, never changed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from starostwo.procedures.rules.conditions import Condition

SOURCE_LANGUAGE = "pl"
CONSENT_GIVEN = "tak"
MOST_ROWS = 50
MOST_NUMBER = 999_999_999
Text = Mapping[str, str]


class FieldType(StrEnum):
    """What a field holds; each type has one way to be asked, checked and written as XML."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    CHOICES = "choices"
    CONSENT = "consent"
    DATE = "date"
    NUMBER = "number"
    DECIMAL = "decimal"
    MONEY = "money"
    SHARE = "share"
    EMAIL = "email"
    PHONE = "phone"
    POSTCODE = "postcode"
    PESEL = "pesel"
    NIP = "nip"
    REGON = "regon"
    KRS = "krs"
    VIN = "vin"
    PLATE = "plate"
    PLOT = "plot"
    LAND_REGISTER = "land_register"
    GROUP = "group"


WITH_CHOICES = (FieldType.CHOICE, FieldType.CHOICES)
READ_BY_CONDITIONS = (*WITH_CHOICES, FieldType.CONSENT)
DEFAULT_MAX_LENGTH = {
    FieldType.TEXT: 200,
    FieldType.LONG_TEXT: 10_000,
    FieldType.EMAIL: 254,
    FieldType.PHONE: 20,
}


@dataclass(frozen=True)
class Choice:
    """One answer that may be picked."""

    value: str
    label: Text


@dataclass(frozen=True)
class Field:
    """One question, or a group of questions that is asked again for each owner, plot or tree.

    `sender` names the line of the sender that it is; an account fills that in advance. `least` and `most`
    bound a number, and the rows of a group; `row` is what one row is called; `unit` stands behind a number.
    """

    name: str
    type: FieldType
    label: Text
    required: bool = True
    hint: Text = field(default_factory=dict)
    error: Text = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    max_length: int = 0
    when: Condition | None = None
    sender: str = ""
    unit: Text = field(default_factory=dict)
    least: int = 0
    most: int = MOST_NUMBER
    row: Text = field(default_factory=dict)
    fields: tuple["Field", ...] = ()

    @property
    def is_group(self) -> bool:
        """Whether it is a repeated group and no question by itself."""
        return self.type is FieldType.GROUP

    @property
    def values(self) -> frozenset[str]:
        """The answers that a condition may compare with."""
        if self.type is FieldType.CONSENT:
            return frozenset({CONSENT_GIVEN})
        return frozenset(choice.value for choice in self.choices)


@dataclass(frozen=True)
class Step:
    """One page of the form."""

    name: str
    title: Text
    fields: tuple[Field, ...]
    intro: Text = field(default_factory=dict)
    when: Condition | None = None


@dataclass(frozen=True)
class Document:
    """One kind of file that belongs to the application, asked for by name under the questions."""

    name: str
    label: Text
    required: bool = True
    hint: Text = field(default_factory=dict)
    when: Condition | None = None


@dataclass(frozen=True)
class Definition:
    """A whole form of one version.

    `acting_field` is the choice that says in whose name one applies, by the answers of `acting.ActsFor`.
    `without_signature`: the law asks for none, so the form is sent from the page that shows the answers.
    `files_on_request` leads past the page of attachments, which stays within reach.
    """

    code: str
    version: int
    title: Text
    summary: Text
    steps: tuple[Step, ...]
    subject_field: str = ""
    acting_field: str = ""
    attachments_hint: Text = field(default_factory=dict)
    max_attachments: int = 10
    documents: tuple[Document, ...] = ()
    without_signature: bool = False
    files_on_request: bool = False

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields in the order in which they are asked; a group stands for its questions."""
        return tuple(field for step in self.steps for field in step.fields)


def in_language(text: Text, language: str = SOURCE_LANGUAGE) -> str:
    """Return the text in this language, in Polish when it is not translated."""
    return text.get(language) or text.get(SOURCE_LANGUAGE, "")
