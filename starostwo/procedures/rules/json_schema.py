"""The JSON Schema of a filled form, made from its definition.

Unlike the XML Schema it also says the conditions: which field is asked after which answers, and that no other
is answered. Check digits stay with `validate`.
"""

from collections.abc import Iterable
from typing import Any

from starostwo.procedures.rules.conditions import AllOf, AnyOf, Condition, Is, Not
from starostwo.procedures.rules.definition import (
    CONSENT_GIVEN,
    Definition,
    Document,
    Field,
    FieldType,
    Step,
    in_language,
)
from starostwo.procedures.rules.kinds import DAY_PATTERN, KINDS
from starostwo.procedures.rules.namespaces import namespace
from starostwo.procedures.rules.people import DETAILS, LONGEST_DETAIL, OTHERS, PRINCIPAL, REPRESENTED
from starostwo.procedures.rules.sender import SENDER_ELEMENTS

Schema = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
NAME = {"type": "string", "minLength": 1, "maxLength": 500}
DETAIL = {"type": "string", "minLength": 1, "maxLength": LONGEST_DETAIL}
MOST_OTHERS = 10


def json_schema(definition: Definition) -> Schema:
    """Return the schema that the JSON of every document made from this form follows."""
    one = _attachment(definition)
    places = {field.name: step.name for step in definition.steps for field in step.fields}
    rules = [_document_rule(each, places) for each in definition.documents if each.required]
    return {
        "$schema": DIALECT,
        "$id": namespace(definition.code, definition.version),
        "title": in_language(definition.title),
        **_closed(
            {
                "formularz": {"const": definition.code},
                "wersja": {"const": definition.version},
                "naglowek": _closed(
                    {
                        "tytul": NAME,
                        "sporzadzono": {"type": "string", "pattern": _whole(DAY_PATTERN)},
                        "adresat": NAME,
                    }
                ),
                "nadawca": _lines(),
                **_people(),
                "odpowiedzi": _answers(definition),
                "zalaczniki": {"type": "array", "maxItems": definition.max_attachments, "items": one},
            },
            may_lack=(REPRESENTED, OTHERS),
        ),
        **({"allOf": rules} if rules else {}),
    }


def _closed(properties: Schema, *, optional: bool = False, may_lack: Iterable[str] = ()) -> Schema:
    made: Schema = {"type": "object", "additionalProperties": False, "properties": properties}
    lacking = set(may_lack)
    return made if optional else made | {"required": [name for name in properties if name not in lacking]}


def _lines() -> Schema:
    return _closed(dict.fromkeys(SENDER_ELEMENTS.values(), NAME), optional=True)


def _people() -> Schema:
    """Whom the sender acts for, and who applies with him."""
    details = {PRINCIPAL: _lines(), **dict.fromkeys(DETAILS.values(), DETAIL)}
    optional = [tag for name, tag in DETAILS.items() if name != "basis"]
    return {
        REPRESENTED: _closed(details, may_lack=optional),
        OTHERS: {"type": "array", "minItems": 1, "maxItems": MOST_OTHERS, "items": _lines()},
    }


def _attachment(definition: Definition) -> Schema:
    made = _closed(
        {
            "nazwa": {"type": "string", "minLength": 1, "maxLength": 255},
            "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "rozmiar": {"type": "integer", "minimum": 0},
        }
    )
    if definition.documents:
        made["properties"]["rodzaj"] = {"enum": [each.name for each in definition.documents]}
    return made


def _document_rule(document: Document, places: dict[str, str]) -> Schema:
    """A file of this kind is there, when the answers ask for it."""
    kind = {"properties": {"rodzaj": {"const": document.name}}, "required": ["rodzaj"]}
    there: Schema = {"properties": {"zalaczniki": {"contains": kind}}}
    if document.when is None:
        return there
    return {"if": {"properties": {"odpowiedzi": _condition(document.when, places)}}, "then": there}


