"""`starostwo voip run WĘZEŁ`: the telephone exchange of a building, started, watched and stopped as one."""

import os
import shutil
import signal
import time
from argparse import Namespace
from pathlib import Path
from types import FrameType

from django.conf import settings

from starostwo.site import cluster, processes
from starostwo.site.commands import CannotCarryOut
from starostwo.site.processes import MARK, Child, Service
from starostwo.telephony.exchange.configuration import MODULES, Place, configuration
from starostwo.telephony.models import Node

PACKAGES = "kamailio kamailio-postgres-modules"
WATCH_EVERY = 0.5
SHARED_MIB = "64"


class Stopped(BaseException):
    """Somebody asked us to stop."""


def carry_out(options: Namespace) -> None:
    """Print the configuration, or run the exchange until somebody stops it."""
    node = Node.objects.filter(code=options.node.upper()).first()
    if node is None:
        known = ", ".join(Node.objects.order_by("code").values_list("code", flat=True)) or "żadnego"
        raise CannotCarryOut(f"nie ma węzła {options.node}; w urzędzie są: {known}")
    if options.what == "config":
        print(configuration(node, _place(node)), end="")
        return
    _run(node)


def _run(node: Node) -> None:
    program = shutil.which("kamailio", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if program is None or not (MODULES / "db_postgres.so").exists():
        raise CannotCarryOut(f"brak centrali: sudo apt-get install --no-install-recommends {PACKAGES}")
    mark = f"{settings.DATA_DIR}#{node.code}"
    processes.kill_marked(mark)
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, _raise_stopped)
    place, user = _place(node), _server_user()
    _write(configuration(node, place), place.folder, user)
    child = processes.start(_service(program, place, user, mark, node))
    print(f"Centrala {node.code} słucha na {node.host}:{node.port} (UDP). Zatrzymanie: Ctrl-C", flush=True)
    try:
        _watch(child)
    except Stopped:
        print(f"Centrala {node.code} zatrzymana.", flush=True)
    finally:
        processes.stop([child])


def _watch(child: Child) -> None:
    while True:
        processes.keep_alive(child, say=lambda line: print(line, flush=True))
        time.sleep(WATCH_EVERY)


def _service(program: str, place: Place, user: str | None, mark: str, node: Node) -> Service:
    command = [program, "-f", str(place.folder / "kamailio.cfg"), "-P", str(place.folder / "pid"),
               "-Y", str(place.folder), "-DD", "-E", "-m", SHARED_MIB]  # fmt: skip
    database = settings.DATABASES["default"]
    environment = cluster.environment() | {"TZ": "UTC", MARK: mark, "PGHOST": str(database["HOST"])}
    if database.get("PORT"):
        environment["PGPORT"] = str(database["PORT"])
    log = settings.LOG_DIR / f"voip-{node.code}.log"
    return Service(f"centrala {node.code}", command, log, environment, user)


def _place(node: Node) -> Place:
    """The run folder stands beside the database, where the server's user may go."""
    folder = settings.VOIP_DIR / node.code
    name = settings.DATABASES["default"]["NAME"]
    return Place(folder, f"postgres://{settings.EXCHANGE_ROLE}@/{name}")


def _server_user() -> str | None:
    """Root runs the exchange as the user of the database, so that it reaches the private socket."""
    return cluster.server_user(settings.OWN_CLUSTER)


def _write(text: str, folder: Path, user: str | None) -> None:
    for place in (folder.parent, folder):
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        if user:
            shutil.chown(place, user)
    file = folder / "kamailio.cfg"
    file.write_text(text, encoding="utf-8")
    file.chmod(0o600)
    if user:
        shutil.chown(file, user)


def _raise_stopped(number: int, frame: FrameType | None) -> None:
    raise Stopped
