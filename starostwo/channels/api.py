"""The door into `channels` for other packages. Nothing else here may be imported from outside."""

from starostwo.channels.queries import MailState, UnsentMail, mail_state, unsent_mail
from starostwo.channels.services import CannotSendAgain, NotAnAddress, send, send_again

__all__ = [
    "CannotSendAgain",
    "MailState",
    "NotAnAddress",
    "UnsentMail",
    "mail_state",
    "send",
    "send_again",
    "unsent_mail",
]
