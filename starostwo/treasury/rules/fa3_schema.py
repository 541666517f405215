"""The published schema of FA(3), read from the installed `ksef-client`, and what it says of each element.

Law: ustawa o VAT art. 106gb (the published template); the schema is that of 25.06.2025.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from lxml import etree

NAMESPACE = "http://crd.gov.pl/wzor/2025/06/25/13775/"
XSD = "{http://www.w3.org/2001/XMLSchema}"
SCHEMA_FILE = "schemat_FA(3)_v1-0E.xsd"
SENTENCE = re.compile(r"(?<!\bnp)(?<!\bart)(?<!\bust)(?<!\bpkt)(?<!\bDz)(?<!\bU)(?<!\btj)\.\s")
LONGEST_LABEL = 160
SHOWN_PROBLEMS = 5


class SchemaIsMissing(Exception):
    """The installed package does not bring the schema."""


def folder() -> Path:
    """Where the schemas of the installed package lie."""
    found = find_spec("ksef_client")
    if found is None or not found.submodule_search_locations:
        raise SchemaIsMissing("ksef-client")
    return Path(found.submodule_search_locations[0]) / "documents" / "fa3" / "schemas"


class _Installed(etree.Resolver):
    """Answers the addresses that the schemas name with the files beside them; nothing is fetched."""

    def resolve(self, system_url: str, public_id: str, context: object) -> Any:  # type: ignore[override]
        return self.resolve_filename(  # type: ignore[attr-defined]
            str(folder() / system_url.rsplit("/", 1)[-1]), context
        )


@cache
def documents() -> dict[str, etree._ElementTree]:
    """The four schema files by their names."""
    return {path.name: etree.parse(str(path), _parser()) for path in sorted(folder().glob("*.xsd"))}


@cache
def schema() -> etree.XMLSchema:
    """The compiled schema; compiling takes 60 ms, checking an invoice less than one."""
    return etree.XMLSchema(etree.parse(str(folder() / SCHEMA_FILE), _parser()))


def problems(tree: etree._ElementTree) -> list[str]:
    """What speaks against the document by the schema, the first few; empty when it is valid."""
    checked = schema()
    if checked.validate(tree):
        return []
    found = [
        f"wiersz {error.line}: {_plain(error.message)}"
        for error in checked.error_log  # type: ignore[attr-defined]
    ]
    return found[:SHOWN_PROBLEMS]


@cache
def labels() -> dict[str, str]:
    """What the schema calls each element, in its first sentence."""
    found: dict[str, str] = {}
    for element in _iter("element"):
        said = _documentation(element)
        if said:
            found.setdefault(str(element.get("name")), said)
    return found


@cache
def meanings() -> dict[str, dict[str, str]]:
    """What the coded values of an element mean: {'RodzajFaktury': {'VAT': 'Faktura podstawowa'}}."""
    types = {str(one.get("name")): _values(one) for one in _iter("simpleType") if one.get("name")}
    found: dict[str, dict[str, str]] = {}
    for element in _iter("element"):
        own = _values(element) or types.get(str(element.get("type", "")).rsplit(":", 1)[-1], {})
        if own:
            found.setdefault(str(element.get("name")), own)
    return found


def _iter(kind: str) -> Iterator[etree._Element]:
    for tree in documents().values():
        yield from tree.iter(f"{XSD}{kind}")


def _values(element: etree._Element) -> dict[str, str]:
    if element.find(f"{XSD}complexType") is not None:
        return {}
    listed = [(str(one.get("value")), _documentation(one)) for one in element.iter(f"{XSD}enumeration")]
    return {value: said for value, said in listed if said}


def _documentation(element: etree._Element) -> str:
    said = element.findtext(f"{XSD}annotation/{XSD}documentation") or ""
    first = SENTENCE.split(" ".join(said.split()), maxsplit=1)[0].rstrip(".")
    if len(first) <= LONGEST_LABEL:
        return first
    return first[:LONGEST_LABEL].rsplit(" ", 1)[0] + "…"


def _plain(message: str) -> str:
    return message.replace(f"{{{NAMESPACE}}}", "")[:300]


def _parser() -> etree.XMLParser:
    parser = etree.XMLParser(no_network=True, resolve_entities=False, load_dtd=False)
    parser.resolvers.add(_Installed())
    return parser
