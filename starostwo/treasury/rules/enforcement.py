"""Enforcement titles: when one may be issued, the states that it goes through, and its file.

The file follows the parts of the form TW-1(7) as they are remembered; names of elements are ours, because the
schema of e-TW was not at hand. Law: u.p.e.a. art. 15, 26, 27, 56, 59; Dz.U. 2024 poz. 431. From memory.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lxml import etree

from starostwo.platform.money import zloty

FORM, DAYS_AFTER_DELIVERY = "TW-1(7)", 7
SAID_OF_STRUCTURE = "Struktura zapisana z pamięci, niesprawdzona z opublikowanym schematem e-TW."


class State(StrEnum):
    """Where a title stands."""

    PREPARED = "PREPARED"
    ISSUED = "ISSUED"
    SENT = "SENT"
    SUSPENDED = "SUSPENDED"
    WITHDRAWN = "WITHDRAWN"
    PAID = "PAID"


class Move(StrEnum):
    """What may be done with a title."""

    SIGN = "SIGN"
    SEND = "SEND"
    SUSPEND = "SUSPEND"
    RESUME = "RESUME"
    WITHDRAW = "WITHDRAW"
    PAY = "PAY"


MOVES = {
    (State.PREPARED, Move.SIGN): State.ISSUED, (State.PREPARED, Move.WITHDRAW): State.WITHDRAWN,
    (State.PREPARED, Move.PAY): State.PAID, (State.ISSUED, Move.SEND): State.SENT,
    (State.ISSUED, Move.WITHDRAW): State.WITHDRAWN, (State.ISSUED, Move.PAY): State.PAID,
    (State.SENT, Move.SUSPEND): State.SUSPENDED, (State.SENT, Move.WITHDRAW): State.WITHDRAWN,
    (State.SENT, Move.PAY): State.PAID, (State.SUSPENDED, Move.RESUME): State.SENT,
    (State.SUSPENDED, Move.WITHDRAW): State.WITHDRAWN, (State.SUSPENDED, Move.PAY): State.PAID,
}  # fmt: skip
OPEN = (State.PREPARED, State.ISSUED, State.SENT, State.SUSPENDED)
NEEDS_REASON = (Move.SUSPEND, Move.RESUME, Move.WITHDRAW)


def after(state: str, move: Move) -> State | None:
    """The state after a move; None when it is not possible there."""
    return MOVES.get((State(state), move))


def may_issue_on(delivered_on: date) -> date:
    """The first day on which a title may be issued: the seven days after the reminder have passed."""
    return delivered_on + timedelta(days=DAYS_AFTER_DELIVERY + 1)


@dataclass(frozen=True)
class Person:
    """A creditor or a debtor as the title names him."""

    name: str
    number: str
    address: str


@dataclass(frozen=True)
class Due:
    """One claim in a title."""

    document: str
    text: str
    basis: str
    left: int
    interest: int
    interest_since: date
    interest_kind: str


@dataclass(frozen=True)
class Title:
    """All that a title says."""

    number: str
    issued_on: date
    creditor: Person
    debtor: Person
    organ: str
    dues: Sequence[Due]
    cost: int
    reminded_on: date
    delivered_on: date
    account: str


def write(title: Title) -> bytes:
    """The title as XML."""
    root = etree.Element("TytulWykonawczy", wzor=FORM, struktura="z-pamieci")
    root.append(etree.Comment(f" {SAID_OF_STRUCTURE} "))
    head = _put(root, "Naglowek")
    _put(head, "Numer", title.number)
    _put(head, "DataWystawienia", title.issued_on.isoformat())
    _put(head, "OrganEgzekucyjny", title.organ)
    for name, one in (("Zobowiazany", title.debtor), ("Wierzyciel", title.creditor)):
        person = _put(root, name)
        _put(person, "Nazwa", one.name)
        _put(person, "Identyfikator", one.number)
        _put(person, "Adres", one.address)
    _put(root[-1], "RachunekBankowy", title.account)
    for number, due in enumerate(title.dues, start=1):
        _due(_put(root, "Naleznosc"), number, due)
    reminder = _put(root, "Upomnienie")
    _put(reminder, "Data", title.reminded_on.isoformat())
    _put(reminder, "DataDoreczenia", title.delivered_on.isoformat())
    _put(reminder, "Koszty", _amount(title.cost))
    sums = _put(root, "Razem")
    _put(sums, "NaleznoscGlowna", _amount(sum(due.left for due in title.dues)))
    _put(sums, "Odsetki", _amount(sum(due.interest for due in title.dues)))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def text(title: Title) -> str:
    """The same in words, for the copy that lies in the case."""
    lines = [
        f"Tytuł wykonawczy {title.number} z dnia {title.issued_on:%d.%m.%Y}, wzór {FORM}.", "",
        f"- organ egzekucyjny: {title.organ}", f"- wierzyciel: {title.creditor.name}",
        f"- zobowiązany: {title.debtor.name}, {title.debtor.address or 'adres nieznany'}", "",
        "## Należności", "",
    ]  # fmt: skip
    for due in title.dues:
        lines.append(
            f"- {due.document}, {due.text}, podstawa: {due.basis}: {zloty(due.left)}, odsetki "
            f"({due.interest_kind}) od {due.interest_since:%d.%m.%Y}, na dzień tytułu {zloty(due.interest)}"
        )
    lines += [
        "", f"Upomnienie z dnia {title.reminded_on:%d.%m.%Y} doręczono {title.delivered_on:%d.%m.%Y}, koszty "
        f"upomnienia {zloty(title.cost)}.", "",
        f"**Razem: {zloty(sum(due.left + due.interest for due in title.dues) + title.cost)}**", "",
        "Plik XML z podpisem przechowuje rejestr tytułów wykonawczych.",
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _due(element: etree._Element, number: int, due: Due) -> None:
    element.set("lp", str(number))
    for name, value in (
        ("Dokument", due.document), ("Tresc", due.text), ("PodstawaPrawna", due.basis),
        ("Kwota", _amount(due.left)), ("OdsetkiOdDnia", due.interest_since.isoformat()),
        ("RodzajOdsetek", due.interest_kind), ("OdsetkiNaDzienWystawienia", _amount(due.interest)),
    ):  # fmt: skip
        _put(element, name, value)


def _put(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, name)
    element.text = text
    return element


def _amount(grosze: int) -> str:
    return f"{grosze // 100}.{grosze % 100:02d}"
