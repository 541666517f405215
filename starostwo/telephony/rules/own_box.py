"""What one's own voicemail says by telephone."""

COUNTED = (
    "jedną", "dwie", "trzy", "cztery", "pięć", "sześć", "siedem", "osiem", "dziewięć", "dziesięć",
    "jedenaście", "dwanaście", "trzynaście", "czternaście", "piętnaście", "szesnaście", "siedemnaście",
    "osiemnaście", "dziewiętnaście", "dwadzieścia",
)  # fmt: skip
KEYS = "Jeden: jeszcze raz. Dwa: następna. Trzy: usuń. Krzyżyk: koniec."
WORDS = {
    "new-0": "Nie masz nowych wiadomości.",
    "menu": "To wszystkie wiadomości. Zero: nagraj powitanie. Krzyżyk: koniec.",
    "record": "Po sygnale nagraj powitanie i naciśnij krzyżyk.",
    "saved": "Zapisano powitanie.",
    "deleted": "Usunięto wiadomość.",
}


def words() -> dict[str, str]:
    """All that is said, by its name; `new-2` says that two messages are new."""
    return WORDS | {f"new-{count}": f"Masz {_new(count)}. {KEYS}" for count in range(1, len(COUNTED) + 1)}


def _new(count: int) -> str:
    if count == 1:
        return "jedną nową wiadomość"
    few = count in (2, 3, 4)
    return f"{COUNTED[count - 1]} {'nowe' if few else 'nowych'} wiadomości"
