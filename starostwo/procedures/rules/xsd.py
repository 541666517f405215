"""The XML Schema of a form, made from its definition.

Conditions stay with `validate`: XSD 1.0 cannot say them.
"""

from functools import lru_cache

from lxml import etree

from starostwo.procedures.rules.definition import (
    CONSENT_GIVEN,
    Definition,
    Field,
    FieldType,
    Step,
    in_language,
)
from starostwo.procedures.rules.filled import parse
from starostwo.procedures.rules.kinds import DAY_PATTERN, KINDS
from starostwo.procedures.rules.namespaces import ROOT, ROW, XMLDSIG, default_namespace, namespace
from starostwo.procedures.rules.people import DETAILS, LONGEST_DETAIL, ONE, OTHERS, PRINCIPAL, REPRESENTED
from starostwo.procedures.rules.sender import SENDER_ELEMENTS

XS = "http://www.w3.org/2001/XMLSchema"
SHA256_PATTERN = "[0-9a-f]{64}"


def xsd(definition: Definition) -> bytes:
    """Return the schema that every document made from this form follows."""
    uri = namespace(definition.code, definition.version)
    schema = etree.Element(f"{{{XS}}}schema", nsmap=default_namespace(uri) | {"xs": XS})
    schema.set("targetNamespace", uri)
    schema.set("elementFormDefault", "qualified")
    _note(schema, f"{in_language(definition.title)}, wersja {definition.version}")
    content = _sequence(_element(schema, ROOT))
    _head(content)
    _sender(_element(content, "nadawca"))
    _people(content)
    steps = _sequence(_element(content, "odpowiedzi"))
    for step in definition.steps:
        _step(steps, step)
    _attachments(content, definition)
    _signatures(content)
    etree.indent(schema)
    return etree.tostring(schema, xml_declaration=True, encoding="UTF-8")


def follows_schema(definition: Definition, xml: bytes) -> bool:
    """Tell whether the document is one that this form makes."""
    return bool(_compiled(xsd(definition)).validate(parse(xml)))


@lru_cache(maxsize=64)
def _compiled(schema: bytes) -> etree.XMLSchema:
    return etree.XMLSchema(etree.fromstring(schema))


def _head(parent: etree._Element) -> None:
    head = _sequence(_element(parent, "naglowek"))
    _string(_element(head, "tytul"), longest=500)
    _pattern(_element(head, "sporzadzono"), DAY_PATTERN, base="date")
    _string(_element(head, "adresat"), longest=500)


def _sender(element: etree._Element) -> None:
    sender = _sequence(element)
    for tag in SENDER_ELEMENTS.values():
        _string(_element(sender, tag, least=0), longest=500)


def _people(parent: etree._Element) -> None:
    """Whom the sender acts for, and who applies with him; documents without both are as before."""
    represented = _sequence(_element(parent, REPRESENTED, least=0))
    _sender(_element(represented, PRINCIPAL))
    for name, tag in DETAILS.items():
        _string(_element(represented, tag, least=1 if name == "basis" else 0), longest=LONGEST_DETAIL)
    others = _sequence(_element(parent, OTHERS, least=0))
    _sender(_element(others, ONE, most="unbounded"))


def _step(parent: etree._Element, step: Step) -> None:
    element = _element(parent, step.name, least=0 if step.when else 1)
    _note(element, in_language(step.title))
    content = _sequence(element)
    for field in step.fields:
        _field(content, field)


def _field(parent: etree._Element, field: Field) -> None:
    is_asked = field.least > 0 if field.is_group else field.required
    element = _element(parent, field.name, least=1 if is_asked and field.when is None else 0)
    _note(element, in_language(field.label))
    match field.type:
        case FieldType.GROUP:
            _rows(element, field)
        case FieldType.CHOICE:
            _enumeration(element, [choice.value for choice in field.choices])
        case FieldType.CHOICES:
            _list(element, [choice.value for choice in field.choices])
        case FieldType.NUMBER:
            _number(element, field)
        case FieldType.CONSENT:
            _enumeration(element, [CONSENT_GIVEN])
        case FieldType.DATE:
            _pattern(element, DAY_PATTERN, base="date")
        case FieldType.TEXT | FieldType.LONG_TEXT:
            _string(element, longest=field.max_length)
        case _:
            _pattern(element, KINDS[field.type].pattern, longest=field.max_length)


