"""What only the whole form shows: names used once, and conditions that read what was asked before."""

from collections.abc import Iterator, Mapping

from starostwo.procedures.rules.acting import ActsFor, asks_for_whom
from starostwo.procedures.rules.conditions import Condition, comparisons_of
from starostwo.procedures.rules.definition import READ_BY_CONDITIONS, Definition, Field
from starostwo.procedures.rules.mistakes import Mistake, Place


def whole_mistakes(definition: Definition) -> Iterator[Mistake]:
    """Name what is wrong between the parts of a form each of which is well made."""
    yield from _names(definition)
    yield from _conditions(definition)
    if definition.subject_field and not any(
        field.name == definition.subject_field and not field.is_group for field in definition.fields
    ):
        yield Mistake(("subject_field",), f"Nie ma pola {definition.subject_field}.")
    if definition.acting_field and not any(
        field.name == definition.acting_field and asks_for_whom(field) for field in definition.fields
    ):
        told = f"Pole {definition.acting_field} nie pyta o wybór: {', '.join(ActsFor)}."
        yield Mistake(("acting_field",), told)


def _names(definition: Definition) -> Iterator[Mistake]:
    """Names of steps are used once, and names of fields; a field of a group is alone within its group."""
    steps: set[str] = set()
    fields: set[str] = set()
    outer = {field.name for field in definition.fields}
    documents: set[str] = set()
    for place, document in enumerate(definition.documents):
        yield from _once(document.name, documents, ("documents", place, "name"))
    for place, step in enumerate(definition.steps):
        at: Place = ("steps", place)
        yield from _once(step.name, steps, (*at, "name"))
        for number, field in enumerate(step.fields):
            yield from _once(field.name, fields, (*at, "fields", number, "name"))
            inside = set(outer)
            for row_number, each in enumerate(field.fields):
                yield from _once(each.name, inside, (*at, "fields", number, "fields", row_number, "name"))


def _once(name: str, used: set[str], at: Place) -> Iterator[Mistake]:
    if name in used:
        yield Mistake(at, f"Nazwa {name} jest użyta więcej niż raz.")
    used.add(name)


def _conditions(definition: Definition) -> Iterator[Mistake]:
    """A condition reads only what was asked before, so the form has no circles; in a row only its own row."""
    asked: dict[str, Field] = {}
    for place, step in enumerate(definition.steps):
        yield from _reads(step.when, asked, ("steps", place, "when"))
        for number, field in enumerate(step.fields):
            at: Place = ("steps", place, "fields", number)
            yield from _reads(field.when, asked, (*at, "when"))
            inside: dict[str, Field] = {}
            for row_number, each in enumerate(field.fields):
                yield from _reads(each.when, inside, (*at, "fields", row_number, "when"))
                inside[each.name] = each
            asked[field.name] = field
    for number, document in enumerate(definition.documents):
        yield from _reads(document.when, asked, ("documents", number, "when"))


def _reads(condition: Condition | None, asked: Mapping[str, Field], at: Place) -> Iterator[Mistake]:
    for comparison in comparisons_of(condition) if condition else ():
        field = asked.get(comparison.field)
        if field is None:
            yield Mistake(at, f"Warunek czyta pole {comparison.field}, o które wcześniej nie pytano.")
        elif field.type not in READ_BY_CONDITIONS:
            yield Mistake(at, f"Warunek może czytać tylko wybór albo zgodę, a {field.name} to co innego.")
        elif unknown := comparison.values - field.values:
            yield Mistake(at, f"Pole {field.name} nie ma odpowiedzi: {', '.join(sorted(unknown))}.")
