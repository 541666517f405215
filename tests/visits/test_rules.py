"""Times, lengths, horizons, turns: the rules of visits as tables."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from starostwo.visits.rules.booking import free_ordinal, last_day, length, person_key
from starostwo.visits.rules.queue import Waiting, label, next_of
from starostwo.visits.rules.retention import KEPT_DAYS, last_day_to_erase
from starostwo.visits.rules.slots import WARSAW, Span, free_starts, nearest, opening

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def warsaw(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=WARSAW)


def clocks(starts: list[datetime]) -> list[str]:
    return [f"{start.astimezone(WARSAW):%H:%M}" for start in starts]


@pytest.mark.parametrize(
    ("minutes", "taken", "expected", "reason"),
    [
        (15, [], ["08:00", "08:15", "08:30", "08:45"], "an empty hour has four quarters"),
        (30, [], ["08:00", "08:15", "08:30"], "a longer visit ends before the counter closes"),
        (60, [], ["08:00"], "a visit may fill the whole time"),
        (61, [], [], "what is longer than the hours does not fit"),
        (20, [(8, 30, 8, 45)], ["08:00"], "two people of ten minutes each need twenty in one piece"),
        (15, [(8, 15, 8, 45)], ["08:00", "08:45"], "what ends when another begins does not meet it"),
    ],
)
def test_a_time_is_free_when_the_whole_visit_fits(
    minutes: int, taken: list[tuple[int, int, int, int]], expected: list[str], reason: str
) -> None:
    day = date(2026, 11, 30)
    spans = [Span(warsaw(2026, 11, 30, a, b), warsaw(2026, 11, 30, c, d)) for a, b, c, d in taken]

    found = free_starts(
        [opening(day, time(8), time(9))], spans, minutes=minutes, grid=15, not_before=LONG_AGO
    )

    assert clocks(found) == expected, reason


def test_no_time_lies_before_the_moment_of_asking() -> None:
    hours = [opening(date(2026, 11, 30), time(8), time(9))]

    found = free_starts(hours, [], minutes=15, grid=15, not_before=warsaw(2026, 11, 30, 8, 20))

    assert clocks(found) == ["08:30", "08:45"]


@pytest.mark.parametrize(
    ("day", "hours", "starts", "reason"),
    [
        (date(2026, 3, 29), 2, ["01:00", "01:30", "03:00", "03:30"], "in March an hour is missing"),
        (date(2026, 3, 28), 3, ["01:00", "01:30", "02:00", "02:30", "03:00", "03:30"], "else it is there"),
        (
            date(2026, 10, 25), 4,
            ["01:00", "01:30", "02:00", "02:30", "02:00", "02:30", "03:00", "03:30"],
            "in October the hour from 2 to 3 is there twice",
        ),
    ],
)  # fmt: skip
def test_the_change_of_clocks_loses_and_doubles_no_minute(
    day: date, hours: int, starts: list[str], reason: str
) -> None:
    span = opening(day, time(1), time(4))
    found = free_starts([span], [], minutes=30, grid=30, not_before=LONG_AGO)

    assert span.ends_at - span.starts_at == timedelta(hours=hours), reason
    assert clocks(found) == starts, reason
    assert len(set(found)) == len(found)


def test_nine_is_nine_on_both_sides_of_the_change_of_clocks() -> None:
    friday, monday = (opening(date(2026, 10, day), time(9), time(10)).starts_at for day in (23, 26))

    assert (friday.hour, monday.hour) == (7, 8)
    assert clocks([friday, monday]) == ["09:00", "09:00"]


def test_the_nearest_times_come_in_order() -> None:
    wanted = warsaw(2026, 11, 30, 10)
    free = [warsaw(2026, 11, 30, hour) for hour in (8, 9, 11, 12)] + [warsaw(2026, 12, 1, 10)]

    assert clocks(nearest(free, wanted, count=3)) == ["08:00", "09:00", "11:00"]


def test_the_length_is_the_sum_of_the_matters() -> None:
    assert length([30, 15, 20]) == 65


@pytest.mark.parametrize(
    ("hour", "last", "reason"),
    [
        (7, date(2026, 12, 26), "the day at the horizon is not open yet"),
        (8, date(2026, 12, 27), "it opens at the hour of release"),
        (23, date(2026, 12, 27), "and stays open"),
    ],
)
def test_a_day_opens_at_the_hour_of_release(hour: int, last: date, reason: str) -> None:
    now = warsaw(2026, 11, 27, hour)

    assert last_day(now, horizon_days=30, release_at=time(8)) == last, reason


@pytest.mark.parametrize(
    ("first", "second", "same", "reason"),
    [
        ((1, "a@x.pl", ""), (1, "b@x.pl", ""), True, "an account is one person whatever address he writes"),
        ((None, "a@x.pl", "1"), (None, " A@X.PL ", "2"), True, "an address is one person"),
        ((None, "", "600 100 200"), (None, "", "+48 600100200"), True, "a phone is one person"),
        ((None, "a@x.pl", ""), (None, "b@x.pl", ""), False, "two addresses are two people"),
    ],
)
def test_by_what_the_bookings_of_a_person_are_counted(
    first: tuple[int | None, str, str], second: tuple[int | None, str, str], same: bool, reason: str
) -> None:
    keys = [person_key(account_id=a, email=b, phone=c) for a, b, c in (first, second)]

    assert (keys[0] == keys[1]) is same, reason
    assert "@" not in keys[0], "no address is kept in the key"


def test_a_person_gets_the_lowest_free_place_within_the_limit() -> None:
    assert free_ordinal([], limit=2) == 1
    assert free_ordinal([2], limit=2) == 1
    assert free_ordinal([1, 2], limit=2) is None


def test_who_is_called_next() -> None:
    now = warsaw(2026, 11, 30, 9)
    walk_in = Waiting(1, now - timedelta(minutes=30), None)
    due = Waiting(2, now - timedelta(minutes=5), now)
    early = Waiting(3, now - timedelta(minutes=50), now + timedelta(minutes=30))

    assert next_of([walk_in, due, early], now=now) == due, "a booked hour that has come goes first"
    assert next_of([walk_in, early], now=now) == walk_in, "who came early waits for his hour"
    assert next_of([early], now=now) == early, "unless nobody else waits"
    assert next_of([], now=now) is None


def test_what_stands_on_a_ticket() -> None:
    assert (label("BOOKED", 7), label("WALK_IN", 12)) == ("R07", "B12")


@pytest.mark.law("RODO art. 5 ust. 1 lit. e")
def test_personal_data_are_kept_for_the_dated_number_of_days() -> None:
    assert KEPT_DAYS.on(date(2026, 6, 1)) == 30
    assert last_day_to_erase(date(2026, 12, 31)) == date(2026, 11, 30)
