"""What an installation consists of: the steps before it starts and the programs that run then."""

import contextlib
import hashlib
import http.client
import os
import signal
import socket
import ssl
import sys

from starostwo.site import exchange_services, settings
from starostwo.site.copies import Preloaded
from starostwo.site.processes import MARK, Service

WEB_WORKERS = os.environ.get("WEB_WORKERS", "2")
WELCOME = settings.DATA_DIR / "welcome.txt"
MIGRATED = settings.DATA_DIR / "run" / "migrated"
UNFINISHED_DEMO = settings.DATA_DIR / "run" / "demo.unfinished"
PROGRAM, WEB, WORKER = "starostwo.site.__main__", "starostwo.site.web", "starostwo.site.commands.worker"
VOIP = "starostwo.site.commands.voip"
PEERS = "starostwo.site.demo_peers"  # outside systems of the demonstration, in one process to save memory
LOCK_TIMEOUT = (
    "-c lock_timeout=4s"  # a migration that cannot get its lock gives up, it does not block the office
)


def steps() -> list[tuple[str, list[str], dict[str, str]]]:
    """What is carried out at each start, in order: title, command, environment."""
    found = []
    if settings.TLS:
        found.append(("", [sys.executable, "-m", "starostwo.site.tls"], environment()))
    if not is_migrated():
        as_owner = environment() | {"AS_OWNER": "1", "PGOPTIONS": LOCK_TIMEOUT}
        found.append(("", _starostwo("migrate"), as_owner))
    if settings.DEMO and not WELCOME.exists():
        found.append(("Zakładam powiat pokazowy", _starostwo("demo"), environment()))
    return found


def is_migrated() -> bool:
    """Whether our own database has been brought up to this very state of the migrations before."""
    return settings.USES_OWN_CLUSTER and MIGRATED.exists() and MIGRATED.read_text() == _state_of_migrations()


def note_migrated() -> None:
    """Remember that the database is up to date, so that the next start need not ask."""
    MIGRATED.parent.mkdir(parents=True, exist_ok=True)
    MIGRATED.write_text(_state_of_migrations(), encoding="utf-8")


def _state_of_migrations() -> str:
    digest = hashlib.sha256((settings.ROOT / "requirements" / "run.txt").read_bytes())
    for file in sorted((settings.ROOT / "starostwo").glob("*/migrations/*.py")):
        digest.update(str(file.relative_to(settings.ROOT)).encode() + file.read_bytes())
    return digest.hexdigest()


def services() -> list[Service]:
    """The programs that run all the time, the web server first; all are copies of one that is loaded once."""
    given = environment() | (_peers() if settings.DEMO else {})
    commands = {"web": _web(), "worker": _starostwo("worker")}
    modules = [PROGRAM, WORKER]
    if settings.DEMO:
        commands["demo-peers"] = [sys.executable, "-m", PEERS]
        modules.append(PEERS)
    if settings.TELEPHONY and exchange_services.program():
        commands["voip"] = [*_starostwo("voip"), "run"]
        modules.append(VOIP)
    preloaded = Preloaded(modules, given, settings.LOG_DIR / "program.log")
    signals = {"web": signal.SIGTERM}
    return [
        Service(
            name, command, settings.LOG_DIR / f"{name}.log", given,
            orphan_signal=signals.get(name, signal.SIGKILL), preloaded=preloaded,
        )
        for name, command in commands.items()
    ]  # fmt: skip


def _peers() -> dict[str, str]:
    """Where the demonstration's own identity provider and time-stamp service answer: the next free ports."""
    idp, tsa = (str(port) for port in _free_ports(settings.PORT + 1, count=2))
    return {
        "IDP_PORT": os.environ.get("IDP_PORT", idp),
        "TSA_URL": os.environ.get("TSA_URL", f"http://127.0.0.1:{tsa}/"),
    }


def _free_ports(first: int, *, count: int) -> list[int]:
    found: list[int] = []
    for port in range(first, first + 100):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            found.append(port)
        if len(found) == count:
            break
    return found


def environment() -> dict[str, str]:
    """The environment of every program of ours: absolute places, and the mark by which it is found again."""
    return os.environ | {
        MARK: str(settings.DATA_DIR),
        "DATA_DIR": str(settings.DATA_DIR),
        "PYTHONPATH": os.pathsep.join(filter(None, [str(settings.ROOT), os.environ.get("PYTHONPATH")])),
        "DJANGO_SETTINGS_MODULE": "starostwo.site.settings",
        "MALLOC_ARENA_MAX": "2",  # threads share their free memory
    }


def web_answers() -> bool:
    """Whether the web server answers at all; what /healthz says of the rest is its own matter."""
    anywhere = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104
    host, path = anywhere.get(settings.HOST, settings.HOST), "/healthz"
    client: http.client.HTTPConnection
    if settings.TLS:
        trust = ssl.create_default_context(cafile=str(settings.TLS_AUTHORITY))
        trust.check_hostname = False  # asked by number
        client = http.client.HTTPSConnection(host, settings.PORT, timeout=5, context=trust)
    else:
        client = http.client.HTTPConnection(host, settings.PORT, timeout=5)
    try:
        client.request("GET", path, headers={"Host": settings.ALLOWED_HOSTS[0]})
        return client.getresponse().status > 0
    except (OSError, http.client.HTTPException):
        return False
    finally:
        client.close()


def welcome() -> list[str]:
    """The log-ins of the demonstration, as its builder wrote them down."""
    lines = WELCOME.read_text(encoding="utf-8").splitlines() if settings.DEMO and WELCOME.exists() else []
    if settings.TLS:
        lines.append(
            f"Urząd certyfikacji demonstracji, do wczytania w przeglądarce: {settings.TLS_AUTHORITY}"
        )
    if settings.TELEPHONY and not exchange_services.program():
        packages = exchange_services.PACKAGES
        lines.append(f"Telefonia: brak centrali; sudo apt-get install --no-install-recommends {packages}")
    return lines


class Telling:
    """What the run of the exchanges says to people, read off the end of its log."""

    def __init__(self) -> None:
        self._log = settings.LOG_DIR / "voip.log"
        self._read = self._size()

    def lines(self) -> list[str]:
        """The new lines."""
        size = self._size()
        if size <= self._read:
            self._read = size  # also when the log was turned over
            return []
        with self._log.open("rb") as log:
            log.seek(self._read)
            text = log.read(size - self._read)
        whole = text[: text.rfind(b"\n") + 1]
        self._read += len(whole)
        lines = whole.decode(errors="replace").splitlines()
        return [line for line in lines if line.startswith(exchange_services.SAYS)]

    def _size(self) -> int:
        return self._log.stat().st_size if self._log.exists() else 0


def _starostwo(verb: str) -> list[str]:
    return [sys.executable, "-m", "starostwo.site", verb]


def _web() -> list[str]:
    command = [sys.executable, "-m", WEB, "--interface", "wsgi", "--no-ws"]
    command += ["--host", settings.HOST, "--port", str(settings.PORT)]
    command += ["--workers", WEB_WORKERS, "--blocking-threads", "4", "--workers-kill-timeout", "10"]
    command += ["--respawn-failed-workers", "--backlog", "1024"]
    if settings.TLS:
        command += [
            "--ssl-certificate",
            str(settings.TLS_CERTIFICATE),
            "--ssl-keyfile",
            str(settings.TLS_KEY),
        ]
    return [*command, "starostwo.site.wsgi:application"]
