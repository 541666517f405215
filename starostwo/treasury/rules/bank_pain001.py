"""pain.001.001.03: transfers in złote as XML, with Polish letters kept.

The message follows ISO 20022 as Polish banks take it for domestic transfers; which fields they want beyond
the message itself is from memory. It is checked by a schema of our own (data/pain.001.xsd), narrower than the
standard.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import groupby
from pathlib import Path

from lxml import etree

from starostwo.treasury.rules.bank_orders import Transfer, check, plain

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.03"
SCHEMA = etree.XMLSchema(etree.parse(str(Path(__file__).parent.parent / "data" / "pain.001.xsd")))
LONGEST_NAME, LONGEST_LINE = 140, 70
SPLIT = "SPLIT"


class NotAMessage(ValueError):
    """What was written does not fit the schema; the file is not handed out."""


def pain001(orders: Sequence[Transfer], *, message: str, made_at: datetime) -> bytes:
    """The whole file: one block an own account, a day and a kind, the orders in their order."""
    for order in orders:
        check(order)
    root = etree.fromstring(f'<Document xmlns="{NAMESPACE}"/>')
    whole = _in(root, "CstmrCdtTrfInitn")
    _header(whole, orders, message, made_at)
    for number, (key, same) in enumerate(groupby(sorted(orders, key=_key), key=_key), start=1):
        _block(whole, f"{message}-{number}", key[1], list(same))
    if not SCHEMA.validate(root):
        raise NotAMessage(str(SCHEMA.error_log))
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _key(order: Transfer) -> tuple[str, date, bool]:
    return order.own_account, order.pay_on, order.is_split


def _header(whole: etree._Element, orders: Sequence[Transfer], message: str, made_at: datetime) -> None:
    header = _in(whole, "GrpHdr")
    _in(header, "MsgId", message)
    _in(header, "CreDtTm", f"{made_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}")
    _sums(header, orders)
    _in(_in(header, "InitgPty"), "Nm", plain(orders[0].own_name)[:LONGEST_NAME])


def _block(whole: etree._Element, name: str, day: date, orders: list[Transfer]) -> None:
    block = _in(whole, "PmtInf")
    _in(block, "PmtInfId", name)
    _in(block, "PmtMtd", "TRF")
    _sums(block, orders)
    if orders[0].is_split:
        _in(_in(_in(block, "PmtTpInf"), "LclInstrm"), "Prtry", SPLIT)
    _in(block, "ReqdExctnDt", day.isoformat())
    _party(block, "Dbtr", orders[0].own_name, orders[0].own_address)
    _account(block, "DbtrAcct", orders[0].own_account)
    _bank(block, "DbtrAgt", orders[0].own_account)
    for order in orders:
        _transfer(block, order)


def _transfer(block: etree._Element, order: Transfer) -> None:
    one = _in(block, "CdtTrfTxInf")
    _in(_in(one, "PmtId"), "EndToEndId", order.reference[:35])
    _in(_in(one, "Amt"), "InstdAmt", _amount(order.amount)).set("Ccy", "PLN")
    _bank(one, "CdtrAgt", order.payee_account)
    _party(one, "Cdtr", order.payee_name, order.payee_address)
    _account(one, "CdtrAcct", order.payee_account)
    _in(_in(one, "RmtInf"), "Ustrd", plain(order.title))


def _sums(into: etree._Element, orders: Sequence[Transfer]) -> None:
    _in(into, "NbOfTxs", str(len(orders)))
    _in(into, "CtrlSum", _amount(sum(order.amount for order in orders)))


def _party(into: etree._Element, tag: str, name: str, address: str) -> None:
    party = _in(into, tag)
    _in(party, "Nm", plain(name)[:LONGEST_NAME])
    if said := plain(address):
        place = _in(party, "PstlAdr")
        _in(place, "Ctry", "PL")
        for start in range(0, min(len(said), 2 * LONGEST_LINE), LONGEST_LINE):
            _in(place, "AdrLine", said[start : start + LONGEST_LINE])


def _account(into: etree._Element, tag: str, digits: str) -> None:
    _in(_in(_in(into, tag), "Id"), "IBAN", f"PL{digits}")


def _bank(into: etree._Element, tag: str, digits: str) -> None:
    """The bank by its settlement number, eight digits of the account (PLKNR in the list of ISO)."""
    member = _in(_in(_in(into, tag), "FinInstnId"), "ClrSysMmbId")
    _in(_in(member, "ClrSysId"), "Cd", "PLKNR")
    _in(member, "MmbId", digits[2:10])


def _amount(grosze: int) -> str:
    return f"{grosze // 100}.{grosze % 100:02d}"


def _in(parent: etree._Element, tag: str, text: str | None = None) -> etree._Element:
    made = etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}")
    made.text = text
    return made
