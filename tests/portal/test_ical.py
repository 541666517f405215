"""A calendar file as RFC 5545 wants it: folded, escaped, in UTC."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from starostwo.portal.rules.ical import Entry, calendar

STARTS = datetime(2026, 12, 5, 17, 0, tzinfo=ZoneInfo("Europe/Warsaw"))
CHANGED = datetime(2026, 11, 23, 9, 5, tzinfo=UTC)


def entry(**told: object) -> Entry:
    given = {
        "uid": "7@powiat.example",
        "title": "Kolędy",
        "starts_at": STARTS,
        "ends_at": None,
        "changed_at": CHANGED,
    }
    return Entry(**{**given, **told})  # type: ignore[arg-type]


def unfolded(made: bytes) -> list[str]:
    return made.decode().replace("\r\n ", "").split("\r\n")


def test_moments_are_written_in_utc() -> None:
    lines = unfolded(calendar("Wydarzenia", [entry()]))

    assert "DTSTART:20261205T160000Z" in lines
    assert "DTSTAMP:20261123T090500Z" in lines
    assert [line for line in lines if line.startswith("DTEND")] == []
    assert (lines[0], lines[-2:]) == ("BEGIN:VCALENDAR", ["END:VCALENDAR", ""])


def test_signs_with_a_meaning_are_escaped() -> None:
    lines = unfolded(calendar("Wydarzenia", [entry(title="Bieg; start, meta\\park", text="raz\ndwa")]))

    assert "SUMMARY:Bieg\\; start\\, meta\\\\park" in lines
    assert "DESCRIPTION:raz\\ndwa" in lines


def test_long_lines_are_folded_between_whole_letters() -> None:
    made = calendar("Wydarzenia", [entry(title="Zażółć gęślą jaźń " * 20)])

    assert max(len(line) for line in made.split(b"\r\n")) <= 75
    assert f"SUMMARY:{'Zażółć gęślą jaźń ' * 20}" in unfolded(made)


def test_what_is_called_off_says_so_and_a_later_change_has_a_higher_number() -> None:
    earlier, later = (
        unfolded(calendar("W", [entry(changed_at=moment, is_cancelled=moment > CHANGED)]))
        for moment in (CHANGED, datetime(2026, 11, 24, tzinfo=UTC))
    )

    number = [
        int(next(x for x in lines if x.startswith("SEQUENCE")).split(":")[1]) for lines in (earlier, later)
    ]
    assert number[0] < number[1]
    assert ("STATUS:CONFIRMED" in earlier, "STATUS:CANCELLED" in later) == (True, True)
