"""The marks inside a text of a page: `[words](address)` is a link, `**words**` is strong. Nothing else."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

MARK = re.compile(r"\[(?P<words>[^\[\]]*)\]\((?P<address>[^()\s]*)\)|\*\*(?P<strong>[^*]+)\*\*")
ADDRESS = re.compile(r"(?:/(?!/)|https?://[^\s/]+|mailto:[^\s@]+@|tel:\+?\d|#)[^\s<>\"]*\Z")
VAGUE = frozenset(
    "tutaj|tu|kliknij|kliknij tutaj|kliknij tu|link|więcej|czytaj więcej|dowiedz się więcej|zobacz|"
    "zobacz więcej|pobierz|strona|ten link|przejdź".split("|")
)


@dataclass(frozen=True)
class Piece:
    """A run of text: plain, strong, or a link when it has an address."""

    text: str
    address: str = ""
    is_strong: bool = False


def pieces(text: str) -> Iterator[Piece]:
    """Cut a text into its runs, in order."""
    end = 0
    for found in MARK.finditer(text):
        if found.start() > end:
            yield Piece(text[end : found.start()])
        if found["strong"] is not None:
            yield Piece(found["strong"], is_strong=True)
        else:
            yield Piece(found["words"].strip(), address=found["address"])
        end = found.end()
    if end < len(text):
        yield Piece(text[end:])


def plain(text: str) -> str:
    """The text without its marks, as a list or a feed shows it."""
    return MARK.sub(lambda found: found["words"] or found["strong"] or "", text)


def link_fault(words: str, address: str) -> str:
    """Why a link must not be saved; empty when it may. WCAG 2.1, 2.4.4: words say where it leads."""
    if not words.strip():
        return f"Odnośnik do „{address}” nie ma treści. Napisz, dokąd prowadzi."
    if words.strip(" .…>»").lower() in VAGUE:
        return f"Odnośnik „{words.strip()}” nie mówi, dokąd prowadzi. Nazwij cel, np. „regulamin konkursu”."
    if not address:
        return f"Odnośnik „{words.strip()}” nie ma adresu."
    if not ADDRESS.match(address):
        return f"Adres „{address}” jest niepoprawny. Podaj adres od „https://” albo od „/”."
    return ""


def text_fault(text: str) -> str:
    """The first fault of the links inside a text."""
    links = (
        link_fault(found["words"], found["address"]) for found in MARK.finditer(text) if not found["strong"]
    )
    return next((fault for fault in links if fault), "")
