"""Requests for public information: their term, what makes it longer, how a request may end.

Law: ustawa o dostępie do informacji publicznej art. 2 ust. 2 (no interest has to be shown), art. 5 (what
limits access), art. 10 ust. 1, art. 13 (terms), art. 14 ust. 2 (another way), art. 15 ust. 2 (costs), art. 16
(refusal and discontinuation are decisions). The act is quoted from memory.
The code of administrative procedure holds for the decisions alone (art. 16 ust. 2), so the term of art. 13
is counted in calendar days and does not move from a Saturday or a day off: the stricter reading.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from starostwo.platform.dated import Dated, Row
from starostwo.records.rules.clock import Term, TermUnit, end_without_days_off

ACT = "ustawa o dostępie do informacji publicznej"
CARD = "informacja-publiczna"
SINCE = date(2002, 1, 1)
SOURCE = "Dz.U. 2001 nr 112 poz. 1198"
TERM = Dated([Row(SINCE, Term(14, TermUnit.CALENDAR_DAY, f"{ACT} art. 13 ust. 1"), SOURCE, verified=False)])
LONGEST = Dated([Row(SINCE, Term(2, TermUnit.MONTH, f"{ACT} art. 13 ust. 2"), SOURCE, verified=False)])
DAYS_TO_CHANGE = Dated([Row(SINCE, 14, f"{ACT} art. 14 ust. 2, art. 15 ust. 2", verified=False)])


class Notice(StrEnum):
    """What the office tells the applicant on the way: each moves the day of the answer."""

    LONGER = "LONGER"
    COSTS = "COSTS"
    MANNER = "MANNER"


class End(StrEnum):
    """How a request ended."""

    GIVEN = "GIVEN"
    IN_BULLETIN = "IN_BULLETIN"
    NOT_HELD = "NOT_HELD"
    NOT_PUBLIC = "NOT_PUBLIC"
    REFUSED = "REFUSED"
    DISCONTINUED = "DISCONTINUED"
    WITHDRAWN = "WITHDRAWN"


class Ground(StrEnum):
    """Why information is refused."""

    PROTECTED = "PROTECTED"
    PRIVACY = "PRIVACY"
    BUSINESS = "BUSINESS"
    PROCESSED = "PROCESSED"


@dataclass(frozen=True)
class Said:
    """How a notice, an end or a ground is called, its provision, and what a clerk should know of it."""

    label: str
    law: str
    hint: str = ""


NOTICES = {
    Notice.LONGER: Said("nowy termin", "art. 13 ust. 2", "najdłużej dwa miesiące od złożenia wniosku"),
    Notice.COSTS: Said("koszty udostępnienia", "art. 15 ust. 2", "14 dni na zmianę albo wycofanie wniosku"),
    Notice.MANNER: Said("inny sposób albo forma", "art. 14 ust. 2", "14 dni na nowy wniosek"),
}
ENDS = {
    End.GIVEN: Said("informację udostępniono", "art. 13 ust. 1", "pismo, czynność materialno-techniczna"),
    End.IN_BULLETIN: Said("wskazano informację w BIP", "art. 10 ust. 1", "pismo z adresem strony"),
    End.NOT_HELD: Said("urząd nie ma tej informacji", "art. 4 ust. 3", "pismo, bez decyzji"),
    End.NOT_PUBLIC: Said("to nie jest informacja publiczna", "art. 1 ust. 1", "pismo, bez decyzji"),
    End.REFUSED: Said("odmowa udostępnienia", "art. 16 ust. 1", "decyzja, od której służy odwołanie"),
    End.DISCONTINUED: Said(
        "umorzenie postępowania", "art. 14 ust. 2, art. 16 ust. 1", "decyzja, od której służy odwołanie"
    ),
    End.WITHDRAWN: Said("wnioskodawca wycofał wniosek", "art. 15 ust. 2", "bez pisma urzędu"),
}
GROUNDS = {
    Ground.PROTECTED: Said("informacje niejawne i inne tajemnice ustawowo chronione", "art. 5 ust. 1"),
    Ground.PRIVACY: Said("prywatność osoby fizycznej", "art. 5 ust. 2"),
    Ground.BUSINESS: Said("tajemnica przedsiębiorcy", "art. 5 ust. 2"),
    Ground.PROCESSED: Said(
        "informacja przetworzona bez szczególnie istotnego interesu publicznego", "art. 3 ust. 1 pkt 1"
    ),
}
BY_LETTER = tuple(end for end in End if end is not End.WITHDRAWN)
BY_DECISION = (End.REFUSED, End.DISCONTINUED)


def term_of_request(received_on: date) -> Term:
    """Return the term of a request that came in on the day."""
    return TERM.on(received_on)


def answer_by(received_on: date) -> date:
    """Return the last day in time; the day of the request is not counted."""
    return end_without_days_off(received_on, term_of_request(received_on))


def longest(received_on: date) -> date:
    """Return the last day that a notice may name: two months from the day of the request."""
    return end_without_days_off(received_on, LONGEST.on(received_on))


def free_from(notified_on: date) -> date:
    """Return the first day after the 14 days that the applicant has to change or withdraw the request."""
    return notified_on + timedelta(days=DAYS_TO_CHANGE.on(notified_on) + 1)


class CannotLengthen(ValueError):
    """The notice is late, or names a day that is too early or too far."""


def check_longer(*, received_on: date, noted_on: date, due: date, new_due: date) -> None:
    """Refuse a new day that art. 13 ust. 2 does not let the office name."""
    first, last = answer_by(received_on), longest(received_on)
    if noted_on > first:
        raise CannotLengthen(
            f"Nowy termin można było wyznaczyć do {first:%d.%m.%Y}, w ciągu 14 dni od wniosku. "
            "Odpowiedz niezwłocznie."
        )
    if new_due <= due:
        raise CannotLengthen(f"Nowy termin musi być późniejszy niż {due:%d.%m.%Y}.")
    if new_due > last:
        raise CannotLengthen(f"Nowy termin nie może być późniejszy niż {last:%d.%m.%Y} (dwa miesiące).")


class NoGround(ValueError):
    """A refusal names its ground; nothing else has one."""


def check_ground(end: End, ground: Ground | None) -> None:
    """Refuse a refusal without a ground, and a ground without a refusal. Law: art. 5, art. 16."""
    if end is End.REFUSED and ground is None:
        raise NoGround("Wybierz podstawę odmowy.")
    if end is not End.REFUSED and ground is not None:
        raise NoGround("Podstawę wybiera się tylko przy odmowie.")
