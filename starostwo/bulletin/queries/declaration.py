"""The declaration in force, and what the yearly review asks for."""

from datetime import date

from starostwo.bulletin.models import Body, Declaration
from starostwo.bulletin.rules.accessibility import Review, review_by, review_state


def last_declaration(body: Body | None = None) -> Declaration | None:
    """The newest declaration; None before the first one."""
    return Declaration.objects.filter(body=body).order_by("-id").first()


def reminder(*, today: date) -> str:
    """What editors are reminded of; empty while nothing is due."""
    last = last_declaration()
    if last is None:
        return "Urząd nie ma jeszcze deklaracji dostępności. Ustawa każe ją opublikować."
    due = f"{review_by(last.reviewed_on):%d.%m.%Y}"
    match review_state(last.reviewed_on, today):
        case Review.LATE:
            return f"Przegląd deklaracji dostępności minął {due}. Przejrzyj ją i zapisz nowy dzień przeglądu."
        case Review.SOON:
            return f"Do {due} trzeba przejrzeć deklarację dostępności i zapisać dzień przeglądu."
    return ""
