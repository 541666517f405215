"""What an earlier application may say in a new one, when the resident agrees.

From an application of the same form all that the new version still asks; from another form only who the
sender is. Statements are never carried: each is given anew. Neither are dates, which belong to that matter.
"""

from collections.abc import Mapping

from starostwo.procedures.rules.answers import shown_answers
from starostwo.procedures.rules.definition import Definition, Field, FieldType
from starostwo.procedures.rules.kinds import fault
from starostwo.procedures.rules.rows import row_count, row_key

GIVEN_ANEW = (FieldType.CONSENT, FieldType.DATE)


def carried(old: Definition, answers: Mapping[str, str], new: Definition) -> dict[str, str]:
    """Return the answers to the new form that the earlier application gives."""
    shown = shown_answers(old, answers)
    asked = {field.name: field for field in _askable(old, new)}
    given: dict[str, str] = {}
    for field in old.fields:
        target = asked.get(field.name)
        if target is None or field.type is not target.type:
            continue
        given |= _rows(field, target, shown) if field.is_group else _plain(target, shown.get(field.name, ""))
    return given


def _askable(old: Definition, new: Definition) -> list[Field]:
    """All questions of the same form; of another one those of the pages that ask who the sender is."""
    if old.code == new.code:
        return list(new.fields)
    return [field for step in new.steps if any(each.sender for each in step.fields) for field in step.fields]


def _plain(field: Field, value: str) -> dict[str, str]:
    if not value or field.type in GIVEN_ANEW or fault(field, value):
        return {}
    return {field.name: value}


def _rows(old: Field, new: Field, shown: Mapping[str, str]) -> dict[str, str]:
    inner = {field.name: field for field in new.fields}
    count = min(row_count(old, shown), new.most)
    given = {new.name: str(count)} if count else {}
    for row in range(1, count + 1):
        for field in old.fields:
            target = inner.get(field.name)
            if target is not None and target.type is field.type:
                found = _plain(target, shown.get(row_key(old, row, field), ""))
                given |= {row_key(new, row, target): value for value in found.values()}
    return given
