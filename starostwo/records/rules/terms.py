"""How long a case may take when its service card does not say otherwise.

Law: k.p.a. art. 35 par. 3 and 3a, art. 237 par. 1 and 244 (complaints, proposals), ustawa o petycjach art. 10
ust. 1, ustawa o dostępie do informacji publicznej art. 13 ust. 1.
The amounts are dated; where a text was not read, the row says so.
"""

from datetime import date
from enum import StrEnum

from starostwo.platform.dated import Dated, Row
from starostwo.records.rules.clock import Term, TermUnit
from starostwo.records.rules.courses import Course

CODE_IN_FORCE = date(1980, 9, 1)


class TermKind(StrEnum):
    """What sort of case it is to the terms that hold without a service card."""

    ORDINARY = "ORDINARY"
    COMPLEX = "COMPLEX"
    APPEAL = "APPEAL"
    SIMPLE = "SIMPLE"
    PETITION = "PETITION"
    COMPLAINT = "COMPLAINT"


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
    TermKind.PETITION: Dated(
        [Row(date(2015, 9, 6), _month(3, "ustawa o petycjach art. 10 ust. 1"), "Dz.U. 2014 poz. 1195", False)]
    ),
    TermKind.COMPLAINT: Dated(
        [Row(CODE_IN_FORCE, _month(1, "k.p.a. art. 237 par. 1, art. 244"), "k.p.a. (z pamięci)", False)]
    ),
}


def term_of_course(course: Course, *, on: date) -> Term | None:
    """Return the term of a petition or a complaint; None where the card or the general term decides."""
    kinds = {Course.PETITION: TermKind.PETITION, Course.COMPLAINT: TermKind.COMPLAINT}
    return general_term(kinds[course], on=on) if course in kinds else None


def general_term(kind: TermKind, *, on: date) -> Term:
    """Return the term of such a case on the day."""
    return GENERAL_TERMS[kind].on(on)
