"""`starostwo run`: everything that an installation consists of, started, watched and stopped as one."""

import errno
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from types import FrameType

from starostwo.site import cluster, data_folder, installation, processes, settings
from starostwo.site.processes import Child, Service

WATCH_EVERY = 0.5
LAST_LINES = 12
DATABASE_ANSWERS_WITHIN = 60.0
WEB_ANSWERS_WITHIN = 120.0


class CannotRun(Exception):
    """The installation cannot start; the text says why and what to do."""


class Stopped(BaseException):
    """Somebody asked us to stop: Ctrl-C or SIGTERM."""


def run() -> int:
    """Run the installation until somebody stops it."""
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, _raise_stopped)
    try:
        with data_folder.held(settings.DATA_DIR):
            _check_port()
            processes.adopt_orphans()
            processes.kill_marked(str(settings.DATA_DIR))
            _run_children()
    except Stopped:
        say("Starostwo zatrzymane.")
    return 0


def say(line: str) -> None:
    """Print a line at once, also into a pipe."""
    print(line, flush=True)


def _run_children() -> None:
    children: list[Child] = []
    telling = installation.Telling()
    try:
        _start_all(children)
        while True:
            _look_after(children)
            for line in telling.lines():
                say(line)
    finally:
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, signal.SIG_IGN)
        _stop_all(children)


def _start_all(children: list[Child]) -> None:
    began = time.monotonic()
    if settings.USES_OWN_CLUSTER:
        _start_database(children)
    for title, command, environment in installation.steps():
        _carry_out(title, command, environment)
    for service in installation.services():
        children.append(processes.start(service))
    _wait(installation.web_answers, children, what="Serwer WWW", within=WEB_ANSWERS_WITHIN)
    say(f"\nStarostwo działa: {settings.PUBLIC_URL}  (start trwał {time.monotonic() - began:.0f} s)")
    for line in installation.welcome():
        say(line)
    say("Zatrzymanie: Ctrl-C")


def _start_database(children: list[Child]) -> None:
    own = settings.OWN_CLUSTER
    cluster.prepare(own)
    cluster.stop(own)  # one that an earlier run left behind
    command, user = cluster.server(own)
    log = settings.LOG_DIR / "postgres.log"
    database = Service(
        "baza danych", command, log, cluster.environment(), user,
        stop_signal=signal.SIGINT, orphan_signal=signal.SIGINT, patience=30.0,
    )  # fmt: skip
    children.append(processes.start(database))
    _wait(lambda: cluster.answers(own), children, what="Baza danych", within=DATABASE_ANSWERS_WITHIN)
    cluster.create_roles(own)
    if installation.UNFINISHED_DEMO.exists():
        say("Zakładanie powiatu pokazowego zostało przerwane, zaczynam od nowa")
        cluster.drop_database(own)
        installation.MIGRATED.unlink(missing_ok=True)
        installation.UNFINISHED_DEMO.unlink()
    cluster.create_database(own)


def _carry_out(title: str, command: list[str], environment: dict[str, str]) -> None:
    if title:
        say(title)
    log = settings.LOG_DIR / "start.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as errors:
        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stderr=errors, check=False)
    if done.returncode != 0:
        reasons = log.read_text(encoding="utf-8", errors="replace").splitlines()[-LAST_LINES:]
        raise CannotRun(
            "\n".join([f"nie powiodło się: {title or ' '.join(command)} (dziennik {log})", *reasons])
        )


def _wait(is_ready: Callable[[], bool], children: list[Child], *, what: str, within: float) -> None:
    ends = time.monotonic() + within
    while not is_ready():
        if time.monotonic() > ends:
            raise CannotRun(f"{what}: brak odpowiedzi przez {within:.0f} s; dzienniki: {settings.LOG_DIR}")
        for child in children:
            processes.keep_alive(child, say=say)
        time.sleep(0.1)


def _look_after(children: list[Child]) -> None:
    for child in children:
        processes.keep_alive(child, say=say)
    processes.reap_orphans(children)
    time.sleep(WATCH_EVERY)


def _stop_all(children: list[Child]) -> None:
    """The database last: what works with it may finish its transaction."""
    database = [child for child in children if child.service.stop_signal == signal.SIGINT]
    processes.stop([child for child in children if child not in database])
    processes.stop(database)
    processes.kill_marked(str(settings.DATA_DIR))
    processes.reap_orphans([])


def _check_port() -> None:
    """Refuse a taken port before anything is started."""
    family, _, _, _, address = socket.getaddrinfo(settings.HOST, settings.PORT, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
        except OSError as problem:
            if problem.errno == errno.EADDRINUSE:
                advice = f"proszę wybrać inny, na przykład: PORT={settings.PORT + 10} make run"
                raise CannotRun(f"Port {settings.PORT} jest zajęty; {advice}") from None
            raise CannotRun(f"Nie można nasłuchiwać na {settings.HOST}:{settings.PORT}: {problem}") from None


def _raise_stopped(number: int, frame: FrameType | None) -> None:
    raise Stopped
