"""The edges of the clock and its ledger, where a change of one sign would otherwise go unnoticed."""

from datetime import date

import pytest

from starostwo.records.rules import clock
from starostwo.records.rules.clock import DAY, Basis, Clock, Excluded, Term, TermUnit
from starostwo.records.rules.ledger import DayKind, ledger
from starostwo.records.rules.terms import GENERAL_TERMS, TermKind, general_term

WEEK = Term(7, TermUnit.DAY, "k.p.a. art. 217 par. 3")


def test_one_day_is_an_exclusion() -> None:
    one = Excluded(Basis.PARTY, date(2026, 3, 10), date(2026, 3, 11))
    clock.check_exclusion(one, started_on=date(2026, 3, 10))


def test_a_case_is_followed_for_ten_years() -> None:
    followed = list(clock.days_after(date(2026, 3, 10)))
    assert (followed[0], followed[-1]) == (date(2026, 3, 11), date(2036, 3, 16))
    endless = [Excluded(Basis.PARTY, date(2026, 3, 16), date(2037, 1, 1))]
    assert clock.settle_by(date(2026, 3, 10), WEEK, endless) is None


@pytest.mark.law("k.p.a. art. 35 par. 5")
@pytest.mark.parametrize(
    ("basis", "since", "verified", "why"),
    [
        (Basis.STATUTORY, date(1980, 9, 1), True, "the code as it stands since 1980"),
        (Basis.HYBRID, date(2021, 10, 5), False, "added with electronic service; the text was not read"),
        (Basis.SUSPENDED, date(1980, 9, 1), True, "the code as it stands since 1980"),
        (Basis.MEDIATION, date(2017, 6, 1), False, "added with art. 96a; the text was not read"),
        (Basis.PARTY, date(1980, 9, 1), True, "the code as it stands since 1980"),
        (Basis.BEYOND, date(1980, 9, 1), True, "the code as it stands since 1980"),
    ],
)
def test_each_basis_knows_since_when_it_is_law(basis: Basis, since: date, verified: bool, why: str) -> None:
    assert (clock.BASES[basis].since, clock.BASES[basis].verified) == (since, verified), why


def test_an_exclusion_after_the_term_does_not_hide_the_delay() -> None:
    one = Clock(date(2026, 3, 2), WEEK, (Excluded(Basis.PARTY, date(2026, 3, 11), date(2026, 3, 13)),))
    book = ledger(one, today=date(2026, 3, 12))
    assert [line.kind for line in book.days[-3:]] == [DayKind.LATE] * 3
    assert (book.not_counted, book.late) == (0, 3)


def test_a_clock_stopped_while_its_end_moved_past_a_sunday_names_that_sunday() -> None:
    one = Clock(date(2026, 3, 7), WEEK, (Excluded(Basis.SUSPENDED, date(2026, 3, 16), None),))
    book = ledger(one, today=date(2026, 3, 17))
    assert book.due_on is None
    assert [line.kind for line in book.days[-4:]] == [
        DayKind.COUNTED,
        DayKind.MOVED,
        DayKind.EXCLUDED,
        DayKind.EXCLUDED,
    ]


@pytest.mark.law("k.p.a. art. 35 par. 3")
@pytest.mark.parametrize(
    ("kind", "since", "months", "verified"),
    [
        (TermKind.ORDINARY, date(1980, 9, 1), 1, True),
        (TermKind.COMPLEX, date(1980, 9, 1), 2, True),
        (TermKind.APPEAL, date(1980, 9, 1), 1, True),
        (TermKind.SIMPLE, date(2017, 6, 1), 1, False),
    ],
)
def test_each_general_term_knows_since_when_it_is_law(
    kind: TermKind, since: date, months: int, verified: bool
) -> None:
    row = GENERAL_TERMS[kind].row_on(since)
    assert (row.value.amount, row.value.unit, row.verified) == (months, TermUnit.MONTH, verified)
    with pytest.raises(LookupError):
        general_term(kind, on=since - DAY)
