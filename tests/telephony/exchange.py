"""A real Kamailio with our configuration and our tables, for the tests."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection

from starostwo.telephony.exchange import rows, snapshot
from starostwo.telephony.exchange.configuration import Place, configuration
from starostwo.telephony.models import Node
from tests.telephony.registrar import PROGRAM, wait_until_it_answers

SNAPSHOT_EVERY = 0.3


def socket_folder() -> str:
    """Where the PostgreSQL of the tests listens."""
    return str(connection.settings_dict["HOST"])


@contextmanager
def exchange(node: Node, **place: int | str) -> Iterator[Path]:
    """Start the exchange of a building, wait until it answers, stop it; yields its folder."""
    folder = Path(tempfile.mkdtemp(prefix="exchange-"))
    database = f"postgres://{settings.EXCHANGE_ROLE}@/{connection.settings_dict['NAME']}"
    file = folder / "kamailio.cfg"
    file.write_text(configuration(node, Place(folder, database, **place)), encoding="utf-8")  # type: ignore[arg-type]
    owner = Path(socket_folder()).stat().st_uid
    user = pwd.getpwuid(owner).pw_name if os.geteuid() == 0 else None
    (folder / rows.FOLDER).mkdir()
    if user:
        shutil.chown(folder / rows.FOLDER, user)
        shutil.chown(folder, user)
        shutil.chown(file, user)
    where = snapshot.address()
    snapshot.write(snapshot.read(where), folder, user)
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [PROGRAM, "-f", file, "-P", folder / "pid", "-Y", folder, "-DD", "-E", "-m", "64"],
            stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            user=user,
            env={"PGHOST": socket_folder(), "TZ": "UTC", "PATH": os.environ["PATH"]},
        )  # fmt: skip
    stopped = threading.Event()
    keeper = threading.Thread(target=_keep_fresh, args=(where, folder, user, stopped))
    keeper.start()
    try:
        wait_until_it_answers(process, node.port, folder / "log")
        yield folder
    finally:
        stopped.set()
        keeper.join()
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        shutil.rmtree(folder)


def _keep_fresh(where: str, folder: Path, user: str | None, stopped: threading.Event) -> None:
    """What the program of an exchange does beside it."""
    while not stopped.wait(SNAPSHOT_EVERY):
        with suppress(psycopg.Error):
            snapshot.write(snapshot.read(where), folder, user)
