"""Writing an FA(3) invoice: a sale, or a correction that shows each line before and after.

Law: ustawa o VAT art. 106e (content), art. 106j (corrections), art. 106e ust. 11 (rounding to grosze).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from lxml import etree

from starostwo.treasury.rules.fa3 import RATES, Party
from starostwo.treasury.rules.fa3_schema import NAMESPACE

PERCENT = {"23": 23, "8": 8, "5": 5, "0 KR": 0, "zw": 0, "np I": 0, "oo": 0}
FIELDS = {"23": "23", "8": "8", "5": "5", "0 KR": "0", "zw": "zw", "np I": "np I", "oo": "oo"}
SYSTEM = "Starostwo"
TRANSFER = "6"
NAMES: Any = {None: NAMESPACE}  # the stubs do not know that a prefix may be absent


@dataclass(frozen=True)
class Line:
    """One row: what, how much of it, the price without tax in grosze, the rate as FA(3) writes it."""

    name: str
    quantity: Decimal
    unit: str
    price: int
    rate: str

    @property
    def net(self) -> int:
        """The value without tax, in whole grosze."""
        return rounded(self.quantity * self.price)


@dataclass(frozen=True)
class Corrected:
    """The invoice that a correction is about, with its lines as they were."""

    number: str
    issued_on: date
    ksef_number: str
    lines: Sequence[Line]
    reason: str


@dataclass(frozen=True)
class Sale:
    """An invoice to be written."""

    number: str
    issued_on: date
    made_at: datetime
    seller: Party
    buyer: Party
    lines: Sequence[Line]
    sold_on: date | None = None
    due_on: date | None = None
    account: str = ""
    place: str = ""
    exempt_by: str = ""
    corrects: Corrected | None = None
    concerns_subunit: bool = False
    third: Sequence[Party] = ()
    contract: str = ""


def rounded(value: Decimal) -> int:
    """To whole grosze, half up."""
    return int(value.to_integral_value(ROUND_HALF_UP))


def sums(lines: Iterable[Line]) -> dict[str, tuple[int, int]]:
    """Net and tax by rate; the tax is counted of the sum of a rate."""
    nets: dict[str, int] = {}
    for line in lines:
        nets[line.rate] = nets.get(line.rate, 0) + line.net
    return {rate: (net, rounded(Decimal(net * PERCENT[rate]) / 100)) for rate, net in nets.items()}


def totals(sale: Sale) -> dict[str, tuple[int, int]]:
    """Net and tax by rate; of a correction, by how much they change."""
    now = sums(sale.lines)
    before = sums(sale.corrects.lines) if sale.corrects else {}
    return {
        rate: (
            now.get(rate, (0, 0))[0] - before.get(rate, (0, 0))[0],
            now.get(rate, (0, 0))[1] - before.get(rate, (0, 0))[1],
        )
        for rate in {**before, **now}
    }


def gross(of: Mapping[str, tuple[int, int]]) -> int:
    """What is to be paid."""
    return sum(net + tax for net, tax in of.values())


def write(sale: Sale) -> bytes:
    """The invoice as XML."""
    root = etree.Element(f"{{{NAMESPACE}}}Faktura", nsmap=NAMES)
    head = _put(root, "Naglowek")
    form = _put(head, "KodFormularza", "FA")
    form.set("kodSystemowy", "FA (3)")
    form.set("wersjaSchemy", "1-0E")
    _put(head, "WariantFormularza", "3")
    _put(head, "DataWytworzeniaFa", sale.made_at.strftime("%Y-%m-%dT%H:%M:%SZ"))
    _put(head, "SystemInfo", SYSTEM)
    _party(_put(root, "Podmiot1"), sale.seller)
    buyer = _put(root, "Podmiot2")
    _party(buyer, sale.buyer)
    _put(buyer, "JST", "1" if sale.concerns_subunit else "2")
    _put(buyer, "GV", "2")
    for each in sale.third:
        third = _put(root, "Podmiot3")
        _party(third, each)
        _put(third, "Rola", str(each.role))
    _content(_put(root, "Fa"), sale)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _content(fa: etree._Element, sale: Sale) -> None:
    _put(fa, "KodWaluty", "PLN")
    _put(fa, "P_1", sale.issued_on.isoformat())
    if sale.place:
        _put(fa, "P_1M", sale.place)
    _put(fa, "P_2", sale.number)
    if sale.sold_on:
        _put(fa, "P_6", sale.sold_on.isoformat())
    by_rate = {FIELDS[rate]: amounts for rate, amounts in totals(sale).items()}
    for rate, net, tax, _ in RATES:
        if rate in by_rate:
            _put(fa, net, amount(by_rate[rate][0]))
            if tax:
                _put(fa, tax, amount(by_rate[rate][1]))
    _put(fa, "P_15", amount(gross(by_rate)))
    _notes(_put(fa, "Adnotacje"), sale)
    _put(fa, "RodzajFaktury", "KOR" if sale.corrects else "VAT")
    if sale.corrects:
        _correction(fa, sale.corrects)
    _rows(fa, sale)
    _payment(fa, sale)
    if sale.contract:
        _put(_put(_put(fa, "WarunkiTransakcji"), "Umowy"), "NrUmowy", sale.contract)


def _notes(notes: etree._Element, sale: Sale) -> None:
    for name in ("P_16", "P_17", "P_18", "P_18A"):
        _put(notes, name, "2")
    exempt = _put(notes, "Zwolnienie")
    if sale.exempt_by:
        _put(exempt, "P_19", "1")
        _put(exempt, "P_19A", sale.exempt_by)
    else:
        _put(exempt, "P_19N", "1")
    _put(_put(notes, "NoweSrodkiTransportu"), "P_22N", "1")
    _put(notes, "P_23", "2")
    _put(_put(notes, "PMarzy"), "P_PMarzyN", "1")


def _correction(fa: etree._Element, corrected: Corrected) -> None:
    _put(fa, "PrzyczynaKorekty", corrected.reason)
    about = _put(fa, "DaneFaKorygowanej")
    _put(about, "DataWystFaKorygowanej", corrected.issued_on.isoformat())
    _put(about, "NrFaKorygowanej", corrected.number)
    if corrected.ksef_number:
        _put(about, "NrKSeF", "1")
        _put(about, "NrKSeFFaKorygowanej", corrected.ksef_number)
    else:
        _put(about, "NrKSeFN", "1")


def _rows(fa: etree._Element, sale: Sale) -> None:
    before = [(line, True) for line in sale.corrects.lines] if sale.corrects else []
    for number, (line, is_before) in enumerate([*before, *((line, False) for line in sale.lines)], start=1):
        row = _put(fa, "FaWiersz")
        _put(row, "NrWierszaFa", str(number))
        _put(row, "P_7", line.name)
        _put(row, "P_8A", line.unit)
        _put(row, "P_8B", f"{line.quantity.normalize():f}")
        _put(row, "P_9A", amount(line.price))
        _put(row, "P_11", amount(line.net))
        _put(row, "P_12", line.rate)
        if is_before:
            _put(row, "StanPrzed", "1")


def _payment(fa: etree._Element, sale: Sale) -> None:
    if not (sale.due_on or sale.account):
        return
    payment = _put(fa, "Platnosc")
    if sale.due_on:
        _put(_put(payment, "TerminPlatnosci"), "Termin", sale.due_on.isoformat())
    _put(payment, "FormaPlatnosci", TRANSFER)
    if sale.account:
        _put(_put(payment, "RachunekBankowy"), "NrRB", sale.account)


def _party(element: etree._Element, party: Party) -> None:
    own = _put(element, "DaneIdentyfikacyjne")
    if party.nip:
        _put(own, "NIP", party.nip)
    elif party.idwew:
        _put(own, "IDWew", party.idwew)
    else:
        _put(own, "BrakID", "1")
    _put(own, "Nazwa", party.name)
    if party.address:
        address = _put(element, "Adres")
        _put(address, "KodKraju", "PL")
        _put(address, "AdresL1", party.address)


def amount(grosze: int) -> str:
    """An amount as the schema writes it: 12345 -> '123.45'."""
    sign = "-" if grosze < 0 else ""
    return f"{sign}{abs(grosze) // 100}.{abs(grosze) % 100:02d}"


def _put(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    element.text = text
    return element