def _rows(element: etree._Element, group: Field) -> None:
    row = _element(_sequence(element), ROW, least=max(group.least, 1), most=str(group.most))
    content = _sequence(row)
    for field in group.fields:
        _field(content, field)


def _attachments(parent: etree._Element, definition: Definition) -> None:
    attachments = _sequence(_element(parent, "zalaczniki"))
    one = _sequence(_element(attachments, "zalacznik", least=0, most=str(definition.max_attachments)))
    _string(_element(one, "nazwa"), longest=255)
    _pattern(_element(one, "sha256"), SHA256_PATTERN)
    _element(one, "rozmiar").set("type", "xs:nonNegativeInteger")
    if definition.documents:
        _enumeration(_element(one, "rodzaj", least=0), [each.name for each in definition.documents])


def _signatures(parent: etree._Element) -> None:
    anything = etree.SubElement(parent, f"{{{XS}}}any", namespace=XMLDSIG, processContents="skip")
    anything.set("minOccurs", "0")
    anything.set("maxOccurs", "unbounded")


def _element(parent: etree._Element, name: str, *, least: int = 1, most: str = "1") -> etree._Element:
    element = etree.SubElement(parent, f"{{{XS}}}element", name=name)
    if least != 1:
        element.set("minOccurs", str(least))
    if most != "1":
        element.set("maxOccurs", most)
    return element


def _sequence(element: etree._Element) -> etree._Element:
    return etree.SubElement(etree.SubElement(element, f"{{{XS}}}complexType"), f"{{{XS}}}sequence")


def _note(element: etree._Element, text: str) -> None:
    annotation = etree.SubElement(element, f"{{{XS}}}annotation")
    etree.SubElement(annotation, f"{{{XS}}}documentation", {f"{{{_XML}}}lang": "pl"}).text = text


_XML = "http://www.w3.org/XML/1998/namespace"


def _restriction(element: etree._Element, base: str) -> etree._Element:
    return etree.SubElement(
        etree.SubElement(element, f"{{{XS}}}simpleType"), f"{{{XS}}}restriction", base=f"xs:{base}"
    )


def _string(element: etree._Element, *, longest: int) -> None:
    restriction = _restriction(element, "string")
    etree.SubElement(restriction, f"{{{XS}}}minLength", value="1")
    etree.SubElement(restriction, f"{{{XS}}}maxLength", value=str(longest))


def _pattern(element: etree._Element, pattern: str, *, base: str = "string", longest: int = 0) -> None:
    restriction = _restriction(element, base)
    etree.SubElement(restriction, f"{{{XS}}}pattern", value=pattern)
    if longest:
        etree.SubElement(restriction, f"{{{XS}}}maxLength", value=str(longest))


def _number(element: etree._Element, field: Field) -> None:
    restriction = _restriction(element, "integer")
    etree.SubElement(restriction, f"{{{XS}}}pattern", value=KINDS[FieldType.NUMBER].pattern)
    etree.SubElement(restriction, f"{{{XS}}}minInclusive", value=str(field.least))
    etree.SubElement(restriction, f"{{{XS}}}maxInclusive", value=str(field.most))


def _enumeration(element: etree._Element, values: list[str]) -> None:
    restriction = _restriction(element, "string")
    for value in values:
        etree.SubElement(restriction, f"{{{XS}}}enumeration", value=value)


def _list(element: etree._Element, values: list[str]) -> None:
    """Several picked answers, parted by spaces."""
    restriction = etree.SubElement(etree.SubElement(element, f"{{{XS}}}simpleType"), f"{{{XS}}}restriction")
    listed = etree.SubElement(etree.SubElement(restriction, f"{{{XS}}}simpleType"), f"{{{XS}}}list")
    _enumeration(listed, values)
    etree.SubElement(restriction, f"{{{XS}}}minLength", value="1")
