"""A filled form as XML and back.

The XML names every attachment by its SHA-256, so that one signature covers all of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from lxml import etree

from starostwo.procedures.rules.answers import shown_answers, shown_steps
from starostwo.procedures.rules.definition import Definition, Field, in_language
from starostwo.procedures.rules.kinds import clean
from starostwo.procedures.rules.namespaces import ROOT, ROW, code_and_version, default_namespace, namespace
from starostwo.procedures.rules.rows import row_key
from starostwo.procedures.rules.sender import SENDER_ELEMENTS, Sender


@dataclass(frozen=True)
class NamedFile:
    """An attachment as the form's XML names it; `kind` is the document of the form that it is."""

    name: str
    sha256: str
    size: int
    kind: str = ""


@dataclass(frozen=True)
class FilledForm:
    """What the XML of a filled form says."""

    code: str
    version: int
    answers: Mapping[str, str]
    sender: Sender
    addressee: str
    made_on: date
    attachments: tuple[NamedFile, ...]


def to_xml(
    definition: Definition,
    answers: Mapping[str, str],
    *,
    sender: Sender,
    addressee: str,
    made_on: date,
    attachments: Sequence[NamedFile] = (),
) -> bytes:
    """Return the document that the resident signs; the same input gives the same bytes."""
    uri = namespace(definition.code, definition.version)
    root = etree.Element(f"{{{uri}}}{ROOT}", nsmap=default_namespace(uri))
    head = _child(root, "naglowek")
    _child(head, "tytul", in_language(definition.title))
    _child(head, "sporzadzono", made_on.isoformat())
    _child(head, "adresat", clean(addressee))
    _write_sender(_child(root, "nadawca"), sender)
    _write_answers(_child(root, "odpowiedzi"), definition, answers)
    _write_attachments(_child(root, "zalaczniki"), attachments)
    etree.indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


class NotOurForm(Exception):
    """The XML is not a filled form of ours."""


def from_xml(xml: bytes) -> FilledForm:
    """Read a filled form, signed or not; `validate` and the XSD judge what it says."""
    root = parse(xml)
    name = etree.QName(root)
    known = code_and_version(name.namespace or "")
    if known is None or name.localname != ROOT:
        raise NotOurForm(f"nieznany dokument {root.tag}")
    try:
        return _read(root, *known)
    except (TypeError, ValueError) as error:
        raise NotOurForm(str(error)) from error


def parse(xml: bytes) -> etree._Element:
    """Parse XML from outside without entities, without a DTD and without any look at the network."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(xml, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotOurForm(f"to nie jest poprawny XML: {error}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotOurForm("dokument ma DTD")
    return root


def _write_sender(parent: etree._Element, sender: Sender) -> None:
    for field in fields(sender):
        if value := clean(getattr(sender, field.name)):
            _child(parent, SENDER_ELEMENTS[field.name], value)


def _write_answers(parent: etree._Element, definition: Definition, answers: Mapping[str, str]) -> None:
    shown = shown_answers(definition, answers)
    for step in shown_steps(definition, answers):
        element = _child(parent, step.name)
        for field in step.fields:
            if field.name not in shown:
                continue
            if field.is_group:
                _write_rows(_child(element, field.name), field, shown)
            else:
                _child(element, field.name, shown[field.name])


def _write_rows(parent: etree._Element, group: Field, shown: Mapping[str, str]) -> None:
    for row in range(1, int(shown[group.name]) + 1):
        element = _child(parent, ROW)
        for field in group.fields:
            if value := shown.get(row_key(group, row, field)):
                _child(element, field.name, value)


def _write_attachments(parent: etree._Element, attachments: Sequence[NamedFile]) -> None:
    for each in attachments:
        element = _child(parent, "zalacznik")
        _child(element, "nazwa", clean(each.name))
        _child(element, "sha256", each.sha256)
        _child(element, "rozmiar", str(each.size))
        if each.kind:
            _child(element, "rodzaj", each.kind)


def _read(root: etree._Element, code: str, version: int) -> FilledForm:
    uri = f"{{{namespace(code, version)}}}"
    sender = {name: root.findtext(f"{uri}nadawca/{uri}{tag}", "") for name, tag in SENDER_ELEMENTS.items()}
    return FilledForm(
        code=code,
        version=version,
        answers=dict(
            answer
            for field in root.iterfind(f"{uri}odpowiedzi/{uri}*/{uri}*")
            for answer in _read_field(field, uri)
        ),
        sender=Sender(**{name: clean(value) for name, value in sender.items()}),
        addressee=clean(root.findtext(f"{uri}naglowek/{uri}adresat", "")),
        made_on=date.fromisoformat(root.findtext(f"{uri}naglowek/{uri}sporzadzono", "")),
        attachments=tuple(
            NamedFile(
                name=each.findtext(f"{uri}nazwa", ""),
                sha256=each.findtext(f"{uri}sha256", ""),
                size=int(each.findtext(f"{uri}rozmiar", "")),
                kind=each.findtext(f"{uri}rodzaj", ""),
            )
            for each in root.iterfind(f"{uri}zalaczniki/{uri}zalacznik")
        ),
    )


def _read_field(element: etree._Element, uri: str) -> Iterator[tuple[str, str]]:
    """The answer of a plain field; of a group the number of its rows and the answers of each."""
    name = etree.QName(element).localname
    rows = element.findall(f"{uri}{ROW}")
    yield name, str(len(rows)) if rows else clean(element.text or "")
    for place, row in enumerate(rows, start=1):
        for field in row.iterfind(f"{uri}*"):
            yield f"{name}-{place}-{etree.QName(field).localname}", clean(field.text or "")


def _child(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    child = etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{name}")
    child.text = text
    return child
