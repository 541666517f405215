"""What a work order asks for before it may end."""

from collections.abc import Iterable, Sequence

CHECKLISTS = {
    "INSTALL": [
        "Sprawdź dostawę: model, numer seryjny, komplet",
        "Naklej etykietę z numerem inwentarzowym",
        "Zamontuj urządzenie na miejscu",
        "Podłącz zasilanie z dwóch źródeł, jeśli są",
        "Podłącz kable i wpisz je do ewidencji",
        "Ustaw adres zarządzania i zmień hasło fabryczne",
        "Sprawdź działanie i przekaż użytkownikowi",
    ],
    "MOVE": [
        "Uzgodnij przerwę z użytkownikami",
        "Odłącz i opisz kable",
        "Przenieś i podłącz urządzenie",
        "Popraw miejsce i kable w ewidencji",
    ],
    "REPAIR": ["Ustal przyczynę", "Napraw albo wymień część", "Sprawdź działanie"],
    "REMOVE": [
        "Zrób kopię ustawień",
        "Odłącz kable i usuń je z ewidencji",
        "Usuń dane z nośników",
        "Zdaj urządzenie do magazynu",
    ],
    "OTHER": ["Wykonaj", "Sprawdź"],
}
NEEDS_PHOTOS = ("INSTALL", "MOVE")


def what_is_missing(kind: str, steps: Sequence[bool], photos: Iterable[str]) -> list[str]:
    """What must still be done, in words; empty when the order may end."""
    missing = []
    if left := steps.count(False):
        missing.append(f"nieodhaczone czynności: {left}")
    taken = set(photos)
    if kind in NEEDS_PHOTOS:
        missing += [words for moment, words in PHOTOS.items() if moment not in taken]
    return missing


PHOTOS = {"BEFORE": "brak zdjęcia sprzed pracy", "AFTER": "brak zdjęcia po pracy"}
