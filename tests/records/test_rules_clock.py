"""The clock of a case against dated examples. 2026: Easter Monday is 6 April, Corpus Christi 4 June."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from starostwo.platform.workdays import is_working_day
from starostwo.records.rules import clock
from starostwo.records.rules.clock import Basis, Clock, Excluded, Term, TermUnit, due_on, settle_by, warn_on
from starostwo.records.rules.ledger import DayKind, ledger
from starostwo.records.rules.terms import TermKind, general_term

MONTH = Term(1, TermUnit.MONTH, "k.p.a. art. 35 par. 3")
TWO_MONTHS = Term(2, TermUnit.MONTH, "k.p.a. art. 35 par. 3")
WEEK = Term(7, TermUnit.DAY, "k.p.a. art. 217 par. 3")


def days(amount: int) -> Term:
    return Term(amount, TermUnit.DAY, "ustawa")


@pytest.mark.law("k.p.a. art. 35 par. 3")
@pytest.mark.law("k.p.a. art. 57 par. 1")
@pytest.mark.law("k.p.a. art. 57 par. 3")
@pytest.mark.law("k.p.a. art. 57 par. 4")
@pytest.mark.parametrize(
    ("started", "term", "due", "why"),
    [
        (date(2026, 3, 10), MONTH, date(2026, 4, 10), "art. 57 par. 3: the same day a month later, a Friday"),
        (date(2026, 1, 31), MONTH, date(2026, 3, 2), "February has no 31st; its 28th is a Saturday"),
        (date(2024, 1, 31), MONTH, date(2024, 2, 29), "a leap year has a 29th, a Thursday"),
        (date(2026, 3, 4), MONTH, date(2026, 4, 7), "Saturday, Easter and Easter Monday are skipped"),
        (date(2026, 3, 10), TWO_MONTHS, date(2026, 5, 11), "two months later is a Sunday"),
        (date(2026, 4, 1), MONTH, date(2026, 5, 4), "1 May is off, 2 May Saturday, 3 May Sunday"),
        (date(2025, 12, 31), TWO_MONTHS, date(2026, 3, 2), "over the year's end, 28 February is a Saturday"),
        (date(2026, 11, 24), MONTH, date(2026, 12, 28), "Christmas Eve is off since 2025, then a weekend"),
        (date(2024, 11, 24), MONTH, date(2024, 12, 24), "in 2024 Christmas Eve was still a working day"),
        (date(2026, 12, 6), MONTH, date(2027, 1, 7), "Epiphany is off"),
        (date(2026, 3, 2), WEEK, date(2026, 3, 9), "art. 57 par. 1: the day of the event is not counted"),
        (date(2026, 5, 28), WEEK, date(2026, 6, 5), "Corpus Christi is off"),
        (
            date(2026, 3, 2),
            Term(2, TermUnit.WEEK, "x"),
            date(2026, 3, 16),
            "art. 57 par. 2: the same weekday",
        ),
        (date(2026, 3, 2), days(14), date(2026, 3, 16), "fourteen days"),
        (date(2026, 3, 2), days(65), date(2026, 5, 6), "sixty-five days"),
        (
            date(2026, 3, 6),
            Term(0, TermUnit.AT_ONCE, "k.p.a. art. 35 par. 2"),
            date(2026, 3, 9),
            "next working day",
        ),
    ],
)
@pytest.mark.law("k.p.a. art. 57 par. 2")
def test_settle_by(started: date, term: Term, due: date, why: str) -> None:
    assert settle_by(started, term) == due, why


@pytest.mark.law("k.p.a. art. 35 par. 5")
@pytest.mark.parametrize(
    ("excluded", "due", "why"),
    [
        ([], date(2026, 4, 10), "nothing is excluded"),
        ([(date(2026, 3, 16), date(2026, 3, 23))], date(2026, 4, 17), "a week is added"),
        ([(date(2026, 3, 16), date(2026, 3, 17))], date(2026, 4, 13), "one day: Saturday, moved to Monday"),
        ([(date(2026, 3, 10), date(2026, 3, 11))], date(2026, 4, 10), "the first day was not counted anyway"),
        (
            [(date(2026, 4, 11), date(2026, 4, 20))],
            date(2026, 4, 10),
            "after the term there is nothing to exclude",
        ),
        ([(date(2026, 4, 10), date(2026, 4, 20))], date(2026, 4, 20), "the last day itself is excluded"),
        (
            [(date(2026, 3, 16), date(2026, 3, 23)), (date(2026, 3, 18), date(2026, 3, 25))],
            date(2026, 4, 20),
            "two reasons at once: each day counts once; nine days, Sunday moves",
        ),
        (
            [(date(2026, 3, 16), date(2026, 3, 23)), (date(2026, 4, 13), date(2026, 4, 15))],
            date(2026, 4, 20),
            "the second time lies in the days added by the first",
        ),
        ([(date(2026, 3, 16), None)], None, "suspended: there is no day"),
        ([(date(2026, 4, 13), None)], date(2026, 4, 10), "suspended after the term had run out"),
    ],
)
def test_excluded_days_are_added(
    excluded: list[tuple[date, date | None]], due: date | None, why: str
) -> None:
    periods = [Excluded(Basis.STATUTORY, start, end) for start, end in excluded]
    assert settle_by(date(2026, 3, 10), MONTH, periods) == due, why


@pytest.mark.law("k.p.a. art. 36 par. 1")
def test_a_notice_moves_the_day_that_binds_but_not_the_term_by_law() -> None:
    one = Clock(date(2026, 3, 10), MONTH, extended_to=(date(2026, 5, 15),))
    assert due_on(one) == date(2026, 5, 15)
    assert ledger(one, today=date(2026, 5, 1)).statutory_on == date(2026, 4, 10)


@pytest.mark.law("k.p.a. art. 36 par. 1")
def test_exclusions_may_outlast_a_notice() -> None:
    one = Clock(
        date(2026, 3, 10),
        MONTH,
        (Excluded(Basis.PARTY, date(2026, 4, 1), date(2026, 6, 1)),),
        (date(2026, 4, 30),),
    )
    assert due_on(one) == date(2026, 6, 10)


@pytest.mark.parametrize(
    ("due", "new_due"),
    [(date(2026, 4, 10), date(2026, 4, 10)), (date(2026, 4, 10), date(2026, 4, 9)), (None, date(2026, 5, 1))],
)
@pytest.mark.law("k.p.a. art. 36 par. 1")
def test_an_extension_must_extend(due: date | None, new_due: date) -> None:
    with pytest.raises(clock.ExtensionTooShort):
        clock.check_extension(due=due, new_due=new_due)


def test_an_extension_by_a_day_is_one() -> None:
    clock.check_extension(due=date(2026, 4, 10), new_due=date(2026, 4, 11))


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (Excluded(Basis.PARTY, date(2026, 3, 16), date(2026, 3, 16)), "no day in it"),
        (Excluded(Basis.PARTY, date(2026, 3, 16), date(2026, 3, 15)), "ends before it begins"),
        (Excluded(Basis.PARTY, date(2026, 3, 9), date(2026, 3, 16)), "begins before the case"),
    ],
)
@pytest.mark.law("k.p.a. art. 35 par. 5")
def test_what_is_no_exclusion(one: Excluded, why: str) -> None:
    with pytest.raises(clock.NotAnExclusion):
        clock.check_exclusion(one, started_on=date(2026, 3, 10))


@pytest.mark.law("k.p.a. art. 96a")
def test_mediation_was_no_basis_before_it_was_law() -> None:
    old = Excluded(Basis.MEDIATION, date(2017, 5, 31), None)
    with pytest.raises(clock.NotAnExclusion):
        clock.check_exclusion(old, started_on=date(2017, 5, 1))
    clock.check_exclusion(Excluded(Basis.MEDIATION, date(2017, 6, 1), None), started_on=date(2017, 6, 1))


@pytest.mark.law("k.p.a. art. 35 par. 5")
def test_ledger_names_each_day() -> None:
    one = Clock(
        date(2026, 3, 2),
        WEEK,
        (Excluded(Basis.HYBRID, date(2026, 3, 4), date(2026, 3, 6)),),
        (date(2026, 3, 13),),
    )
    book = ledger(one, today=date(2026, 3, 16))
    assert [(span.first.day, span.last.day, span.kind) for span in book.spans] == [
        (2, 2, DayKind.START),
        (3, 3, DayKind.COUNTED),
        (4, 5, DayKind.EXCLUDED),
        (6, 11, DayKind.COUNTED),
        (12, 13, DayKind.EXTENDED),
        (14, 16, DayKind.LATE),
    ]
    assert (book.statutory_on, book.due_on) == (date(2026, 3, 11), date(2026, 3, 13))
    assert (book.counted, book.not_counted, book.late) == (7, 2, 3)
    assert book.spans[2].length == 2
    assert book.spans[2].law == "k.p.a. art. 35 par. 5"


@pytest.mark.law("k.p.a. art. 57 par. 4")
def test_ledger_shows_days_moved_past_a_weekend_and_stops_when_settled() -> None:
    one = Clock(date(2026, 3, 7), WEEK)
    assert [span.kind for span in ledger(one, today=date(2026, 3, 7)).spans] == [
        DayKind.START,
        DayKind.COUNTED,
        DayKind.MOVED,
    ]
    settled = ledger(Clock(date(2026, 3, 7), WEEK, settled_on=date(2026, 3, 9)), today=date(2026, 6, 1))
    assert settled.days[-1].day == date(2026, 3, 9)
    assert settled.late == 0


@pytest.mark.law("k.p.a. art. 97-103")
def test_ledger_of_a_suspended_case_runs_to_today() -> None:
    one = Clock(date(2026, 3, 2), MONTH, (Excluded(Basis.SUSPENDED, date(2026, 3, 9), None),))
    book = ledger(one, today=date(2026, 3, 20))
    assert book.due_on is None
    assert book.not_counted == 12
    assert book.days[-1].day == date(2026, 3, 20)


@pytest.mark.parametrize(
    ("due", "warn"),
    [
        (date(2026, 3, 13), date(2026, 3, 10)),
        (date(2026, 4, 7), date(2026, 4, 1)),
        (date(2026, 3, 9), date(2026, 3, 4)),
    ],
)
def test_the_warning_comes_three_working_days_before(due: date, warn: date) -> None:
    assert warn_on(due) == warn


@pytest.mark.law("k.p.a. art. 35 par. 3a")
def test_general_terms() -> None:
    today = date(2026, 3, 10)
    assert [general_term(kind, on=today).amount for kind in TermKind] == [1, 2, 1, 1, 3, 1]
    with pytest.raises(LookupError):
        general_term(TermKind.SIMPLE, on=date(2017, 5, 31))


def test_a_term_in_working_days_counts_working_days_alone() -> None:
    term = Term(3, TermUnit.WORKING_DAY, "karta usługi")
    assert settle_by(date(2026, 4, 1), term) == date(2026, 4, 7), "Easter and its Monday lie between"
    away = [Excluded(Basis.PARTY, date(2026, 4, 2), date(2026, 4, 3))]
    assert settle_by(date(2026, 4, 1), term, away) == date(2026, 4, 8)
    book = ledger(Clock(date(2026, 4, 1), term), today=date(2026, 4, 1))
    assert [line.day.day for line in book.days if line.kind is DayKind.DAY_OFF] == [4, 5, 6]
    assert book.counted == 3


STARTS = st.dates(min_value=date(2020, 1, 1), max_value=date(2035, 12, 31))
TERMS = st.builds(Term, st.integers(1, 90), st.sampled_from([TermUnit.DAY]), st.just("x")) | st.builds(
    Term, st.integers(1, 6), st.sampled_from([TermUnit.MONTH, TermUnit.WEEK]), st.just("x")
)


@st.composite
def clocks(draw: st.DrawFn) -> Clock:
    start = draw(STARTS)
    periods = draw(st.lists(st.tuples(st.integers(0, 120), st.integers(1, 40)), max_size=4))
    excluded = tuple(
        Excluded(
            Basis.PARTY,
            date.fromordinal(start.toordinal() + offset),
            date.fromordinal(start.toordinal() + offset + length),
        )
        for offset, length in periods
    )
    return Clock(start, draw(TERMS), excluded)


@given(clocks())
def test_the_term_ends_on_a_working_day_after_the_start_that_is_not_excluded(one: Clock) -> None:
    due = settle_by(one.started_on, one.term, one.excluded)
    assert due is not None
    assert due > one.started_on
    assert is_working_day(due)
    assert not any(period.covers(due) for period in one.excluded)


@given(clocks())
def test_excluding_never_shortens_and_never_gives_more_than_the_days_and_their_weekends(one: Clock) -> None:
    plain, moved = settle_by(one.started_on, one.term), settle_by(one.started_on, one.term, one.excluded)
    assert plain is not None
    assert moved is not None
    assert plain <= moved


@given(clocks(), st.integers(0, 200))
def test_ledger_has_each_day_once_and_counts_the_whole_term(one: Clock, after: int) -> None:
    today = date.fromordinal(one.started_on.toordinal() + after)
    book = ledger(one, today=today)
    assert [line.day.toordinal() for line in book.days] == list(
        range(one.started_on.toordinal(), one.started_on.toordinal() + len(book.days))
    )
    due = settle_by(one.started_on, one.term, one.excluded)
    assert due is not None
    plain = clock.end_without_days_off(one.started_on, one.term)
    assert book.counted == (plain - one.started_on).days
    assert all(line.kind != DayKind.LATE for line in book.days if line.day <= due)


@pytest.mark.law("k.p.a. art. 35 par. 2")
def test_at_once_is_shown_as_the_next_working_day() -> None:
    at_once = Term(0, TermUnit.AT_ONCE, "k.p.a. art. 35 par. 2")
    assert settle_by(date(2026, 3, 9), at_once) == date(2026, 3, 10)
    assert settle_by(date(2026, 3, 6), at_once) == date(2026, 3, 9)


def test_days_off_after_a_term_in_working_days_are_late_days() -> None:
    one = Clock(date(2026, 3, 2), Term(4, TermUnit.WORKING_DAY, "karta usługi"))
    book = ledger(one, today=date(2026, 3, 8))
    assert book.due_on == date(2026, 3, 6)
    assert [line.kind for line in book.days[-2:]] == [DayKind.LATE, DayKind.LATE]
