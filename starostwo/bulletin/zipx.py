"""Reading a ZIPX, the package of an act: its XML and the files that belong to it, within limits."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from starostwo.bulletin.rules.legal_act import NAMESPACE, Act, act_of

MOST_MEMBERS = 200
LARGEST_ACT = 5_000_000
LARGEST_FILE = 50_000_000


class NotAnAct(Exception):
    """The package cannot be read as an act; the text says why."""


@dataclass(frozen=True)
class Package:
    """The act, its XML as it was, and the files that it names."""

    act: Act
    xml: bytes
    files: dict[str, bytes]


def read_zipx(content: bytes) -> Package:
    """Return what the package holds; nothing of it is written anywhere and nothing outside is asked for."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > MOST_MEMBERS:
                raise NotAnAct(f"Paczka ma ponad {MOST_MEMBERS} plików.")
            for xml, root in _documents(archive, members):
                act = act_of(root)
                if not act.title or (not act.lines and not act.files):
                    raise NotAnAct("Akt w paczce nie ma metryki albo treści.")
                return Package(act, xml, dict(_named(archive, members, act.files)))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError) as error:
        raise NotAnAct("To nie jest paczka ZIPX albo jest zaszyfrowana lub uszkodzona.") from error
    raise NotAnAct("W paczce nie ma aktu prawnego w formacie XML.")


def _documents(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo]
) -> "Iterator[tuple[bytes, etree._Element]]":
    """The XML documents of the package that are acts."""
    for member in members:
        if not member.filename.lower().endswith(".xml"):
            continue
        content = _read(archive, member, LARGEST_ACT)
        root = _parsed(content)
        if etree.QName(root).namespace == NAMESPACE:
            yield content, root


def _parsed(content: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise NotAnAct("Plik XML w paczce jest źle zbudowany.") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise NotAnAct("Plik XML w paczce ma deklarację DTD, której nie przyjmujemy.")
    return root


def _named(
    archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], names: list[str]
) -> Iterator[tuple[str, bytes]]:
    for member in members:
        name = member.filename.replace("\\", "/").rpartition("/")[2]
        if name and name in names:
            yield name, _read(archive, member, LARGEST_FILE)


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: int) -> bytes:
    """At most so many bytes, whatever the package says of itself."""
    with archive.open(member) as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise NotAnAct("Plik w paczce jest za duży.")
    return content
