"""What every gateway of SMS is given and answers; which one it is, the setting SMS_GATEWAY says."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Text:
    """What is sent; the gateway sends one `key` once, however often it is handed over."""

    key: str
    to: str
    body: str


@dataclass(frozen=True)
class Taken:
    """The gateway has the message: how it knows it, and how many parts are paid for."""

    reference: str
    parts: int


class NumberRefused(Exception):
    """No message can be sent to this number; trying again is of no use."""


class GatewayFault(Exception):
    """The gateway did not take the message now; it is tried again later."""


Gateway = Callable[[Text], Taken]


def is_configured() -> bool:
    """Whether the settings name a gateway and what it knows us by."""
    return bool(settings.SMS_URL and settings.SMS_TOKEN)


def gateway() -> Gateway:
    """The gateway of this installation."""
    found: Gateway = import_string(settings.SMS_GATEWAY)
    return found
