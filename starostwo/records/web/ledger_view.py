"""The ledger of a case drawn as days: weeks in rows, each day with its meaning as text and as colour."""

from dataclasses import dataclass

from starostwo.records.rules.ledger import DayKind, Ledger, LedgerDay, Span

WEEK = 7
DRAWN_DAYS = 400
LABELS = {
    DayKind.START: "początek",
    DayKind.COUNTED: "liczone",
    DayKind.EXCLUDED: "nieliczone",
    DayKind.DAY_OFF: "dni wolne",
    DayKind.MOVED: "przesunięcie na dzień roboczy",
    DayKind.EXTENDED: "nowy termin",
    DayKind.LATE: "po terminie",
}


@dataclass(frozen=True)
class DrawnSpan:
    """A span as the table below the calendar shows it."""

    span: Span
    label: str


@dataclass(frozen=True)
class LedgerView:
    """Weeks of days (None: not of this case), and the spans with their law."""

    weeks: list[list[LedgerDay | None]]
    spans: list[DrawnSpan]
    is_cut: bool


def drawn(ledger: Ledger) -> LedgerView:
    """Return the ledger ready for the screen; the calendar draws the last year, the table everything."""
    days = ledger.days[-DRAWN_DAYS:]
    lead = days[0].day.weekday()
    cells: list[LedgerDay | None] = [None] * lead + list(days)
    cells += [None] * (-len(cells) % WEEK)
    return LedgerView(
        weeks=[cells[start : start + WEEK] for start in range(0, len(cells), WEEK)],
        spans=[DrawnSpan(span, LABELS[span.kind]) for span in ledger.spans],
        is_cut=len(days) < len(ledger.days),
    )
