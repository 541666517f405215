"""Roll-call votes of the council and the term of interpellations.

Law: u.s.p. art. 13 (acts pass by an ordinary majority with at least half of the statutory council present, in
open roll-call votes whose results are published) and art. 21 (an interpellation is answered in 14 days).
Remembered, not read: to be checked against the text.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

CHOICES = {"FOR": "za", "AGAINST": "przeciw", "ABSTAIN": "wstrzymał(a) się", "ABSENT": "nieobecny(-a)"}
MAJORITIES = {
    "ORDINARY": "zwykła: więcej „za” niż „przeciw”",
    "ABSOLUTE": "bezwzględna: ponad połowa ustawowego składu „za”",
}
KINDS = {"INTERPELACJA": "interpelacja", "ZAPYTANIE": "zapytanie"}
NO_QUORUM, PASSED, NOT_PASSED = OUTCOMES = ("brak kworum", "przyjęto", "nie przyjęto")
ANSWER_DAYS = 14


@dataclass(frozen=True)
class Tally:
    """A vote in figures and in a word."""

    in_favour: int
    against: int
    abstained: int
    absent: int
    has_quorum: bool
    is_passed: bool

    @property
    def outcome(self) -> str:
        """The result as it is told to readers."""
        if not self.has_quorum:
            return NO_QUORUM
        return PASSED if self.is_passed else NOT_PASSED


def tally(ballots: Iterable[str], *, majority: str, council_size: int) -> Tally:
    """Count the ballots. Law: u.s.p. art. 13."""
    counted = Counter(ballots)
    in_favour, against, abstained = counted["FOR"], counted["AGAINST"], counted["ABSTAIN"]
    has_quorum = 2 * (in_favour + against + abstained) >= council_size
    enough = 2 * in_favour > council_size if majority == "ABSOLUTE" else in_favour > against
    return Tally(in_favour, against, abstained, counted["ABSENT"], has_quorum, has_quorum and enough)


def answer_due(filed_on: date) -> date:
    """The last day for an answer. Law: u.s.p. art. 21."""
    return filed_on + timedelta(days=ANSWER_DAYS)
