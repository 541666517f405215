"""A legal act in the XML of the editors of acts (EDAP and its successors) as a text of the bulletin.

Elements were learnt from published examples; the full schema was not read. What is not known is kept by its
words, and its name is told to the editor.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

NAMESPACE = "http://www.crd.gov.pl/xml/schematy/edap/2010/01/02"
PARTS = {"dzial": "Dział", "rozdzial": "Rozdział", "oddzial": "Oddział"}
UNITS = {"artykul": "**Art. {}.**", "paragraf": "**§ {}.**"}
ITEMS = {"ustep": "{}.", "punkt": "- {})", "litera": "- {})"}
INLINE = {"fragment", "nl", "przypis", "b", "i", "u", "sup", "sub", "span", "a", "trybunal"}
SILENT = {"tresc-przypisow", "zalacznik_bin", "metryka", "Signature"}
WRAPPERS = {"zalaczniki", "podpisy", "wyspa", "tresc", "preambula", "tbody", "thead", "div"}
LONGEST_TITLE = 250


class Element(Protocol):
    """As much of an XML element as is needed here."""

    tag: Any
    text: str | None
    tail: str | None

    def get(self, key: str, /) -> str | None: ...
    def __iter__(self) -> "Iterator[Element]": ...


@dataclass
class Act:
    """What was read: the title, the fields of the register, the text, names of files, unknown elements."""

    title: str = ""
    organ: str = ""
    fields: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)

    @property
    def text(self) -> str:
        """The text in the markup of the bulletin."""
        return "\n\n".join(line for line in self.lines if line.strip())


def act_of(root: Element) -> Act:
    """Return the act as the bulletin writes it."""
    act = Act()
    for child in root:
        if _name(child) == "metryka":
            _read_heading(act, child, is_repealed=root.get("uchylony") == "tak")
    _read_all(act, root, level=2)
    notes = [child for child in root if _name(child) == "tresc-przypisow"]
    told = [f"{note.get('nr') or ''}. {_words(note)}" for each in notes for note in each]
    if told:
        act.lines += ["## Przypisy", "\n".join(told)]
    return act


def _read_heading(act: Act, heading: Element, *, is_repealed: bool) -> None:
    subject = next((_words(child) for child in heading if _name(child) == "tytul"), "")
    number, kind = heading.get("numer") or "", heading.get("opis-typu") or "Uchwała"
    act.organ = heading.get("organ-wydajacy-m") or heading.get("organ-wydajacy") or ""
    act.title = re.sub(r" ?\(przypis \d+\)", "", f"{kind} nr {number} {subject}").strip()[:LONGEST_TITLE]
    board = "Zarząd Powiatu" if act.organ.startswith("Zarząd") else "Rada Powiatu"
    act.fields = {
        "number": number,
        "organ": board,
        "adopted_on": (heading.get("data") or "")[:10],
        "standing": "uchylona" if is_repealed else "obowiązuje",
    }


def _read_all(act: Act, parent: Element, *, level: int) -> None:
    for child in parent:
        name = _name(child)
        if not name or name in INLINE:
            continue
        _read(act, child, name, level)


def _read(act: Act, element: Element, name: str, level: int) -> None:
    number = element.get("nr") or ""
    if name == "zalacznik_bin":
        act.files.append(element.get("nazwa") or "")
    if name in SILENT:
        return
    if name in PARTS:
        subject = next((_words(child) for child in element if _name(child) == "tytul"), "")
        act.lines.append(f"{'#' * level} {PARTS[name]} {number}. {subject}".rstrip(". "))
        _read_all(act, element, level=min(level + 1, 4))
    elif name in UNITS or name in ITEMS:
        mark = (UNITS.get(name) or ITEMS[name]).format(number)
        act.lines.append(f"{mark} {_own_words(element)}".rstrip())
        _read_all(act, element, level=level)
    elif name == "tiret":
        act.lines.append(f"- {_own_words(element)}")
        _read_all(act, element, level=level)
    elif name in {"zalacznik", "uzasadnienie"}:
        act.lines.append(
            "## Uzasadnienie" if name == "uzasadnienie" else f"## Załącznik nr {number}".rstrip()
        )
        act.lines.append(_own_words(element))
        _read_all(act, element, level=3)
    elif name == "podpis":
        words = [element.get(one) or "" for one in ("funkcja", "tytul", "imie", "nazwisko")]
        act.lines.append(" ".join(part for part in [*words, _words(element)] if part))
    elif name in {"table", "tabela"}:
        act.lines.append(_table(element))
    elif name != "tytul":
        _read_other(act, element, name, level)


def _read_other(act: Act, element: Element, name: str, level: int) -> None:
    if name not in WRAPPERS | {"podstawa-prawna", "akapit", "do-aktu", "p", "organ-wydajacy", "zatwierdzil"}:
        act.unknown.add(name)
    act.lines.append(_own_words(element))
    _read_all(act, element, level=level)


def _table(element: Element) -> str:
    rows = [[_words(cell).replace("|", "/") or "–" for cell in row] for row in _rows(element)]
    rows = [row for row in rows if row]
    if not rows:
        return ""
    width = max(len(row) for row in rows)
    lines = [f"| {' | '.join([*row, *['–'] * (width - len(row))])} |" for row in rows]
    return "\n".join([lines[0], f"|{'---|' * width}", *lines[1:]])


def _rows(element: Element) -> Iterator[Element]:
    for child in element:
        if _name(child) in {"tr", "wiersz"}:
            yield child
        elif _name(child) in WRAPPERS:
            yield from _rows(child)


def _own_words(element: Element) -> str:
    """The words of an element without those of its parts that get lines of their own."""
    pieces = [element.text or ""]
    for child in element:
        if _name(child) in INLINE:
            pieces.append(_inline(child))
        pieces.append(child.tail or "")
    return _joined(pieces)


def _words(element: Element) -> str:
    pieces = [element.text or ""]
    for child in element:
        if _name(child):
            pieces += [_inline(child) if _name(child) in INLINE else f" {_words(child)}"]
        pieces.append(child.tail or "")
    return _joined(pieces)


def _inline(element: Element) -> str:
    match _name(element):
        case "nl":
            return " "
        case "przypis":
            return f" (przypis {element.get('nr') or ''})"
    return _words(element)


def _joined(pieces: list[str]) -> str:
    return re.sub(r"\s+", " ", "".join(pieces)).strip()


def _name(element: Element) -> str:
    """The local name; empty for comments and instructions."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""
