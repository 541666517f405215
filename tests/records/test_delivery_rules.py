"""Terms that service of a letter starts, as a table of the law."""

from datetime import date, timedelta

import pytest

from starostwo.records.rules.delivery import (
    LENGTHS,
    Remedy,
    TooShortACall,
    call_days,
    days_named,
    term_after_service,
)


@pytest.mark.parametrize(
    ("remedy", "served", "until", "why"),
    [
        (
            Remedy.APPEAL,
            date(2026, 3, 2),
            date(2026, 3, 16),
            "14 days, the day of service not counted: a Monday",
        ),
        (Remedy.APPEAL, date(2026, 3, 6), date(2026, 3, 20), "a Friday to a Friday"),
        (
            Remedy.APPEAL,
            date(2026, 3, 7),
            date(2026, 3, 23),
            "the 14th day is a Saturday, then Sunday: Monday",
        ),
        (Remedy.APPEAL, date(2026, 4, 17), date(2026, 5, 4), "1 May, Saturday and Sunday 3 May are skipped"),
        (Remedy.APPEAL, date(2026, 12, 10), date(2026, 12, 28), "24 to 27 December are days off since 2025"),
        (Remedy.APPEAL, date(2024, 12, 10), date(2024, 12, 24), "in 2024 the 24th was a working day"),
        (Remedy.COMPLAINT, date(2026, 3, 2), date(2026, 3, 9), "7 days against a ruling"),
    ],
)
@pytest.mark.law("k.p.a. art. 129 par. 2", "k.p.a. art. 141 par. 2", "k.p.a. art. 57 par. 4")
def test_term_after_service(remedy: Remedy, served: date, until: date, why: str) -> None:
    term = term_after_service(remedy, served_on=served)

    assert term is not None
    assert term.until == until, why


def test_a_plain_letter_starts_no_term() -> None:
    assert term_after_service(Remedy.NONE, served_on=date(2026, 3, 2)) is None


@pytest.mark.law("k.p.a. art. 64 par. 2")
def test_a_call_gives_its_own_days_but_never_less_than_seven() -> None:
    term = term_after_service(Remedy.ANSWER, served_on=date(2026, 3, 2), answer_days=14)

    assert term is not None
    assert (term.until, term.days) == (date(2026, 3, 16), 14)
    assert call_days(7, on=date(2026, 3, 2)) == 7
    for days in (6, 0, None):
        with pytest.raises(TooShortACall):
            call_days(days, on=date(2026, 3, 2))


def test_a_term_names_its_provision_and_whether_its_text_was_read() -> None:
    appeal = term_after_service(Remedy.APPEAL, served_on=date(2026, 3, 2))
    call = term_after_service(Remedy.ANSWER, served_on=date(2026, 3, 2), answer_days=7)

    assert appeal is not None
    assert call is not None
    assert (appeal.basis, appeal.is_verified) == ("k.p.a. art. 129 par. 2", False)
    assert (call.basis, call.is_verified) == ("k.p.a. art. 64 par. 2", True)


@pytest.mark.parametrize(
    ("remedy", "since", "days", "verified"),
    [
        (Remedy.APPEAL, date(1961, 1, 1), 14, False),
        (Remedy.COMPLAINT, date(1961, 1, 1), 7, False),
        (Remedy.ANSWER, date(2017, 6, 1), 7, True),
    ],
)
def test_each_length_knows_since_when_it_is_law(
    remedy: Remedy, since: date, days: int, verified: bool
) -> None:
    row = LENGTHS[remedy].row_on(since)
    assert (row.value, row.verified) == (days, verified)
    with pytest.raises(LookupError):
        LENGTHS[remedy].row_on(since - timedelta(days=1))


@pytest.mark.parametrize(
    ("remedy", "answer_days", "named", "why"),
    [
        (Remedy.APPEAL, None, 14, "the law gives the days"),
        (Remedy.COMPLAINT, 30, 7, "whatever else was written"),
        (Remedy.ANSWER, 10, 10, "the call gives them"),
        (Remedy.ANSWER, None, None, "the call does not say yet"),
        (Remedy.NONE, 10, None, "no term at all"),
    ],
)
def test_the_days_that_a_letter_must_tell(
    remedy: Remedy, answer_days: int | None, named: int | None, why: str
) -> None:
    assert days_named(remedy, on=date(2026, 3, 2), answer_days=answer_days) == named, why