def _answers(definition: Definition) -> Schema:
    """Steps by name; conditions are said for all steps at once, where they can look back."""
    places = {field.name: step.name for step in definition.steps for field in step.fields}
    rules = [
        rule
        for step in definition.steps
        for rule in [*_step_rules(step, places), *_field_rules(step, places)]
    ]
    made: Schema = {
        "type": "object",
        "additionalProperties": False,
        "properties": {step.name: _step(step) for step in definition.steps},
        "required": [step.name for step in definition.steps if step.when is None],
    }
    return made | {"allOf": rules} if rules else made


def _step(step: Step) -> Schema:
    return {
        "title": in_language(step.title),
        **_object(step.fields),
    }


def _object(fields: Iterable[Field]) -> Schema:
    asked = [field.name for field in fields if field.when is None and _is_demanded(field)]
    return {
        "type": "object",
        "additionalProperties": False,
        "properties": {field.name: {"title": in_language(field.label)} | _field(field) for field in fields},
        **({"required": asked} if asked else {}),
    }


def _is_demanded(field: Field) -> bool:
    return field.least > 0 if field.is_group else field.required


def _step_rules(step: Step, places: dict[str, str]) -> list[Schema]:
    if step.when is None:
        return []
    here = {"required": [step.name]}
    return [{"if": _condition(step.when, places), "then": here, "else": {"not": here}}]


def _field_rules(step: Step, places: dict[str, str]) -> list[Schema]:
    rules = []
    for field in step.fields:
        if field.when is not None:
            answered = {"properties": {step.name: {"required": [field.name]}}}
            hidden = {"properties": {step.name: {"not": {"required": [field.name]}}}}
            then: Schema = {"then": answered} if _is_demanded(field) else {}
            rules.append({"if": _condition(field.when, places), **then, "else": hidden})
    return rules


def _condition(condition: Condition, places: dict[str, str]) -> Schema:
    """The condition over the steps; over one object when `places` is empty."""
    match condition:
        case Is(field, values):
            inner: Schema = {"properties": {field: _one_of(values)}, "required": [field]}
            if field not in places:
                return inner
            return {"properties": {places[field]: inner}, "required": [places[field]]}
        case AllOf(parts):
            return {"allOf": [_condition(part, places) for part in parts]}
        case AnyOf(parts):
            return {"anyOf": [_condition(part, places) for part in parts]}
        case Not(part):
            return {"not": _condition(part, places)}


def _one_of(values: frozenset[str]) -> Schema:
    """The answer is one of the values, a tick among them, or a list that holds one of them."""
    known: list[Any] = sorted(values)
    if CONSENT_GIVEN in values:
        known.append(True)
    return {"anyOf": [{"enum": known}, {"type": "array", "contains": {"enum": known}}]}


def _field(field: Field) -> Schema:
    match field.type:
        case FieldType.GROUP:
            return {
                "type": "array",
                "minItems": max(field.least, 1),
                "maxItems": field.most,
                "items": _row(field),
            }
        case FieldType.CHOICE:
            return {"enum": [choice.value for choice in field.choices]}
        case FieldType.CHOICES:
            picked = {"enum": [choice.value for choice in field.choices]}
            return {"type": "array", "minItems": 1, "uniqueItems": True, "items": picked}
        case FieldType.CONSENT:
            return {"const": True}
        case FieldType.NUMBER:
            return {"type": "integer", "minimum": field.least, "maximum": field.most}
        case FieldType.TEXT | FieldType.LONG_TEXT:
            return {"type": "string", "minLength": 1, "maxLength": field.max_length}
    made: Schema = {"type": "string", "pattern": _whole(KINDS[field.type].pattern)}
    return made | {"maxLength": field.max_length} if field.max_length else made


def _row(group: Field) -> Schema:
    rules = []
    for field in group.fields:
        if field.when is not None:
            answered = {"required": [field.name]}
            then: Schema = {"then": answered} if field.required else {}
            rules.append({"if": _condition(field.when, {}), **then, "else": {"not": answered}})
    made = _object(group.fields)
    return made | {"allOf": rules} if rules else made


def _whole(pattern: str) -> str:
    return f"^({pattern})$"
