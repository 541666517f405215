"""FA(3) invoices made from the schema itself: with all that is optional, none of it, or some."""

import random
from collections.abc import Callable

from lxml import etree

from starostwo.treasury.rules import fa3_schema
from starostwo.treasury.rules.fa3_schema import NAMESPACE, XSD

FIXED = {  # values for patterns and numbers that cannot be guessed from the schema
    "TNrNIP": "5260250274",
    "TNIPIdWew": "7321987657-00012",
    "TNumerKSeF": "5260250274-20261103-0A1B2C3D4E5F-00",
    "TKwotowy": "123.4",
    "TKwotowy2": "1.12345678",
    "TIlosci": "2.5",
    "TProcentowy": "12.5",
    "TNrVatUE": "ABC123",
    "TNrRB": "61109010140000071219812874",
    "SWIFT_Type": "WBKPPLPP",
    "TGLN": "5901234123457",
    "TAdresEmail": "faktury@przyklad.pl",
    "TNumerTelefonu": "422885800",
    "TNrKRS": "0000123456",
    "TNrREGON": "472057715",
    "TDataT": "2026-11-03",
    "TDataU": "2026-11-03",
    "TData": "2026-11-17",
    "TDataCzas": "2026-11-03T09:30:00Z",
    "TNaturalny": "7",
    "TKodKraju": "PL",
    "DataWytworzeniaFa": "2026-11-03T09:30:00Z",
    "BDO": "000123456",
    "LinkDoPlatnosci": "https://platnosci.przyklad.pl/zaplac?IPKSeF=123ABCDEF4567",
    "IPKSeF": "123ABCDEF4567",
    "NrID": "X-1",
    "IDNabywcy": "N1",
    "Ilosc": "14",
}
BASIC = {
    "integer": "5",
    "byte": "3",
    "decimal": "1.5",
    "date": "2026-11-03",
    "dateTime": "2026-11-03T09:30:00Z",
}
KINDS = ("VAT", "KOR", "ZAL", "ROZ", "UPR", "KOR_ZAL", "KOR_ROZ")


class Maker:
    """Walks the schema; `chance` decides on each optional part and each choice."""

    def __init__(self, kind: str, optional: Callable[[], bool], pick: random.Random) -> None:
        self.kind, self.optional, self.pick = kind, optional, pick
        self.types: dict[str, etree._Element] = {}
        for tree in fa3_schema.documents().values():
            for one in tree.getroot():
                if isinstance(one.tag, str) and one.get("name"):
                    self.types.setdefault(f"{etree.QName(one).localname}:{one.get('name')}", one)
        # the template's own types go before equally named ones of the shared files
        for one in fa3_schema.documents()[fa3_schema.SCHEMA_FILE].getroot():
            if isinstance(one.tag, str) and one.get("name"):
                self.types[f"{etree.QName(one).localname}:{one.get('name')}"] = one

    def make(self) -> bytes:
        """The whole document."""
        root = self._element(self.types["element:Faktura"], None)
        return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))

    def _element(self, said: etree._Element, parent: etree._Element | None) -> etree._Element:
        name = f"{{{NAMESPACE}}}{said.get('name')}"
        made = (
            etree.Element(name, nsmap={None: NAMESPACE}) if parent is None else etree.SubElement(parent, name)
        )
        inner = said.find(f"{XSD}complexType")
        typed = str(said.get("type") or "").rsplit(":", 1)[-1]
        if inner is None and f"complexType:{typed}" in self.types:
            inner = self.types[f"complexType:{typed}"]
        if inner is not None:
            self._complex(inner, made)
        else:
            made.text = self._value(said, typed)
        return made

    def _complex(self, said: etree._Element, made: etree._Element) -> None:
        extension = said.find(f"{XSD}simpleContent/{XSD}extension")
        if extension is not None:
            made.text = self._value(said, str(extension.get("base")).rsplit(":", 1)[-1])
            said = extension
        wide = said.find(f"{XSD}complexContent/{XSD}extension")
        if wide is not None:
            self._complex(self.types[f"complexType:{str(wide.get('base')).rsplit(':', 1)[-1]}"], made)
            said = wide
        for part in said:
            self._part(part, made)

    def _part(self, part: etree._Element, made: etree._Element) -> None:
        if not isinstance(part.tag, str):
            return
        kind = etree.QName(part).localname
        if kind == "attribute":
            made.set(str(part.get("name")), str(part.get("fixed") or "txt"))
            return
        if kind not in ("sequence", "choice", "element") or not self._is_there(part):
            return
        for _ in range(2 if part.get("maxOccurs", "1") not in ("1", "0") and self.optional() else 1):
            if kind == "element":
                self._element(part, made)
            elif kind == "sequence":
                for inner in part:
                    self._part(inner, made)
            else:
                ways = [
                    inner for inner in part if isinstance(inner.tag, str) and "annotation" not in inner.tag
                ]
                self._part(self.pick.choice(ways), made)

    def _is_there(self, part: etree._Element) -> bool:
        if part.get("minOccurs", "1") != "0":
            return True
        if (
            etree.QName(part).localname == "sequence"
            and part.find(f"{XSD}element[@name='PrzyczynaKorekty']") is not None
        ):
            return self.kind.startswith("KOR")
        return self.optional()

    def _value(self, said: etree._Element, typed: str) -> str:
        name = str(said.get("name"))
        if name == "RodzajFaktury":
            return self.kind
        if said.get("fixed"):
            return str(said.get("fixed"))
        if name in FIXED or typed in FIXED:
            return FIXED.get(name) or FIXED[typed]
        listed = [*said.iter(f"{XSD}enumeration")]
        definition = self.types.get(f"simpleType:{typed}")
        if not listed and definition is not None:
            listed = [*definition.iter(f"{XSD}enumeration")]
        if listed:
            return str(self.pick.choice(listed).get("value"))
        base = said.find(f"{XSD}simpleType/{XSD}restriction")
        if typed in ("", "None") and base is not None:
            return self._value(
                definition if definition is not None else base, str(base.get("base")).rsplit(":", 1)[-1]
            )
        return BASIC.get(typed, "treść ąęż")


def made(kind: str = "VAT", *, seed: int | None = None, full: bool = False) -> bytes:
    """A valid invoice: with nothing optional, with everything (`full`), or by chance (`seed`)."""
    pick = random.Random(seed or 0)
    optional = (lambda: pick.random() < 0.5) if seed is not None else (lambda: full)
    return Maker(kind, optional, pick).make()
