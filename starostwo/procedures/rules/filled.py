"""A filled form as XML and back.

The XML names every attachment by its SHA-256, so that one signature covers all of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lxml import etree

from starostwo.procedures.rules.answers import shown_answers, shown_steps
from starostwo.procedures.rules.definition import Definition, Field, in_language
from starostwo.procedures.rules.elements import child
from starostwo.procedures.rules.kinds import clean
from starostwo.procedures.rules.namespaces import ROOT, ROW, code_and_version, default_namespace, namespace
from starostwo.procedures.rules.people import (
    NOBODY,
    People,
    read_people,
    read_sender,
    write_people,
    write_sender,
)
from starostwo.procedures.rules.rows import row_key
from starostwo.procedures.rules.sender import Sender


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
    people: People = NOBODY


def to_xml(
    definition: Definition,
    answers: Mapping[str, str],
    *,
    sender: Sender,
    addressee: str,
    made_on: date,
    attachments: Sequence[NamedFile] = (),
    people: People = NOBODY,
) -> bytes:
    """Return the document that the resident signs; the same input gives the same bytes."""
    uri = namespace(definition.code, definition.version)
    root = etree.Element(f"{{{uri}}}{ROOT}", nsmap=default_namespace(uri))
    head = child(root, "naglowek")
    child(head, "tytul", in_language(definition.title))
    child(head, "sporzadzono", made_on.isoformat())
    child(head, "adresat", clean(addressee))
    write_sender(child(root, "nadawca"), sender)
    write_people(root, people)
    _write_answers(child(root, "odpowiedzi"), definition, answers)
    _write_attachments(child(root, "zalaczniki"), attachments)
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


def _write_answers(parent: etree._Element, definition: Definition, answers: Mapping[str, str]) -> None:
    shown = shown_answers(definition, answers)
    for step in shown_steps(definition, answers):
        element = child(parent, step.name)
        for field in step.fields:
            if field.name not in shown:
                continue
            if field.is_group:
                _write_rows(child(element, field.name), field, shown)
            else:
                child(element, field.name, shown[field.name])


def _write_rows(parent: etree._Element, group: Field, shown: Mapping[str, str]) -> None:
    for row in range(1, int(shown[group.name]) + 1):
        element = child(parent, ROW)
        for field in group.fields:
            if value := shown.get(row_key(group, row, field)):
                child(element, field.name, value)


def _write_attachments(parent: etree._Element, attachments: Sequence[NamedFile]) -> None:
    for each in attachments:
        element = child(parent, "zalacznik")
        child(element, "nazwa", clean(each.name))
        child(element, "sha256", each.sha256)
        child(element, "rozmiar", str(each.size))
        if each.kind:
            child(element, "rodzaj", each.kind)


def _read(root: etree._Element, code: str, version: int) -> FilledForm:
    uri = f"{{{namespace(code, version)}}}"
    sender = root.find(f"{uri}nadawca")
    return FilledForm(
        code=code,
        version=version,
        answers=dict(
            answer
            for field in root.iterfind(f"{uri}odpowiedzi/{uri}*/{uri}*")
            for answer in _read_field(field, uri)
        ),
        sender=Sender(country="") if sender is None else read_sender(sender, uri),
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
        people=read_people(root, uri),
    )


def _read_field(element: etree._Element, uri: str) -> Iterator[tuple[str, str]]:
    """The answer of a plain field; of a group the number of its rows and the answers of each."""
    name = etree.QName(element).localname
    rows = element.findall(f"{uri}{ROW}")
    yield name, str(len(rows)) if rows else clean(element.text or "")
    for place, row in enumerate(rows, start=1):
        for field in row.iterfind(f"{uri}*"):
            yield f"{name}-{place}-{etree.QName(field).localname}", clean(field.text or "")
