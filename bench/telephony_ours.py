"""`python -m bench.telephony_ours REGISTRATIONS CALLS AT_ONCE`: two exchanges, one load, as JSON."""

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402  models are there only after setup
from django.utils import timezone  # noqa: E402

from bench import sipp  # noqa: E402
from bench.sipp import Counted  # noqa: E402
from starostwo.office.models import Seat  # noqa: E402
from starostwo.telephony.exchange.configuration import MODULES, Place, configuration  # noqa: E402
from starostwo.telephony.models import Credential, Extension, Node, Number  # noqa: E402
from starostwo.telephony.services.phones import DOMAIN  # noqa: E402
from tests.telephony.registrar import PROGRAM, free_port, wait_until_it_answers  # noqa: E402

PHONES, CALLERS, CALLED = 200, 700_000, 800_000
STATIC = sipp.SCENARIOS / "static.cfg"
SHARED_MIB = "256"


@dataclass(frozen=True)
class Crowd:
    """Phones that call and phones that are called, each with its password."""

    passwords: dict[str, str]

    @property
    def callers(self) -> list[list[str]]:
        """Number, how it proves itself, whom it calls."""
        return [
            [number, _proof(number, password), str(int(number) - CALLERS + CALLED)]
            for number, password in self.passwords.items()
            if int(number) < CALLED
        ]

    @property
    def called(self) -> list[list[str]]:
        """Number and how it proves itself."""
        return [
            [number, _proof(number, password)]
            for number, password in self.passwords.items()
            if int(number) >= CALLED
        ]


def main() -> None:
    registrations, calls, at_once = (int(word) for word in sys.argv[1:4])
    crowd = Crowd({str(first + nth): f"pomiar{nth}" for first in (CALLERS, CALLED) for nth in range(PHONES)})
    node = _enter(crowd)
    with tempfile.TemporaryDirectory() as folder:
        place = Place(Path(folder), f"postgres://{settings.EXCHANGE_ROLE}@/{_database()['NAME']}")
        with kamailio(configuration(node, place), node.port, Path(folder)):
            ours = _load(node.port, crowd, registrations, calls, at_once)
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        with kamailio(_static(port, crowd), port, Path(folder)):
            static = _load(port, crowd, registrations, calls, at_once)
    rows = [
        {
            "what": what, "count": mine.done + mine.failed, "at_once": at_once, "ours": mine.per_second,
            "ms": mine.mean_ms, "failed": mine.failed, "static": static[what].per_second,
        }
        for what, mine in ours.items()
    ]  # fmt: skip
    print(json.dumps(rows))


def _load(server: int, crowd: Crowd, registrations: int, calls: int, at_once: int) -> dict[str, Counted]:
    port, contact, answers = free_port(), free_port(), free_port()
    signed_in = sipp.run(
        "register", server, crowd.callers, count=registrations, at_once=at_once, port=port, contact=contact
    )
    sipp.run("register", server, crowd.called, count=PHONES, at_once=20, port=port, contact=answers)
    with sipp.answering(answers):
        called = sipp.run("call", server, crowd.callers, count=calls, at_once=at_once, port=port)
    return {"registrations": signed_in, "calls": called}


def _proof(number: str, password: str) -> str:
    return f"[authentication username={number} password={password}]"


def _ha1(number: str, password: str) -> str:
    return hashlib.md5(f"{number}:{DOMAIN}:{password}".encode(), usedforsecurity=False).hexdigest()


def _enter(crowd: Crowd) -> Node:
    """A building of its own with all phones."""
    seat = Seat.objects.order_by("pk")[0]
    node = Node.objects.create(code="POMIAR", name="Pomiar", seat=seat, host=sipp.HERE, port=free_port())
    numbers = [Number(number=number, kind=Number.Kind.PHONE, node=node) for number in crowd.passwords]
    Number.objects.bulk_create(numbers)
    Extension.objects.bulk_create(
        Extension(number_id=number, label="pomiar", has_voicemail=False) for number in crowd.passwords
    )
    Credential.objects.bulk_create(
        Credential(extension_id=number, ha1=_ha1(number, password), set_at=timezone.now(), set_by="pomiar")
        for number, password in crowd.passwords.items()
    )
    return node


def _static(port: int, crowd: Crowd) -> str:
    text = STATIC.read_text(encoding="utf-8")
    known = "\n".join(
        f'\t$sht(ha1=>{number}) = "{_ha1(number, password)}";' for number, password in crowd.passwords.items()
    )
    words = {"PORT": str(port), "DOMAIN": DOMAIN, "MODULES": f"{MODULES}/", "HA1": known}
    for word, value in words.items():
        text = text.replace(f"@{word}@", value)
    return text


@contextmanager
def kamailio(text: str, port: int, folder: Path) -> Iterator[None]:
    """Run it until the block ends, as the user who may reach the socket of the database."""
    file, log = folder / "kamailio.cfg", folder / "log"
    file.write_text(text, encoding="utf-8")
    host = str(_database()["HOST"])
    owner = Path(host).stat().st_uid if os.geteuid() == 0 else None
    if owner is not None:
        shutil.chown(folder, owner)
        shutil.chown(file, owner)
    with log.open("wb") as printed:
        process = subprocess.Popen(
            [PROGRAM, "-f", file, "-P", folder / "pid", "-Y", folder, "-DD", "-E", "-m", SHARED_MIB],
            stdin=subprocess.DEVNULL, stdout=printed, stderr=subprocess.STDOUT, start_new_session=True,
            user=owner, env={"PGHOST": host, "TZ": "UTC", "PATH": os.environ["PATH"]},
        )  # fmt: skip
    try:
        wait_until_it_answers(process, port, log)
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _database() -> dict[str, object]:
    return dict(settings.DATABASES["default"])


main()
