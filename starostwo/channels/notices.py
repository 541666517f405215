"""A notice that something waits, by the ways that its reader chose; without a word of what."""

from contextlib import suppress
from dataclasses import dataclass

from starostwo.channels.services import NotAnAddress, NotANumber, send, send_text


@dataclass(frozen=True)
class Notice:
    """What is told: the subject and words of an e-mail, and the sentence of an SMS."""

    subject: str
    words: str
    text: str


def tell(notice: Notice, *, email: str, phone: str, is_secret: bool = False) -> None:
    """Queue the notice for each way that is given; what is no address or number is told nothing."""
    if email:
        with suppress(NotAnAddress):
            send(to=email, subject=notice.subject, body=notice.words, is_secret=is_secret)
    if phone:
        with suppress(NotANumber):
            send_text(to=phone, body=notice.text, is_secret=is_secret)
