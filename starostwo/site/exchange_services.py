"""The programs that an exchange of one building consists of."""

import os
import shutil
import signal
import socket
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from starostwo.site import cluster, settings
from starostwo.site.processes import MARK, Service
from starostwo.telephony.exchange import rtpengine
from starostwo.telephony.exchange.rtpengine import Media, media_at

PACKAGES = "kamailio kamailio-postgres-modules"
MODULES = Path("/usr/lib/x86_64-linux-gnu/kamailio/modules")
SIGN = MODULES / "db_postgres.so"  # of the second package
SHARED_MIB = "32" if settings.DEMO else "128"
BOX = "box"
SAYS = "Telefonia: "  # so begins what the run tells people; the supervisor shows these lines


@dataclass(frozen=True)
class Site:
    """Where the exchange of a node runs: its address, its folder, the ports of the programs beside it."""

    code: str
    host: str
    port: int
    box_port: int
    websocket: str = ""
    agent_port: int = 0  # of who sends callers from outside on

    @property
    def media(self) -> Media | None:
        """Where browsers are taken; None where the node or this machine takes none."""
        return media_at(self.websocket) if rtpengine.is_installed(MODULES) else None

    @property
    def folder(self) -> Path:
        """Beside the database, where the server's user may go."""
        return settings.VOIP_DIR / self.code

    @property
    def box(self) -> Path:
        """The folder of the voicemail box."""
        return self.folder / BOX


def services(site: Site) -> list[Service]:
    """The programs of an exchange, Kamailio first; it is started last."""
    relay = [_relay(site, site.media)] if site.media else []
    return [_kamailio(site), _box(site), _switchboard(site), *relay]


def program() -> str | None:
    """Kamailio with its module for PostgreSQL; None where it is not installed."""
    found = shutil.which("kamailio", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    return found if found and SIGN.exists() else None


def user() -> str | None:
    """Root runs the exchange as the user of the database, so that it reaches the private socket."""
    return cluster.server_user(settings.OWN_CLUSTER)


def free_ports(host: str, count: int) -> list[int]:
    """UDP ports that nobody has now, each another one."""
    with ExitStack() as held:
        probes = [held.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) for _ in range(count)]
        for probe in probes:
            probe.bind((host, 0))
        return [int(probe.getsockname()[1]) for probe in probes]


def _kamailio(site: Site) -> Service:
    folder = site.folder
    command = [program() or "kamailio", "-f", str(folder / "kamailio.cfg"), "-P", str(folder / "pid"),
               "-Y", str(folder), "-DD", "-E", "-m", SHARED_MIB]  # fmt: skip
    database = settings.DATABASES["default"]
    environment = _environment(site) | {
        "TZ": "UTC",
        "PGHOST": str(database["HOST"]),
        "PGCONNECT_TIMEOUT": "2",
    }
    if database.get("PORT"):
        environment["PGPORT"] = str(database["PORT"])
    log = settings.LOG_DIR / f"voip-{site.code}.log"
    orphan = signal.SIGTERM  # so that it takes its own children along
    return Service(f"centrala {site.code}", command, log, environment, user(), orphan_signal=orphan)


def _box(site: Site) -> Service:
    """The box changes to the user itself, who need not reach the program's folder."""
    command = [sys.executable, "-m", "starostwo.telephony.agent.program", str(site.box), site.host,
               str(site.box_port), *filter(None, [user()])]  # fmt: skip
    log = settings.LOG_DIR / f"voip-{site.code}-box.log"
    environment = _environment(site) | {"PYTHONPATH": str(settings.ROOT)}
    return Service(f"poczta głosowa {site.code}", command, log, environment)


def _switchboard(site: Site) -> Service:
    """Who sends callers from outside on; it changes to the user itself, as the box does."""
    command = [sys.executable, "-m", "starostwo.telephony.agent.switchboard", site.host, str(site.agent_port),
               str(site.port), *filter(None, [user()])]  # fmt: skip
    log = settings.LOG_DIR / f"voip-{site.code}-switchboard.log"
    environment = _environment(site) | {"PYTHONPATH": str(settings.ROOT)}
    return Service(f"przekazywanie {site.code}", command, log, environment)


def _relay(site: Site, media: Media) -> Service:
    """What carries the sound of browsers' phones."""
    log = settings.LOG_DIR / f"voip-{site.code}-sound.log"
    command = rtpengine.command(media, site.host, site.folder)
    return Service(f"dźwięk {site.code}", command, log, _environment(site), user())


def _environment(site: Site) -> dict[str, str]:
    return cluster.environment() | {MARK: mark(site.code)}


def mark(code: str) -> str:
    """By what a later run finds what an earlier one left behind."""
    return f"{settings.DATA_DIR}#{code}"
