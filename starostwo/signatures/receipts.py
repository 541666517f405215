"""The official receipts: UPO (a document entered our system) and UPD (the addressee took a letter).

Law: ustawa o informatyzacji art. 3 pkt 20, rozp. PRM 14.09.2011 par. 11-13 (Dz.U. 2018 poz. 180).
The elements are those of the state's UPO schema; the schema file beside is our reconstruction of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from lxml import etree

NAMESPACE = "http://crd.gov.pl/xml/schematy/UPO/2008/05/09/"
SCHEMA = Path(__file__).parent / "schemas/upo.xsd"


@dataclass(frozen=True)
class Party:
    """A public body or a person in a receipt, with an identifier and its kind (ESP, PESEL, REGON...)."""

    name: str
    identifier: str
    identifier_kind: str


@dataclass(frozen=True)
class Upo:
    """Urzędowe poświadczenie przedłożenia: what arrived, when, from whom, to whom."""

    identifier: str
    addressee: Party
    sender: Party
    delivered_at: datetime
    made_at: datetime
    document_id: str
    additions: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True)
class Upd:
    """Urzędowe poświadczenie doręczenia: which letter the addressee took, and when."""

    identifier: str
    issuer: Party
    addressee: Party
    received_at: datetime
    made_at: datetime
    document_id: str
    case_id: str = ""
    additions: Sequence[tuple[str, str]] = ()


class NotAReceipt(Exception):
    """A value is missing or does not fit the schema of receipts."""


def build_upo(upo: Upo) -> bytes:
    """Return the receipt as XML, valid against the schema and not yet sealed."""
    root, body = _document("UPP", upo.identifier)
    _party(body, "Adresat", upo.addressee)
    _party(body, "Nadawca", upo.sender)
    _text(body, "DataDoreczenia", _moment(upo.delivered_at))
    _text(body, "DataWytworzeniaPoswiadczenia", _moment(upo.made_at))
    _text(body, "IdentyfikatorDokumentu", upo.document_id)
    _additions(body, upo.additions)
    return _valid(root)


def build_upd(upd: Upd) -> bytes:
    """Return the proof of service as XML, valid against the schema and not yet sealed."""
    root, body = _document("UPD", upd.identifier)
    _party(body, "PodmiotWystawiajacyPoswiadczenie", upd.issuer)
    _party(body, "Adresat", upd.addressee)
    _text(body, "DataOdbioru", _moment(upd.received_at))
    _text(body, "DataUtworzeniaPoswiadczenia", _moment(upd.made_at))
    if upd.case_id:
        _text(body, "IdentyfikatorSprawy", upd.case_id)
    _text(body, "IdentyfikatorDokumentu", upd.document_id)
    _additions(body, upd.additions)
    return _valid(root)


def _document(kind: str, identifier: str) -> tuple[etree._Element, etree._Element]:
    root = etree.Element(_name("Dokument"), nsmap={"pos": NAMESPACE})
    body = etree.SubElement(root, _name(kind))
    _text(body, "IdentyfikatorPoswiadczenia", identifier)
    return root, body


def _party(parent: etree._Element, name: str, party: Party) -> None:
    element = etree.SubElement(parent, _name(name))
    _text(element, "Nazwa", party.name)
    identifier = _text(element, "IdentyfikatorPodmiotu", party.identifier)
    identifier.set("TypIdentyfikatora", party.identifier_kind)


def _additions(parent: etree._Element, additions: Sequence[tuple[str, str]]) -> None:
    for kind, value in additions:
        _text(parent, "InformacjaUzupelniajaca", value).set("TypInformacjiUzupelniajacej", kind)


def _text(parent: etree._Element, name: str, value: str) -> etree._Element:
    element = etree.SubElement(parent, _name(name))
    try:
        element.text = value
    except ValueError as error:
        raise NotAReceipt(f"niedozwolony znak w polu {name}") from error
    return element


def _moment(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise NotAReceipt("chwila bez strefy czasowej")
    return moment.isoformat(timespec="seconds")


def _valid(root: etree._Element) -> bytes:
    try:
        _schema().assertValid(root)
    except etree.DocumentInvalid as error:
        raise NotAReceipt(str(error)) from error
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


@lru_cache(maxsize=1)
def _schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMA))


def _name(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
