"""Random answers to any form, typed as its fields are; for tests that hold schemas to the form."""

from datetime import date

from hypothesis import strategies as st

from starostwo.procedures.rules.definition import Definition, Field, FieldType
from starostwo.procedures.rules.rows import row_key

TYPED = {
    FieldType.EMAIL: st.just("a@b.pl"),
    FieldType.PHONE: st.from_regex(r"\+?[0-9 ]{7,19}", fullmatch=True),
    FieldType.POSTCODE: st.from_regex("[0-9]{2}-[0-9]{3}", fullmatch=True),
    FieldType.PESEL: st.just("44051401359"),
    FieldType.NIP: st.sampled_from(["725-18-01-126", "5252248481"]),
    FieldType.REGON: st.just("472057715"),
    FieldType.KRS: st.from_regex("[0-9]{10}", fullmatch=True),
    FieldType.VIN: st.sampled_from(["wvwzzz1jz3w386752", "1HGCM82633A004352"]),
    FieldType.PLATE: st.sampled_from(["ezg 12345", "E0 ABCD"]),
    FieldType.PLOT: st.sampled_from(["112/4", "102009_2.0003.AR_1.112/4", "7"]),
    FieldType.LAND_REGISTER: st.just("ld1g/00012345/6"),
    FieldType.MONEY: st.sampled_from(["1250", "1 250,50 zł", "0,05"]),
    FieldType.DECIMAL: st.sampled_from(["12,5", "3", "0.0001"]),
    FieldType.SHARE: st.sampled_from(["1/2", "1 / 1", "0/3"]),
    FieldType.DATE: st.dates(min_value=date(1000, 1, 1)).map(date.isoformat),
    FieldType.NUMBER: st.from_regex("[0-9]{1,9}", fullmatch=True),
    FieldType.CONSENT: st.just("tak"),
}


@st.composite
def answers_to(draw: st.DrawFn, definition: Definition) -> dict[str, str]:
    """Answers to every field and to a few rows of every group; most are right, some are not."""
    answers: dict[str, str] = {}
    for field in definition.fields:
        if not field.is_group:
            answers[field.name] = draw(_answer(field))
            continue
        count = draw(st.integers(0, min(field.most + 1, 4)))
        answers[field.name] = str(count)
        for row in range(1, count + 1):
            answers |= {row_key(field, row, inner): draw(_answer(inner)) for inner in field.fields}
    return answers


def _answer(field: Field) -> st.SearchStrategy[str]:
    values = [choice.value for choice in field.choices]
    if field.type is FieldType.CHOICES:
        return st.lists(st.sampled_from(values)).map(" ".join)
    if field.type is FieldType.NUMBER and field.most < 999_999_999:
        return st.integers(max(field.least - 1, 0), field.most + 1).map(str)
    right = st.sampled_from(values) if values else TYPED.get(field.type, st.text(min_size=1, max_size=60))
    return st.one_of(right, right, right, right, st.text(max_size=60))
