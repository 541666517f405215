"""A real Kamailio with our configuration and our tables, for the tests."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from starostwo.telephony.exchange.configuration import Place, configuration
from starostwo.telephony.models import Node
from tests.telephony.registrar import PROGRAM, wait_until_it_answers

SERVER_USER = "postgres"


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
    if os.geteuid() == 0:
        os.chown(folder, owner, -1)
        os.chown(file, owner, -1)
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [PROGRAM, "-f", file, "-P", folder / "pid", "-Y", folder, "-DD", "-E", "-m", "64"],
            stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            user=owner if os.geteuid() == 0 else None,
            env={"PGHOST": socket_folder(), "TZ": "UTC", "PATH": os.environ["PATH"]},
        )  # fmt: skip
    try:
        wait_until_it_answers(process, node.port, folder / "log")
        yield folder
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        shutil.rmtree(folder)
