"""FA(3): every invoice that the schema allows is read and shown whole, broken ones are refused."""

from datetime import date
from decimal import Decimal
from itertools import chain

import pytest
from lxml import etree

from starostwo.treasury import testing as treasury
from starostwo.treasury.rules import fa3, fa3_outline
from starostwo.treasury.rules.fa3 import Party
from starostwo.treasury.rules.fa3_outline import Section
from starostwo.treasury.rules.fa3_writing import Corrected, Line, Sale, write
from starostwo.treasury.rules.invoice_routing import Place, route
from tests.treasury.fa3_made import KINDS, made

VARIANTS = [{}, {"full": True}, *({"seed": seed} for seed in range(1, 13))]


def shown(sections: tuple[Section, ...]) -> set[str]:
    """Every value on the screen."""
    found: set[str] = set()
    for section in sections:
        found |= {field.value for field in section.fields}
        found |= set(chain.from_iterable(row for table in section.tables for row in table.rows))
        found |= shown(section.sections)
    return found


@pytest.mark.law("ustawa o VAT art. 106gb ust. 8")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("how", VARIANTS, ids=str)
def test_every_invoice_of_the_schema_is_read_and_shown_whole(kind: str, how: dict[str, int]) -> None:
    content = made(kind, **how)  # type: ignore[arg-type]
    invoice, tree = fa3.read(content)

    assert (invoice.kind, invoice.seller.nip) == (kind, "5260250274")
    assert invoice.gross == 123_40
    assert invoice.issued_on == date(2026, 11, 3)
    seen = shown(fa3_outline.outline(tree.getroot()))
    for element in tree.getroot().iter(etree.Element):
        text = (element.text or "").strip()
        if text and not len(element):
            assert any(value == text or value.startswith((f"{text}: ", f"{text}, ")) or f", {text}" in value
                       for value in seen), element.tag  # fmt: skip


BROKEN = [
    ("nothing", b"", "poprawnym"),
    ("no XML", b"%PDF-1.7", "poprawnym"),
    ("not well-formed", made()[:-9], "poprawnym"),
    ("an entity", b'<!DOCTYPE f [<!ENTITY a "b">]><Faktura>&a;</Faktura>', "DOCTYPE"),
    ("an outside entity", b'<!DOCTYPE f SYSTEM "file:///etc/passwd"><Faktura/>', "DOCTYPE"),
    ("another namespace", made().replace(b"2025/06/25/13775", b"2023/06/29/12648"), "FA(3)"),
    ("a missing element", made().replace(b"<P_2>", b"<P_3>").replace(b"</P_2>", b"</P_3>"), "wzorem"),
    ("a wrong NIP", made().replace(b"5260250274", b"0000000000"), "wzorem"),
    ("too large", b"<a>" + b" " * fa3.LARGEST + b"</a>", "3 MB"),
    ("too deep", b"<a>" * 300 + b"</a>" * 300, "poprawnym"),
    ("bytes of no encoding", made().replace(b"tre\xc5\x9b\xc4\x87", b"\xff\xfe"), "poprawnym"),
]


@pytest.mark.parametrize(("why", "content", "said"), BROKEN, ids=[why for why, *_ in BROKEN])
def test_what_is_no_invoice_is_refused_with_its_reason(why: str, content: bytes, said: str) -> None:
    with pytest.raises(fa3.NotAnInvoice) as refused:
        fa3.read(content)
    assert said in str(refused.value)


def test_an_invoice_of_ours_is_valid_and_says_what_was_meant() -> None:
    invoice, _ = fa3.read(treasury.invoice_xml(net=1000_00, contract="ZP.272.5.2026"))

    assert (invoice.net, invoice.vat, invoice.gross) == (1000_00, 230_00, 1230_00)
    assert (invoice.due_on, invoice.account) == (date(2026, 12, 7), treasury.ACCOUNT)
    assert invoice.contracts == ("ZP.272.5.2026",)


@pytest.mark.law("ustawa o VAT art. 106j ust. 2")
def test_a_correction_shows_before_and_after_and_counts_the_difference() -> None:
    before = [Line("Najem sali", Decimal(3), "godz.", 100_00, "23")]
    sale = Sale(
        number="FK/1/2026", issued_on=date(2026, 11, 20), made_at=treasury.NOW, seller=treasury.COUNTY,
        buyer=treasury.SUPPLIER, lines=[Line("Najem sali", Decimal(2), "godz.", 100_00, "23")],
        corrects=Corrected("FS/1/2026", date(2026, 11, 3), "", before, "zły czas najmu"),
    )  # fmt: skip
    invoice, tree = fa3.read(write(sale))

    assert (invoice.kind, invoice.corrects) == ("KOR", ("FS/1/2026",))
    assert (invoice.net, invoice.vat, invoice.gross) == (-100_00, -23_00, -123_00)
    assert len(tree.findall(".//f:StanPrzed", fa3.NS)) == 1


@pytest.mark.law("ustawa o VAT art. 106e ust. 11")
@pytest.mark.parametrize(
    ("quantity", "price", "rate", "net", "vat", "why"),
    [
        ("1", 10_05, "23", 10_05, 2_31, "2,3115 down"),
        ("1", 10_50, "23", 10_50, 2_42, "2,415 half up"),
        ("0.333", 10_00, "8", 3_33, 27, "0,2664 up"),
        ("3", 33_33, "zw", 99_99, 0, "no tax"),
    ],
)
def test_amounts_are_rounded_half_up(
    quantity: str, price: int, rate: str, net: int, vat: int, why: str
) -> None:
    sale = Sale(
        number="FS/1", issued_on=date(2026, 11, 20), made_at=treasury.NOW, seller=treasury.COUNTY,
        buyer=treasury.SUPPLIER, lines=[Line("x", Decimal(quantity), "szt.", price, rate)],
        exempt_by="art. 43" if rate == "zw" else "",
    )  # fmt: skip
    invoice, _ = fa3.read(write(sale))
    assert (invoice.net, invoice.vat) == (net, vat), why


PLACES = [
    Place(1, idwew="7321987657-00001", is_office=True),
    Place(2, idwew="7321987657-00012", nip="7321987663"),
]
ROUTES = [
    ("named by IDWew", True, [Party(idwew="7321987657-00012", role=8)], 2),
    ("named by NIP", True, [Party(nip="7321987663", role=8)], 2),
    ("named although JST says no", False, [Party(idwew="7321987657-00012", role=8)], 2),
    ("another role does not count", True, [Party(idwew="7321987657-00012", role=2)], None),
    ("an unknown unit", True, [Party(idwew="7321987657-00099", role=8)], None),
    ("two units", True, [Party(idwew="7321987657-00001", role=8), Party(nip="7321987663", role=8)], None),
    ("a unit is meant and not named", True, [], None),
    ("no unit is meant: the office", False, [], 1),
]


@pytest.mark.parametrize(("why", "jst", "third", "unit"), ROUTES, ids=[why for why, *_ in ROUTES])
def test_routing(why: str, jst: bool, third: list[Party], unit: int | None) -> None:
    address = "ul. Szkolna 1, 95-100 Zgierz"
    named = tuple(Party("Jednostka", p.nip, p.idwew, address=address, role=p.role) for p in third)
    invoice, _ = fa3.read(treasury.invoice_xml(third=named, concerns_subunit=jst))
    assert route(invoice, PLACES).unit == unit
