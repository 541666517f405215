"""Control rules of reports: each finds what it is for and is silent about what is right."""

import pytest

from starostwo.ledger.rules.reports_checks import ERROR, WARNING, Told, blocks, findings
from starostwo.ledger.rules.reports_values import FilledRow


def row(key: str, **cells: int) -> FilledRow:
    return FilledRow(key, tuple(key.split(".")), "", cells)


def symbols(**values: int) -> list[FilledRow]:
    return [FilledRow(key.replace("_", "."), (key,), "", {"z": value}) for key, value in values.items()]


def balance(assets: int, liabilities: int) -> list[FilledRow]:
    said = {"AKTYWA": assets, "A": assets, "PASYWA": liabilities, "P.A": liabilities}
    return [row(key, koniec=value) for key, value in said.items()]


RIGHT = row("750.75020.4300", PL=100, ZA=90, WW=80, zobowiazania=5, wymagalne_rok_biezacy=5)
CASES = [
    ("all is right", "Rb-28S", [RIGHT], Told({"130-2": 80, "980": 100}), []),
    ("paid above the plan", "Rb-28S", [row("a", PL=10, ZA=20, WW=11)], Told(), [ERROR, WARNING]),
    ("committed above the plan", "Rb-28S", [row("a", PL=10, ZA=11, WW=10)], Told(), [WARNING]),
    ("paid without a commitment", "Rb-28S", [row("a", PL=10, ZA=5, WW=6)], Told(), [WARNING]),
    ("more overdue than owed", "Rb-28S", [row("a", zobowiazania=1, wymagalne_lata_ubiegle=2)], Told(),
     [WARNING]),
    ("the bank account says otherwise", "Rb-28S", [RIGHT], Told({"130-2": 81}), [ERROR]),
    ("less than a month ago", "Rb-28S", [RIGHT], Told(before={"750.75020.4300": {"WW": 81}}), [WARNING]),
    ("entries without a classification", "Rb-28S", [row("brak", zobowiazania=1)], Told(), [WARNING]),
    ("claims come to income and what is left", "Rb-27S", [row("a", NA=10, DW=8, NO=3, NP=1, NZ=3)],
     Told(), []),
    ("claims do not", "Rb-27S", [row("a", NA=10, DW=8, NO=3, NZ=3)], Told(), [WARNING]),
    ("debts by titles add up", "Rb-Z", symbols(E=6, E1=1, E2=2, E3=0, E4=3, E4_1=3, E4_2=0), Told(), []),
    ("debts by titles do not", "Rb-Z", symbols(E=7, E1=1, E2=2, E3=0, E4=3, E4_1=3, E4_2=0), Told(), [ERROR]),
    ("Rb-Z differs from Rb-28S", "Rb-Z", symbols(E=3, E4=3, E4_1=3, E4_2=0),
     Told({"Rb-28S.late": 2}), [WARNING]),
    ("Rb-NDS agrees with the units", "Rb-NDS", [row("B", w=5), row("B1", w=5)], Told({"Rb-28S.WW": 5}), []),
    ("Rb-NDS does not", "Rb-NDS", [row("B", w=5), row("B1", w=5)], Told({"Rb-28S.WW": 4}), [ERROR]),
    ("assets equal liabilities", "Bilans", balance(5, 5), Told(), []),
    ("assets do not", "Bilans", balance(5, 4), Told(), [ERROR]),
    ("the result differs", "Bilans", balance(5, 5), Told({"RZiS.L.biezacy": 1}), [ERROR]),
]  # fmt: skip


@pytest.mark.parametrize(("why", "form", "rows", "told", "levels"), CASES, ids=[case[0] for case in CASES])
def test_rules(why: str, form: str, rows: list[FilledRow], told: Told, levels: list[str]) -> None:
    found = findings(form, rows, told)

    assert [finding.level for finding in found] == levels
    assert blocks(found) is (ERROR in levels)
