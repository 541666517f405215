"""What goes to the bank: Elixir-0 and pain.001 by golden files, titles of split payments."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from lxml import etree

from starostwo.treasury.rules.bank_elixir import PROFILES, elixir
from starostwo.treasury.rules.bank_orders import NotATransfer, Transfer, in_lines, in_pieces, writable
from starostwo.treasury.rules.bank_pain001 import NAMESPACE, SCHEMA, NotAMessage, pain001
from starostwo.treasury.rules.bank_split import NotASplitTitle, SplitTitle, read_split_title, split_title

GOLDEN = Path(__file__).parent / "golden"
AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
OWN, PAYEE, THIRD = "61109010140000071219812874", "49102028922276300500000000", "27114020040000300201355387"
PLAIN = Transfer(
    reference="P1",
    pay_on=date(2026, 11, 27),
    amount=1_234_56,
    own_account=OWN,
    own_name="Starostwo Powiatowe w Zgierzu",
    own_address="ul. Sadowa 6a, 95-100 Zgierz",
    payee_account=PAYEE,
    payee_name="Zażółć Gęślą Jaźń sp. z o.o. w likwidacji, dawniej „Łąka”",
    payee_address="ul. Źródlana 1, 95-100 Zgierz",
    title="FV 7/11/2026 – papier",
)
SPLIT = replace(
    PLAIN,
    reference="P2",
    amount=24_600_00,
    payee_account=THIRD,
    payee_name="Drukarnia Bzura sp. z o.o.",
    title="/VAT/4600,00/IDC/5260250274/INV/FV 12/2026/TXT/druk map",
    is_split=True,
)
TAX = replace(PLAIN, reference="P3", amount=500_00, title="PIT-4R za 10/2026", to_tax_office=True)


@pytest.mark.parametrize("code", sorted(PROFILES))
def test_elixir_is_written_byte_for_byte(code: str) -> None:
    assert elixir([PLAIN, SPLIT, TAX], PROFILES[code]) == (GOLDEN / f"elixir-{code}.pli").read_bytes()


def test_elixir_marks_the_kind_of_a_transfer_and_ends_lines_as_banks_want() -> None:
    lines = elixir([PLAIN, SPLIT, TAX], PROFILES["cp1250"]).decode("cp1250").split("\r\n")
    assert [line.split(",")[-2] for line in lines[:3]] == ['"51"', '"53"', '"71"']
    assert lines[3:] == [""]
    assert "Zażółć Gęślą Jaźń" in lines[0]
    assert [line.split(",")[2] for line in lines[:3]] == ["123456", "2460000", "50000"]


def test_the_lines_of_a_split_title_joined_are_the_title() -> None:
    long = replace(SPLIT, title="/VAT/4600,00/IDC/5260250274/INV/FV/2026/11/0000000000000000012/TXT/druk map")
    line = elixir([long], PROFILES["cp1250"]).decode("cp1250")
    assert long.title in line.replace("|", "")


@pytest.mark.parametrize(
    ("text", "encoding", "written", "why"),
    [
        ("Łąka – „Źdźbło”", "cp1250", "Łąka - 'Źdźbło'", "typography becomes plain"),
        ("Łąka", "cp852", "Łąka", "the old code page has Polish letters"),
        ("Żółw €", "iso8859-2", "Żółw .", "a sign that it lacks"),
        ("Nguyễn", "cp1250", "Nguyen", "a letter that it lacks loses its mark"),
        ("a|b\r\nc", "cp1250", "a b c", "nothing of the text divides fields or lines"),
    ],
)
def test_a_text_is_written_as_the_bank_can_read_it(text: str, encoding: str, written: str, why: str) -> None:
    assert writable(text, encoding) == written, why


def test_a_text_in_lines_is_broken_at_words_where_it_fits() -> None:
    assert in_lines("Zarząd Dróg Powiatowych w Zgierzu", 20, 4) == ["Zarząd Dróg", "Powiatowych w", "Zgierzu"]
    assert in_lines("a" * 50, 35, 4) == ["a" * 35, "a" * 15]
    assert "".join(in_pieces("x" * 100, 35, 4)) == "x" * 100


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"amount": 0}, "amount"),
        ({"amount": -1}, "amount"),
        ({"payee_account": "49102028922276300500000001"}, "payee_account"),
        ({"payee_account": OWN}, "payee_account"),
        ({"own_account": "123"}, "own_account"),
        ({"payee_name": "  "}, "payee_name"),
        ({"title": ""}, "title"),
        ({"title": "x" * 141}, "title"),
    ],
)
def test_an_order_that_no_bank_takes_is_refused_and_named(change: dict[str, object], what: str) -> None:
    wrong = replace(PLAIN, **change)  # type: ignore[arg-type]
    for write in (
        lambda: elixir([SPLIT, wrong], PROFILES["cp1250"]),
        lambda: pain001([SPLIT, wrong], message="M1", made_at=AT),
    ):
        with pytest.raises(NotATransfer) as refused:
            write()
        assert (refused.value.which, refused.value.what) == ("P1", what)


def test_pain001_is_written_byte_for_byte_and_keeps_polish_letters() -> None:
    made = pain001([PLAIN, SPLIT, TAX], message="URZAD-2026-1", made_at=AT)
    assert made == (GOLDEN / "pain001.xml").read_bytes()
    assert "Zażółć Gęślą Jaźń" in made.decode()


def test_pain001_sums_each_block_and_the_whole() -> None:
    tree = etree.fromstring(pain001([PLAIN, SPLIT, TAX], message="URZAD-2026-1", made_at=AT))
    SCHEMA.assertValid(tree)
    name = {"p": NAMESPACE}
    assert tree.xpath("string(//p:GrpHdr/p:CtrlSum)", namespaces=name) == "26334.56"
    assert tree.xpath("//p:PmtInf/p:NbOfTxs/text()", namespaces=name) == ["2", "1"]
    assert tree.xpath("//p:PmtInf/p:PmtTpInf//p:Prtry/text()", namespaces=name) == ["SPLIT"]
    assert set(tree.xpath("//p:InstdAmt/@Ccy", namespaces=name)) == {"PLN"}


def test_pain001_that_does_not_fit_its_schema_is_not_handed_out() -> None:
    with pytest.raises(NotAMessage):
        pain001([PLAIN], message="X" * 36, made_at=AT)


@pytest.mark.law("ustawa o VAT art. 108a ust. 3")
def test_a_split_title_names_vat_payee_and_invoice() -> None:
    said = SplitTitle(4_600_00, "5260250274", "FV 12/2026", "druk map")
    assert split_title(said) == "/VAT/4600,00/IDC/5260250274/INV/FV 12/2026/TXT/druk map"
    assert read_split_title(split_title(said)) == said
    assert split_title(replace(said, text="")) == "/VAT/4600,00/IDC/5260250274/INV/FV 12/2026"
    assert len(split_title(SplitTitle(99_999_999_99, "5260250274", "F" * 35, "t" * 60))) <= 140


@pytest.mark.parametrize(
    ("said", "what"),
    [
        (SplitTitle(-1, "5260250274", "FV 1"), "vat"),
        (SplitTitle(10_000_000_000_00, "5260250274", "FV 1"), "vat"),
        (SplitTitle(1, "526025027", "FV 1"), "nip"),
        (SplitTitle(1, "5260250274", " "), "invoice"),
        (SplitTitle(1, "5260250274", "F" * 36), "invoice"),
        (SplitTitle(1, "5260250274", "FV/TXT/1"), "invoice"),
    ],
)
def test_a_split_title_without_a_part_is_refused(said: SplitTitle, what: str) -> None:
    with pytest.raises(NotASplitTitle, match=what):
        split_title(said)


def test_a_title_broken_by_the_bank_is_read_again() -> None:
    assert read_split_title("/VAT/4600,00/IDC/5260250274/INV/FV 1\r\n2/2026/TXT/druk") == SplitTitle(
        4_600_00, "5260250274", "FV 12/2026", "druk"
    )
    assert read_split_title("opłata za wypis") is None
