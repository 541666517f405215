"""JPK_V7M(3): the registers and the declaration, as far as known here; names of fields from memory.

Law: ustawa o VAT art. 99 ust. 1 and 11c, art. 109 ust. 3b. The schema was not at hand to check.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from starostwo.treasury.rules.fa3_writing import amount
from starostwo.treasury.rules.vat import KSEF, Row

SALES = {  # rate: fields of the base and of the tax
    "zw": ("K_10", ""), "np I": ("K_11", ""), "0": ("K_13", ""), "0 KR": ("K_13", ""), "5": ("K_15", "K_16"),
    "8": ("K_17", "K_18"), "23": ("K_19", "K_20"), "oo": ("K_31", ""),
}  # fmt: skip

ALWAYS = ("P_38", "P_51")


@dataclass(frozen=True)
class Head:
    """For whom and for which month."""

    nip: str
    name: str
    email: str
    office: str
    year: int
    month: int
    made_at: datetime
    carried: int = 0  # surplus of input tax of the month before, in grosze


def write(head: Head, sales: Sequence[Row], purchases: Sequence[tuple[Row, int]]) -> bytes:
    """The registers and the declaration as XML; with each purchase goes what is deducted of its tax."""
    root = etree.Element("JPK")
    _head(root, head)
    _declaration(root, declared(sales, purchases, head.carried))
    register = _put(root, "Ewidencja")
    sold, due = 0, 0
    for sold, row in enumerate(sales, start=1):
        _sale(register, sold, row)
        due += row.tax
    control = _put(register, "SprzedazCtrl")
    _put(control, "LiczbaWierszySprzedazy", str(sold))
    _put(control, "PodatekNalezny", amount(due))
    bought, back = 0, 0
    for bought, (row, deducted) in enumerate(purchases, start=1):
        _purchase(register, bought, row, deducted)
        back += deducted
    control = _put(register, "ZakupCtrl")
    _put(control, "LiczbaWierszyZakupow", str(bought))
    _put(control, "PodatekNaliczony", amount(back))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def declared(sales: Sequence[Row], purchases: Sequence[tuple[Row, int]], carried: int) -> dict[str, int]:
    """The fields of the declaration in whole złote: taxes, what is paid or carried on."""
    fields: dict[str, int] = {}
    for row in sales:
        for name, value in _fields(row.rates).items():
            field = f"P_{name[2:]}"
            fields[field] = fields.get(field, 0) + value
    found = {name: whole(value) for name, value in fields.items()}
    taxes = {tax for _, tax in SALES.values() if tax}
    found["P_37"] = sum(value for name, value in found.items() if f"K_{name[2:]}" not in taxes)
    found["P_38"] = sum(value for name, value in found.items() if f"K_{name[2:]}" in taxes)
    found["P_39"] = whole(carried)
    found["P_42"] = whole(sum(row.net for row, _ in purchases))
    found["P_43"] = whole(sum(deducted for _, deducted in purchases))
    found["P_48"] = found["P_39"] + found["P_43"]
    left = found["P_38"] - found["P_48"]
    found["P_51"] = max(left, 0)
    if left < 0:
        found["P_53"] = found["P_62"] = -left
    return dict(sorted(found.items(), key=lambda one: int(one[0][2:])))


def whole(grosze: int) -> int:
    """Whole złote: half goes up, as o.p. art. 63 par. 1 says."""
    return (abs(grosze) + 50) // 100 * (-1 if grosze < 0 else 1)


def _declaration(root: etree._Element, fields: Mapping[str, int]) -> None:
    part = _put(root, "Deklaracja")
    form = _put(_put(part, "Naglowek"), "KodFormularzaDekl", "VAT-7")
    form.set("kodSystemowy", "VAT-7 (23)")
    body = _put(part, "PozycjeSzczegolowe")
    for name, value in fields.items():
        if value or name in ALWAYS:
            _put(body, name, str(value))
    _put(part, "Pouczenia", "1")


def _head(root: etree._Element, head: Head) -> None:
    top = _put(root, "Naglowek")
    form = _put(top, "KodFormularza", "JPK_VAT")
    form.set("kodSystemowy", "JPK_V7M (3)")
    form.set("wersjaSchemy", "1-0E")
    _put(top, "WariantFormularza", "3")
    _put(top, "DataWytworzeniaJPK", head.made_at.strftime("%Y-%m-%dT%H:%M:%SZ"))
    _put(top, "NazwaSystemu", "Starostwo")
    _put(top, "CelZlozenia", "1").set("poz", "P_7")
    _put(top, "KodUrzedu", head.office)
    _put(top, "Rok", str(head.year))
    _put(top, "Miesiac", str(head.month))
    payer = _put(root, "Podmiot1")
    payer.set("rola", "Podatnik")
    body = _put(payer, "OsobaNiefizyczna")
    for name, value in (("NIP", head.nip), ("PelnaNazwa", head.name), ("Email", head.email)):
        _put(body, name, value)


def _sale(register: etree._Element, number: int, row: Row) -> None:
    line = _put(register, "SprzedazWiersz")
    _put(line, "LpSprzedazy", str(number))
    _put(line, "NrKontrahenta", row.party_nip or "BRAK")
    _put(line, "NazwaKontrahenta", row.party_name)
    _put(line, "DowodSprzedazy", row.number)
    _put(line, "DataWystawienia", row.issued_on.isoformat())
    if row.on != row.issued_on:
        _put(line, "DataSprzedazy", row.on.isoformat())
    _mark(line, row)
    for name, value in sorted(_fields(row.rates).items(), key=lambda one: int(one[0][2:])):
        _put(line, name, amount(value))


def _purchase(register: etree._Element, number: int, row: Row, deducted: int) -> None:
    line = _put(register, "ZakupWiersz")
    _put(line, "LpZakupu", str(number))
    _put(line, "NrDostawcy", row.party_nip or "BRAK")
    _put(line, "NazwaDostawcy", row.party_name)
    _put(line, "DowodZakupu", row.number)
    _put(line, "DataZakupu", row.issued_on.isoformat())
    _put(line, "DataWplywu", row.on.isoformat())
    _mark(line, row)
    _put(line, "K_42", amount(row.net))
    _put(line, "K_43", amount(deducted))


def _fields(rates: Mapping[str, tuple[int, int]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for rate, (net, tax) in rates.items():
        base, due = SALES.get(rate, ("K_11", ""))
        found[base] = found.get(base, 0) + net
        if due:
            found[due] = found.get(due, 0) + tax
    return found


def _mark(line: etree._Element, row: Row) -> None:
    if row.mark == KSEF:
        _put(line, KSEF, row.ksef_number)
    else:
        _put(line, row.mark, "1")


def _put(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, name)
    element.text = text
    return element
