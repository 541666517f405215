"""How long a case may take when its service card does not say otherwise.

Law: k.p.a. art. 35 par. 3 and 3a. The amounts are dated; where a text was not read, the row says so.
"""

from datetime import date
from enum import StrEnum

from starostwo.platform.dated import Dated, Row
from starostwo.records.rules.clock import Term, TermUnit

CODE_IN_FORCE = date(1980, 9, 1)


class TermKind(StrEnum):
    """What sort of case it is to the general terms of the code."""

    ORDINARY = "ORDINARY"
    COMPLEX = "COMPLEX"
    APPEAL = "APPEAL"
    SIMPLE = "SIMPLE"


def _month(amount: int, law: str) -> Term:
    return Term(amount, TermUnit.MONTH, law)


GENERAL_TERMS = {
    TermKind.ORDINARY: Dated(
        [Row(CODE_IN_FORCE, _month(1, "k.p.a. art. 35 par. 3"), "k.p.a. (Dz.U. 1960 nr 30 poz. 168)", True)]
    ),
    TermKind.COMPLEX: Dated(
        [Row(CODE_IN_FORCE, _month(2, "k.p.a. art. 35 par. 3"), "k.p.a. (Dz.U. 1960 nr 30 poz. 168)", True)]
    ),
    TermKind.APPEAL: Dated(
        [Row(CODE_IN_FORCE, _month(1, "k.p.a. art. 35 par. 3"), "k.p.a. (Dz.U. 1960 nr 30 poz. 168)", True)]
    ),
    TermKind.SIMPLE: Dated(
        [Row(date(2017, 6, 1), _month(1, "k.p.a. art. 35 par. 3a"), "Dz.U. 2017 poz. 935", False)]
    ),
}


def general_term(kind: TermKind, *, on: date) -> Term:
    """Return the term of the code for such a case on the day."""
    return GENERAL_TERMS[kind].on(on)
