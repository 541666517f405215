"""Kinds of outside calls, from the cheapest right to the widest; a right holds for its own and all before it.

Rests on memory of the national numbering plan (Dz.U. 2014 poz. 1037 with changes); marked so on the screen.
"""

INTERNAL, LOCAL, NATIONAL, MOBILE, INTERNATIONAL, PREMIUM = range(6)
CLASSES: dict[int, str] = {
    INTERNAL: "tylko wewnętrzne",
    LOCAL: "numery bezpłatne i miejscowe",
    NATIONAL: "krajowe stacjonarne",
    MOBILE: "krajowe komórkowe",
    INTERNATIONAL: "zagraniczne",
    PREMIUM: "o podwyższonej opłacie",
}
EMERGENCY: dict[str, str] = {
    "112": "numer alarmowy",
    "997": "policja",
    "998": "straż pożarna",
    "999": "pogotowie ratunkowe",
}
BEGINNINGS: tuple[tuple[str, int], ...] = (
    ("+", INTERNATIONAL), ("+48", NATIONAL), ("+48800", LOCAL), ("+48116", LOCAL), ("+4842", LOCAL),
    ("+4845", MOBILE), ("+4850", MOBILE), ("+4851", MOBILE), ("+4853", MOBILE), ("+4857", MOBILE),
    ("+4860", MOBILE), ("+4866", MOBILE), ("+4869", MOBILE), ("+4872", MOBILE), ("+4873", MOBILE),
    ("+4878", MOBILE), ("+4879", MOBILE), ("+4888", MOBILE), ("+48801", NATIONAL), ("+48804", NATIONAL),
    ("+4870", PREMIUM), ("+48400", PREMIUM), ("+48300", PREMIUM),
)  # fmt: skip
