"""What the books refuse, told to the person who posts: where it is and what to do."""

from collections.abc import Sequence

from starostwo.ledger.models import Account
from starostwo.ledger.rules.typed import TypedLine
from starostwo.ledger.services import posting
from starostwo.ledger.services.draft_reading import Problem
from starostwo.platform.money import zloty

WANTED = dict(Account.Requires.choices)
PLAIN: dict[type[posting.CannotPost], tuple[str, str]] = {
    posting.MonthIsClosed: ("operation_on", "Ten miesiąc jest zamknięty. Zmień okres albo datę operacji."),
    posting.NotThatMonth: (
        "month",
        "Okres nie może być wcześniejszy niż data operacji ani inny niż rodzaj dowodu.",
    ),
    posting.MayNotPost: ("text", "Nie możesz księgować w tej księdze w tym okresie."),
    posting.NoLines: ("text", "Wpisz co najmniej jeden zapis z kwotą."),
    posting.NotThatClassification: ("text", "Klasyfikacja jest z innego roku."),
    posting.MixedCorrection: (
        "text",
        "Korekta ma zapisy albo tylko dodatnie, albo tylko ujemne (u.o.r. art. 25).",
    ),
    posting.PostedBefore: ("text", "Ten dowód jest już w księgach."),
}


def explained(refused: posting.CannotPost, lines: Sequence[TypedLine]) -> Problem:
    """The problem with its place on the screen; the books count lines without the empty ones between."""
    number = lines[refused.line - 1].number if 0 < refused.line <= len(lines) else 0
    match refused:
        case posting.DoesNotBalance():
            more, less = ("Wn", "Ma") if refused.difference > 0 else ("Ma", "Wn")
            text = (
                f"Strona {more} jest większa niż {less} o {zloty(abs(refused.difference))}. Uzupełnij zapisy."
            )
            return Problem(0, "text", text)
        case posting.AbovePlan():
            text = f"Wydatek przekroczyłby plan pozycji {refused.what}. Zmień plan albo kwotę (ufp art. 52)."
            return Problem(number, "position" if number else "text", text)
        case posting.CommitmentAbovePlan():
            text = (
                f"Zaangażowanie przekroczyłoby plan pozycji {refused.what}. "
                "Potrzebna jest zmiana planu albo podpisana zgoda skarbnika."
            )
            return Problem(number, "position" if number else "text", text)
        case posting.DimensionIsMissing():
            return Problem(number, "account", f"To konto wymaga: {WANTED.get(refused.what, refused.what)}.")
        case posting.NotThatAccount():
            return Problem(number, "account", "Na tym koncie się nie księguje w tym roku.")
    field, text = PLAIN.get(type(refused), ("text", "Księgi nie przyjęły tego dowodu."))
    return Problem(0, field, text)
