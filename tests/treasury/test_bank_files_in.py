"""What comes from the bank: MT940 in Polish dialects, camt.053 in three versions, limits."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from starostwo.treasury.rules.bank_camt053 import camt053
from starostwo.treasury.rules.bank_mt940 import decoded, mt940, read_86
from starostwo.treasury.rules.bank_operations import LARGEST_FILE, NotAStatement, Statement, fingerprints

GOLDEN = Path(__file__).parent / "golden"
OWN, PAYER = "61109010140000071219812874", "49102028922276300500000000"
HEAD = f":20:STMT1\n:25:/PL{OWN}\n:28C:231/1\n:60F:C261120PLN10000,00\n"
TAIL = ":62F:C261123PLN{closing}\n-\n"
DIALECTS = {
    "^": "^00PRZELEW^20FV 7/2026 op^21łata za wypis^27Jan^31PL" + PAYER + "^32Łucja Żak^33ul. Źródlana 1",
    "<": "<00PRZELEW<20FV 7/2026 op<21łata za wypis<31" + PAYER + "<32Łucja Żak<33ul. Źródlana 1",
    "?": "?00PRZELEW?20FV 7/2026 op?21łata za wypis?30109010140?38PL"
    + PAYER
    + "?32Łucja Żak?33ul. Źródlana 1",
    "~": "~00PRZELEW~20FV 7/2026 op~21łata za wypis~31" + PAYER + "~32Łucja Żak~33ul. Źródlana 1",
}


def file(*entries: str, closing: str) -> bytes:
    return (HEAD + "".join(entries) + TAIL.format(closing=closing)).encode()


def moved(statement: Statement) -> list[int]:
    return [operation.amount for operation in statement.operations]


@pytest.mark.parametrize("mark", sorted(DIALECTS))
def test_each_dialect_says_the_same(mark: str) -> None:
    entry = f":61:2611231123C100,00NTRFP7//BR2026112300001\n:86:020{DIALECTS[mark]}\n"
    [statement] = mt940(file(entry, closing="10100,00"))
    [one] = statement.operations
    assert (one.title, one.account) == ("FV 7/2026 opłata za wypis", PAYER)
    assert one.name.startswith("Łucja Żak")
    assert (one.amount, one.reference, one.own_reference) == (100_00, "BR2026112300001", "P7")
    assert (statement.account, statement.number) == (OWN, "231/1")
    assert (statement.opening, statement.closing) == (10_000_00, 10_100_00)


def test_sub_fields_broken_over_lines_are_joined() -> None:
    said = read_86("020~00PRZELEW~20za du\nży papier ~60i dalej~32Jan\n~31" + PAYER)
    assert (said.title, said.name, said.account) == ("za duży papier i dalej", "Jan", PAYER)


def test_a_text_without_sub_fields_is_the_title() -> None:
    assert read_86("PROWIZJA 5 < 7 ZA\nPRZELEWY").title == "PROWIZJA 5 < 7 ZA PRZELEWY"


@pytest.mark.parametrize(
    ("side", "amount"), [("C", 5_00), ("D", -5_00), ("RC", -5_00), ("RD", 5_00), ("CN", 5_00)]
)
def test_sides_and_reversals(side: str, amount: int) -> None:
    closing = f"{(10_000_00 + amount) // 100},{(10_000_00 + amount) % 100:02d}"
    [statement] = mt940(file(f":61:261123{side}5,00NMSCNONREF\n", closing=closing))
    assert moved(statement) == [amount]
    assert statement.operations[0].reference == ""


def test_a_booking_over_the_year_keeps_its_year() -> None:
    entry = ":61:2612310102C5,NTRFX\n"
    [statement] = mt940(file(entry, closing="10005,00"))
    assert statement.operations[0].booked_on == date(2027, 1, 2)
    assert statement.operations[0].value_on == date(2026, 12, 31)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1250", "iso8859-2", "cp852"])
def test_the_encoding_is_found_by_its_polish_letters(encoding: str) -> None:
    text = "Zażółć gęślą jaźń, ŚWIĘTO ŁĄKI"
    assert decoded(text.encode(encoding)) == text


def test_several_statements_and_frames_of_swift_in_one_file() -> None:
    first = file(":61:2611231123C1,00NTRFA//1\n", closing="10001,00")
    framed = b"{1:F01BANKPLPW}{2:I940}{4:\n" + first + b"}\n" + first.replace(b"231/1", b"232/1")
    assert [statement.number for statement in mt940(framed)] == ["231/1", "232/1"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", ":20:"),
        (b"\x00\xff" * 1000, ":20:"),
        (HEAD.encode(), ":62F:"),
        (file(closing="10000,01"), "różnica 1 gr"),
        (file(":61:bzdura\n", closing="10000,00"), "nieczytelna"),
        (file(closing="10000,00").replace(b"PLN", b"EUR"), "EUR"),
        (file(":61:2613451123C1,00NTRFA\n", closing="10001,00"), "nie istnieje"),
        (b"x" * (LARGEST_FILE + 1), "większy niż 5 MB"),
    ],
)
def test_a_file_that_is_no_statement_is_refused_whole(content: bytes, words: str) -> None:
    with pytest.raises(NotAStatement, match=words):
        mt940(content)


@pytest.mark.parametrize("version", ["02", "04", "08"])
def test_camt_is_read_in_each_version(version: str) -> None:
    [statement] = camt053((GOLDEN / f"camt053-{version}.xml").read_bytes())
    assert (statement.account, statement.opening, statement.closing) == (OWN, 10_000_00, 10_350_50)
    assert moved(statement) == [100_00, 300_50, -50_00]
    first, _, last = statement.operations
    assert (first.title, first.name, first.account) == ("FV 7/2026 opłata za wypis", "Łucja Żak", PAYER)
    assert (last.name, last.own_reference) == ("Drukarnia Bzura sp. z o.o.", "P12")
    assert len({one.reference for one in statement.operations}) == 3


def test_a_collective_entry_becomes_its_transactions_only_when_they_agree() -> None:
    text = (GOLDEN / "camt053-08.xml").read_text(encoding="utf-8")
    [apart] = camt053(text.encode())
    [whole] = camt053(
        text.replace('<Amt Ccy="PLN">300.50</Amt><CdtDbtInd>CRDT</CdtDbtInd><Refs>', "<Refs>").encode()
    )
    assert moved(apart) == [100_00, 300_50, -50_00]
    assert moved(whole) == [400_50, -50_00]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda t: t.replace("camt.053.001.08", "camt.053.001.99"), "wersji"),
        (lambda t: t.replace('Ccy="PLN"', 'Ccy="EUR"'), "PLN"),
        (lambda t: t.replace("10350.50", "10350.51"), "różnica"),
        (lambda t: t.replace("<Cd>OPBD</Cd>", "<Cd>ITBD</Cd>"), "OPBD"),
        (lambda t: t.replace("400.50", "400.505"), "nieczytelna"),
        (lambda t: '<!DOCTYPE a [<!ENTITY b "c">]>' + t.split("?>", 1)[1], "DOCTYPE"),
        (lambda t: t[:200], "XML"),
    ],
)
def test_a_camt_file_that_is_no_statement_is_refused_whole(change: Callable[[str], str], words: str) -> None:
    text = (GOLDEN / "camt053-08.xml").read_text(encoding="utf-8")
    with pytest.raises(NotAStatement, match=words):
        camt053(change(text).encode())


def test_equal_operations_of_a_day_have_marks_of_their_own_that_stay_the_same() -> None:
    fee = ":61:2611231123D5,00NCHGNONREF\n:86:PROWIZJA\n"
    [statement] = mt940(file(fee, fee, closing="9990,00"))
    marks = fingerprints(statement)
    assert len(set(marks)) == 2
    assert fingerprints(mt940(file(fee, fee, closing="9990,00"))[0]) == marks
