"""By which act a case goes, so that it gets the right term when it is opened.

Law: k.p.a. art. 35 and 237, ustawa o petycjach art. 10 ust. 1, ustawa o dostępie do informacji publicznej
art. 13 ust. 1.
"""

from collections.abc import Iterable
from enum import StrEnum

from starostwo.records.rules.information import CARD

INFORMATION_KIND = "wniosek o informację publiczną"


class Course(StrEnum):
    """The way that a case goes."""

    CODE = "CODE"
    INFORMATION = "INFORMATION"
    PETITION = "PETITION"
    COMPLAINT = "COMPLAINT"
    NONE = "NONE"


COURSES = {
    Course.CODE: "k.p.a.: termin z karty usługi albo miesiąc (art. 35)",
    Course.INFORMATION: "wniosek o informację publiczną: 14 dni (art. 13 ust. 1 u.d.i.p.)",
    Course.PETITION: "petycja: 3 miesiące (art. 10 ust. 1 ustawy o petycjach)",
    Course.COMPLAINT: "skarga albo wniosek: miesiąc (art. 237 § 1, art. 244 k.p.a.)",
    Course.NONE: "bez terminu (sprawa wewnętrzna)",
}
BY_KIND = {
    INFORMATION_KIND: Course.INFORMATION,
    "petycja": Course.PETITION,
    "skarga": Course.COMPLAINT,
}
BY_ANSWER = {
    "wniosek o informację publiczną": Course.INFORMATION,
    "petycję": Course.PETITION,
    "skargę": Course.COMPLAINT,
    "wniosek w interesie publicznym": Course.COMPLAINT,
}


def course_of_letter(*, kind: str, service_code: str, answers: Iterable[str]) -> Course:
    """Return the course that a letter asks for: by what its form says, by its kind, by its service card."""
    if service_code == CARD:
        said = (BY_ANSWER[answer] for answer in answers if answer in BY_ANSWER)
        return next(said, BY_KIND.get(kind, Course.INFORMATION))
    return BY_KIND.get(kind, Course.CODE)
