"""What may not be saved, block by block, and the small marks inside texts."""

import pytest

from starostwo.portal.rules.blocks import FIELDS, Block, Fault, faults, new, table_of
from starostwo.portal.rules.compare import compare, readable
from starostwo.portal.rules.inline import Piece, pieces, plain
from starostwo.portal.rules.names import slug_of


def block(kind: str, **values: str) -> dict[str, str]:
    return new(kind) | values


def heading(level: str, text: str = "Kto może") -> dict[str, str]:
    return block("heading", text=text, level=level)


@pytest.mark.parametrize(
    ("found", "field", "reason"),
    [
        (block("paragraph"), "text", "pusty"),
        (block("paragraph", text="  \n "), "text", "pusty"),
        (block("paragraph", text="Zobacz [kliknij tutaj](/uslugi/)."), "text", "dokąd prowadzi"),
        (block("paragraph", text="Zobacz [Tutaj](/uslugi/)."), "text", "dokąd prowadzi"),
        (block("paragraph", text="Zobacz [](/uslugi/)."), "text", "nie ma treści"),
        (block("paragraph", text="Zobacz [regulamin]()."), "text", "nie ma adresu"),
        (block("paragraph", text="Zobacz [regulamin](javascript:alert)."), "text", "niepoprawny"),
        (block("paragraph", text="Zobacz [regulamin](//obcy.example)."), "text", "niepoprawny"),
        (block("heading"), "text", "pusty"),
        (heading("3"), "level", "najwyżej poziom 2"),
        (heading("1"), "level", "Wybierz poziom"),
        (block("list"), "items", "pusta"),
        (block("list", items="jeden\n[więcej](/a/)"), "items", "dokąd prowadzi"),
        (block("image", alt="Most"), "image", "Wybierz obraz"),
        (block("image", image="7"), "alt", "tekst alternatywny"),
        (block("image", image="7", alt="Most", decorative="on"), "alt", "ozdobny nie ma"),
        (block("image", image="7", alt="m" * 301), "alt", "najwyżej 300"),
        (block("table", rows="a | b\n1 | 2"), "caption", "tytuł"),
        (block("table", caption="Kwoty"), "rows", "pusta"),
        (block("table", caption="Kwoty", rows="a | b\n1 | 2", head_row=""), "rows", "nie ma nagłówków"),
        (block("table", caption="Kwoty", rows="a | \n1 | 2"), "rows", "Nagłówek kolumny"),
        (block("table", caption="Kwoty", rows="a | b\n1"), "rows", "różną liczbę"),
        (block("links"), "links", "pusta"),
        (block("links", links="kliknij tutaj | /a/"), "links", "dokąd prowadzi"),
        (block("links", links="/a/"), "links", "nie ma treści"),
        (block("quote"), "text", "pusty"),
    ],
)
def test_what_shuts_readers_out_is_refused_at_its_field(found: Block, field: str, reason: str) -> None:
    wrong = faults([block("paragraph", text="Dobry wstęp."), found])

    assert [(fault.block, fault.field) for fault in wrong] == [(1, field)]
    assert reason in wrong[0].text


@pytest.mark.parametrize(
    "found",
    [
        block("paragraph", text="Zobacz [regulamin konkursu](/powiat/regulamin/) i **ważne** słowa."),
        block("paragraph", text="Napisz na [adres kancelarii](mailto:kancelaria@powiat.example)."),
        block("list", items="jeden\ndwa", ordered="on"),
        block("image", image="7", alt="Most nad Bzurą o świcie"),
        block("image", image="7", decorative="on"),
        block("table", caption="Kwoty", rows="Gmina | Kwota\nZgierz | 100 zł"),
        block("table", caption="Kwoty", rows="Zgierz | 100\nOzorków | 50", head_row="", head_column="on"),
        block("table", caption="Kwoty", rows=" | 2025 | 2026\nZgierz | 1 | 2", head_column="on"),
        block("links", links="Regulamin konkursu | https://www.gov.pl/regulamin"),
        block("quote", text="Wspólnie zrobimy więcej.", source="Starosta"),
    ],
)
def test_what_is_open_to_everybody_is_saved(found: Block) -> None:
    assert faults([found]) == []


@pytest.mark.parametrize(
    ("levels", "wrong"),
    [
        ("2", []), ("22", []), ("23", []), ("2342", []), ("2324", [3]), ("24", [1]), ("3", [0]), ("34", [0]),
    ],
)  # fmt: skip
def test_headings_go_down_one_level_at_a_time(levels: str, wrong: list[int]) -> None:
    assert [fault.block for fault in faults([heading(level) for level in levels])] == wrong


def test_every_kind_has_its_fields_and_an_empty_one_is_refused() -> None:
    assert [kind for kind in FIELDS if not faults([new(kind)])] == []


def test_all_faults_are_told_at_once_in_the_order_of_the_page() -> None:
    found = faults([heading("4"), block("paragraph"), block("image")])

    assert [(f.block, f.field) for f in found] == [(0, "level"), (1, "text"), (2, "image"), (2, "alt")]
    assert all(isinstance(fault, Fault) for fault in found)


def test_a_table_is_cut_into_cells() -> None:
    table = table_of(block("table", rows="Gmina | Kwota\n\nZgierz | 100 zł"))

    assert (table.head, table.rows) == (("Gmina", "Kwota"), (("Zgierz", "100 zł"),))


def test_marks_inside_a_text_become_links_and_strong_words() -> None:
    assert list(pieces("Zobacz [regulamin](/r/) i **pamiętaj**.")) == [
        Piece("Zobacz "),
        Piece("regulamin", address="/r/"),
        Piece(" i "),
        Piece("pamiętaj", is_strong=True),
        Piece("."),
    ]
    assert plain("Zobacz [regulamin](/r/) i **pamiętaj**.") == "Zobacz regulamin i pamiętaj."


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Nabór wniosków: żłobki", "nabor-wnioskow-zlobki"),
        ("„”", "strona"),
        ("a" * 200, "a" * 80),
        (" ".join(["słowo"] * 40), "-".join(["slowo"] * 13)),
    ],
)
def test_an_address_is_made_of_the_title(title: str, name: str) -> None:
    assert slug_of(title) == name


def test_two_texts_are_compared_line_by_line() -> None:
    before = readable(
        "Nabór", "Krótko.", "", [heading("2"), block("paragraph", text="Do maja.\n\nBez opłat.")]
    )
    after = readable(
        "Nabór", "Krótko.", "Prosto.", [heading("3"), block("paragraph", text="Do czerwca.\n\nBez opłat.")]
    )

    assert [(line.state, line.text) for line in compare(before, after) if line.state != "same"] == [
        ("added", "W prostych słowach: Prosto."),
        ("removed", "[nagłówek] poziom 2"),
        ("removed", "[akapit] Do maja."),
        ("added", "[nagłówek] poziom 3"),
        ("added", "[akapit] Do czerwca."),
    ]
    table = readable(
        "T",
        "S",
        "",
        [block("table", caption="Kwoty", rows="a | b", head_row="on"), block("image", image="7")],
    )
    assert table[2:] == [
        "[tabela] Kwoty",
        "[tabela] a | b",
        "[tabela] nagłówki w pierwszym wierszu",
        "[obraz] numer w bibliotece: 7",
    ]
