"""Interest of a claim whose term a decision moved."""

from datetime import date

import pytest

from starostwo.treasury.rules.claim_interest import Terms, borne, parts
from starostwo.treasury.rules.interest import Kind, interest

DUE, DECIDED, NEW = date(2026, 3, 31), date(2026, 5, 10), date(2026, 9, 30)
DELAY = Kind.DELAY


@pytest.mark.law("o.p. art. 48 par. 1")
@pytest.mark.law("o.p. art. 67a par. 1")
@pytest.mark.parametrize(
    ("terms", "day", "spans", "why"),
    [
        (Terms(DELAY, DUE), date(2026, 4, 10), [(DUE, date(2026, 4, 10))], "an ordinary claim"),
        (Terms(DELAY, DUE), DUE, [], "on the day of the term itself"),
        (Terms(DELAY, NEW, DUE, DECIDED), date(2026, 8, 1), [(DUE, DECIDED)], "stopped by the decision"),
        (Terms(DELAY, NEW, DUE, DECIDED), date(2026, 10, 9), [(DUE, DECIDED), (NEW, date(2026, 10, 9))],
         "a missed new term"),
        (Terms(DELAY, NEW, DUE, date(2026, 3, 1)), date(2026, 8, 1), [], "decided before the first term"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_interest_stops_between_the_decision_and_the_new_term(
    terms: Terms, day: date, spans: list[tuple[date, date]], why: str
) -> None:
    wanted = sum(interest(DELAY, 1000_00, since, until) for since, until in spans)
    assert borne(terms, 1000_00, day) == wanted, why
    assert sum(part.days for part in parts(terms, day)) == sum((b - a).days for a, b in spans)
