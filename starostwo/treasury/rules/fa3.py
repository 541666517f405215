"""Reading an FA(3) invoice: its head, parties, sums by rate, payment. What is optional may be absent.

Law: ustawa o VAT art. 106e (what an invoice says), art. 106j (corrections).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lxml import etree

from starostwo.platform.safe_xml import UnsafeXml, parse
from starostwo.treasury.rules.fa3_schema import NAMESPACE, problems

NS = {"f": NAMESPACE}
LARGEST = 3 * 1024 * 1024  # an invoice with an attachment; without one KSeF takes 1 MB
ROLE_UNIT_RECIPIENT = 8
SUBUNIT = "1"
RATES: tuple[tuple[str, str, str, str], ...] = (
    # rate, net, tax, tax in złote where the invoice is in another currency
    ("23", "P_13_1", "P_14_1", "P_14_1W"),
    ("8", "P_13_2", "P_14_2", "P_14_2W"),
    ("5", "P_13_3", "P_14_3", "P_14_3W"),
    ("taxi", "P_13_4", "P_14_4", "P_14_4W"),
    ("oss", "P_13_5", "P_14_5", ""),
    ("0", "P_13_6_1", "", ""),
    ("0 WDT", "P_13_6_2", "", ""),
    ("0 EX", "P_13_6_3", "", ""),
    ("zw", "P_13_7", "", ""),
    ("np I", "P_13_8", "", ""),
    ("np II", "P_13_9", "", ""),
    ("oo", "P_13_10", "", ""),
    ("marża", "P_13_11", "", ""),
)


class NotAnInvoice(Exception):
    """The bytes are no valid FA(3) invoice; the text says why, in Polish."""


@dataclass(frozen=True)
class Party:
    """A party as the invoice names it; `idwew` is the number of a subordinate unit (NIP and five digits)."""

    name: str = ""
    nip: str = ""
    idwew: str = ""
    foreign: str = ""
    address: str = ""
    role: int = 0


@dataclass(frozen=True)
class Invoice:
    """What the office needs of an invoice; amounts in hundredths of its currency, tax in grosze."""

    kind: str
    number: str
    issued_on: date
    currency: str
    seller: Party
    buyer: Party
    concerns_subunit: bool
    third: tuple[Party, ...]
    rates: Mapping[str, tuple[int, int]]
    gross: int
    sold_on: date | None = None
    due_on: date | None = None
    paid_on: date | None = None
    account: str = ""
    split_payment: bool = False
    corrects: tuple[str, ...] = ()
    contracts: tuple[str, ...] = ()
    text: str = ""

    @property
    def net(self) -> int:
        """The sum without tax."""
        return sum(net for net, _ in self.rates.values())

    @property
    def vat(self) -> int:
        """The tax."""
        return sum(vat for _, vat in self.rates.values())


def read(content: bytes) -> tuple[Invoice, etree._ElementTree]:
    """Read and check an invoice; whatever is no valid FA(3) is refused with its reasons."""
    if len(content) > LARGEST:
        raise NotAnInvoice("plik jest większy niż 3 MB, czyli więcej, niż przyjmuje KSeF")
    try:
        tree = parse(content)
    except UnsafeXml as error:
        raise NotAnInvoice(str(error)) from error
    if etree.QName(tree.getroot()).namespace != NAMESPACE:
        raise NotAnInvoice("dokument nie jest fakturą według wzoru FA(3)")
    if found := problems(tree):
        raise NotAnInvoice("niezgodność ze wzorem FA(3): " + "; ".join(found))
    return of(tree.getroot()), tree


def of(root: etree._Element) -> Invoice:
    """The invoice of a document that the schema accepted."""
    fa = _one(root, "f:Fa")
    payment = fa.find("f:Platnosc", NS)
    buyer = _one(root, "f:Podmiot2")
    return Invoice(
        kind=_text(fa, "f:RodzajFaktury"),
        number=_text(fa, "f:P_2"),
        issued_on=date.fromisoformat(_text(fa, "f:P_1")[:10]),
        currency=_text(fa, "f:KodWaluty"),
        seller=party(_one(root, "f:Podmiot1")),
        buyer=party(buyer),
        concerns_subunit=_text(buyer, "f:JST") == SUBUNIT,
        third=tuple(party(each) for each in root.findall("f:Podmiot3", NS)),
        rates=_rates(fa),
        gross=hundredths(_text(fa, "f:P_15")),
        sold_on=_day(fa, "f:P_6") or _day(fa, "f:OkresFa/f:P_6_Do"),
        due_on=_last_day(fa),
        paid_on=_day(fa, "f:Platnosc/f:DataZaplaty"),
        account=_account(payment),
        split_payment=_text(fa, "f:Adnotacje/f:P_18A") == "1",
        corrects=_texts(fa, "f:DaneFaKorygowanej/f:NrFaKorygowanej"),
        contracts=_texts(fa, "f:WarunkiTransakcji/f:Umowy/f:NrUmowy"),
        text=next(iter(_texts(fa, "f:FaWiersz/f:P_7")), ""),
    )


def party(element: etree._Element) -> Party:
    """One party: Podmiot1, Podmiot2 or Podmiot3."""
    own = _one(element, "f:DaneIdentyfikacyjne")
    lines = [_text(element, f"f:Adres/f:{name}") for name in ("AdresL1", "AdresL2")]
    foreign = _text(own, "f:NrID") or (_text(own, "f:KodUE") + _text(own, "f:NrVatUE"))
    return Party(
        name=_text(own, "f:Nazwa"),
        nip=_text(own, "f:NIP"),
        idwew=_text(own, "f:IDWew"),
        foreign=foreign,
        address=", ".join(line for line in lines if line),
        role=int(_text(element, "f:Rola") or 0),
    )


def hundredths(text: str) -> int:
    """An amount of the schema, '1234.5', in hundredths; absent is zero."""
    return int(Decimal(text or "0").scaleb(2).to_integral_value())


def _rates(fa: etree._Element) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    for rate, net, tax, in_zloty in RATES:
        if fa.find(f"f:{net}", NS) is None:
            continue
        said = (in_zloty and _text(fa, f"f:{in_zloty}")) or (tax and _text(fa, f"f:{tax}")) or ""
        found[rate] = (hundredths(_text(fa, f"f:{net}")), hundredths(said))
    return found


def _account(payment: etree._Element | None) -> str:
    if payment is None:
        return ""
    for path in ("f:RachunekBankowyFaktora/f:NrRB", "f:RachunekBankowy/f:NrRB"):
        if found := _text(payment, path):
            return "".join(found.split()).upper().removeprefix("PL")
    return ""


def _last_day(fa: etree._Element) -> date | None:
    days = [date.fromisoformat(each[:10]) for each in _texts(fa, "f:Platnosc/f:TerminPlatnosci/f:Termin")]
    return max(days, default=None)


def _day(element: etree._Element, path: str) -> date | None:
    found = _text(element, path)
    return date.fromisoformat(found[:10]) if found else None


def _one(element: etree._Element, path: str) -> etree._Element:
    found = element.find(path, NS)
    if found is None:
        raise NotAnInvoice(f"brak elementu {path.replace('f:', '')}")
    return found


def _text(element: etree._Element, path: str) -> str:
    return " ".join((element.findtext(path, default="", namespaces=NS) or "").split())


def _texts(element: etree._Element, path: str) -> tuple[str, ...]:
    return tuple(" ".join((each.text or "").split()) for each in element.findall(path, NS))
