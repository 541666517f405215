"""The door into `channels` for other packages. Nothing else here may be imported from outside."""

from starostwo.channels.notices import Notice, tell
from starostwo.channels.queries import (
    MailState,
    TextState,
    UnsentMail,
    UnsentText,
    mail_state,
    text_state,
    unsent_mail,
    unsent_texts,
)
from starostwo.channels.reports import NotFromTheGateway, take_report
from starostwo.channels.services import (
    CannotSendAgain,
    NotAnAddress,
    NotANumber,
    number_for_texts,
    send,
    send_again,
    send_text,
    send_text_again,
)

__all__ = [
    "CannotSendAgain",
    "MailState",
    "NotANumber",
    "NotAnAddress",
    "NotFromTheGateway",
    "Notice",
    "TextState",
    "UnsentMail",
    "UnsentText",
    "mail_state",
    "number_for_texts",
    "send",
    "send_again",
    "send_text",
    "send_text_again",
    "take_report",
    "tell",
    "text_state",
    "unsent_mail",
    "unsent_texts",
]
