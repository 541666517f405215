"""The blocks of which a page is built, and what may not be saved, each fault told at its block.

The rules follow WCAG 2.1: 1.1.1 (alternative text), 1.3.1 (headings in order, headers of tables) and 2.4.4
(links that say where they lead). A block is a mapping of strings, exactly what its author typed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from starostwo.portal.rules.inline import link_fault, text_fault

Block = Mapping[str, str]
KINDS = {
    "paragraph": "akapit",
    "heading": "nagłówek",
    "list": "lista",
    "image": "obraz",
    "table": "tabela",
    "links": "lista odnośników",
    "quote": "cytat",
}
FIELDS = {
    "paragraph": ("text",),
    "heading": ("text", "level"),
    "list": ("items", "ordered"),
    "image": ("image", "alt", "decorative", "caption"),
    "table": ("caption", "rows", "head_row", "head_column"),
    "links": ("links",),
    "quote": ("text", "source"),
}
LEVELS = {"2": "nagłówek 2 (część strony)", "3": "nagłówek 3 (wewnątrz części)", "4": "nagłówek 4"}
MOST_BLOCKS = 100
LONGEST = 20_000
LONGEST_ALTERNATIVE = 300


@dataclass(frozen=True)
class Fault:
    """What is wrong with a field of a block, and what to do."""

    block: int
    field: str
    text: str


@dataclass(frozen=True)
class Table:
    """A table cut into cells."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def new(kind: str) -> dict[str, str]:
    """An empty block as the editor adds it."""
    block = {"kind": kind, **dict.fromkeys(FIELDS[kind], "")}
    if kind == "heading":
        block["level"] = "2"
    if kind == "table":
        block["head_row"] = "on"
    return block


def faults(blocks: Sequence[Block]) -> list[Fault]:
    """Everything that stands against saving these blocks, in their order."""
    found = [
        Fault(number, field, text)
        for number, block in enumerate(blocks)
        for field, text in _CHECKS[block["kind"]](block)
    ]
    return sorted([*found, *_order_of_headings(blocks)], key=lambda fault: fault.block)


def lines(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def link_of(line: str) -> tuple[str, str]:
    """Words and address of a line 'words | address'."""
    words, _, address = line.rpartition("|")
    return words.strip(), address.strip()


def table_of(block: Block) -> Table:
    """The cells of a table: a line for each row, '|' between cells."""
    rows = [tuple(cell.strip() for cell in line.split("|")) for line in lines(block["rows"])]
    if block.get("head_row") and rows:
        return Table(rows[0], tuple(rows[1:]))
    return Table((), tuple(rows))


def _order_of_headings(blocks: Sequence[Block]) -> Iterator[Fault]:
    """A heading is at most one level below the one before; the page's title is level 1."""
    before = 1
    for number, block in enumerate(blocks):
        if block["kind"] != "heading":
            continue
        level = int(block["level"]) if block["level"] in LEVELS else 0
        if not level:
            yield Fault(number, "level", "Wybierz poziom nagłówka.")
        elif level > before + 1:
            yield Fault(
                number,
                "level",
                f"Po poziomie {before} może stać najwyżej poziom {before + 1}, a nie {level}. "
                "Zmień poziom albo dodaj brakujący nagłówek.",
            )
        before = level or before


def _text(block: Block, empty: str) -> Iterator[tuple[str, str]]:
    if not block["text"].strip():
        yield "text", empty
    elif fault := text_fault(block["text"]):
        yield "text", fault


def _paragraph(block: Block) -> Iterator[tuple[str, str]]:
    yield from _text(block, "Akapit jest pusty. Wpisz treść albo usuń ten blok.")


def _heading(block: Block) -> Iterator[tuple[str, str]]:
    if not block["text"].strip():
        yield "text", "Nagłówek jest pusty. Wpisz treść albo usuń ten blok."


def _list(block: Block) -> Iterator[tuple[str, str]]:
    items = lines(block["items"])
    if not items:
        yield "items", "Lista jest pusta. Wpisz każdy punkt w osobnym wierszu albo usuń ten blok."
    elif fault := next((fault for item in items if (fault := text_fault(item))), ""):
        yield "items", fault


def _image(block: Block) -> Iterator[tuple[str, str]]:
    if not block["image"]:
        yield "image", "Wybierz obraz z biblioteki albo usuń ten blok."
    alternative = block["alt"].strip()
    if block["decorative"] and alternative:
        yield "alt", "Obraz ozdobny nie ma tekstu alternatywnego. Usuń tekst albo odznacz „ozdobny”."
    if not block["decorative"] and not alternative:
        yield "alt", "Napisz tekst alternatywny: co widać na obrazie. Jeśli nic nie wnosi, zaznacz „ozdobny”."
    if len(alternative) > LONGEST_ALTERNATIVE:
        yield "alt", f"Tekst alternatywny ma najwyżej {LONGEST_ALTERNATIVE} znaków. Resztę napisz w akapicie."


def _table(block: Block) -> Iterator[tuple[str, str]]:
    table = table_of(block)
    if not block["caption"].strip():
        yield "caption", "Podaj tytuł tabeli: co w niej jest."
    if not table.rows:
        yield "rows", "Tabela jest pusta. Wpisz wiersze, komórki oddziel znakiem „|”."
        return
    if not block["head_row"] and not block["head_column"]:
        yield "rows", "Tabela nie ma nagłówków. Zaznacz, że są w pierwszym wierszu albo w pierwszej kolumnie."
    widths = {len(row) for row in ((table.head,) if table.head else ()) + table.rows}
    if len(widths) > 1:
        yield "rows", "Wiersze mają różną liczbę komórek. W każdym ma być tyle samo znaków „|”."
    heads = [*table.head, *(row[0] for row in table.rows if block["head_column"])]
    if not all(heads[1:] if block["head_row"] and block["head_column"] else heads):
        yield "rows", "Nagłówek kolumny lub wiersza jest pusty. Nazwij każdy."


def _links(block: Block) -> Iterator[tuple[str, str]]:
    if not lines(block["links"]):
        yield "links", "Lista odnośników jest pusta. Wpisz w wierszu: nazwa | adres."
    found = (link_fault(*link_of(line)) for line in lines(block["links"]))
    if fault := next((fault for fault in found if fault), ""):
        yield "links", fault


def _quote(block: Block) -> Iterator[tuple[str, str]]:
    yield from _text(block, "Cytat jest pusty. Wpisz treść albo usuń ten blok.")


_CHECKS: dict[str, Callable[[Block], Iterator[tuple[str, str]]]] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "list": _list,
    "image": _image,
    "table": _table,
    "links": _links,
    "quote": _quote,
}
