"""What a text of the bulletin may not have, so that everybody can read it; told with its line.

Law: ustawa o dostępności cyfrowej art. 5 (pages are accessible; WCAG 1.3.1, 2.4.4, 2.4.6).
"""

from collections.abc import Iterator

from starostwo.bulletin.rules.markup import Block, blocks, links
from starostwo.bulletin.rules.markup_html import is_safe_address

EMPTY_WORDS = frozenset(
    {"tu", "tutaj", "kliknij", "kliknij tutaj", "link", "więcej", "czytaj więcej", "zobacz"}
)
HIGHEST, LOWEST = 2, 4


def faults(text: str) -> list[str]:
    """Return what is to be mended before others see the text, in the order of its lines."""
    found: list[str] = []
    level = 1
    for block in blocks(text):
        if block.kind == "heading":
            found += _of_heading(block, level)
            level = block.level
        elif block.kind == "table":
            found += _of_table(block)
        elif block.kind == "rule":
            found.append(f"Wiersz {block.line}: linia |---| stoi tylko pod pierwszym wierszem tabeli.")
        found += _of_links(block)
    return found


def _of_heading(block: Block, before: int) -> Iterator[str]:
    if not HIGHEST <= block.level <= LOWEST:
        yield f"Wiersz {block.line}: nagłówek zaczyna się od ##, ### albo ####."
    elif block.level > before + 1:
        yield f"Wiersz {block.line}: nagłówek pomija poziom; użyj {'#' * (before + 1)}."


def _of_table(block: Block) -> Iterator[str]:
    if not block.has_header:
        yield f"Wiersz {block.line}: tabela nie ma nagłówka; pod pierwszym wierszem dopisz |---|."
    elif any(not cell for cell in block.rows[0]):
        yield f"Wiersz {block.line}: nagłówek tabeli ma pustą komórkę."
    if len({len(row) for row in block.rows}) > 1:
        yield f"Wiersz {block.line}: wiersze tabeli mają różną liczbę komórek."


def _of_links(block: Block) -> Iterator[str]:
    for link in links(block):
        if not link.text or link.text.lower().strip(" .") in EMPTY_WORDS:
            yield f"Wiersz {block.line}: z treści odnośnika musi wynikać, dokąd prowadzi."
        if not is_safe_address(link.address) or link.address == "#":
            yield f"Wiersz {block.line}: adres odnośnika zaczyna się od https://, / albo mailto:."
