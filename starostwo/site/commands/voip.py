"""`starostwo voip run [WĘZEŁ]`: the exchanges of this machine, started, watched and stopped as one."""

import signal
import time
from argparse import Namespace
from types import FrameType

from starostwo.site import exchange_services
from starostwo.site.commands import CannotCarryOut
from starostwo.site.exchange_services import PACKAGES, Site
from starostwo.site.exchanges import Exchanges, place
from starostwo.telephony.exchange.configuration import configuration
from starostwo.telephony.models import Node

WATCH_EVERY = 0.5
HIDDEN = "(ukryte)"


class Stopped(BaseException):
    """Somebody asked us to stop."""


def carry_out(options: Namespace) -> None:
    """Print the configuration of a node, or run the exchanges until somebody stops them."""
    code = options.node.upper() if options.node else None
    if options.what == "config":
        _print(code)
        return
    if exchange_services.program() is None:
        raise CannotCarryOut(f"brak centrali: sudo apt-get install --no-install-recommends {PACKAGES}")
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, _raise_stopped)
    exchanges = Exchanges(code, say=_say)
    try:
        while True:
            exchanges.turn()
            time.sleep(WATCH_EVERY)
    except Stopped:
        pass
    finally:
        exchanges.stop()


def _print(code: str | None) -> None:
    node = Node.objects.filter(code=code).first()
    if node is None:
        known = ", ".join(Node.objects.order_by("code").values_list("code", flat=True)) or "żadnego"
        raise CannotCarryOut(f"nie ma węzła {code or 'bez nazwy'}; w urzędzie są: {known}")
    site = Site(node.code, node.host, node.port, 5068, node.websocket, 5069)
    shown = configuration(node, place(site))
    for secret in site.media.secrets if site.media else ():
        shown = shown.replace(secret, HIDDEN)
    print(shown, end="")


def _say(line: str) -> None:
    print(f"{exchange_services.SAYS}{line}", flush=True)


def _raise_stopped(number: int, frame: FrameType | None) -> None:
    raise Stopped
