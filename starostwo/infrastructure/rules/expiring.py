"""How near the end of a term is."""

from datetime import date


def standing(until: date, warn_days: int, today: date) -> tuple[str, str]:
    """In words and in a colour."""
    left = (until - today).days
    if left < 0:
        return "po terminie", "bad"
    if left == 0:
        return "ostatni dzień", "bad"
    return (f"jeszcze dni: {left}", "warn" if left <= warn_days else "good")
