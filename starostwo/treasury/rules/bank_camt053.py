"""camt.053, the bank statement of ISO 20022, in versions 02, 04 and 08: only booked entries in złote.

An entry of several transactions (a collective credit) becomes as many operations when their sums agree.
"""

import re
from collections.abc import Iterator
from datetime import date

from lxml import etree

from starostwo.platform.safe_xml import UnsafeXml, parse
from starostwo.treasury.rules.bank_operations import (
    LARGEST_FILE,
    NotAStatement,
    Operation,
    Statement,
    checked,
    digits,
)

NAMESPACE = re.compile(r"\{(urn:iso:std:iso:20022:tech:xsd:camt\.053\.001\.(?:02|04|08))\}Document")
BOOKED = "BOOK"


def camt053(content: bytes) -> list[Statement]:
    """Read every statement of the file; refuse it whole when one cannot be read or does not add up."""
    if len(content) > LARGEST_FILE:
        raise NotAStatement("plik jest większy niż 5 MB")
    try:
        root = parse(content).getroot()
    except UnsafeXml as error:
        raise NotAStatement(str(error)) from error
    found = NAMESPACE.fullmatch(str(root.tag))
    if found is None:
        raise NotAStatement("to nie jest camt.053 w wersji 02, 04 ani 08")
    statements = [
        _statement(one, _Reader(found[1])) for one in _Reader(found[1]).all(root, "BkToCstmrStmt/Stmt")
    ]
    if not statements:
        raise NotAStatement("w pliku nie ma żadnego wyciągu")
    return [checked(statement) for statement in statements]


class _Reader:
    """Paths within the namespace of the file's version."""

    def __init__(self, namespace: str) -> None:
        self.namespace = namespace

    def all(self, of: etree._Element, path: str) -> list[etree._Element]:
        return of.findall("/".join(f"{{{self.namespace}}}{tag}" for tag in path.split("/")))

    def text(self, of: etree._Element, *paths: str) -> str:
        """The first of the paths that says something."""
        for path in paths:
            for element in self.all(of, path):
                if said := " ".join((element.text or "").split()):
                    return said
        return ""

    def joined(self, of: etree._Element, path: str) -> str:
        return "".join((element.text or "").strip("\n") for element in self.all(of, path)).strip()


def _statement(said: etree._Element, read: _Reader) -> Statement:
    balances = {
        read.text(one, "Tp/CdOrPrtry/Cd"): (_amount(one, read), _day(one, read))
        for one in read.all(said, "Bal")
    }
    first, last = balances.get("OPBD") or balances.get("PRCD"), balances.get("CLBD")
    account = digits(read.text(said, "Acct/Id/IBAN", "Acct/Id/Othr/Id"))[-26:]
    if first is None or last is None or not account:
        raise NotAStatement("brakuje rachunku, salda początkowego (OPBD) albo końcowego (CLBD)")
    operations = tuple(one for entry in read.all(said, "Ntry") for one in _operations(entry, read))
    return Statement(
        account=account,
        number=read.text(said, "LglSeqNb", "ElctrncSeqNb", "Id"),
        opened_on=first[1],
        closed_on=last[1],
        opening=first[0],
        closing=last[0],
        operations=operations,
    )


def _operations(entry: etree._Element, read: _Reader) -> Iterator[Operation]:
    if read.text(entry, "Sts/Cd", "Sts") not in ("", BOOKED):
        return
    amount = _amount(entry, read)
    details = read.all(entry, "NtryDtls/TxDtls")
    amounts = [_part(one, amount, read) for one in details]
    if len(details) > 1 and None not in amounts and sum(one or 0 for one in amounts) == amount:
        for one, part in zip(details, amounts, strict=True):
            yield _operation(entry, one, part or 0, read)
    else:
        yield _operation(entry, details[0] if len(details) == 1 else None, amount, read)


def _operation(
    entry: etree._Element, details: etree._Element | None, amount: int, read: _Reader
) -> Operation:
    booked = _day(entry, read, "BookgDt")
    reference = read.text(entry, "AcctSvcrRef", "NtryRef")
    if details is None:
        return Operation(
            booked, _value_day(entry, read, booked), amount, reference, read.text(entry, "AddtlNtryInf")
        )
    other, mine = ("Dbtr", "Cdtr") if amount > 0 else ("Cdtr", "Dbtr")
    own_reference = read.text(details, "Refs/EndToEndId")
    return Operation(
        booked_on=booked,
        value_on=_value_day(entry, read, booked),
        amount=amount,
        reference=read.text(details, "Refs/AcctSvcrRef", "Refs/TxId") or reference,
        title=read.joined(details, "RmtInf/Ustrd") or read.text(details, "AddtlTxInf"),
        name=read.text(details, f"RltdPties/{other}/Nm", f"RltdPties/{other}/Pty/Nm"),
        account=_account(details, other, read),
        own_account=_account(details, mine, read),
        own_reference="" if own_reference == "NOTPROVIDED" else own_reference,
    )


def _account(details: etree._Element, party: str, read: _Reader) -> str:
    place = f"RltdPties/{party}Acct/Id"
    return digits(read.text(details, f"{place}/IBAN", f"{place}/Othr/Id"))[-26:]


def _amount(of: etree._Element, read: _Reader) -> int:
    element = next(iter(read.all(of, "Amt")), None)
    if element is None or element.get("Ccy") != "PLN":
        raise NotAStatement("kwota bez waluty PLN")
    return _grosze(element.text or "") * (1 if read.text(of, "CdtDbtInd") == "CRDT" else -1)


def _part(details: etree._Element, whole: int, read: _Reader) -> int | None:
    said = read.text(details, "Amt", "AmtDtls/TxAmt/Amt")
    if not said:
        return None
    side = read.text(details, "CdtDbtInd")
    sign = (1 if whole > 0 else -1) if not side else (1 if side == "CRDT" else -1)
    return sign * _grosze(said)


def _grosze(text: str) -> int:
    found = re.fullmatch(r"(\d{1,15})(?:\.(\d{1,5}))?", text.strip())
    if found is None or (found[2] or "")[2:].strip("0"):
        raise NotAStatement(f"kwota „{text[:30]}” jest nieczytelna")
    return int(found[1]) * 100 + int(f"{(found[2] or '')[:2]:0<2}")


def _day(of: etree._Element, read: _Reader, tag: str = "Dt") -> date:
    text = read.text(of, f"{tag}/Dt", f"{tag}/DtTm")[:10]
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise NotAStatement(f"data „{text}” jest nieczytelna") from error


def _value_day(entry: etree._Element, read: _Reader, booked: date) -> date:
    return _day(entry, read, "ValDt") if read.all(entry, "ValDt") else booked
