"""What browsers' phones need beside Kamailio: rtpengine, which carries their sound, and where both listen."""

import shutil
import socket
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from starostwo.platform import sealing
from starostwo.telephony.rules.passes import PURPOSE

PACKAGES = "kamailio-websocket-modules kamailio-autheph-modules rtpengine-daemon"
PROGRAM = "rtpengine"
FIRST_PORT, PORTS, SHARES = 20_000, 2_000, 5  # sound: four ports a call
ELSEWHERE = ("192.0.2.1", 9)  # RFC 5737: an address that is nobody's; nothing is sent there


@dataclass(frozen=True)
class Media:
    """Where an exchange listens for browsers, where its rtpengine takes orders, what signs passes."""

    websocket: str
    rtpengine: str
    secrets: tuple[str, ...]


def media_at(websocket: str) -> Media | None:
    """Of an exchange that takes browsers there; orders to rtpengine come by UDP at the websocket's number.

    None where no websocket is named: the exchange serves desk phones alone.
    """
    if not websocket:
        return None
    port = websocket.rpartition(":")[2]
    return Media(websocket, f"127.0.0.1:{port}", tuple(sealing.shared(PURPOSE)))


def is_installed(modules: Path) -> bool:
    """Whether the packages are there."""
    named = all((modules / f"{name}.so").exists() for name in ("websocket", "auth_ephemeral"))
    return named and program() is not None


def program() -> str | None:
    """Where rtpengine lies."""
    return shutil.which(PROGRAM) or shutil.which(PROGRAM, path="/usr/sbin:/usr/bin")


def ports_of(media: Media) -> tuple[int, int]:
    """Which fifth of the ports 20000 to 29999 carries its sound, by the number of the websocket.

    Two exchanges of one machine must not share ports: the system lets both have the same one, and each then
    hears half of what is said (measured with rtpengine 10.5, which died of it).
    """
    share = int(media.websocket.rpartition(":")[2]) % SHARES
    first = FIRST_PORT + PORTS * share
    return first, first + PORTS - 1


def command(media: Media, host: str, folder: Path, *, ports: tuple[int, int] | None = None) -> list[str]:
    """The program with its arguments, in the foreground, without its kernel module and without root."""
    first, last = ports or ports_of(media)
    return [
        program() or PROGRAM, "--config-file=none", "--foreground", "--log-stderr", "--log-level=4",
        "--table=-1", "--delete-delay=0", *(f"--interface=office/{address}" for address in _addresses(host)),
        f"--listen-ng={media.rtpengine}", f"--port-min={first}", f"--port-max={last}",
        f"--pidfile={folder / 'rtpengine.pid'}",
    ]  # fmt: skip


def _addresses(host: str) -> list[str]:
    """Where sound arrives. A browser avoids the loopback address, so a trial there has the machine's too."""
    if not ip_address(host).is_loopback:
        return [host]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(ELSEWHERE)
        except OSError:
            return [host]
        own = str(asked.getsockname()[0])
    return [host] if ip_address(own).is_loopback else [host, own]
