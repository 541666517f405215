"""Fields of a template, such as `{strona.nazwa}`, and the gaps that a clerk must still fill in."""

import re
from collections.abc import Mapping

FIELD = re.compile(r"\{([a-z_]+\.[a-z_]+)\}")
GAP = re.compile(r"\[uzupełnij:?\s*([^\]]*)\]", re.IGNORECASE)

FIELDS = {
    "urzad.nazwa": "nazwa urzędu",
    "urzad.adres": "adres urzędu",
    "organ.nazwa": "nazwa organu",
    "organ.odwolawczy": "organ wyższego stopnia",
    "sprawa.znak": "znak sprawy",
    "sprawa.tytul": "tytuł sprawy",
    "sprawa.wszczeta": "data wszczęcia sprawy",
    "sprawa.termin": "termin załatwienia sprawy",
    "strona.nazwa": "imię i nazwisko albo nazwa strony",
    "strona.adres": "adres strony",
    "wniosek.numer": "numer wniosku w rejestrze przesyłek wpływających",
    "wniosek.data": "data wpływu wniosku",
    "prowadzacy.nazwa": "imię i nazwisko prowadzącego sprawę",
    "prowadzacy.komorka": "komórka prowadząca sprawę",
    "wezwanie.dni": "liczba dni na odpowiedź na wezwanie",
    "zwloka.przyczyna": "przyczyna zwłoki (wyznacz nowy termin w zegarze sprawy)",
    "zwloka.termin": "termin, którego nie dotrzymano (wyznacz nowy termin w zegarze sprawy)",
    "zwloka.nowy_termin": "nowy termin (wyznacz go w zegarze sprawy)",
}


def merged(text: str, values: Mapping[str, str]) -> str:
    """Return the text with every field that has a value replaced; the others stay as they are."""
    return FIELD.sub(lambda match: values.get(match[1]) or match[0], text)


def missing_fields(text: str) -> list[str]:
    """Name, in the order of the text, the fields that the case has no value for."""
    return list(dict.fromkeys(FIELDS.get(match[1], match[1]) for match in FIELD.finditer(text)))


def gaps(text: str) -> list[str]:
    """Name, in the order of the text, the places that wait for the clerk's words."""
    return list(dict.fromkeys(match[1].strip() or "tekst" for match in GAP.finditer(text)))
