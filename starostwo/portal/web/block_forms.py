"""The block editor: what was posted as blocks, the acts that move and add them, and their fields.

Every act posts the whole editor and draws it anew, so that it works by keyboard and without scripts and
nothing typed is lost.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms

from starostwo.portal.rules.blocks import FIELDS, KINDS, LEVELS, MOST_BLOCKS, Fault, new
from starostwo.screens.api import ScreenForm

HINTS = {
    ("paragraph", "text"): "Odnośnik: [nazwa](adres). Ważne słowa: **tekst**. Pusty wiersz dzieli akapity.",
    ("list", "items"): "Każdy punkt w osobnym wierszu.",
    ("image", "alt"): "Co widać i co z tego wynika, jednym zdaniem.",
    ("table", "rows"): "Każdy wiersz tabeli w osobnym wierszu, komórki oddzielone znakiem „|”.",
    ("links", "links"): "W każdym wierszu: nazwa | adres. Adres zaczyna się od „https://” albo od „/”.",
}
LABELS = {
    "text": "Treść",
    "level": "Poziom",
    "items": "Punkty",
    "ordered": "lista numerowana",
    "image": "Obraz z biblioteki",
    "alt": "Tekst alternatywny",
    "decorative": "ozdobny: nic nie wnosi, czytnik ekranu go pomija",
    "caption": "Podpis",
    "rows": "Wiersze",
    "head_row": "pierwszy wiersz to nagłówki",
    "head_column": "pierwsza kolumna to nagłówki",
    "links": "Odnośniki",
    "source": "Kto to powiedział lub skąd to jest",
}
CHECKS = {"ordered", "decorative", "head_row", "head_column"}
LONG = {
    "paragraph": ("text",),
    "list": ("items",),
    "table": ("rows",),
    "links": ("links",),
    "quote": ("text",),
}
Blocks = list[dict[str, str]]
Images = Sequence[tuple[str, str]]


class BlockForm(ScreenForm):
    """The fields of one block. It accepts everything; the rules say what may be saved."""

    mark_optional = False

    def __init__(self, block: Mapping[str, str], number: int, *, images: Images, focus: bool) -> None:
        data = {f"b{number}-{name}": value for name, value in block.items()}
        super().__init__(data, prefix=f"b{number}")
        self.kind = block["kind"]
        for name in FIELDS[self.kind]:
            self.fields[name] = _field(self.kind, name, images)
        if focus:
            self.fields[FIELDS[self.kind][0]].widget.attrs["autofocus"] = True


def _field(kind: str, name: str, images: Images) -> forms.Field:
    label, hint = LABELS[name], HINTS.get((kind, name), "")
    if kind == "table" and name == "caption":
        label = "Tytuł tabeli"
    told: dict[str, Any] = {"label": label, "help_text": hint, "required": False}
    if name in CHECKS:
        return forms.BooleanField(**told)
    if name == "level":
        return forms.ChoiceField(choices=list(LEVELS.items()), **told)
    if name == "image":
        return forms.ChoiceField(choices=[("", "wybierz"), *images], **told)
    if name in LONG.get(kind, ()):
        return forms.CharField(widget=forms.Textarea({"rows": 6 if name == "text" else 5}), **told)
    return forms.CharField(**told)


@dataclass(frozen=True)
class EditedBlock:
    """A block as the editor draws it."""

    number: int
    label: str
    kind: str
    form: BlockForm
    is_first: bool
    is_last: bool


def drawn(
    blocks: Blocks, *, images: Images, faults: Iterable[Fault] = (), focus: int | None = None
) -> list[EditedBlock]:
    """The blocks with their fields, each fault at its field."""
    found = [
        EditedBlock(
            number=number,
            label=KINDS[block["kind"]],
            kind=block["kind"],
            form=BlockForm(block, number, images=images, focus=number == focus),
            is_first=number == 0,
            is_last=number == len(blocks) - 1,
        )
        for number, block in enumerate(blocks)
    ]
    for fault in faults:
        if fault.block < len(found):
            found[fault.block].form.add_error(fault.field, fault.text)
    return found


def posted(post: Mapping[str, str]) -> Blocks:
    """The blocks that were posted, in their order; what is no block is left out."""
    count = post.get("count", "0")
    found: Blocks = []
    for number in range(min(int(count), MOST_BLOCKS + 1) if count.isdecimal() and len(count) < 6 else 0):
        kind = post.get(f"b{number}-kind", "")
        if kind in KINDS:
            values = {name: post.get(f"b{number}-{name}", "").replace("\r\n", "\n") for name in FIELDS[kind]}
            found.append({"kind": kind, **values})
    return found


def acted(blocks: Blocks, act: str, post: Mapping[str, str]) -> tuple[Blocks, int | None]:
    """The blocks after an act of the editor ('up-2', 'add-table', 'insert-0'), and the one to go on with."""
    verb, _, rest = act.partition("-")
    if verb == "add" and rest in KINDS:
        return [*blocks, new(rest)], len(blocks)
    if not rest.isdecimal() or len(rest) > 4 or int(rest) >= len(blocks):
        return blocks, None
    place = int(rest)
    if verb == "remove":
        return blocks[:place] + blocks[place + 1 :], min(place, len(blocks) - 2) if len(blocks) > 1 else None
    if verb == "insert" and (kind := post.get(f"b{place}-insert", "")) in KINDS:
        return [*blocks[: place + 1], new(kind), *blocks[place + 1 :]], place + 1
    if verb in ("up", "down"):
        other = place + (1 if verb == "down" else -1)
        if 0 <= other < len(blocks):
            moved = list(blocks)
            moved[place], moved[other] = moved[other], moved[place]
            return moved, other
    return blocks, place
