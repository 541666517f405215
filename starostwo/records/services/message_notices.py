"""E-mails that tell a resident that something waits on his account, without a word of what."""

from starostwo.channels import api as channels
from starostwo.records.models import Party

LETTER = ("Nowe pismo na Twoim koncie w urzędzie", "Na Twoim koncie w urzędzie czeka pismo.")
MESSAGE = ("Nowa wiadomość w Twojej sprawie", "W Twojej sprawie w urzędzie jest nowa wiadomość.")
FOOT = (
    "Zaloguj się na swoje konto, aby przeczytać.\n\nTen e-mail nie zawiera treści. Nie odpowiadaj na niego."
)


def tell(party: Party, notice: tuple[str, str]) -> None:
    """Queue an e-mail to the party's account; one without an address is told nothing."""
    subject, words = notice
    address = party.account.email if party.account else ""
    if not address:
        return
    try:
        channels.send(to=address, subject=subject, body=f"{words}\n{FOOT}")
    except channels.NotAnAddress:
        return
